// What a result file says about its run, filled in from the study.
#pragma once

#include <string>

#include "experiment/study.hpp"
#include "output/run_description.hpp"

namespace carestair::cli {

/// Tables with a row an event or a person, which a run writes when asked to.
struct RowTables {
  bool events = false;
  bool persons = false;
};

/// `command` as typed, without what cannot change results.
output::RunDescription describe(const experiment::Study& study, std::string command,
                                const RowTables& rows);

}  // namespace carestair::cli
