// Headline numbers year by year, simulated and as projected from the coverage of the first year.
#pragma once

#include <string>
#include <vector>

#include "cli/result_tables.hpp"
#include "experiment/coverage.hpp"

namespace carestair::cli {

struct OverTime {
  std::vector<int> years;
  std::vector<experiment::TrendValues> trends;  // in the order of experiment::trends()
};

/// All scenarios of a result; municipalities are added up.
OverTime read_over_time(const ResultTables& tables);

/// The table, for the baseline and these scenarios; a few years of many.
std::string over_time_text(const output::ResultHeader& header, const OverTime& over_time,
                           const std::vector<std::size_t>& scenarios);

}  // namespace carestair::cli
