#include "processes/staircase.hpp"

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/seeking.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using processes::Approach;
using processes::Plan;
using processes::Verdict;

namespace {

Plan plan_for(tests::Town& town, const tests::Person& person, const Approach& approach = {}) {
  const auto id = town.add(person);
  processes::World world = town.open();
  return processes::walk_staircase(world, tests::case_of(world, id), approach);
}

Verdict verdict(const tests::Town& town, const Plan& plan, const std::string& service) {
  const auto* step = plan.find(town.index(service));
  return step == nullptr ? Verdict::not_reached : step->verdict;
}

}  // namespace

TEST_CASE("somebody without need is granted nothing", "[staircase]") {
  tests::Town town;
  for (double& hours : town.config.needs.hours.cells()) hours = 0.0;
  for (double& hours : town.config.needs.cognition_hours.cells()) hours = 0.0;
  const Plan plan = plan_for(town, {.age = 80});
  for (std::size_t i = 0; i < plan.step_count; ++i) {
    CHECK(plan.steps[i].verdict == Verdict::not_reached);
  }
  CHECK_FALSE(plan.needs_place);
}

TEST_CASE("some need alone at home is met by low steps", "[staircase]") {
  tests::Town town;
  const Plan plan = plan_for(town, {.age = 82, .need = NeedLevel::some});
  CHECK_FALSE(plan.needs_place);
  CHECK(plan.home_hours > 0.0F);
  CHECK(plan.home_hours < 6.0F);
}

TEST_CASE("the walk is ordered: the lowest steps are tried first", "[staircase]") {
  tests::Town town;
  const Plan plan = plan_for(town, {.age = 82, .need = NeedLevel::moderate});
  for (std::size_t i = 1; i < plan.step_count; ++i) {
    const auto step = [&](std::size_t k) {
      return town.config.services[plan.steps[k].service].step;
    };
    CHECK(step(i - 1) <= step(i));
  }
}

TEST_CASE("severe dementia and extensive need, alone, calls for 24-hour care", "[staircase]") {
  tests::Town town;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe};
  const Plan plan = plan_for(town, person);
  CHECK(plan.needs_place);
  CHECK(plan.place != model::no_service);
}

TEST_CASE("a full place is waited for, with a stay for one who accepts it", "[staircase]") {
  tests::Town town;
  town.service("nursing_home").capacity = 0;
  town.service("care_housing_24h").capacity = 0;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe};
  town.service("short_term_stay").interim = 0.0;
  const Plan home = plan_for(town, person);
  CHECK(home.needs_place);
  CHECK_FALSE(home.place_free);
  CHECK(home.home_hours > 0.0F);
  CHECK_FALSE(home.away());
  town.service("short_term_stay").interim = 1.0;
  const Plan stay = plan_for(town, person);
  CHECK(verdict(town, stay, "short_term_stay") == Verdict::interim);
  CHECK(stay.away());
}

TEST_CASE("a course is offered only to who asks, and only if thought of", "[staircase]") {
  tests::Town town;
  const tests::Person person{.age = 80, .need = NeedLevel::some};
  CHECK(verdict(town, plan_for(town, person), "reablement") == Verdict::not_offered);
  const Plan offered = plan_for(town, person, {.offer_course = true});
  CHECK(verdict(town, offered, "reablement") == Verdict::granted);
  CHECK(offered.home_hours <= plan_for(town, person).home_hours);
}

TEST_CASE("a course that must come first holds practical help back while it is full",
          "[staircase]") {
  tests::Town town;
  town.service("reablement").capacity = 0;
  const tests::Person person{.age = 80, .need = NeedLevel::some};
  const Plan first = plan_for(town, person, {.offer_course = true, .course_first = true});
  CHECK(first.wants_course);
  CHECK(verdict(town, first, "practical_assistance") == Verdict::deferred);
  const Plan also = plan_for(town, person, {.offer_course = true});
  CHECK(verdict(town, also, "practical_assistance") != Verdict::deferred);
}

TEST_CASE("hours beyond the supply are not granted", "[staircase]") {
  tests::Town town;
  town.service("home_nursing").hours_capacity = 1.0;
  const Plan plan = plan_for(town, {.age = 82, .need = NeedLevel::extensive});
  const auto* step = plan.find(town.index("home_nursing"));
  REQUIRE(step != nullptr);
  CHECK(step->hours <= 1.0F);
}

TEST_CASE("habit takes the place at once, however little is needed at home", "[staircase]") {
  tests::Town town;
  const tests::Person person{.age = 84, .need = NeedLevel::moderate};
  CHECK_FALSE(plan_for(town, person).needs_place);
  CHECK(plan_for(town, person, {.habit = true}).needs_place);
}

TEST_CASE("higher strictness never adds a place", "[staircase]") {
  int low = 0;
  int high = 0;
  for (const double strictness : {0.0, 1.0}) {
    tests::Town town;
    town.config.allocation.strictness = strictness;
    town.service("nursing_home").capacity = 100;
    for (int i = 0; i < 40; ++i) town.add({.age = 80 + i % 10, .need = NeedLevel::moderate});
    processes::World world = town.open();
    for (std::size_t i = 0; i < 40; ++i) {
      world.at(model::ResidentId(i)).prefers_institution = true;
      model::CareCase& c = tests::case_of(world, model::ResidentId(i));
      processes::decide(world, c);
      (strictness > 0.5 ? high : low) += processes::place_of(world, c) != nullptr ? 1 : 0;
    }
  }
  CHECK(low > high);
}

