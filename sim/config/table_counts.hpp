// Tables that count (persons of each age): unlike rates, nothing can be read off between two ages,
// and a group of ages must not be taken for its single years.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "config/table_rows.hpp"

namespace carestair::config {

/// Reports rows that stand for several ages or levels at once, the first age without a row, and a
/// last row that looks like an open group ("90 and over").
void check_counts(const TableSpec& spec, const std::vector<TableRow>& rows,
                  base::Diagnostics& faults);

/// Nobody is older than the last age given.
void end_counts(const TableSpec& spec, const std::vector<TableRow>& rows, FilledTable& filled);

}  // namespace carestair::config
