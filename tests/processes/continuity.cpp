#include "processes/continuity.hpp"

#include <random>
#include <set>

#include "catch.hpp"
#include "processes/delivery.hpp"
#include "town.hpp"

using namespace carestair;
using model::Occupation;

namespace {

/// Mean number of different people in four weeks of drawn shifts.
double drawn_carers(const processes::Roster& roster, int shifts_a_day) {
  std::mt19937 chance(9);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  constexpr int trials = 4000;
  double sum = 0.0;
  for (int trial = 0; trial < trials; ++trial) {
    std::set<int> met;
    int latest = -1;
    for (int draw = 0; draw < 28 * shifts_a_day; ++draw) {
      if (uniform(chance) < roster.primary) {
        met.insert(0);
        continue;
      }
      if (latest >= 0 && uniform(chance) < roster.repeat) continue;  // who came before
      const int first = roster.primary > 0.0 ? 1 : 0;
      std::uniform_int_distribution<int> one(first, static_cast<int>(roster.people) - 1);
      met.insert(latest = one(chance));
    }
    sum += static_cast<double>(met.size());
  }
  return sum / trials;
}

model::Unit unit_of(double nurses, double assistants, double people) {
  model::Unit unit;
  unit.present[model::index(Occupation::nurse)] = static_cast<float>(nurses);
  unit.present[model::index(Occupation::assistant)] = static_cast<float>(assistants);
  unit.posts = unit.employed = unit.present;
  unit.people = static_cast<float>(people);
  return unit;
}

}  // namespace

TEST_CASE("carers met are those of drawn shifts", "[continuity]") {
  for (const processes::Roster& roster :
       {processes::Roster{20.0, 3.0, 0.0, 0.0}, processes::Roster{20.0, 3.0, 0.2, 0.0},
        processes::Roster{12.0, 3.0, 0.1, 0.4}, processes::Roster{6.0, 3.0, 0.0, 0.5}}) {
    for (const int shifts : {1, 2}) {
      const double expected = processes::MetAtTheDoor(roster)(7.0 * shifts);
      CHECK(drawn_carers(roster, shifts) == Approx(expected).epsilon(0.02));
    }
    // More visits than shifts bring nobody else.
    CHECK(processes::MetAtTheDoor(roster)(21.0) == processes::MetAtTheDoor(roster)(60.0));
  }
  CHECK(processes::MetAtTheDoor({.people = 1.0, .shifts_per_day = 2.0})(7.0) == Approx(1.0));
}

TEST_CASE("fewer come where positions are large, shifts long and contacts kept", "[continuity]") {
  config::Continuity rules = tests::selbu().continuity;
  const auto met = [&](double people) {
    const model::Unit unit = unit_of(20.0, 6.0, people);
    return processes::MetAtTheDoor(processes::roster_of(rules, unit))(rules.usual_visits_per_week);
  };
  const double today = met(40.0);  // 0.65 of a position
  CHECK(today == Approx(rules.usual_carers).margin(1.0));
  CHECK(met(30.0) < today - 2.0);
  rules.primary_contact_share = 0.3;
  CHECK(met(40.0) < today - 1.0);
  rules = tests::selbu().continuity;
  rules.roster = config::Roster::long_shifts;
  CHECK(met(40.0) < today - 3.0);
}

TEST_CASE("continuity and competence are ratios, one where all is as usual", "[continuity]") {
  config::Continuity rules = tests::selbu().continuity;
  rules.unskilled_admission = 1.02;
  const model::StaffRatios usual = processes::staff_ratios(rules, unit_of(20.0, 6.3, 40.5), true);
  CHECK(usual.detection == Approx(1.0F).margin(0.01F));
  CHECK(usual.admission == Approx(1.0F).margin(0.01F));
  CHECK(processes::staff_ratios(rules, {}, true) == model::StaffRatios{});
  const model::StaffRatios few = processes::staff_ratios(rules, unit_of(6.0, 1.9, 8.0), true);
  CHECK(few.detection > 1.05F);
  CHECK(few.admission < 0.98F);
  const model::StaffRatios unskilled =
      processes::staff_ratios(rules, unit_of(14.0, 12.0, 40.0), false);
  CHECK(unskilled.detection < 0.92F);
  CHECK(unskilled.admission > 1.03F);
  CHECK(unskilled.decline == 1.0F);
}

