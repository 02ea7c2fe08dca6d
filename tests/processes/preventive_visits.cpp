// Preventive home visits: at which ages, to whom, and what is booked.
#include "processes/preventive_visits.hpp"

#include <algorithm>
#include <vector>

#include "catch.hpp"
#include "large_town.hpp"
#include "quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using processes::World;
using tests::Town;

namespace {

/// Everybody is offered a visit and has it, and nothing else happens.
Town visiting_town() {
  Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  town.config.preventive_visits.coverage = 1.0;
  town.config.preventive_visits.uptake = 1.0;
  return town;
}

bool is_visited(World& world, model::ResidentId id) {
  processes::offer_preventive_visit(world, id);
  const model::CaseId c = world.at(id).care_case;
  return c.valid() && world.at(c).visited == world.today();
}

/// Who of 3000 at the age of the first offer is visited.
std::vector<std::size_t> visited(double coverage, double uptake) {
  constexpr std::size_t persons = 3000;
  Town town = visiting_town();
  town.config.preventive_visits.coverage = coverage;
  town.config.preventive_visits.uptake = uptake;
  for (std::size_t i = 0; i < persons; ++i) {
    town.add({.age = town.config.preventive_visits.from_age});
  }
  World world = town.open(1);
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < persons; ++i) {
    if (is_visited(world, model::ResidentId(i))) seen.push_back(i);
  }
  return seen;
}

}  // namespace

TEST_CASE("visits are offered from an age on, and again after as many years as configured",
          "[preventive_visits]") {
  Town town = visiting_town();
  town.config.preventive_visits.from_age = 78;
  town.config.preventive_visits.every_years = 3;
  const auto id = town.add({.age = 76});
  World world = town.open(12);
  std::vector<int> ages;
  while (world.today() < town.start + 11 * 365) {
    const base::Day day = world.today();
    world.run_day();
    const model::Resident& who = world.at(id);
    if (!who.care_case.valid() || world.at(who.care_case).visited != day) continue;
    CHECK(base::birthday(who.birth, base::age_in_years(who.birth, day)) == day);
    ages.push_back(base::age_in_years(who.birth, day));
  }
  CHECK(ages == std::vector<int>{78, 81, 84, 87});
}

TEST_CASE("as many are visited as are offered a visit and accept it", "[preventive_visits]") {
  // Within 4.5 standard deviations of a Poisson number, wider than those of a binomial one.
  CHECK(tests::agrees(static_cast<double>(visited(0.4, 0.5).size()), 3000 * 0.4 * 0.5));
  CHECK(tests::agrees(static_cast<double>(visited(0.4, 1.0).size()), 3000 * 0.4));
  CHECK(tests::agrees(static_cast<double>(visited(1.0, 0.6).size()), 3000 * 0.6));
  CHECK(visited(1.0, 1.0).size() == 3000);
  CHECK(visited(0.0, 1.0).empty());
  CHECK(visited(1.0, 0.0).empty());
  // A higher coverage reaches others besides, and nobody less.
  CHECK(std::ranges::includes(visited(0.6, 0.5), visited(0.4, 0.5)));
}

TEST_CASE("visits are for those at home whom the service is for", "[preventive_visits]") {
  Town town = visiting_town();
  const int first = town.config.preventive_visits.from_age;
  const auto suits = town.add({.age = first, .need = NeedLevel::some});
  const auto young = town.add({.age = first - 1});
  const auto needs_much = town.add({.age = first, .need = NeedLevel::extensive});
  const auto in_place = town.add({.age = first});
  World world = town.open(1);
  world.at(in_place).dwelling = model::Dwelling::nursing_home;
  CHECK(is_visited(world, suits));
  CHECK_FALSE(is_visited(world, young));
  CHECK_FALSE(is_visited(world, needs_much));
  CHECK_FALSE(is_visited(world, in_place));
}

TEST_CASE("a visit is counted and costs what it costs", "[preventive_visits]") {
  Town town = visiting_town();
  town.service("preventive_home_visit").cost_per_start = 1700.0;
  town.config.economy.real_wage_growth = 0.0;
  const int age = town.config.preventive_visits.from_age;
  const auto id = town.add({.age = age});
  World world = town.open(1);
  REQUIRE(is_visited(world, id));
  const auto visit = town.index("preventive_home_visit");
  const std::size_t group = model::age_group(age);
  const model::Ledger& ledger = world.state.ledger;
  CHECK(ledger.starts[visit][group] == 1.0F);
  CHECK(ledger.cost_nok[visit][group] == Approx(1700.0F));
  CHECK(ledger.events[static_cast<std::size_t>(model::EventKind::preventive_visit)][group]
                     [model::index(model::Sex::female)] == 1.0F);
  CHECK(world.at(world.at(id).care_case).totals.cost_nok == Approx(1700.0F));
}
