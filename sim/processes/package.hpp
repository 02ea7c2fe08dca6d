// The package of a case: everything it holds, read once, for all who ask about it in one update.
#pragma once

#include "base/day.hpp"
#include "model/care.hpp"
#include "processes/services.hpp"

namespace carestair::processes {

class World;

struct Package {
  ServiceSet services = 0;
  float home_hours = 0.0F;    // staff hours a week granted at home
  float missed_hours = 0.0F;  // granted hours a week that are not given, by the steps of last month
  /// Whose staff give most of the hours that meet a need: they see what is going on.
  model::UnitIndex unit = model::no_unit;
  base::Day first_end = model::never;  // of what ends by itself
  /// What the services held do to rates.
  model::Ratios ratios = model::no_change;
};

Package package_of(const World& world, const model::CareCase& c);

/// What remains of `residual` after the services of a package.
model::NeedVector unmet_after(const World& world, const model::CareCase& c, ServiceSet services,
                              const model::NeedVector& residual);

}  // namespace carestair::processes
