#include "engine/phases.hpp"

#include "catch.hpp"

using namespace carestair;
using base::to_day;

TEST_CASE("phases know month ends, leap days and new years") {
  const base::Day first = to_day({2028, 2, 1});
  const engine::Phases phases(first, to_day({2030, 1, 2}), 7);

  CHECK(phases.days() == to_day({2030, 1, 2}) - first);
  CHECK(phases.month_begins(0));
  CHECK_FALSE(phases.month_ends(27));  // 28 February of a leap year
  CHECK(phases.month_ends(28));
  CHECK(phases.month_begins(29));

  int ends = 0, begins = 0, years = 0;
  for (engine::RunDay day = 0; day < phases.days(); ++day) {
    ends += phases.month_ends(day);
    begins += phases.month_begins(day);
    years += phases.year_begins(day);
    if (phases.year_begins(day)) CHECK(phases.month_begins(day));
    if (day > 0) CHECK(phases.month_begins(day) == phases.month_ends(day - 1));
  }
  CHECK(ends == 23);
  CHECK(begins == 24);
  CHECK(years == 2);
  CHECK(phases.year_begins(to_day({2029, 1, 1}) - first));
}

TEST_CASE("weekly meetings are on Mondays whenever the run starts") {
  for (int shift = 0; shift < 7; ++shift) {
    const base::Day first = to_day({2030, 1, 1}) + shift;
    const engine::Phases phases(first, first + 70, 7);
    for (engine::RunDay day = 0; day < 70; ++day) {
      CHECK(phases.meeting(day) == (base::weekday(first + day) == 0));
    }
  }
}

TEST_CASE("meetings keep their interval across the start of 1970") {
  const base::Day first = to_day({1969, 11, 3});
  const engine::Phases phases(first, first + 140, 14);
  int last = -1;
  for (engine::RunDay day = 0; day < phases.days(); ++day) {
    if (!phases.meeting(day)) continue;
    if (last >= 0) CHECK(day - last == 14);
    last = day;
  }
  const engine::Phases daily(first, first + 10, 1);
  for (engine::RunDay day = 0; day < 10; ++day) CHECK(daily.meeting(day));
}

TEST_CASE("an empty run has no phases") {
  const base::Day day = to_day({2030, 1, 1});
  CHECK(engine::Phases(day, day, 7).days() == 0);
}
