// The projection planners make without a model (dekningsgradsframskriving): who has what, by age
// and sex, stays as it was counted in the first year, and only the population changes. It is the
// null model a simulation has to be held against.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/day.hpp"

namespace carestair::experiment {

/// Months of the first year, from which coverage is counted.
inline constexpr std::size_t coverage_months = 12;

/// sum over cells of coverage[cell] * population[cell][month], with
/// coverage[cell] = sum of counted / sum of population over the first `coverage_months`, or 0 where
/// nobody lived. Both are [cell][month], a cell being an age group (and sex) of a municipality.
std::vector<double> projected_from_coverage(std::span<const double> counted,
                                            std::span<const double> population, std::size_t months);

/// What stands in the table over time.
enum class Trend { recipients, places, staff_hours };
struct TrendDefinition {
  Trend trend;
  std::string_view id;
  std::string_view title;
  std::string_view unit;
  bool flow;  // summed over the month, told by week; else a stock, of which the mean is told
};
std::span<const TrendDefinition> trends();

/// Calendar years of the months that end on these days.
struct Years {
  std::vector<int> names;
  std::vector<std::size_t> of_month;
  std::vector<double> days_of_month;

  Years(base::Day start, std::span<const base::Day> month_ends);
};

/// Of monthly numbers, by year: means weighted by days, or flows a week.
std::vector<double> by_year(std::span<const double> months, const Years& years, bool flow);

/// Mean over replications, by year.
struct TrendValues {
  std::vector<double> projected;               // from the coverage of the baseline
  std::vector<std::vector<double>> simulated;  // [scenario][year]
};

}  // namespace carestair::experiment
