// The resolved configuration as one YAML text without includes: what a run was made with, and all
// that is needed to repeat it. Reading it back gives the identical configuration.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/evidence.hpp"
#include "config/experiment.hpp"
#include "config/scenario.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// Visits the fields of a root struct.
using Fields = std::function<void(Visitor&)>;

/// The values are those of the struct; unit, range, source, kind and note come from `evidence`.
std::string echo(const Fields& fields, const std::vector<Evidence>& evidence,
                 const std::vector<Source>& sources, const std::vector<Scenario>& scenarios,
                 const std::vector<Scenario>& structures = {},
                 const std::optional<Experiment>& experiment = {});

}  // namespace carestair::config
