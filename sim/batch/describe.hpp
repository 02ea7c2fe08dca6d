// What a result file says about its run, filled in from the study.
#pragma once

#include <string>

#include "experiment/study.hpp"
#include "output/run_description.hpp"

namespace carestair::batch {

/// Tables with a row an event or a person, which a run writes when asked to.
struct RowTables {
  bool events = false;
  bool persons = false;
};

/// The command that makes this result: without what cannot change it. `configuration` as typed.
std::string command_of(const std::string& configuration, const experiment::Overrides& overrides,
                       const RowTables& rows);

/// `command` as typed, without what cannot change results.
output::RunDescription describe(const experiment::Study& study, std::string command,
                                const RowTables& rows);

}  // namespace carestair::batch
