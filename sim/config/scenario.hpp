// A scenario: the base configuration with dated changes to addresses. Levers are not special
// code: anything that has an address can be set, scaled, added to or ramped from a day on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"
#include "config/sources.hpp"

namespace carestair::config {

enum class Op { set, scale, add, ramp };
[[nodiscard]] constexpr std::string_view op_name(Op op) {
  constexpr std::array<std::string_view, 4> names{"set", "scale", "add", "ramp"};
  return names[static_cast<std::size_t>(op)];
}

/// One change. `value` is in `unit` (empty: the canonical unit); `words` holds what is set when it
/// is not a number: a word, a date, true or false, several words.
struct Change {
  base::Day at = {};
  std::string address = {};  // may end in a selector: mortality.rate[age=80..110,sex=female]
  Op op = Op::set;
  double value = not_given;
  std::vector<std::string> words = {};
  base::Day until = {};  // of a ramp
  std::string unit = {};
  std::vector<std::string> sources = {};
  std::string note = {};
  base::SourcePosition position = {};     // of the address
  base::SourcePosition at_position = {};  // of the date
  bool dated = true;                      // `at` could be read
  bool unlived = false;                   // after the end of a run made shorter (dates.hpp)
  bool sound = true;  // false: something in it was reported; of the rest only what stands alone is
                      // looked at (its address, its date)
};

/// What the literature leads one to expect, told beside the result.
struct Expectation {
  std::string indicator;
  std::string direction;
  std::vector<std::string> sources;
  std::string note;
};

struct Scenario {
  std::string id;
  std::string title;
  std::string question;
  std::optional<Expectation> expected;
  std::vector<Change> changes;  // those of the scenarios it extends first, each once
  base::SourcePosition position;
  std::string structure;  // it is lived in (structure.hpp); empty: as the configuration is written
  std::string policy;     // the scenario it is in that structure; its own id as written
};

/// Reads `scenarios: {id: {title, question?, expected?, extends?, changes}}`, or `structures`,
/// which are written alike. Addresses and values are checked later, against the configuration
/// (timeline.hpp).
std::vector<Scenario> read_scenarios(const Node& node, const KnownSources& sources,
                                     base::Diagnostics& faults,
                                     std::string_view section = "scenarios");

}  // namespace carestair::config
