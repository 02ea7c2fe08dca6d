// A birth cohort through need and cognition, without chance: the forward equations of the clocks
// need_up, need_down, cognition_up, cognition_back and death, with the very rates the simulator
// uses. It tells what the rates imply: the means that mortality is normalised by, prevalence by age
// against the shares at the start, and what a simulated cohort must agree with (tests).
//
//   dp/dt = p Q(age, year, frailty), p over 4 need levels x 5 stages x frailty classes
//
// Illness and loneliness are at their means, services and unmet need away. Frailty is a gamma
// distribution cut into classes of equal size, each at its mean.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "model/levels.hpp"
#include "processes/rules.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

struct CohortPlan {
  model::Sex sex = model::Sex::female;
  std::size_t first_age = 0;
  std::size_t last_age = 105;
  std::size_t year = 0;       // of the tables, in which first_age is reached
  bool same_year = false;     // rates of one calendar year for all ages: what a year implies
  double first_length = 1.0;  // years until the first birthday; half a year for a mixed group
  std::size_t frailty_classes = 8;
};

/// The cohort on a birthday, and what happens until the next.
struct CohortAge {
  std::array<double, synth::health_cell_count> living{};  // of one at the first age
  double deaths = 0.0;                                    // until the next birthday
  double person_years = 0.0;                              // lived until then

  [[nodiscard]] double alive() const;
  [[nodiscard]] double share(model::NeedLevel need) const;
  [[nodiscard]] double share(model::Cognition cognition) const;
  [[nodiscard]] double dementia() const;
  [[nodiscard]] double death_rate() const { return deaths / person_years; }  // per year
};

/// From the shares of the first age at the start of the run; one entry a year of age. Decline is
/// the whole of it: acute stays and hip fractures are not followed apart. The rate of death is
/// therefore that of the life table divided by AcuteTables::excess_death.
std::vector<CohortAge> live_cohort(const Rules& rules, const CohortPlan& plan);

}  // namespace carestair::processes
