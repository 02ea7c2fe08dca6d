#include "experiment/compare.hpp"

#include <cmath>

#include "base/day.hpp"
#include "catch.hpp"
#include "experiment/trace_text.hpp"

using namespace carestair;
using namespace carestair::experiment;

namespace {

double value(const HeadlineValues& values, Headline headline) {
  return values[static_cast<std::size_t>(headline)];
}

std::vector<double>& months_of(PeriodSums& sums, Headline headline) {
  return sums.months[static_cast<std::size_t>(headline)];
}

HeadlineValues costs(double cost) {
  HeadlineValues values{};
  values[static_cast<std::size_t>(Headline::cost)] = cost;
  return values;
}

const ComparedOutcome& cost_of(const Comparison& comparison) {
  return comparison.outcomes[static_cast<std::size_t>(Headline::cost)];
}

}  // namespace

TEST_CASE("sums over a period become rates a planner knows") {
  PeriodSums sums;
  sums.days = 4 * base::days_per_year;  // 1461
  const auto set = [&](record::Outcome outcome, double sum) {
    sums.outcomes[static_cast<std::size_t>(outcome)] = sum;
  };
  set(record::Outcome::cost, 800e6);
  set(record::Outcome::home_hours, 1461.0 / 7.0 * 900.0);
  set(record::Outcome::place_days, 1461.0 * 36.0);
  set(record::Outcome::waiting_days, 1461.0 * 2.5);
  set(record::Outcome::life_days, 1461.0 * 4000.0);
  for (const HeadlineDefinition& definition : headlines()) {
    if (definition.source.cells) months_of(sums, definition.headline) = {0.0};
  }
  months_of(sums, Headline::deaths) = {100.0, 60.0};
  months_of(sums, Headline::recipients) = {270.0, 350.0};
  months_of(sums, Headline::recipients_end) = {270.0, 350.0};
  const HeadlineValues values = headline_values(sums);
  CHECK(value(values, Headline::cost) == Approx(200.0));
  CHECK(value(values, Headline::home_hours) == Approx(900.0));
  CHECK(value(values, Headline::places) == Approx(36.0));
  CHECK(value(values, Headline::waiting) == Approx(2.5));
  CHECK(value(values, Headline::residents) == Approx(4000.0));
  CHECK(value(values, Headline::deaths) == Approx(40.0));
  CHECK(value(values, Headline::recipients) == 310.0);
  CHECK(value(values, Headline::recipients_end) == 350.0);
}

TEST_CASE("the mean position is what is employed over the persons employed") {
  PeriodSums sums;
  sums.days = 70.0;  // ten weeks
  for (const HeadlineDefinition& definition : headlines()) {
    if (definition.source.cells) months_of(sums, definition.headline) = {0.0};
  }
  CHECK(value(headline_values(sums), Headline::mean_position) == 0.0);  // nobody is employed
  months_of(sums, Headline::mean_position) = {300.0, 330.0};  // full-time posts times weeks
  months_of(sums, Headline::employees) = {500.0, 400.0};
  const HeadlineValues values = headline_values(sums);
  CHECK(value(values, Headline::employees) == Approx(90.0));
  CHECK(value(values, Headline::mean_position) == Approx(70.0));
}

TEST_CASE("every headline is found by its id") {
  for (const HeadlineDefinition& definition : headlines()) {
    REQUIRE(find_headline(definition.id) != nullptr);
    CHECK(find_headline(definition.id)->headline == definition.headline);
  }
  CHECK(find_headline("happiness") == nullptr);
}

TEST_CASE("a tenth of the difference is the width wanted unless told otherwise") {
  const std::array baseline{costs(10), costs(12), costs(11), costs(13)};
  const std::array other{costs(9), costs(11.5), costs(10), costs(11)};
  const Comparison usual = compare(baseline, other, CountsByGroup{});
  CHECK(cost_of(usual).wanted_half_width == Approx(0.1125));
  const std::size_t needed = replications_for(cost_of(usual).paired.sd, 0.1125);
  CHECK(cost_of(usual).more_replications == needed - 4);

  WantedWidth width;
  width.absolute[static_cast<std::size_t>(Headline::cost)] = 5.0;
  CHECK(cost_of(compare(baseline, other, CountsByGroup{}, width)).more_replications == 0U);

  // An outcome without any difference needs nothing more.
  CHECK(usual.outcomes[static_cast<std::size_t>(Headline::deaths)].more_replications == 0U);
}

TEST_CASE("a tenth of no difference cannot be reached") {
  const std::array baseline{costs(10), costs(12)};
  const std::array other{costs(11), costs(11)};
  CHECK_FALSE(cost_of(compare(baseline, other, CountsByGroup{})).more_replications.has_value());
}

TEST_CASE("one replication says nothing of how many are needed") {
  const std::array<HeadlineValues, 1> baseline{costs(10)};
  const std::array<HeadlineValues, 1> other{costs(11)};
  CHECK_FALSE(cost_of(compare(baseline, other, CountsByGroup{})).more_replications.has_value());
}

TEST_CASE("persons are told per replication") {
  const std::array rows{costs(1), costs(1), costs(1), costs(1)};
  CountsByGroup counts{};
  counts[4][1].paired = 40;
  counts[4][1].touched = 10;
  counts[4][1].less[0] = 2;
  const Comparison comparison = compare(rows, rows, counts);
  CHECK(comparison.persons[4][1].paired == 10.0);
  CHECK(comparison.persons[4][1].touched == 2.5);
  CHECK(comparison.persons[4][1].less[0] == 0.5);
}

TEST_CASE("a life is told day by day") {
  Trace trace;
  trace.lines = {{base::to_day({2019, 5, 17}), "need rises to some"},
                 {base::to_day({2020, 3, 1}), "assessed at age 84"},
                 {base::to_day({2020, 3, 1}), "  needs, hours a week: practical 1.5"},
                 {base::to_day({2021, 12, 24}), "dies"}};
  CHECK(trace_text(trace, base::to_day({2020, 1, 1})) ==
        "(before the first day reported)\n"
        "\n17 May 2019\n"
        "  need rises to some\n"
        "\n(reported from 1 January 2020 on)\n"
        "\n1 March 2020\n"
        "  assessed at age 84\n"
        "    needs, hours a week: practical 1.5\n"
        "\n24 December 2021\n"
        "  dies\n");
}
