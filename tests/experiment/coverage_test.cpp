// The projection from coverage, worked out by hand.
#include "experiment/coverage.hpp"

#include "catch.hpp"

using namespace carestair;
using namespace carestair::experiment;

namespace {

/// `first` in the first year, `second` in the second.
std::vector<double> two_years(double first, double second) {
  std::vector<double> months(24, second);
  std::fill_n(months.begin(), 12, first);
  return months;
}

std::vector<double> joined(std::vector<double> a, const std::vector<double>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("coverage of the first year meets the population of each month") {
  // One in five of 50 becomes one in five of 80; one in two of 10 becomes one in two of 4.
  const auto counted = joined(two_years(10, 99), two_years(5, 0));
  const auto population = joined(two_years(50, 80), two_years(10, 4));
  const auto projected = projected_from_coverage(counted, population, 24);
  CHECK(projected.front() == Approx(15));
  CHECK(projected.back() == Approx(0.2 * 80 + 0.5 * 4));
}

TEST_CASE("where nobody lived in the first year nothing is projected") {
  const auto projected = projected_from_coverage(two_years(0, 3), two_years(0, 30), 24);
  CHECK(projected == std::vector<double>(24, 0.0));
}

TEST_CASE("a short run is covered by the months there are") {
  CHECK(projected_from_coverage(std::vector{1.0, 3.0}, std::vector{10.0, 30.0}, 2) ==
        std::vector{1.0, 3.0});
}

TEST_CASE("years weigh their months by days and tell flows by week") {
  const base::Day start = base::to_day({2019, 12, 1});
  const std::vector<base::Day> ends{base::to_day({2019, 12, 31}), base::to_day({2020, 1, 31}),
                                    base::to_day({2020, 2, 29})};
  const Years years(start, ends);
  CHECK(years.names == std::vector<int>{2019, 2020});
  const std::vector<double> months{7.0, 60.0, 0.0};
  CHECK(by_year(months, years, false).at(1) == Approx(31.0));
  CHECK(by_year(months, years, true).at(0) == Approx(7.0 / (31.0 / 7.0)));
  CHECK(by_year(months, years, true).at(1) == Approx(7.0));
}
