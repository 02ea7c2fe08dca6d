#include "processes/offers.hpp"

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using config::Occasion;
using model::NeedLevel;

namespace {

config::Service exercise_group() {
  config::Service s = tests::selbu().services.front();
  s.id = "exercise";
  s.title = "Exercise group";
  s.form = config::ServiceForm::offer;
  s.min_age = 65;
  s.max_age = 120;
  s.need_levels = s.cognition = ~0U;
  s.offered_at = 1U << model::index(Occasion::birthday);
  s.uptake = 1.0;
  s.capacity = 5;
  s.stay_days = 100;
  s.cost_per_start = 600;
  s.cost_per_month = 0;
  for (double& share : s.cover.cells()) share = 0.0;
  s.effects = {{"falls", model::RateName::fall, 0.5, 1.0}};
  return s;
}

tests::Town town_with(const config::Service& offer) {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  town.config.technology.bought_per_year = 0.0;
  tests::without_offers_and_devices(town.config);
  town.config.services.push_back(offer);
  return town;
}

bool holds(const World& world, model::ResidentId id, model::ServiceIndex service) {
  const model::CaseId c = world.at(id).care_case;
  return c.valid() && world.at(c).find(service) != nullptr;
}

}  // namespace

TEST_CASE("an offer is taken up on its occasion, does its work, ends and fades", "[offers]") {
  tests::Town town = town_with(exercise_group());
  const auto old = town.add({.age = 80});
  const auto young = town.add({.age = 50});
  const auto offer = town.index("exercise");
  World world = town.open();
  make_offers(world, old, Occasion::discharge);
  CHECK_FALSE(holds(world, old, offer));  // not then
  make_offers(world, old, Occasion::birthday);
  make_offers(world, young, Occasion::birthday);
  REQUIRE(holds(world, old, offer));
  CHECK_FALSE(holds(world, young, offer));
  const model::CareCase& c = world.at(world.at(old).care_case);
  CHECK_FALSE(c.receives_any());  // nothing the municipality has granted
  CHECK(c.ratio(model::RateName::fall) == 0.5F);
  CHECK(world.state.ledger.cost_nok[offer][model::age_group(80)] == 600.0F);
  for (int day = 0; day < 110; ++day) world.run_day();
  CHECK_FALSE(holds(world, old, offer));
  const float fading = world.at(world.at(old).care_case).ratio(model::RateName::fall);
  CHECK(fading > 0.5F);
  CHECK(fading < 1.0F);
}

TEST_CASE("a full offer is not waited for, and room is what its pool has left", "[offers]") {
  config::Service offer = exercise_group();
  offer.capacity = 1;
  tests::Town town = town_with(offer);
  config::Service other = exercise_group();
  other.id = "other";
  other.pool = "exercise";
  town.config.services.push_back(other);
  const auto first = town.add({.age = 80});
  const auto second = town.add({.age = 80});
  World world = town.open();
  make_offers(world, first, Occasion::birthday);
  make_offers(world, second, Occasion::birthday);
  const int held = int{holds(world, first, town.index("exercise"))} +
                   int{holds(world, first, town.index("other"))} +
                   int{holds(world, second, town.index("exercise"))} +
                   int{holds(world, second, town.index("other"))};
  CHECK(held == 1);
  CHECK(world.state.use[town.index("exercise")].persons == 1.0F);
}

TEST_CASE("higher uptake reaches more and keeps everybody it had", "[offers]") {
  config::Service offer = exercise_group();
  offer.capacity = 1e6;
  const auto reached = [&](double uptake) {
    offer.uptake = uptake;
    tests::Town town = town_with(offer);
    for (int i = 0; i < 400; ++i) town.add({.age = 80});
    World world = town.open();
    std::vector<bool> who;
    for (std::size_t i = 0; i < 400; ++i) {
      make_offers(world, model::ResidentId(i), Occasion::birthday);
      who.push_back(holds(world, model::ResidentId(i), town.index("exercise")));
    }
    return who;
  };
  const auto few = reached(0.2);
  const auto many = reached(0.4);
  const auto count = [](const auto& who) { return std::ranges::count(who, true); };
  // Binomial with 400 trials: four standard deviations are 32 and 39.
  CHECK(std::abs(count(few) - 80) < 32);
  CHECK(std::abs(count(many) - 160) < 39);
  for (std::size_t i = 0; i < few.size(); ++i) CHECK((!few[i] || many[i]));
}

TEST_CASE("an offer that suits no longer is left", "[offers]") {
  config::Service offer = exercise_group();
  offer.only_if = 1U << model::index(config::Condition::lonely);
  offer.stay_days = 0;
  tests::Town town = town_with(offer);
  const auto id = town.add({.age = 80});
  World world = town.open();
  make_offers(world, id, Occasion::birthday);
  CHECK_FALSE(holds(world, id, town.index("exercise")));
  world.at(id).lonely = true;
  make_offers(world, id, Occasion::birthday);
  REQUIRE(holds(world, id, town.index("exercise")));
  world.at(id).lonely = false;
  CHECK(end_unsuited_offers(world, world.at(world.at(id).care_case)));
  CHECK_FALSE(holds(world, id, town.index("exercise")));
  CHECK(world.state.use[town.index("exercise")].persons == 0.0F);
}

TEST_CASE("support of family carers raises what they give", "[offers]") {
  config::Service support = exercise_group();
  support.only_if = 1U << model::index(config::Condition::has_carer);
  support.effects = {{"hours", model::RateName::informal, 1.5, 0.0}};
  tests::Town town = town_with(support);
  town.config.informal.partner_hours_per_week = 2.0;
  town.config.informal.woman_ratio = 1.0;
  town.config.informal.eased_share = 0.0;
  town.config.informal.friend_share = 0.0;
  const auto wife = town.add({.age = 80, .need = NeedLevel::extensive});
  const auto husband = town.add({.age = 80, .sex = model::Sex::male});
  const auto alone = town.add({.age = 80, .need = NeedLevel::extensive});
  town.marry(wife, husband);
  World world = town.open();
  const float before = model::total(tests::case_of(world, wife).informal);
  tests::case_of(world, alone);
  make_offers(world, wife, Occasion::birthday);
  make_offers(world, alone, Occasion::birthday);
  CHECK(before == Approx(2.0F));
  CHECK(model::total(world.at(world.at(wife).care_case).informal) == Approx(3.0F));
  CHECK_FALSE(holds(world, alone, town.index("exercise")));
}
