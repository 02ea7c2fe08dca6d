#include "processes/needs.hpp"

#include <algorithm>

#include "processes/user_groups.hpp"

namespace carestair::processes {

NeedTables::NeedTables(const config::Config& config) {
  const config::Needs& needs = config.needs;
  for (int age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t level = 0; level < model::need_level_count; ++level) {
      model::NeedVector row{};
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        row[type] = static_cast<float>(needs.hours(age, level, type));
      }
      hours.push_back(row);
    }
  }
  for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
    model::NeedVector row{};
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      row[type] = static_cast<float>(needs.cognition_hours(stage, type));
    }
    added.push_back(row);
  }
  model::NeedVector same{};
  same.fill(1.0F);
  group_ratio.assign(model::need_level_count * model::user_group_count, same);
  for (std::size_t level = 0; level < model::need_level_count; ++level) {
    for (std::size_t group = 1; group < model::user_group_count; ++group) {
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        group_ratio[level * model::user_group_count + group][type] =
            static_cast<float>(config.user_groups.need_ratio(level, group - 1, type));
      }
    }
  }
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    unsuitable_ratio[type] = static_cast<float>(needs.unsuitable_home_ratio(type));
    terminal[type] = static_cast<float>(config.end_of_life.hours(type));
    sound[type] = static_cast<float>(config.allocation.sound_hours(type));
  }
}

model::NeedVector need_of(const NeedTables& tables, const model::Resident& who, int age,
                          float hours_ratio) {
  const auto capped = static_cast<std::size_t>(std::clamp(age, 0, config::oldest_age));
  const model::NeedVector& base =
      tables.hours[capped * model::need_level_count + model::index(who.need_in_effect())];
  const model::NeedVector& added = tables.added[model::index(who.cognition)];
  const auto group = age < grown_up_from ? model::UserGroup::general : young_group(who, age);
  const model::NeedVector& ratio =
      tables.group_ratio[model::index(who.need) * model::user_group_count + model::index(group)];
  const bool unsuitable = who.dwelling == model::Dwelling::unsuitable_home;
  model::NeedVector need{};
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    const float home = unsuitable ? tables.unsuitable_ratio[type] : 1.0F;
    const bool trainable = type <= model::index(model::NeedType::nursing);
    need[type] = (base[type] * ratio[type] * home + added[type]) * (trainable ? hours_ratio : 1.0F);
    if (who.terminal) need[type] += tables.terminal[type];
  }
  return need;
}

}  // namespace carestair::processes