TEST_CASE("those who stand in come to the door like those they stand in for", "[continuity]") {
  const config::Continuity& rules = tests::selbu().continuity;
  const model::Unit spring = unit_of(20.0, 6.0, 40.0);
  model::Unit summer = unit_of(14.0, 12.0, 31.0);  // six of 26 positions are substitutes
  summer.stand_ins = 6.0F;
  const auto met = [&](const model::Unit& unit) {
    return processes::MetAtTheDoor(processes::roster_of(rules, unit))(rules.usual_visits_per_week);
  };
  CHECK(met(summer) == Approx(met(spring)).epsilon(0.01));
  // A small unit is as large with them as without anybody away.
  CHECK(processes::roster_of(rules, unit_of(2.0, 0.0, 3.0)).people == Approx(3.0));
  model::Unit few = unit_of(1.0, 1.0, 1.5);
  few.stand_ins = 1.0F;
  CHECK(processes::roster_of(rules, few).people == Approx(3.0));
}

namespace {

using CarersMet = decltype(model::Ledger::carers_met);

double sum_of(const CarersMet& met) {
  double sum = 0.0;
  for (const auto& group : met) {
    for (const float persons : group) sum += static_cast<double>(persons);
  }
  return sum;
}

/// A unit of a world, staffed by hand.
model::Unit& staff(processes::World& world, const tests::Town& town, const std::string& id) {
  std::size_t at = 0;
  while (town.config.units.at(at).id != id) ++at;
  model::Unit& unit = world.state.units[at];
  const model::Unit present = unit_of(20.0, 6.0, 40.0);
  unit.posts = unit.employed = unit.present = present.posts;
  unit.people = present.people;
  return unit;
}

}  // namespace

TEST_CASE("those who come to the door are counted by whom they come to", "[continuity]") {
  tests::Town town;
  for (config::Unit& u : town.config.units) u.fte = u.extra_fte = 0.0;
  town.employ();
  const auto one = town.add({.age = 85, .need = model::NeedLevel::moderate});
  const auto other = town.add({.age = 70, .need = model::NeedLevel::some});
  processes::World world = town.open(1);
  const auto nursing = town.index("home_nursing");
  const auto practical = town.index("practical_assistance");
  // Few hours: fewer visits than there are shifts.
  processes::start_service(world, tests::case_of(world, one), nursing, 2.0F);
  processes::start_service(world, tests::case_of(world, other), nursing, 1.0F);
  processes::start_service(world, tests::case_of(world, other), practical, 0.5F);
  processes::count_carers_met(world);
  CHECK(sum_of(world.state.ledger.carers_met) == 0.0);  // without posts nobody comes

  const model::Unit& home_care = staff(world, town, "home_care");
  const processes::MetAtTheDoor met(processes::roster_of(town.config.continuity, home_care));
  const double visits = 60.0 / town.config.travel.visit_minutes;  // an hour
  REQUIRE(met(2.0 * visits) < met(1000.0) - 1.0);
  const auto at = [&](int age, model::NeedLevel need) {
    return world.state.ledger.carers_met[model::age_group(age)][model::index(need)];
  };
  processes::count_carers_met(world);
  CHECK(at(85, model::NeedLevel::moderate) == Approx(met(2.0 * visits)));
  // Each service has its own visits.
  CHECK(at(70, model::NeedLevel::some) == Approx(met(visits) + met(0.5 * visits)));
  CHECK(sum_of(world.state.ledger.carers_met) ==
        Approx(met(2.0 * visits) + met(visits) + met(0.5 * visits)));
  processes::count_carers_met(world);
  CHECK(at(85, model::NeedLevel::moderate) == Approx(2.0 * met(2.0 * visits)));
}

TEST_CASE("nobody comes to the door from a place, a day centre or for what is bought",
          "[continuity]") {
  tests::Town town;
  for (config::Unit& u : town.config.units) u.fte = u.extra_fte = 0.0;
  town.employ();
  const auto in_place = town.add({.age = 88, .need = model::NeedLevel::extensive});
  const auto by_day = town.add({.age = 80, .need = model::NeedLevel::some});
  const auto buys = town.add({.age = 70, .need = model::NeedLevel::some});
  processes::World world = town.open(1);
  for (const config::Unit& u : town.config.units) staff(world, town, u.id);
  const auto has = [&](model::ResidentId id, const std::string& service,
                       processes::Provision provision) {
    processes::start_service(world, tests::case_of(world, id), town.index(service), 5.0F,
                             provision);
  };
  has(in_place, "nursing_home", processes::Provision::ordinary);
  has(by_day, "day_activity", processes::Provision::ordinary);
  has(buys, "practical_assistance", processes::Provision::bought);
  processes::count_carers_met(world);
  CHECK(sum_of(world.state.ledger.carers_met) == 0.0);
}
