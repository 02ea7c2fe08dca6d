// "Did you mean": the known name nearest to the one that was written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carestair::config {

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `known`, or empty when none is near: at most two edits (one for short words),
/// or one word being the beginning of the other.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// "did you mean `x`?", or, when nothing is near and the list is short, "known: a, b, c".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// "a, b, c", the first dozen.
std::string listed(const std::vector<std::string>& words);

/// "`a`, `b` or `c`".
std::string one_of(const std::vector<std::string>& words);

}  // namespace carestair::config
