// The columns of a CSV table: which axis, value, range or origin each one holds.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/csv.hpp"
#include "config/evidence.hpp"
#include "config/sources.hpp"
#include "config/table_rows.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// What the rows of a table need to know about the parameter.
struct TableContext {
  const std::string& address;
  const TableSpec& spec;
  double factor = 1.0;  // from the written to the canonical unit
  const KnownSources& sources;
  base::Diagnostics& faults;
};

/// Turns the cells of a CSV into rows of a table. Faults go to the context.
std::vector<TableRow> rows_of_csv(const Csv& csv, const TableContext& context);

/// Checks the range of a value; reports at `position`.
bool check_cell(double value, std::string_view written, const base::SourcePosition& position,
                int length, const TableContext& context);

}  // namespace carestair::config
