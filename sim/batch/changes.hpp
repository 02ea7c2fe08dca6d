// What a scenario changes, told in words: "from 1 January 2022: services.reablement.capacity is
// multiplied by 2, from 2 to 4 persons".
#pragma once

#include <string>
#include <vector>

#include "config/scenario.hpp"
#include "config/sections/config.hpp"

namespace carestair::batch {

/// One sentence a change, in the order in which they take effect.
std::vector<std::string> changes_in_words(const config::Config& config,
                                          const config::Scenario& scenario);

}  // namespace carestair::batch
