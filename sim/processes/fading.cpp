#include "processes/fading.hpp"

#include <algorithm>
#include <array>

#include "processes/world.hpp"

namespace carestair::processes {

namespace {

/// The next step after today of an effect that began to fade on `ended`; never once faded.
base::Day step_after(base::Day ended, float fade_days, base::Day today) {
  const int steps = (today - ended) / fade_step_days + 1;
  const int last = static_cast<int>(fade_days) / fade_step_days + 1;
  return steps > last ? model::never : ended + steps * fade_step_days;
}

/// Days since an effect began to fade, as of the middle of the step it is in.
float elapsed_days(base::Day ended, base::Day today) {
  const int step = (today - ended) / fade_step_days;
  return (static_cast<float>(step) + 0.5F) * fade_step_days;
}

}  // namespace

float faded_ratio(float ratio, base::Day ended, float fade_days, base::Day today) {
  if (fade_days <= 0.0F) return 1.0F;
  const float left = std::max(0.0F, 1.0F - elapsed_days(ended, today) / fade_days);
  return 1.0F + (ratio - 1.0F) * left;
}

void forget_faded(const World& world, model::CareCase& c) {
  for (model::Faded& f : c.faded) {
    if (f.service == model::no_service) continue;
    const float longest = world.rules().services.rules[f.service].longest_fade_days;
    if (elapsed_days(f.ended, world.today()) >= longest) f = {};
  }
}

base::Day next_fade_step(const World& world, const model::CareCase& c) {
  base::Day next = model::never;
  if (c.reabled != model::never) {
    const auto days =
        static_cast<float>(world.config().reablement.fade_years * base::days_per_year);
    next = step_after(c.reabled, days, world.today());
  }
  for (const model::Faded& f : c.faded) {
    if (f.service == model::no_service) continue;
    const float longest = world.rules().services.rules[f.service].longest_fade_days;
    next = std::min(next, step_after(f.ended, longest, world.today()));
  }
  return next;
}

float give_hours(model::NeedVector& left, const model::NeedVector& cover, float hours) {
  using model::NeedType;
  constexpr std::array order{NeedType::nursing, NeedType::personal_care, NeedType::practical,
                             NeedType::supervision, NeedType::social};
  float given = 0.0F;
  for (const NeedType type : order) {
    const std::size_t k = model::index(type);
    const float part = std::min(left[k] * cover[k], hours - given);
    if (part <= 0.0F) continue;
    left[k] -= part;
    given += part;
  }
  return given;
}

}  // namespace carestair::processes