TEST_CASE("when the lowest place is full, a higher one that stands empty is taken", "[staircase]") {
  tests::Town town;
  town.service("care_housing_24h").max_age = 120;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::moderate};
  const Plan usual = plan_for(town, person);
  REQUIRE(usual.place == town.index("care_housing_24h"));
  // One place each, and somebody in the lower one, then in both.
  town.service("care_housing_24h").capacity = 1;
  town.service("nursing_home").capacity = 1;
  const auto with_neighbours = [&](std::initializer_list<const char*> places) {
    std::vector<model::ResidentId> neighbours;
    for (std::size_t i = 0; i < places.size(); ++i) neighbours.push_back(town.add(person));
    const auto id = town.add(person);
    processes::World world = town.open();
    std::size_t next = 0;
    for (const char* place : places) {
      model::CareCase& c = tests::case_of(world, neighbours[next++]);
      processes::start_service(world, c, town.index(place), 28.0F);
    }
    return processes::walk_staircase(world, tests::case_of(world, id), {});
  };
  const Plan full = with_neighbours({"care_housing_24h"});
  CHECK(full.place == town.index("nursing_home"));
  CHECK(full.place_free);
  CHECK(verdict(town, full, "care_housing_24h") == Verdict::full);
  const Plan nowhere = with_neighbours({"care_housing_24h", "nursing_home"});
  CHECK(nowhere.place == town.index("care_housing_24h"));  // waits for the lowest
  CHECK_FALSE(nowhere.place_free);
}

TEST_CASE("hours that have run out make nobody fitter for living at home", "[staircase]") {
  tests::Town town;
  town.config.allocation.supervision_limit_hours_per_week = 168.0;
  town.config.allocation.home_limit_hours_per_week = 10.0;
  const tests::Person person{.age = 82, .need = NeedLevel::extensive};
  REQUIRE(plan_for(town, person).needs_place);
  town.service("home_nursing").hours_capacity = 0.0;
  town.service("practical_assistance").hours_capacity = 0.0;
  CHECK(plan_for(town, person).needs_place);
}

TEST_CASE("alarms and day places are no reason to do without 24-hour care", "[staircase]") {
  // Trials found no fewer admissions. Between the two limits the supervision they give would tip
  // it.
  tests::Town town;
  const tests::Person person{
      .age = 82, .need = NeedLevel::moderate, .cognition = model::Cognition::mild};
  for (const double limit : {4.0, 6.0, 8.0, 10.0, 14.0}) {
    town.config.allocation.supervision_limit_hours_per_week = limit;
    town.service("safety_alarm").capacity = town.service("day_activity").capacity = 1e6;
    const bool with = plan_for(town, person).needs_place;
    town.service("safety_alarm").capacity = town.service("day_activity").capacity = 0;
    CHECK(plan_for(town, person).needs_place == with);
  }
}

TEST_CASE("a place that the municipality has none of is not waited for", "[staircase]") {
  tests::Town town;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe};
  config::Service unit = town.service("nursing_home");
  unit.id = "unit";
  unit.step = town.service("nursing_home").step - 1;
  unit.capacity = 0;
  town.config.services.push_back(unit);
  const Plan plan = plan_for(town, person);
  CHECK(plan.place == town.index("nursing_home"));
  CHECK(plan.place_free);
  town.service("unit").capacity = 1;
  CHECK(plan_for(town, person).place == town.index("unit"));
}

TEST_CASE("a lenient office grants less to a need that a strict one would meet", "[staircase]") {
  tests::Town town;
  const tests::Person person{.age = 82, .need = NeedLevel::some};
  const float usual = plan_for(town, person).home_hours;
  CHECK(plan_for(town, person, {.leniency = 100.0F}).home_hours == 0.0F);
  CHECK(plan_for(town, person, {.leniency = 0.01F}).home_hours >= usual);
}

TEST_CASE("who has a service that replaces another is not granted both", "[staircase]") {
  tests::Town town;
  const tests::Person person{.age = 82, .need = NeedLevel::some};
  REQUIRE(verdict(town, plan_for(town, person), "safety_alarm") == Verdict::granted);
  config::Service package = town.service("safety_alarm");
  package.id = "package";
  package.step = town.service("safety_alarm").step - 1;
  package.replaces = "safety_alarm";
  town.config.services.push_back(package);
  const Plan plan = plan_for(town, person);
  CHECK(verdict(town, plan, "package") == Verdict::granted);
  CHECK(verdict(town, plan, "safety_alarm") == Verdict::replaced);
}

TEST_CASE("criteria that leave somebody out do not send her to a place there is none of",
          "[staircase]") {
  tests::Town town;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe};
  config::Service unit = town.service("nursing_home");
  unit.id = "unit";
  unit.capacity = 0;
  town.config.services.push_back(unit);
  town.service("nursing_home").cognition = 1U;  // none without dementia
  const Plan plan = plan_for(town, person);
  CHECK_FALSE(plan.needs_place);
  CHECK(plan.home_hours > 0.0F);
  town.service("nursing_home").max_age = 80;  // no place at all for her age: one is bought
  const Plan bought = plan_for(town, person);
  REQUIRE(bought.needs_place);
  CHECK(town.config.services[bought.place].capacity < 1.0);
}
