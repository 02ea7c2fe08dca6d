#include "processes/cohort.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "processes/cohort_flow.hpp"
#include "processes/frailty_classes.hpp"

namespace carestair::processes {
namespace {

constexpr int steps_a_year = 24;

}  // namespace

double CohortAge::alive() const { return sum(living); }

double CohortAge::share(model::NeedLevel need) const {
  const auto first =
      living.begin() + static_cast<std::ptrdiff_t>(model::index(need) * model::cognition_count);
  return std::accumulate(first, first + model::cognition_count, 0.0) / alive();
}

double CohortAge::share(model::Cognition cognition) const {
  double found = 0.0;
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    if (synth::cognition_of_cell(cell) == cognition) found += living[cell];
  }
  return found / alive();
}

double CohortAge::dementia() const {
  return share(model::Cognition::mild) + share(model::Cognition::moderate) +
         share(model::Cognition::severe);
}

std::vector<CohortAge> live_cohort(const Rules& rules, const CohortPlan& plan) {
  const std::size_t last_year = rules.function.shift.size() - 1;
  std::vector<Abreast> blocks =
      start_cohort(rules.health, plan.first_age, plan.sex,
                   frailty_classes(rules.health.frailty_variance(), plan.frailty_classes));
  std::vector<CohortAge> ages;
  for (std::size_t age = plan.first_age; age <= plan.last_age; ++age) {
    const std::size_t lived = plan.same_year ? 0 : age - plan.first_age;
    const Rates rates =
        rates_at(rules.mortality, rules.function, rules.cognition, plan.sex,
                 std::min(age, age_count - 1), std::min(plan.year + lived, last_year));
    CohortAge now;
    const double h = (age == plan.first_age ? plan.first_length : 1.0) / steps_a_year;
    for (Abreast& block : blocks) {
      const Flows flows(rates, block);
      const Cells born = of_all_classes(block);
      std::ranges::transform(now.living, born, now.living.begin(), std::plus<>{});
      double before = sum(born);
      for (int step = 0; step < steps_a_year; ++step) {
        step_on(flows, block, h);
        const double after = sum(of_all_classes(block));
        now.person_years += h * 0.5 * (before + after);
        now.deaths += before - after;
        before = after;
      }
    }
    ages.push_back(now);
  }
  return ages;
}

}  // namespace carestair::processes
