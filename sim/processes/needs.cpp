#include "processes/needs.hpp"

#include <algorithm>

namespace carestair::processes {

NeedTables::NeedTables(const config::Needs& needs, const config::EndOfLife& end_of_life) {
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
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    unsuitable_ratio[type] = static_cast<float>(needs.unsuitable_home_ratio(type));
    terminal[type] = static_cast<float>(end_of_life.hours(type));
  }
}

model::NeedVector need_of(const NeedTables& tables, const model::Resident& who, int age,
                          float hours_ratio) {
  const auto capped = static_cast<std::size_t>(std::clamp(age, 0, config::oldest_age));
  const model::NeedVector& base =
      tables.hours[capped * model::need_level_count + model::index(who.need_in_effect())];
  const model::NeedVector& added = tables.added[model::index(who.cognition)];
  const bool unsuitable = who.dwelling == model::Dwelling::unsuitable_home;
  model::NeedVector need{};
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    const float home = unsuitable ? tables.unsuitable_ratio[type] : 1.0F;
    const bool trainable = type <= model::index(model::NeedType::nursing);
    need[type] = (base[type] * home + added[type]) * (trainable ? hours_ratio : 1.0F);
    if (who.terminal) need[type] += tables.terminal[type];
  }
  return need;
}

}  // namespace carestair::processes
