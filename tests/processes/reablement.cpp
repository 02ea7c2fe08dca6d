#include "processes/reablement.hpp"

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/fading.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;

namespace {

/// A town in which everybody suited is offered a course, accepts and completes it.
tests::Town willing_town() {
  tests::Town town;
  town.config.allocation.reablement_offer_share = 1.0;
  town.config.reablement.accept_share = 1.0;
  for (auto& organisation : town.config.reablement.organisations) organisation.completion = 1.0;
  tests::with_quiet_lives(town.config);
  return town;
}

void live(processes::World& world, int days) {
  for (int day = 0; day < days; ++day) world.run_day();
}

}  // namespace

TEST_CASE("a course ends after its weeks, then lowers hours and fades", "[reablement]") {
  tests::Town town = willing_town();
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const float need_before = model::total(c.need);
  processes::decide(world, c);
  const model::Holding* course = c.find(town.index("reablement"));
  REQUIRE(course != nullptr);
  const int days = course->until - world.today();
  const auto& own_team = town.config.reablement.organisations[world.rules().organisation];
  CHECK(days == static_cast<int>(own_team.weeks * 7 + 0.5));
  live(world, days + 1);
  CHECK(world.at(world.at(id).care_case).find(town.index("reablement")) == nullptr);
  const model::CareCase& after = world.at(world.at(id).care_case);
  CHECK(after.courses == 1);
  CHECK(after.hours_ratio == Approx(static_cast<float>(own_team.hours_ratio)));
  CHECK(model::total(after.need) < need_before);
  live(world, static_cast<int>(town.config.reablement.fade_years * 365.25) + 100);
  CHECK(model::total(world.at(world.at(id).care_case).need) == Approx(need_before).epsilon(0.02));
}

TEST_CASE("without completion nothing changes", "[reablement]") {
  tests::Town town = willing_town();
  for (auto& organisation : town.config.reablement.organisations) organisation.completion = 0.0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  processes::decide(world, tests::case_of(world, id));
  live(world, 120);
  const model::CareCase& c = world.at(world.at(id).care_case);
  CHECK(c.courses == 1);
  CHECK(c.reabled == model::never);
  CHECK(c.hours_ratio == 1.0F);
}

TEST_CASE("no second course before its time", "[reablement]") {
  tests::Town town = willing_town();
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  processes::decide(world, tests::case_of(world, id));
  live(world, 120);
  model::CareCase& c = tests::case_of(world, id);
  model::NeedVector left = c.need;
  CHECK_FALSE(processes::course_suits(world, c, left));
  c.last_course =
      world.today() - static_cast<int>(town.config.reablement.repeat_after_years * 365.25 + 2);
  CHECK(processes::course_suits(world, c, left));
}

TEST_CASE("the effect on function is apart from the effect on hours", "[reablement]") {
  tests::Town town = willing_town();
  town.config.reablement.function_decline_ratio = 1.0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  processes::decide(world, tests::case_of(world, id));
  live(world, 120);
  // Hours are lower; what is left of decline is the unmet need alone, never below 1.
  CHECK(world.at(world.at(id).care_case).hours_ratio < 1.0F);
  CHECK(world.at(id).decline_ratio >= 1.0F);
}

TEST_CASE("a linear fade, stepped by quarters, has the linear fade's mean", "[reablement]") {
  const base::Day ended = base::to_day({2020, 1, 1});
  double sum = 0.0;
  for (int day = 0; day < 365; ++day) {
    sum += 1.0 - processes::faded_ratio(0.8F, ended, 364.0F, ended + day);
  }
  // 0.2 falling linearly to 0 over a year: mean 0.1. Steps change it by less than 1 %.
  CHECK(sum / 365 == Approx(0.1).epsilon(0.01));
  CHECK(processes::faded_ratio(0.8F, ended, 364.0F, ended + 400) == 1.0F);
}

TEST_CASE("nobody waits for a course for ever", "[reablement]") {
  tests::Town town = willing_town();
  town.service("reablement").capacity = GENERATE(0, 1);
  const bool there = town.service("reablement").capacity > 0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  world.state.use[town.index("reablement")].persons = 1.0F;  // it is full
  processes::enqueue(world, tests::case_of(world, id), model::Request::application);
  processes::hold_allocation_meeting(world);
  const model::CareCase& c = world.at(world.at(id).care_case);
  // Nor at all where there is none.
  REQUIRE((c.course.service == town.index("reablement")) == there);
  live(world, static_cast<int>(town.config.reablement.most_wait_days) + 8);
  CHECK(c.course.service == model::no_service);
  CHECK(c.receives_any());
}

TEST_CASE("a place that breaks a course off leaves it had", "[reablement]") {
  tests::Town town = willing_town();
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  processes::decide(world, tests::case_of(world, id));
  model::CareCase& c = world.at(world.at(id).care_case);
  REQUIRE(c.find(town.index("reablement")) != nullptr);
  live(world, 3);
  world.at(id).need = NeedLevel::extensive;
  world.at(id).cognition = model::Cognition::severe;
  processes::update_case(world, c);
  processes::decide(world, c);
  REQUIRE(processes::place_of(world, c) != nullptr);
  CHECK(c.find(town.index("reablement")) == nullptr);
  CHECK(c.courses == 1);
  CHECK(c.last_course == world.today());
  CHECK(c.reabled == model::never);
}

TEST_CASE("what an impairment takes that is no need of assistance is not counted", "[needs]") {
  tests::Town town;
  const auto id = town.add({.age = 80, .cognition = model::Cognition::mild_impairment});
  processes::World world = town.open();
  const model::CareCase& c = tests::case_of(world, id);
  CHECK(model::total(c.need) == 0.0F);
  CHECK(model::total(c.unmet) == 0.0F);
}
