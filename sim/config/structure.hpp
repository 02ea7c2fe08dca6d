// Structures: other ways the world may work, as far as they are switches of the configuration
// (another future of family care, another regime of morbidity). They are no policies to choose
// among. Every scenario is lived in each of them as well, so that what a policy does can be told
// structure by structure: structural uncertainty (Briggs et al. 2012, Value in Health 15:835-842).
#pragma once

#include <vector>

#include "base/error.hpp"
#include "config/scenario.hpp"

namespace carestair::config {

/// Adds every scenario once more for each structure, whose changes come first: the baseline as
/// `<structure>`, the others as `<scenario>_<structure>`. `structures` are read like scenarios.
void cross(std::vector<Scenario>& scenarios, const std::vector<Scenario>& structures,
           base::Diagnostics& faults);

}  // namespace carestair::config
