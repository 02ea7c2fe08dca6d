#include "processes/stays.hpp"

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::NeedLevel;

namespace {

/// A town with respite stays that draw on the short-term beds.
tests::Town town_with_respite(double beds) {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  std::erase_if(town.config.services, [](const config::Service& s) {
    return s.form == config::ServiceForm::stay && s.id != "short_term_stay";
  });
  town.service("short_term_stay").capacity = beds;
  config::Service respite = town.service("short_term_stay");
  respite.id = "respite";
  respite.step = 69;
  respite.pool = "short_term_stay";
  respite.capacity = -1;
  respite.interim = 0.0;
  respite.stay_days = 10;
  respite.offered_at = 1U << model::index(config::Occasion::assessment);
  respite.only_if = 1U << model::index(config::Condition::has_carer);
  town.config.services.push_back(respite);
  return town;
}

struct Couple {
  model::ResidentId wife;
};

Couple add_couple(tests::Town& town) {
  const auto wife = town.add({.age = 80, .need = NeedLevel::moderate});
  town.marry(wife, town.add({.age = 80, .sex = model::Sex::male}));
  return {wife};
}

}  // namespace

TEST_CASE("respite is given at a review to one who is helped at home, and ends", "[stays]") {
  tests::Town town = town_with_respite(2);
  const Couple couple = add_couple(town);
  const auto respite = town.index("respite");
  const auto nursing = town.index("home_nursing");
  World world = town.open();
  model::CareCase& c = tests::case_of(world, couple.wife);
  decide(world, c);
  CHECK(c.find(respite) == nullptr);  // not when she applies
  REQUIRE(c.find(nursing) != nullptr);
  c.request = model::Request::review;
  decide(world, c);
  REQUIRE(c.find(respite) != nullptr);
  CHECK(c.find(nursing) == nullptr);  // nobody comes to an empty home
  CHECK(world.state.use[town.index("short_term_stay")].persons == 1.0F);
  for (int day = 0; day < 12; ++day) world.run_day();
  model::CareCase& later = world.at(world.at(couple.wife).care_case);
  CHECK(later.find(respite) == nullptr);
  CHECK(later.find(nursing) != nullptr);
  CHECK(world.state.use[town.index("short_term_stay")].persons == 0.0F);
}

TEST_CASE("no stay is given when the pool of beds is full", "[stays]") {
  tests::Town town = town_with_respite(0);
  const Couple couple = add_couple(town);
  World world = town.open();
  model::CareCase& c = tests::case_of(world, couple.wife);
  CHECK(stay_for(world, world.at(couple.wife), StayReason::review) == town.index("respite"));
  c.request = model::Request::review;
  decide(world, c);
  CHECK(held_stay(world, c) == model::no_service);
}

TEST_CASE("a stay goes to whom it is meant for", "[stays]") {
  tests::Town town = town_with_respite(2);
  const auto alone = town.add({.age = 80, .need = NeedLevel::moderate});
  World world = town.open();
  tests::case_of(world, alone);
  CHECK(stay_for(world, world.at(alone), StayReason::review) == model::no_service);
  CHECK(stay_for(world, world.at(alone), StayReason::discharge) == town.index("short_term_stay"));
}
