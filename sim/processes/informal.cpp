#include "processes/informal.hpp"

#include <algorithm>

#include "processes/households.hpp"
#include "processes/kin.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::NeedVector;

namespace {

/// Gives `hours` to what is left of `need`, at most `cover` of each type, all types alike.
void give(NeedVector& given, const NeedVector& need, const config::Table& cover, float hours) {
  NeedVector wanted{};
  float sum = 0.0F;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    const float left = std::max(need[type] - given[type], 0.0F);
    wanted[type] = left * static_cast<float>(cover(type));
    sum += wanted[type];
  }
  if (sum <= 0.0F) return;
  const float scale = std::min(1.0F, hours / sum);
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    given[type] += wanted[type] * scale;
  }
}

float partner_hours(const World& world, const model::Resident& who) {
  if (!who.partner.valid() || !model::at_home(who.dwelling)) return 0.0F;
  const model::Resident& partner = world.at(who.partner);
  if (!partner.here() || !model::at_home(partner.dwelling)) return 0.0F;
  if (model::has_dementia(partner.cognition)) return 0.0F;
  const config::Informal& rules = world.config().informal;
  const auto most = static_cast<float>(rules.partner_hours_per_week);
  if (partner.need_in_effect() == model::NeedLevel::none) return most;
  if (partner.need_in_effect() == model::NeedLevel::some) {
    return most * static_cast<float>(rules.partner_need_ratio);
  }
  return 0.0F;
}

float children_hours(const World& world, const model::Resident& who, base::Day as_of) {
  const config::Informal& rules = world.config().informal;
  float hours = 0.0F;
  int helpers = 0;
  for_each_child(world.state, who, [&](const model::Kin& child) {
    if (helpers >= static_cast<int>(rules.children_max)) return;
    if (base::age_in_years(child.birth, as_of) < 18) return;
    if (child.resident.valid()) {
      const model::Resident& resident = world.at(child.resident);
      if (!resident.here() || resident.need_in_effect() >= model::NeedLevel::moderate) return;
    } else if (child.death <= as_of) {
      return;
    }
    // Keyed by the child's birth: brothers and sisters who come or go change nothing.
    const auto key = static_cast<std::uint32_t>(child.birth.number);
    if (!world.stream(who, random::Purpose::child_helps, key).chance(rules.child_helper_share)) {
      return;
    }
    ++helpers;
    hours += static_cast<float>(rules.child_hours_per_week(model::index(child.distance)));
  });
  return hours;
}

}  // namespace

NeedVector informal_help(const World& world, const model::Resident& who, const NeedVector& need,
                         float ratio) {
  NeedVector given{};
  // In a nursing home or staffed housing kin visit, but staff do the caring.
  if (!model::at_home(who.dwelling) || model::total(need) <= 0.0F) return given;
  const config::Informal& rules = world.config().informal;
  if (const float hours = partner_hours(world, who); hours > 0.0F) {
    give(given, need, rules.partner_cover, hours * ratio);
  }
  // Kin elsewhere are looked at as of the latest birthday, so that an update in between, for
  // whatever reason, sees the same family.
  const base::Day as_of = base::birthday(who.birth, world.age(who));
  if (const float hours = children_hours(world, who, as_of); hours > 0.0F) {
    give(given, need, rules.child_cover, hours * ratio);
  }
  return given;
}

}  // namespace carestair::processes
