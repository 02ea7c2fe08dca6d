// Reading of a table parameter: from a CSV file, from a CSV block inside the YAML, or from a
// nested mapping of level names.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"
#include "config/sources.hpp"
#include "config/table.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

struct ReadTable {
  Table table;
  Evidence evidence;
};

/// Reads `{table: file.csv | csv: block | values: mapping, unit, source, kind, note}`.
/// CSV files are looked for beside the file that names them and must be inside `folder`.
std::optional<ReadTable> read_table(const Node& node, const std::string& address,
                                    const TableSpec& spec, const std::filesystem::path& folder,
                                    const KnownSources& sources, base::Diagnostics& faults);

}  // namespace carestair::config
