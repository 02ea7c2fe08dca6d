// Loops of the workforce that close through how much there is to do for those at work.
#include <cstdint>
#include <map>

#include "catch.hpp"
#include "processes/services.hpp"
#include "staff_town.hpp"

using namespace carestair;
using model::NeedLevel;
using model::Post;
using tests::StaffTown;

namespace {

constexpr int residents = 200;
constexpr double fte = 50.0;

struct AfterTwoYears {
  std::map<std::uint64_t, int> spells;  // of sick leave, by employee
  float workload = 0.0F;
  double given = 0.0;  // hours

  /// Spells of those who are employed in another world, too.
  [[nodiscard]] int spells_of_those_in(const AfterTwoYears& other) const {
    int sum = 0;
    for (const auto& [uid, count] : spells) sum += other.spells.contains(uid) ? count : 0;
    return sum;
  }
};

/// Home care with hours for more staff than there are, and posts beyond the hours in this number.
/// Nobody leaves.
AfterTwoYears two_years_with(double extra_fte, double workload_ratio) {
  StaffTown town(fte);
  town.without_leavers();
  town.config.workforce.sick_leave.workload_ratio = workload_ratio;
  town.config.workforce.sick_leave.spell_days = 10.0;
  town.unit("home_care").extra_fte = extra_fte;
  for (int i = 0; i < residents; ++i) town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open(3);
  for (std::size_t i = 0; i < residents; ++i) {
    model::CareCase& c = tests::case_of(world, model::ResidentId(i));
    processes::start_service(world, c, town.index("home_nursing"), 7.0F);
  }
  AfterTwoYears seen;
  for (int day = 0; day < 2 * 365; ++day) {
    world.run_day();
    seen.given += town.home_care(world).week.given / 7.0;
  }
  seen.workload = town.home_care(world).workload;
  for (const Post& post : world.state.staff.posts) {
    if (post.state == Post::State::filled) seen.spells[post.holder.uid] = post.holder.spells;
  }
  return seen;
}

}  // namespace

TEST_CASE("base staffing lowers sick leave by the work there is for each, and not by itself",
          "[workforce]") {
  const AfterTwoYears few = two_years_with(0.0, 1.12);
  const AfterTwoYears more = two_years_with(15.0, 1.12);
  CAPTURE(few.workload, more.workload);
  REQUIRE(few.workload > 1.2F);
  CHECK(more.workload < few.workload - 0.1F);
  CHECK(more.given > few.given);
  REQUIRE(few.spells_of_those_in(more) > 100);
  CHECK(more.spells_of_those_in(few) < 0.9 * few.spells_of_those_in(more));

  // Where workload makes nobody ill, more colleagues keep nobody well.
  const AfterTwoYears few_unstrained = two_years_with(0.0, 1.0);
  const AfterTwoYears more_unstrained = two_years_with(15.0, 1.0);
  CHECK(more_unstrained.workload < few_unstrained.workload - 0.1F);
  CHECK(more_unstrained.spells_of_those_in(few_unstrained) ==
        few_unstrained.spells_of_those_in(more_unstrained));
  CHECK(few_unstrained.workload < few.workload);
}

namespace {

struct Leaving {
  double quits = 0.0;
  double employed = 0.0;  // full-time posts, at the end
  float workload = 0.0F;
};

/// Three years of home care with hours for more staff than there are, whose quits answer to
/// workload in this way; vacancies take a year.
Leaving three_years_with(double workload_ratio) {
  StaffTown town(fte);
  config::Workforce& w = town.config.workforce;
  w.quits.workload_ratio = workload_ratio;
  town.of(w.quits.rate, model::Occupation::health_worker) = 0.2;
  town.of(w.recruitment.time_to_fill, model::Occupation::health_worker) = 1.0;
  for (int i = 0; i < residents; ++i) town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open(4);
  for (std::size_t i = 0; i < residents; ++i) {
    model::CareCase& c = tests::case_of(world, model::ResidentId(i));
    processes::start_service(world, c, town.index("home_nursing"), 7.0F);
  }
  tests::run_weeks(world, 156);
  return {tests::moves_of(world, model::StaffMove::quit), tests::employed(town.home_care(world)),
          town.home_care(world).workload};
}

}  // namespace

TEST_CASE("shortage makes staff leave, and those who leave make shortage", "[workforce]") {
  const Leaving unmoved = three_years_with(1.0);
  const Leaving moved = three_years_with(1.15);
  REQUIRE(unmoved.workload > 1.2F);
  CHECK(moved.quits > 1.2 * unmoved.quits);
  CHECK(moved.employed < unmoved.employed - 2.0);
  CHECK(moved.workload > unmoved.workload);
}
