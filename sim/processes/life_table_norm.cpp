#include "processes/life_table_norm.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "processes/cohort_flow.hpp"
#include "processes/frailty_classes.hpp"

namespace carestair::processes {
namespace {

double mean_risk(const Abreast& cohort, const Cells& relative) {
  double risk = 0.0;
  double alive = 0.0;
  const Cells living = of_all_classes(cohort);
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    risk += living[cell] * relative[cell];
    alive += living[cell];
  }
  return alive > 0.0 && risk > 0.0 ? risk / alive : 1.0;
}

/// A year of age, or what is left of it, of a cohort whose deaths are given in all and shared out
/// by relative risk. Returns the mean relative risk of the living meanwhile.
double normalised_year(Abreast& cohort, const Rates& rates, const float* risks, double death_rate,
                       double length) {
  // Steps short against the fastest change there is.
  double frailest = 0.0;
  for (const Pair of : cohort.frailty) frailest = std::max({frailest, of[0], of[1]});
  double fastest = 0.0;
  Cells relative;
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    fastest = std::max(fastest, rates.up[cell] * frailest + rates.down[cell] + rates.worse[cell] +
                                    rates.back[cell]);
    relative[cell] = static_cast<double>(risks[cell]);
  }
  const int steps = std::clamp(static_cast<int>(std::ceil(2.0 * fastest)), 4, 200);
  const double h = length / steps;
  const auto take_step =
      any_impaired(rates, of_all_classes(cohort)) ? coarse_step_on<true> : coarse_step_on<false>;
  Flows flows(rates, cohort);
  Cells death;
  double mean = mean_risk(cohort, relative);
  double over_year = 0.0;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
      death[cell] = death_rate * relative[cell] / mean;
    }
    flows.die(death);
    take_step(flows, cohort, h);
    const double next = mean_risk(cohort, relative);
    over_year += 0.5 * (mean + next) / steps;
    mean = next;
  }
  return over_year;
}

}  // namespace

std::vector<float> life_table_norm(const MortalityTables& mortality, const FunctionTables& function,
                                   const CognitionTables& cognition,
                                   const synth::HealthTables& health) {
  const std::size_t years = function.shift.size();
  const std::vector<double> spread = frailty_classes(health.frailty_variance(), 4);
  std::vector<float> norm = mortality.norm;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    // Cohorts alive at the start, by age then; and those born later, by year of birth.
    for (std::size_t cohort = 0; cohort < age_count + years - 1; ++cohort) {
      const std::size_t first_age = cohort < age_count ? cohort : 0;
      const std::size_t first_year = cohort < age_count ? 0 : cohort - age_count + 1;
      std::vector<Abreast> blocks =
          start_cohort(health, first_age, static_cast<model::Sex>(sex), spread);
      CARE_EXPECTS(blocks.size() == 1);
      for (std::size_t k = 0; first_age + k < age_count && first_year + k < years; ++k) {
        const std::size_t row = age_row(first_year + k, first_age + k) * model::sex_count + sex;
        const Rates rates = rates_at(mortality, function, cognition, static_cast<model::Sex>(sex),
                                     first_age + k, first_year + k);
        // On the first day of the run birthdays are half a year ago, on the mean.
        const double length = cohort < age_count && k == 0 ? 0.5 : 1.0;
        norm[row] = static_cast<float>(normalised_year(
            blocks.front(), rates, &mortality.relative[(first_age + k) * cohort_cells],
            mortality.population[row] * base::days_per_year, length));
      }
    }
  }
  return norm;
}

}  // namespace carestair::processes
