// The comparison for other programs: CSV and JSON.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/result_data.hpp"

namespace carestair::cli {

/// Index of a scenario, and its comparison with the baseline.
using Comparisons = std::vector<std::pair<std::size_t, experiment::Comparison>>;

/// One row a scenario and outcome; cells that have no number are empty.
std::string comparisons_csv(const output::ResultHeader& header, const Comparisons& comparisons);

/// Everything in the text, without rounding; what has no number is null.
std::string comparisons_json(const output::ResultHeader& header, const Comparisons& comparisons,
                             const OverTime& over_time);

}  // namespace carestair::cli
