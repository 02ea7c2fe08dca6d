// Reading of single words: numbers, switches, identifiers. Strict on purpose: what looks like a
// number in one locale or YAML version must not silently become something else here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carestair::config {

/// A finite decimal number such as 3, -0.5, 1e-4; nothing else (no 0x, no underscores, no NaN).
std::optional<double> parse_number(std::string_view text);

/// Why `text` is not a number and what to write instead, under `key` where a unit is needed (empty:
/// the unit stands elsewhere); empty when there is nothing to say.
std::string number_hint(std::string_view text, std::string_view key = "value");

/// true or false, nothing else.
std::optional<bool> parse_flag(std::string_view text);

/// Lower-case words joined by underscores: may be part of a dotted address.
bool is_identifier(std::string_view text);

/// Shortest decimal text that reads back as the same number.
std::string to_text(double value);

/// Six digits, for computed numbers in messages.
std::string to_short(double value);

}  // namespace carestair::config
