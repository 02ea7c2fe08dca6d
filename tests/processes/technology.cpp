#include "processes/technology.hpp"

#include <cmath>

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::NeedLevel;
using model::NeedType;

namespace {

/// A dispenser that meets half of the need of nursing, in a town where everybody would have it.
tests::Town town_with_dispenser() {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  tests::without_offers_and_devices(town.config);
  config::Service dispenser = town.service("safety_alarm");
  dispenser.id = "dispenser";
  dispenser.form = config::ServiceForm::technology;
  dispenser.step = 15;
  dispenser.pool = "home_nursing";
  dispenser.cost_per_hour = 900;
  dispenser.capacity = -1;
  for (double& share : dispenser.cover.cells()) share = 0.0;
  dispenser.cover.cells()[model::index(NeedType::nursing)] = 0.5;
  town.config.services.push_back(dispenser);
  config::Technology& rules = town.config.technology;
  rules.considered_share = rules.accepted_share = 1.0;
  rules.accepted_per_decade = rules.stops_per_year = rules.bought_per_year = 0.0;
  rules.realisation = 0.25;
  return town;
}

model::CareCase& decided(World& world, model::ResidentId id) {
  model::CareCase& c = tests::case_of(world, id);
  decide(world, c);
  return c;
}

}  // namespace

TEST_CASE("a device meets need, and the time it frees is lost as far as nobody gathers it",
          "[technology]") {
  tests::Town town = town_with_dispenser();
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto dispenser = town.index("dispenser");
  const auto nursing = town.index("home_nursing");
  World world = town.open();
  const float need = tests::case_of(world, id).need[model::index(NeedType::nursing)];
  model::CareCase& c = decided(world, id);
  REQUIRE(c.find(dispenser) != nullptr);
  CHECK(c.find(dispenser)->hours_per_week == Approx(0.75F * 0.5F * need));
  // What is lost is taken from the hours of home nursing.
  CHECK(world.state.use[nursing].hours_per_week ==
        Approx(c.find(dispenser)->hours_per_week + c.find(nursing)->hours_per_week));
  end_service(world, c, *c.find(dispenser));
  CHECK(world.state.use[nursing].hours_per_week == Approx(c.find(nursing)->hours_per_week));
}

TEST_CASE("a device needs somebody who thinks of it, masters it and goes on using it",
          "[technology]") {
  const auto users = [](auto&& change) {
    tests::Town town = town_with_dispenser();
    change(town.config.technology);
    for (int i = 0; i < 500; ++i) town.add({.age = 85, .need = NeedLevel::moderate});
    const auto dispenser = town.index("dispenser");
    World world = town.open();
    int count = 0;
    for (std::size_t i = 0; i < 500; ++i) {
      count += decided(world, model::ResidentId(i)).find(dispenser) != nullptr ? 1 : 0;
    }
    return count;
  };
  CHECK(users([](auto&) {}) == 500);
  // Binomial with 500 trials: four standard deviations are at most 45.
  CHECK(std::abs(users([](auto& t) { t.considered_share = 0.3; }) - 150) < 45);
  CHECK(std::abs(users([](auto& t) { t.accepted_share = 0.3; }) - 150) < 45);
  CHECK(std::abs(users([](auto& t) { t.stops_per_year = std::log(2.0); }) - 250) < 45);
  // Born about 1935: half a decade before the year of reference.
  CHECK(std::abs(users([](auto& t) {
                   t.accepted_share = 0.5;
                   t.accepted_per_decade = 0.4;
                 }) -
                 150) < 45);
}

TEST_CASE("a device that is left goes at the next review", "[technology]") {
  tests::Town town = town_with_dispenser();
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto dispenser = town.index("dispenser");
  World world = town.open();
  REQUIRE(decided(world, id).find(dispenser) != nullptr);
  auto broken = town.config;
  broken.technology.stops_per_year = 20.0;
  world.follow(
      {{world.period().first, std::make_shared<Rules>(world.rules())},
       {world.today() + 10, make_rules(broken, world.period().first, world.period().end)}});
  for (int day = 0; day < 400; ++day) world.run_day();
  CHECK(world.at(world.at(id).care_case).find(dispenser) == nullptr);
}

TEST_CASE("some buy devices themselves, without a decision and at no cost to the municipality",
          "[technology]") {
  tests::Town town = town_with_dispenser();
  town.config.technology.considered_share = 0.0;
  town.config.technology.bought_per_year = 0.5;
  for (int i = 0; i < 500; ++i) town.add({.age = 85, .need = NeedLevel::some});
  const auto dispenser = town.index("dispenser");
  World world = town.open();
  int owners = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    const model::ResidentId id(i);
    buy_devices(world, id);
    const model::CaseId c = world.at(id).care_case;
    if (!c.valid() || world.at(c).find(dispenser) == nullptr) continue;
    ++owners;
    CHECK_FALSE(world.at(c).receives_any());
    book_case(world, world.at(c), world.today() + 30);
    CHECK(world.at(c).totals.cost_nok == 0.0F);
  }
  // 1 - exp(-0.5) of 500 with middle income, give or take four standard deviations.
  CHECK(std::abs(owners - 197) < 44);
  CHECK(world.state.use[dispenser].persons == 0.0F);
}

TEST_CASE("a device that was bought is no reason to do without 24-hour care", "[technology]") {
  tests::Town town = town_with_dispenser();
  town.config.technology.considered_share = 0.0;
  town.service("dispenser").cover.cells()[model::index(NeedType::supervision)] = 1.0;
  const auto id =
      town.add({.age = 85, .need = NeedLevel::extensive, .cognition = model::Cognition::severe});
  const auto dispenser = town.index("dispenser");
  World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  start_service(world, c, dispenser, 0.0F, Provision::bought);
  update_case(world, c);
  CHECK(c.unmet[model::index(NeedType::supervision)] == 0.0F);
  decide(world, c);
  CHECK(place_of(world, c) != nullptr);
}
