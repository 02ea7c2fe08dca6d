#include "config/table_columns.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/node.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

constexpr std::size_t most_faults = 20;  // of one table; more say the same again

constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Column numbers by role.
struct Columns {
  std::vector<std::size_t> axis;  // by axis of the table; the age column when it is a point
  std::size_t age_from = absent, age_to = absent;
  std::size_t value = absent, low = absent, high = absent;
  std::size_t source = absent, kind = absent, note = absent;
};

std::optional<Columns> find_columns(const Csv& csv, const TableContext& context) {
  const std::size_t before = context.faults.size();
  std::vector<std::string> known;
  bool has_age = false;
  for (const Axis axis : context.spec.axes) {
    if (axis == Axis::age) {
      has_age = true;
      known.insert(known.end(), {"age", "age_from", "age_to"});
    } else {
      known.emplace_back(axis_name(axis));
    }
  }
  known.insert(known.end(), {"value", "low", "high", "source", "kind", "note"});
  for (const CsvCell& cell : csv.header) {
    if (std::ranges::find(known, cell.text) == known.end()) {
      context.faults.add(
          cell.position, cell.length(),
          fmt::format("unknown column {} in the table of `{}`", quote(cell.text), context.address),
          did_you_mean(cell.text, known));
    }
  }
  const auto column = [&](std::string_view name) {
    const auto at = std::ranges::find(csv.header, name, &CsvCell::text);
    return at == csv.header.end() ? absent : static_cast<std::size_t>(at - csv.header.begin());
  };
  Columns columns;
  columns.age_from = column("age_from");
  columns.age_to = column("age_to");
  std::vector<std::string> missing;
  for (const Axis axis : context.spec.axes) {
    columns.axis.push_back(column(axis_name(axis)));
    if (axis != Axis::age && columns.axis.back() == absent) missing.emplace_back(axis_name(axis));
  }
  columns.value = column("value");
  columns.low = column("low");
  columns.high = column("high");
  columns.source = column("source");
  columns.kind = column("kind");
  columns.note = column("note");
  if (columns.value == absent) missing.emplace_back("value");
  if (has_age) {
    const bool band = columns.age_from != absent && columns.age_to != absent;
    const bool point = column("age") != absent;
    if (!band && !point) missing.emplace_back(columns.age_from != absent ? "age_to" : "age");
    if (point && (columns.age_from != absent || columns.age_to != absent)) {
      context.faults.add(csv.header.front().position, 1,
                         "both `age` and `age_from`, `age_to`: a table has points or bands");
    }
  }
  if (!missing.empty() && context.faults.size() == before) {
    context.faults.add(csv.header.front().position, csv.header.front().length(),
                       fmt::format("the table of `{}` lacks the column{} {}", context.address,
                                   missing.size() > 1 ? "s" : "", listed(missing)),
                       has_age && missing.front() == "age"
                           ? "ages are a column `age` (points), or `age_from` and `age_to` (bands)"
                           : "");
  }
  return context.faults.size() > before ? std::nullopt : std::optional(std::move(columns));
}

/// Reads one row of cells.
class RowReader {
 public:
  RowReader(const CsvRow& cells, const Columns& columns, const TableContext& context)
      : cells_(cells), columns_(columns), context_(context) {}

  std::optional<TableRow> read() {
    const std::size_t before = context_.faults.size();
    TableRow row;
    row.position = cells_.position;
    const CsvCell& last = cells_.cells.back();
    row.length = last.position.column - cells_.position.column + last.length();
    for (std::size_t i = 0; i < context_.spec.axes.size(); ++i) {
      const Axis axis = context_.spec.axes[i];
      row.levels.push_back(axis == Axis::age ? ages(row) : levels(axis, cell(columns_.axis[i])));
    }
    row.value = number(cell(columns_.value)).value_or(0.0);
    read_range(row);
    read_origin(row);
    return context_.faults.size() > before ? std::nullopt : std::optional(std::move(row));
  }

 private:
  [[nodiscard]] const CsvCell& cell(std::size_t column) const { return cells_.cells[column]; }

  void fault(const CsvCell& at, std::string message, std::string hint = {}) {
    context_.faults.add(at.position, at.length(), std::move(message), std::move(hint));
  }

  std::optional<std::size_t> whole_age(const CsvCell& at) {
    const std::vector<std::size_t> found =
        at.text == "all" ? std::vector<std::size_t>{} : levels_of(Axis::age, at.text);
    if (found.size() == 1 && at.text.find_first_not_of("0123456789") == std::string::npos) {
      return found.front();
    }
    fault(at,
          at.text.empty() ? "an age is missing" : fmt::format("{} is not an age", quote(at.text)),
          fmt::format("ages are whole years from 0 to {}, the last one open", oldest_age));
    return std::nullopt;
  }

