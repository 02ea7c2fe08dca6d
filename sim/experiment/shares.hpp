// Shares of a whole that stand in several cells or parameters: together 1, or 1 at most. Used in
// proportion where they are not, so that a slip would go unseen.
#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"
#include "config/reader.hpp"
#include "config/sections/config.hpp"

namespace carestair::experiment {

/// Where the parameter of an address was written, as far as it is known.
using Locate = std::function<config::Place(const std::string& address)>;

/// Reports each sum that is off by more than rounding explains.
void check_shares(const config::Config& config, const Locate& locate, base::Diagnostics& faults);

}  // namespace carestair::experiment
