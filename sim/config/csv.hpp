// Comma-separated text to rows of cells, each with its place. Quoted fields as in RFC 4180.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace carestair::config {

struct CsvCell {
  std::string text;  // spaces around unquoted cells removed
  base::SourcePosition position;
  [[nodiscard]] int length() const;
};

struct CsvRow {
  std::vector<CsvCell> cells;
  base::SourcePosition position;
};

/// A rectangle: every row has as many cells as the header.
struct Csv {
  std::vector<CsvCell> header;
  std::vector<CsvRow> rows;
  bool usable = false;
};

inline constexpr std::size_t most_csv_rows = 100'000;
inline constexpr std::size_t most_csv_columns = 64;

/// Where the text stands: a file of its own, or a block inside a YAML file whose first line is
/// `first_line` and whose text is indented by `indent` characters.
struct CsvPlace {
  std::shared_ptr<const base::SourceText> source;
  int first_line = 1;
  int indent = 0;
};

/// Lines that are empty or begin with # are skipped. Faults go to `faults`.
Csv read_csv(const std::string& text, const CsvPlace& place, base::Diagnostics& faults,
             std::size_t most_columns = most_csv_columns);

}  // namespace carestair::config
