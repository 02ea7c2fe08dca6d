// What stands behind a number: its range or distribution, unit, sources and kind. Kept beside the
// configuration so that reports can say which results rest on what.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace carestair::config {

/// How a number is known, from firm to loose.
enum class Kind {
  measured,
  trial,
  official_statistic,
  legal_rule,
  model_estimate,
  derived,
  assumption
};
inline constexpr std::array<std::string_view, 7> kind_names{
    "measured",       "trial",   "official_statistic", "legal_rule",
    "model_estimate", "derived", "assumption"};
[[nodiscard]] constexpr std::string_view kind_name(Kind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

/// An entry of `sources`.
struct Source {
  std::string id;
  std::string title;
  std::string publisher;
  std::string year;
  std::string url;
  std::string note;
  base::SourcePosition position;
};

/// Uncertainty of a number; arguments in the canonical unit of the parameter.
struct Distribution {
  enum class Family { normal, lognormal, beta, uniform, triangular, gamma };
  Family family = Family::normal;
  std::array<double, 3> arguments{};

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// Names of the families and of their arguments, in order:
/// normal(mean, sd), lognormal(median, sigma), beta(alpha, beta), uniform(low, high),
/// triangular(low, mode, high), gamma(shape, scale).
std::string_view family_name(Distribution::Family family);
std::span<const std::string_view> argument_names(Distribution::Family family);

inline constexpr double not_given = std::numeric_limits<double>::quiet_NaN();

/// What the rows of a table say about themselves. One line for all cells, or one a row.
struct TableEvidence {
  struct Row {
    std::vector<std::string> sources;  // empty: as the table
    std::optional<Kind> kind;          // empty: as the table
    std::string note;
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::vector<Row> rows;
  std::vector<std::uint32_t> row_of_cell;
  std::vector<double> low, high;  // by cell, not_given where a row gives none
};

/// One parameter, or one whole table.
struct Evidence {
  std::string address;
  double value = not_given;  // canonical unit; not_given for a table
  double low = not_given;
  double high = not_given;
  std::optional<Distribution> distribution;
  std::string unit;          // canonical
  std::string written_unit;  // as in the file
  std::string written;       // the value as in the file
  std::vector<std::string> sources;
  std::optional<Kind> kind;  // empty only for settings that carry a note or a source
  std::string note;
  base::SourcePosition position;
  bool is_default = false;  // not written: the program's own value, an assumption
  std::shared_ptr<const TableEvidence> table;

  [[nodiscard]] bool is_table() const { return table != nullptr; }
  [[nodiscard]] bool has_range() const { return low == low && high == high; }
};

/// Note of a value that the user left to the program.
inline constexpr std::string_view default_note = "program default";

}  // namespace carestair::config
