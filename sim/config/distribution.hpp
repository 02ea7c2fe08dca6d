// Reading of `distribution: {type: normal, mean: ..., sd: ...}` and the check of its arguments.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// `factor` converts the written unit to the canonical one; `value` is the parameter's own value,
/// canonical, which a bounded distribution must be able to reach.
std::optional<Distribution> read_distribution(const Node& node, const std::string& address,
                                              const NumberSpec& spec, double factor, double value,
                                              base::Diagnostics& faults);

}  // namespace carestair::config
