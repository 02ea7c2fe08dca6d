// The comparison as a page a planner can read.
#pragma once

#include <optional>
#include <string>

#include "cli/result_data.hpp"

namespace carestair::cli {

/// What was run, and whether it was run to its end.
std::string heading_text(const output::ResultHeader& header);

/// One scenario against the baseline: the outcomes, what can be said, who is touched. `parting` is
/// the first day on which their rules differ.
std::string comparison_text(const output::ResultHeader& header, std::size_t scenario,
                            const experiment::Comparison& comparison,
                            std::optional<base::Day> parting);

/// What the numbers rest on, and how the table is meant.
std::string closing_text(const output::ResultHeader& header, const experiment::WantedWidth& width);

}  // namespace carestair::cli