  std::vector<std::size_t> ages(TableRow& row) {
    if (columns_.age_from == absent) {
      const auto at = std::ranges::find(context_.spec.axes, Axis::age);
      const CsvCell& point =
          cell(columns_.axis[static_cast<std::size_t>(at - context_.spec.axes.begin())]);
      if (point.text == "all") return levels_of(Axis::age, "all");
      row.is_point = true;
      const auto age = whole_age(point);
      return age ? std::vector{*age} : std::vector<std::size_t>{};
    }
    const CsvCell& to_cell = cell(columns_.age_to);
    const auto from = whole_age(cell(columns_.age_from));
    const auto to =
        to_cell.text.empty() ? std::optional<std::size_t>(oldest_age) : whole_age(to_cell);
    if (!from || !to) return {};
    if (*from > *to) {
      fault(to_cell, fmt::format("the age band {}..{} is turned around", *from, *to));
      return {};
    }
    return levels_of(Axis::age, fmt::format("{}..{}", *from, *to));
  }

  std::vector<std::size_t> levels(Axis axis, const CsvCell& at) {
    std::vector<std::size_t> found = levels_of(axis, at.text);
    if (found.empty()) {
      fault(at,
            at.text.empty()
                ? fmt::format("the column `{}` is empty in this row", axis_name(axis))
                : fmt::format("{} is not a level of {}", quote(at.text), axis_name(axis)),
            did_you_mean(at.text, level_words(axis)));
    }
    return found;
  }

  std::optional<double> number(const CsvCell& at) {
    const auto value = parse_number(at.text);
    if (!value) {
      fault(at,
            at.text.empty() ? "a value is missing"
                            : fmt::format("{} is not a number", quote(at.text)),
            number_hint(at.text, ""));
      return std::nullopt;
    }
    const double canonical = base::convert(*value, context_.factor);
    if (!check_cell(canonical, at.text, at.position, at.length(), context_)) return std::nullopt;
    return canonical;
  }

  void read_range(TableRow& row) {
    const auto bound = [&](std::size_t column, double& into) {
      if (column != absent && !cell(column).text.empty()) {
        into = number(cell(column)).value_or(not_given);
      }
    };
    bound(columns_.low, row.low);
    bound(columns_.high, row.high);
    if (row.value < row.low || row.value > row.high) {
      fault(cell(columns_.value),
            fmt::format("the value {} is outside its own range", cell(columns_.value).text));
    }
  }

  void read_origin(TableRow& row) {
    if (columns_.source != absent) {
      const CsvCell& at = cell(columns_.source);
      std::size_t from = 0;
      while (from < at.text.size()) {
        const std::size_t end = std::min(at.text.find_first_of("; ", from), at.text.size());
        const std::string id = at.text.substr(from, end - from);
        if (!id.empty() && check_source(id, at.position, context_.sources, context_.faults)) {
          row.about.sources.push_back(id);
        }
        from = end + 1;
      }
    }
    if (columns_.kind != absent && !cell(columns_.kind).text.empty()) {
      const CsvCell& at = cell(columns_.kind);
      row.about.kind = check_kind(at.text, at.position, context_.faults);
    }
    if (columns_.note != absent) row.about.note = cell(columns_.note).text;
  }

  const CsvRow& cells_;
  const Columns& columns_;
  const TableContext& context_;
};

}  // namespace

bool check_cell(double value, std::string_view written, const base::SourcePosition& position,
                int length, const TableContext& context) {
  const TableSpec& spec = context.spec;
  const std::string fault = range_fault(value, spec.min, spec.max, spec.unit);
  if (fault.empty()) return true;
  const std::string shown = context.factor != 1.0
                                ? fmt::format("{} (= {} {})", written, to_short(value), spec.unit)
                                : std::string(written);
  context.faults.add(position, length,
                     fmt::format("a value of `{}` is {}, {}", context.address, shown, fault));
  return false;
}

std::vector<TableRow> rows_of_csv(const Csv& csv, const TableContext& context) {
  std::vector<TableRow> rows;
  const std::size_t before = context.faults.size();
  const std::optional<Columns> columns = find_columns(csv, context);
  if (!columns) return rows;
  for (const CsvRow& cells : csv.rows) {
    if (context.faults.size() >= before + most_faults) break;
    if (auto row = RowReader(cells, *columns, context).read()) rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace carestair::config
