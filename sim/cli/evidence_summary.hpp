// How many of the numbers behind a result are measured, and how many are assumed.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace carestair::cli {

/// Counts the kinds, in the order from firm to loose; settings, which claim nothing, are left out.
std::vector<std::pair<std::string, std::size_t>> count_kinds(const std::vector<std::string>& kinds);

/// A sentence: "Behind this stand 40 numbers and tables: 12 measured, ...; 20 (50 %) are
/// assumptions."
std::string evidence_in_words(const std::vector<std::string>& kinds);

}  // namespace carestair::cli
