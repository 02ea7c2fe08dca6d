// Quality-adjusted life years: how much a year is worth by age, sex, need, cognition and place.
//
//   utility = min(population(age, sex) / population(80) * need(level), cognition(stage))
//             * nursing_home_ratio in a nursing home,  between 0 and 1
//
// population(80) is the mean of both sexes. Need and dementia go together, so the lower of the two
// holds instead of their product.
#pragma once

#include <vector>

namespace carestair::config {
struct Config;
}

namespace carestair::processes {

/// Utilities as the recorder reads them, see record::Frame.
std::vector<float> utilities(const config::Config& config);

}  // namespace carestair::processes
