// Services that name another, or say when they are offered, in ways that would do nothing;
// buildings that name what is not there, or places of something that has none.
#pragma once

#include "config/sections/config.hpp"
#include "experiment/fault_report.hpp"

namespace carestair::experiment {

void check_services(const config::Config& config, const FaultReport& report);
void check_buildings(const config::Config& config, const FaultReport& report);

}  // namespace carestair::experiment
