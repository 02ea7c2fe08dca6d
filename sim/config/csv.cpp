#include "config/csv.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/node.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

constexpr std::size_t most_faults_of_lines = 20;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Splits one line. A quoted cell may hold commas and doubled quotes, but no line end: a missing
/// quote would otherwise swallow the rest of the file.
class LineReader {
 public:
  LineReader(std::string_view line, int number, const CsvPlace& place, std::size_t most_columns)
      : line_(line), number_(number), place_(place), most_columns_(most_columns) {}

  /// False when the line is malformed, which has then been reported.
  bool read(CsvRow& row, base::Diagnostics& faults) {
    row.position = at(0);
    std::size_t from = 0;
    while (true) {
      CsvCell cell;
      const std::size_t first = std::min(line_.find_first_not_of(" \t", from), line_.size());
      cell.position = at(first);
      if (first < line_.size() && line_[first] == '"') {
        if (!read_quoted(first, from, cell, faults)) return false;
      } else {
        const std::size_t end = std::min(line_.find(',', from), line_.size());
        cell.text = trimmed(line_.substr(from, end - from));
        from = end;
      }
      row.cells.push_back(std::move(cell));
      if (from >= line_.size()) return true;
      ++from;  // the comma
      if (row.cells.size() >= most_columns_) {
        faults.add(at(from), 1, fmt::format("more than {} columns", most_columns_));
        return false;
      }
    }
  }

 private:
  [[nodiscard]] base::SourcePosition at(std::size_t byte) const {
    return {place_.source, number_, characters(line_.substr(0, byte)) + 1 + place_.indent};
  }

  bool read_quoted(std::size_t first, std::size_t& next, CsvCell& cell, base::Diagnostics& faults) {
    std::size_t i = first + 1;
    while (i < line_.size()) {
      if (line_[i] != '"') {
        cell.text += line_[i++];
      } else if (i + 1 < line_.size() && line_[i + 1] == '"') {
        cell.text += '"';
        i += 2;
      } else {
        const std::size_t after = std::min(line_.find_first_not_of(" \t", i + 1), line_.size());
        if (after < line_.size() && line_[after] != ',') {
          faults.add(at(after), 1, "text after a closing quote",
                     "double the quotes inside a quoted cell");
          return false;
        }
        next = after;
        return true;
      }
    }
    faults.add(cell.position, 1, "the quote is not closed on this line");
    return false;
  }

  std::string_view line_;
  int number_;
  const CsvPlace& place_;
  std::size_t most_columns_;
};

void check_header(const Csv& csv, base::Diagnostics& faults) {
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    const CsvCell& cell = csv.header[i];
    if (cell.text.empty()) {
      faults.add(cell.position, 1, "a column without a name");
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (csv.header[j].text != cell.text) continue;
      faults.add(base::Diagnostic{
          .position = cell.position,
          .message = fmt::format("the column {} is given twice", quote(cell.text)),
          .length = cell.length(),
          .notes = {base::Note{csv.header[j].position, "first given here", cell.length()}}});
      break;
    }
  }
}

}  // namespace

int CsvCell::length() const { return std::max(1, characters(text)); }

Csv read_csv(const std::string& text, const CsvPlace& place, base::Diagnostics& faults,
             std::size_t most_columns) {
  Csv csv;
  const std::size_t before = faults.size();
  int number = place.first_line - 1;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = std::string_view(text).substr(from, end - from);
    from = end + 1;
    ++number;
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#') continue;
    if (faults.size() >= before + most_faults_of_lines) break;
    CsvRow row;
    if (!LineReader(line, number, place, most_columns).read(row, faults)) continue;
    if (csv.header.empty()) {
      csv.header = std::move(row.cells);
      check_header(csv, faults);
      if (csv.header.size() == 1 && line.find(';') != std::string_view::npos) {
        faults.add(csv.header[0].position, csv.header[0].length(),
                   "columns must be separated by commas, not semicolons",
                   "spreadsheets offer the separator when exporting; use a decimal point too");
        return csv;
      }
      if (csv.header.size() == 1 && line.find('\t') != std::string_view::npos) {
        faults.add(csv.header[0].position, csv.header[0].length(),
                   "columns must be separated by commas, not tabs",
                   "spreadsheets offer the separator when exporting");
        return csv;
      }
      continue;
    }
    if (row.cells.size() != csv.header.size()) {
      faults.add(row.position, characters(line),
                 fmt::format("this row has {} cell{}, the header has {}", row.cells.size(),
                             row.cells.size() == 1 ? "" : "s", csv.header.size()));
      continue;
    }
    if (csv.rows.size() >= most_csv_rows) {
      faults.add(row.position, 1, fmt::format("more than {} rows", most_csv_rows));
      break;
    }
    csv.rows.push_back(std::move(row));
  }
  if (csv.header.empty() && faults.size() == before) {
    faults.add({place.source, 0, 0}, 1, "the table is empty",
               "the first line names the columns, such as `age,sex,value`");
  }
  csv.usable = faults.size() == before;
  return csv;
}

}  // namespace carestair::config
