// What `carestair check` tells of a municipality: who lives there, who moves in, how many places
// there are for the old, and what has no limit, so that a slip in a table, a wrong or a forgotten
// capacity is seen before anything runs.
#pragma once

#include <string>

#include "experiment/study.hpp"

namespace carestair::cli {

/// Residents by age, in-movers a year, places and services without a limit, a paragraph each.
std::string municipality_in_words(const experiment::Study& study);

/// What is allowed, and more likely a slip: a paragraph each, or empty.
std::string doubts_in_words(const experiment::Study& study);

}  // namespace carestair::cli
