// The description of a run as text (JSON), so that worlds that lie apart know what they belong to.
#pragma once

#include <string>

#include "output/run_description.hpp"

namespace carestair::output {

/// Also holds which carestair wrote it: worlds of different versions do not mix.
std::string to_text(const RunDescription& run);

/// Throws std::invalid_argument when `text` is not of to_text().
RunDescription run_from_text(const std::string& text);

/// What differs between two runs, in words; empty when their worlds belong together. How the
/// command was typed does not matter.
std::string difference_of(const std::string& a, const std::string& b);

}  // namespace carestair::output
