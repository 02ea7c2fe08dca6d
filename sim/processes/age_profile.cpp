#include "processes/age_profile.hpp"

#include <array>

namespace carestair::processes {

double population_death_rate(const config::Mortality& mortality, std::size_t age, std::size_t sex,
                             int year) {
  return mortality.rate(age, sex) *
         std::pow(1.0 - mortality.yearly_improvement(age), year - mortality.base_year);
}

double life_expectancy(std::span<const double> rates, std::size_t from) {
  double years = 0.0;
  double alive = 1.0;
  for (std::size_t age = from; age < rates.size(); ++age) {
    const double rate = rates[age];
    if (age + 1 == rates.size()) {
      years += alive / std::max(rate, 1e-9);
      break;
    }
    const double dying = -std::expm1(-rate);
    years += alive * (rate > 1e-9 ? dying / rate : 1.0);
    alive *= 1.0 - dying;
  }
  return years;
}

double life_expectancy(const config::Mortality& mortality, std::size_t sex, int year,
                       std::size_t from) {
  std::array<double, age_count> rates{};
  for (std::size_t age = from; age < age_count; ++age) {
    rates[age] = population_death_rate(mortality, age, sex, year);
  }
  return life_expectancy(rates, from);
}

std::vector<double> age_shifts(const config::Morbidity& morbidity,
                               const config::Mortality& mortality, int first_year, int last_year) {
  constexpr std::size_t old_age = 65;
  double factor = 0.0;
  switch (morbidity.regime) {
    case config::MorbidityRegime::expanded: factor = 0.0; break;
    case config::MorbidityRegime::postponed: factor = 1.0; break;
    case config::MorbidityRegime::compressed: factor = morbidity.compression; break;
  }
  const auto both_sexes = [&](int year) {
    double sum = 0.0;
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      sum += life_expectancy(mortality, sex, year, old_age);
    }
    return sum / static_cast<double>(model::sex_count);
  };
  const double at_start = both_sexes(first_year);
  std::vector<double> shifts(years_between(first_year, last_year), 0.0);
  for (std::size_t year = 0; year < shifts.size(); ++year) {
    shifts[year] = factor * (both_sexes(first_year + static_cast<int>(year)) - at_start);
  }
  return shifts;
}

}  // namespace carestair::processes
