// Effects that outlast a service fade linearly to nothing. They are stepped every quarter of a
// year, so that an effect is a constant rate ratio in between whenever it is looked at.
#pragma once

#include "base/day.hpp"
#include "model/care.hpp"
#include "processes/services.hpp"

namespace carestair::processes {

class World;

inline constexpr int fade_step_days = 91;

/// Ratio of an effect that ended on `ended` and fades over `fade_days`, as of the latest step:
/// 1 + (ratio - 1) (1 - elapsed / fade_days), 1 once faded. Midpoint of the step, so that the
/// mean over time is the linear fade's.
float faded_ratio(float ratio, base::Day ended, float fade_days, base::Day today);

/// Whether nothing is left of any effect of a service that ended: past the last midpoint of a step.
inline bool has_faded(const model::Faded& f, const ServiceRule& rule, base::Day today) {
  return static_cast<float>(today - f.ended - fade_step_days) >= rule.longest_fade_days;
}

/// Forgets those services of which no effect is left.
void forget_faded(const World& world, model::CareCase& c);

/// Next day on which a fading effect of the case takes a step; never when none fades.
base::Day next_fade_step(const World& world, const model::CareCase& c);

/// Gives `hours` of staff time to what is left of a need vector, at most `cover` of each type.
/// Nursing and personal care come first, then practical help, supervision, social.
/// Returns the hours that found something to do.
float give_hours(model::NeedVector& left, const model::NeedVector& cover, float hours);

}  // namespace carestair::processes
