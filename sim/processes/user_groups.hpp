// Younger user groups: intellectual disability, mental illness, substance use, physical disability.
//
// Whoever has need of assistance before 67 belongs to one, for life: drawn given the need level at
// the start, at birth and on moving in, and when need first begins. Below 67 and while there is
// need, the group says who of a need level declines, recovers, dies, asks for help and needs what:
//
//   rate = rate(need level) * ratio(group) / mean ratio(age, level)
//
// for decline, recovery and death, the mean being that over the groups at the start: a need level
// as a whole goes on as it would without groups. What the group needs is in needs.hpp; that
// dementia comes earlier, in cognition.hpp. First need below 67 becomes more frequent by (1 +
// growth)^(year - first year).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "config/sections/user_groups.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"
#include "synth/user_groups.hpp"

namespace carestair::processes {

class World;

/// From this age on services are those of old age, and so are lives.
inline constexpr int old_age_from = 67;
/// Below this age needs are those of a child, net of what parents do for any child.
inline constexpr int grown_up_from = 18;

/// The group as far as it sets a resident of this age apart.
constexpr model::UserGroup young_group(const model::Resident& who, int age) {
  return age < old_age_from ? who.group : model::UserGroup::general;
}

struct UserGroupTables {
  struct Ratios {
    float decline = 1.0F;
    float recovery = 1.0F;
    float death = 1.0F;
    float seeking = 1.0F;
  };

  UserGroupTables() = default;
  /// With the means of `before`, the rules that a dated change replaces: what is changed for one
  /// group is not taken from the others.
  UserGroupTables(const config::UserGroups& groups, const synth::UserGroupShares& shares,
                  const UserGroupTables* before = nullptr);

  [[nodiscard]] const Ratios& of(int age, model::NeedLevel need, model::UserGroup group) const {
    return ratios[(static_cast<std::size_t>(age) * model::need_level_count + model::index(need)) *
                      model::user_group_count +
                  model::index(group)];
  }

  std::vector<Ratios> ratios;  // [age below 67][need][group]
  std::vector<Ratios> means;   // [age below 67][need], of what is configured
  std::array<float, model::user_group_count> home_limit{};  // hours a week; general: not used
};

/// Factor on the rate at which need begins, at an age in a calendar year.
double onset_growth(const config::UserGroups& groups, std::size_t age, int calendar_year);

/// Need has just begun: gives the resident a group, unless there is one or old age has come.
void learn_user_group(World& world, model::ResidentId id);

/// Multiplies what the group does to the rates of a resident.
void apply_user_group(const World& world, const model::Resident& who, model::Ratios& ratios);

/// Staff hours a week at home beyond which only 24-hour care is sound for her.
float home_limit_hours(const World& world, const model::Resident& who);

}  // namespace carestair::processes
