// Reading of one number: plain, or a mapping with value, unit, range or distribution, and origin.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"
#include "config/sources.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// Reads the parameter at `address`. Faults go to `faults`; empty when there is no usable value.
/// The Evidence returned has `value` in the canonical unit; whether it is worth keeping as
/// evidence is `is_worth_keeping`.
std::optional<Evidence> read_parameter(const Node& node, const std::string& address,
                                       const NumberSpec& spec, bool whole,
                                       const KnownSources& sources, base::Diagnostics& faults);

/// Evidence proper, or a setting that says more than its value.
bool is_worth_keeping(const Evidence& evidence, const NumberSpec& spec);

/// True when a number may stand in the field; a default outside means "not set".
bool in_range(double value, double min, double max);

/// "above the largest allowed value 1", or empty when in range.
std::string range_fault(double value, double min, double max, std::string_view unit);

/// "from 0 to 168 hours_per_week".
std::string range_in_words(double min, double max, std::string_view unit);

/// Factor from the unit a parameter is written in (without one: the canonical unit) to the
/// canonical unit. Reports a unit that does not fit.
std::optional<double> read_unit(const Node& parameter, std::string_view canonical,
                                std::string& written, base::Diagnostics& faults);

/// Keys of a mapping that are not known, and the known ones that were meant by them.
struct UnknownKeys {
  bool any = false;
  std::vector<std::string> meant = {};

  /// A key that was meant is not to be called missing as well.
  [[nodiscard]] bool stand_for(std::string_view key) const {
    return std::ranges::find(meant, key) != meant.end();
  }
};

/// Reports keys that are not in `known`, and suggests the nearest the mapping does not have yet.
UnknownKeys check_keys(const Node& parameter, const std::vector<std::string>& known,
                       const std::string& address, base::Diagnostics& faults);

/// The nearest to the key of an entry among those of `known` that the same file does not give in
/// the mapping already; empty when none is near.
std::string nearest_absent(const Entry& entry, const Node& mapping, std::vector<std::string> known);

/// What to write instead of a text where a change needs a number under `key` (set, scale, ...).
std::string operand_hint(const std::string& text, std::string_view key);

/// A number that must be one; reports otherwise. `what` names it in the message.
std::optional<double> read_number(const Node& node, const std::string& what,
                                  base::Diagnostics& faults);

}  // namespace carestair::config
