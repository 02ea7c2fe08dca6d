// How tables over age move with time. Rates are prepared by calendar year and single year of age;
// a longer life moves the age profile of illness by the morbidity regime:
//
//   shift(year) = factor * mean over sexes of [e65(year) - e65(first reported year)]
//   rate(age, year) = table(age - shift(year)), linear between ages
//
// factor 0: expanded, 1: postponed, `compression`: compressed. The shift counts from the
// first reported year because the tables and the state of the population at the start are those of
// then; in the burn-in nothing moves.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/day.hpp"
#include "config/sections/demography.hpp"
#include "config/sections/health.hpp"
#include "config/table.hpp"
#include "model/levels.hpp"

namespace carestair::processes {

inline constexpr std::size_t age_count = static_cast<std::size_t>(config::oldest_age) + 1;

/// Row of a table [year][age].
constexpr std::size_t age_row(std::size_t year, std::size_t age) { return year * age_count + age; }

inline float per_day(double per_year) { return static_cast<float>(per_year / base::days_per_year); }

/// Number of calendar years that tables reach over; at least one.
constexpr std::size_t years_between(int first_year, int last_year) {
  return last_year < first_year ? 1 : static_cast<std::size_t>(last_year - first_year) + 1;
}

/// `value(age)` at a fractional age: linear in between, constant beyond 0 and 110.
template <class Value>
double at_age(double age, Value value) {
  const double within = std::clamp(age, 0.0, static_cast<double>(config::oldest_age));
  const auto below = static_cast<std::size_t>(within);
  const double rest = within - static_cast<double>(below);
  if (rest <= 0.0) return value(below);
  return (1.0 - rest) * value(below) + rest * value(below + 1);
}

/// Death rate of the whole population, per year: life table and its improvement.
double population_death_rate(const config::Mortality& mortality, std::size_t age, std::size_t sex,
                             int year);

/// Remaining life expectancy in years at the start of age `from`, from yearly death rates by
/// single year of age, constant within each; the last age is open.
double life_expectancy(std::span<const double> rates, std::size_t from);

/// Period life expectancy of a sex at an age in a calendar year.
double life_expectancy(const config::Mortality& mortality, std::size_t sex, int year,
                       std::size_t from);

/// Years by which the age profile of illness has moved, by calendar year from `first_year`.
std::vector<double> age_shifts(const config::Morbidity& morbidity,
                               const config::Mortality& mortality, int first_year, int last_year);

}  // namespace carestair::processes
