#include "experiment/coverage.hpp"

#include <algorithm>
#include <array>

#include "base/contract.hpp"

namespace carestair::experiment {
namespace {

constexpr std::array<TrendDefinition, 3> trend_table{{
    {Trend::recipients, "recipients", "With any service", "persons", false},
    {Trend::places, "places", "In staffed housing or nursing home", "persons", false},
    {Trend::staff_hours, "staff_hours", "Staff hours, all services", "hours a week", true},
}};

}  // namespace

std::vector<double> projected_from_coverage(std::span<const double> counted,
                                            std::span<const double> population,
                                            std::size_t months) {
  CARE_EXPECTS(months > 0 && counted.size() == population.size());
  CARE_EXPECTS(counted.size() % months == 0);
  const std::size_t first_year = std::min(coverage_months, months);
  std::vector<double> projected(months, 0.0);
  for (std::size_t cell = 0; cell < counted.size(); cell += months) {
    double had = 0.0;
    double lived = 0.0;
    for (std::size_t m = 0; m < first_year; ++m) {
      had += counted[cell + m];
      lived += population[cell + m];
    }
    if (lived == 0.0) continue;
    for (std::size_t m = 0; m < months; ++m) projected[m] += had / lived * population[cell + m];
  }
  return projected;
}

std::span<const TrendDefinition> trends() { return trend_table; }

Years::Years(base::Day start, std::span<const base::Day> month_ends) {
  for (const base::Day end : month_ends) {
    const int year = base::to_date(end).year;
    if (names.empty() || names.back() != year) names.push_back(year);
    of_month.push_back(names.size() - 1);
    days_of_month.push_back(static_cast<double>(end + 1 - start));
    start = end + 1;
  }
}

std::vector<double> by_year(std::span<const double> months, const Years& years, bool flow) {
  CARE_EXPECTS(months.size() == years.of_month.size());
  std::vector<double> sums(years.names.size(), 0.0);
  std::vector<double> days(years.names.size(), 0.0);
  for (std::size_t m = 0; m < months.size(); ++m) {
    const std::size_t year = years.of_month[m];
    sums[year] += flow ? months[m] : months[m] * years.days_of_month[m];
    days[year] += years.days_of_month[m];
  }
  for (std::size_t y = 0; y < sums.size(); ++y) {
    sums[y] /= flow ? days[y] / base::days_per_week : days[y];
  }
  return sums;
}

}  // namespace carestair::experiment
