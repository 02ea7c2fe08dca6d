// From rows that speak of bands and words to the dense cells of a Table: each cell must be given
// exactly once. Shared by CSV tables and tables written as nested mappings.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/table.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// One row: the levels it covers on each axis, and its value.
struct TableRow {
  std::vector<std::vector<std::size_t>> levels;  // by axis, in the order of the table
  bool is_point = false;                         // its age is a point, to be interpolated from
  double value = 0;
  double low = not_given;
  double high = not_given;
  TableEvidence::Row about;
  base::SourcePosition position;
  int length = 1;
};

struct FilledTable {
  Table table;
  TableEvidence evidence;
};

/// Fills the table; gaps, overlaps and groups in a table that counts go to `faults`, gaps at
/// `position`.
FilledTable fill_table(const TableSpec& spec, const std::vector<TableRow>& rows,
                       const base::SourcePosition& position, int length, base::Diagnostics& faults);

/// Levels that a word stands for on an axis (`all` stands for every one); for age: `67`,
/// `67..79`, `80+`. Empty when the word means nothing there.
std::vector<std::size_t> levels_of(Axis axis, std::string_view word);

/// Names of the levels of an axis and `all`, for messages.
std::vector<std::string> level_words(Axis axis);

}  // namespace carestair::config
