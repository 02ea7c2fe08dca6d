#include "processes/package.hpp"

#include <algorithm>
#include <bit>

#include "processes/fading.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

Package package_of(const World& world, const model::CareCase& c) {
  Package package;
  if (c.held == 0) return package;
  const std::vector<model::Unit>& units = world.state.units;
  float most = -1.0F;
  for (const model::Holding& h : c.in_use()) {
    const ServiceRule& rule = world.rules().services.rules[h.service];
    package.services |= ServiceSet{1} << rule.order;
    package.first_end = std::min(package.first_end, h.until);
    if (!rule.effects.empty()) model::multiply(package.ratios, rule.ratios);
    if (rule.form == config::ServiceForm::hours) package.home_hours += h.hours_per_week;
    if (h.own || h.overflow || rule.unit >= units.size() || !meets_need(rule)) continue;
    package.missed_hours += h.hours_per_week * units[rule.unit].missed[model::index(c.level)];
    if (h.hours_per_week <= most) continue;
    most = h.hours_per_week;
    package.unit = rule.unit;
  }
  return package;
}

model::NeedVector unmet_after(const World& world, const model::CareCase& c, ServiceSet services,
                              const model::NeedVector& residual) {
  model::NeedVector left = residual;
  // In the order of their steps, whatever order they were granted in.
  const ServiceTables& tables = world.rules().services;
  for (; services != 0U; services &= services - 1U) {
    const model::ServiceIndex service = tables.ascending[std::countr_zero(services)];
    const ServiceRule& rule = tables.rules[service];
    if (rule.form == config::ServiceForm::hours) {
      give_hours(left, rule.cover, c.find(service)->hours_per_week);
    } else {
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        left[type] *= 1.0F - rule.cover[type];
      }
    }
  }
  return left;
}

}  // namespace carestair::processes
