// What no single parameter of a configuration can know: whether the parts of it fit each other, in
// the configuration as written, after every dated change, and in every draw.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "experiment/brought_by.hpp"
#include "experiment/draws.hpp"

namespace carestair::experiment {

/// Dated changes of what is read once, for the whole run.
void refuse_changes_without_effect(const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults);

/// The configuration as written, of which no single parameter is at fault.
void check_base(const config::Config& config, const std::vector<config::Scenario>& scenarios,
                const config::Places& places, base::Diagnostics& faults);

/// What is drawn: how many worlds it takes, and whether shares of posts that a draw has changed
/// still add up to 1.
void check_draws(const config::Config& config, const Draws& draws, const config::Places& places,
                 base::Diagnostics& faults);

/// The configuration that is in force from a day of change on.
void check_stage(const config::Scenario& scenario, const config::Stage<config::Config>& stage,
                 FaultsByDay& faults);

}  // namespace carestair::experiment
