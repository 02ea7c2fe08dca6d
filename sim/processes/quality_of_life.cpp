#include "processes/quality_of_life.hpp"

#include <algorithm>

#include "config/sections/config.hpp"

namespace carestair::processes {

std::vector<float> utilities(const config::Config& config) {
  const config::QualityOfLife& quality = config.quality_of_life;
  const auto norm = [&](int age, std::size_t sex) { return quality.population(age, sex); };
  const double reference = 0.5 * (norm(80, 0) + norm(80, 1));
  std::vector<float> table;
  for (int age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      for (std::size_t need = 0; need < model::need_level_count; ++need) {
        for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
          const double at_home =
              std::min(norm(age, sex) / reference * quality.need(need), quality.cognition(stage));
          for (const double place : {1.0, quality.nursing_home_ratio}) {
            table.push_back(static_cast<float>(std::clamp(at_home * place, 0.0, 1.0)));
          }
        }
      }
    }
  }
  return table;
}

}  // namespace carestair::processes
