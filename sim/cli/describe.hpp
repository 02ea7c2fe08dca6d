// What a result file says about its run, filled in from the study.
#pragma once

#include <string>

#include "experiment/study.hpp"
#include "output/run_description.hpp"

namespace carestair::cli {

/// `command` as typed, without what cannot change results.
output::RunDescription describe(const experiment::Study& study, std::string command,
                                bool event_log);

}  // namespace carestair::cli
