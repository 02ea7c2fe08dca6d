// The comparison as a page a planner can read.
#pragma once

#include <string>

#include "cli/result_data.hpp"

namespace carestair::cli {

/// What was run, and whether it was run to its end.
std::string heading_text(const output::ResultHeader& header);

/// One scenario against the baseline: the outcomes, what can be said, who is touched.
std::string comparison_text(const output::ResultHeader& header, std::size_t scenario,
                            const experiment::Comparison& comparison);

/// What the numbers rest on, and how the table is meant.
std::string closing_text(const output::ResultHeader& header, const experiment::WantedWidth& width);

}  // namespace carestair::cli
