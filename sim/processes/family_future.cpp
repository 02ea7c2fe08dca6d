#include "processes/family_future.hpp"

#include <algorithm>

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

constexpr int first_year = 12;  // months
/// A guard: where hardly anybody helps any more, no factor brings the hours of the others back.
constexpr float largest_factor = 20.0F;

struct Month {
  double hours = 0.0;
  double middle_aged = 0.0;
  double formal_hours = 0.0;
};

Month month_of(const World& world) {
  Month now;
  for (const model::Carer& carer : world.state.carers) {
    for (model::TieId t = carer.first_tie; t.valid(); t = world.state.at(t).next_of_carer) {
      now.hours += static_cast<double>(model::total(world.state.at(t).given));
    }
  }
  const base::Day born_50 = world.today() - base::whole_days(50.0 * base::days_per_year);
  const base::Day born_67 = world.today() - base::whole_days(67.0 * base::days_per_year);
  const base::Day born_85 = world.today() - base::whole_days(85.0 * base::days_per_year);
  double oldest = 0.0;
  for (const model::Resident& who : world.state.residents) {
    if (!who.here()) continue;
    now.middle_aged += who.birth <= born_50 && who.birth > born_67 ? 1.0 : 0.0;
    oldest += who.birth <= born_85 ? 1.0 : 0.0;
  }
  now.middle_aged /= std::max(oldest, 1.0);
  now.formal_hours = granted_hours_per_week(world);
  return now;
}

}  // namespace

void look_at_the_future(World& world) {
  if (world.burning_in()) return;
  model::FamilyCare& care = world.state.family_care;
  const config::FamilyFuture future = world.config().informal.future;
  if (care.months < first_year) {
    const Month now = month_of(world);
    care.hours += now.hours / first_year;
    care.middle_aged += now.middle_aged / first_year;
    care.formal_hours += now.formal_hours / first_year;
    ++care.months;
    return;
  }
  if (future == config::FamilyFuture::emergent) {
    care.factor = 1.0F;
    return;
  }
  const Month now = month_of(world);
  if (now.hours <= 0.0 || care.hours <= 0.0) return;
  double wanted = care.hours;
  if (future == config::FamilyFuture::falling) wanted *= now.middle_aged / care.middle_aged;
  if (future == config::FamilyFuture::growing && care.formal_hours > 0.0) {
    wanted *= now.formal_hours / care.formal_hours;
  }
  care.factor =
      std::clamp(care.factor * static_cast<float>(wanted / now.hours), 0.0F, largest_factor);
}

}  // namespace carestair::processes
