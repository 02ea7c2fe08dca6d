#include "config/table_counts.hpp"

#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "config/scalar.hpp"

namespace carestair::config {
namespace {

// What is taken for an open group: a last row that rises above the three before it. From 100 on,
// there are too few to tell, and few enough that it makes no difference.
constexpr std::size_t no_groups_from = 100;
constexpr double heap_ratio = 1.5;
constexpr double heap_least = 3.0;
constexpr std::size_t ages_before = 3;
// Whoever gives the ages up to 66 alone has left the old out.
constexpr std::size_t least_last_age = 90;

constexpr std::string_view row_a_year =
    "write one row for each year of age, from 0 to an age that nobody reaches; share a group of "
    "ages out among its years first";

/// Rows that differ in age only, by age.
struct CountColumn {
  std::string words;  // "male"
  std::map<std::size_t, std::size_t> row_of_age;
};
/// By the levels on the other axes.
using CountColumns = std::map<std::vector<std::size_t>, CountColumn>;

std::size_t age_axis(const TableSpec& spec) {
  return static_cast<std::size_t>(std::ranges::find(spec.axes, Axis::age) - spec.axes.begin());
}

/// "age and sex".
std::string axes_of(const TableSpec& spec) {
  std::string words;
  for (const Axis axis : spec.axes) {
    words += (words.empty() ? "" : " and ") + std::string(axis_name(axis));
  }
  return words;
}

bool is_one_count(const TableRow& row) {
  return row.value == 0.0 ||
         std::ranges::all_of(row.levels, [](const auto& levels) { return levels.size() == 1; });
}

std::vector<std::vector<std::size_t>> combinations(const TableRow& row, std::size_t but) {
  std::vector<std::vector<std::size_t>> all{{}};
  for (std::size_t i = 0; i < row.levels.size(); ++i) {
    if (i == but) continue;
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& begun : all) {
      for (const std::size_t level : row.levels[i]) {
        longer.push_back(begun);
        longer.back().push_back(level);
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::string words_of(const TableSpec& spec, std::size_t age_at,
                     const std::vector<std::size_t>& levels) {
  std::string words;
  for (std::size_t i = 0, at = 0; i < spec.axes.size(); ++i) {
    if (i == age_at) continue;
    words += words.empty() ? "" : ", ";
    words += axis_levels(spec.axes[i])[levels[at++]];
  }
  return words;
}

CountColumns columns_of(const TableSpec& spec, const std::vector<TableRow>& rows) {
  const std::size_t age_at = age_axis(spec);
  CountColumns columns;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const std::vector<std::size_t>& levels : combinations(rows[r], age_at)) {
      CountColumn& column = columns[levels];
      if (column.words.empty()) column.words = words_of(spec, age_at, levels);
      for (const std::size_t age : rows[r].levels[age_at]) column.row_of_age.emplace(age, r);
    }
  }
  return columns;
}

/// Says so of the first such row: the others are of the same kind.
bool refuse_groups(const TableSpec& spec, const std::vector<TableRow>& rows,
                   base::Diagnostics& faults) {
  const auto first = std::ranges::find_if_not(rows, is_one_count);
  if (first == rows.end()) return false;
  std::size_t cells = 1;
  for (const auto& levels : first->levels) cells *= levels.size();
  const auto more = std::count_if(std::next(first), rows.end(),
                                  [](const TableRow& row) { return !is_one_count(row); });
  faults.add(first->position, first->length,
             fmt::format("this row gives {} to each of {} combinations of {}, {} in all{}",
                         to_short(first->value), cells, axes_of(spec),
                         to_short(first->value * static_cast<double>(cells)),
                         more > 0 ? fmt::format("; {} more rows do the like", more) : ""),
             std::string(row_a_year) + ", and those of both sexes between the sexes");
  return true;
}

/// The first age below the last for which a column has no row.
bool refuse_gap(const CountColumns& columns, const std::vector<TableRow>& rows,
                base::Diagnostics& faults) {
  const CountColumn* gap = nullptr;
  std::size_t missing = 0;
  std::size_t after = 0;
  for (const auto& [levels, column] : columns) {
    std::size_t expected = 0;
    for (const auto& [age, row] : column.row_of_age) {
      if (age != expected && (gap == nullptr || expected < missing)) {
        gap = &column;
        missing = expected;
        after = row;
      }
      if (age != expected) break;
      ++expected;
    }
  }
  if (gap == nullptr) return false;
  const TableRow& next = rows[after];
  faults.add(next.position, next.length,
             fmt::format("no row for age {}, {}: this table counts, and a count cannot be read off "
                         "between two ages",
                         missing, gap->words),
             std::string(row_a_year));
  return true;
}

void refuse_heap(const CountColumn& column, const std::vector<TableRow>& rows,
                 base::Diagnostics& faults) {
  const auto [last_age, last_row] = *column.row_of_age.rbegin();
  const TableRow& last = rows[last_row];
  if (last_age >= no_groups_from || last.value < heap_least) return;
  double before = 0.0;
  const std::size_t from = last_age > ages_before ? last_age - ages_before : 0;
  for (std::size_t age = from; age < last_age; ++age) {
    before += rows[column.row_of_age.at(age)].value / static_cast<double>(last_age - from);
  }
  const bool heap = last.value > heap_ratio * before;
  if (!heap && last_age >= least_last_age) return;
  faults.add(
      last.position, last.length,
      heap
          ? fmt::format("the last row, age {}, {}, holds {}, and the ages before it {} on average: "
                        "it looks like all of {} and over",
                        last_age, column.words, to_short(last.value), to_short(before), last_age)
          : fmt::format("the table ends at age {}, {}, with {}: the older are missing", last_age,
                        column.words, to_short(last.value)),
      heap ? fmt::format(
                 "share them out among the ages from {0} to 105, a row each; if they are all "
                 "of age {0}, write rows of 0 for the ages above, to {1}",
                 last_age, no_groups_from)
           : std::string(row_a_year));
}

}  // namespace

void check_counts(const TableSpec& spec, const std::vector<TableRow>& rows,
                  base::Diagnostics& faults) {
  if (refuse_groups(spec, rows, faults)) return;
  const CountColumns columns = columns_of(spec, rows);
  if (refuse_gap(columns, rows, faults)) return;
  for (const auto& [levels, column] : columns) refuse_heap(column, rows, faults);
}

void end_counts(const TableSpec& spec, const std::vector<TableRow>& rows, FilledTable& filled) {
  const std::size_t age_at = age_axis(spec);
  for (const auto& [levels, column] : columns_of(spec, rows)) {
    const auto [last_age, last_row] = *column.row_of_age.rbegin();
    for (std::size_t age = last_age + 1; age < axis_size(Axis::age); ++age) {
      std::size_t cell = 0;
      for (std::size_t i = 0, at = 0; i < spec.axes.size(); ++i) {
        cell = cell * axis_size(spec.axes[i]) + (i == age_at ? age : levels[at++]);
      }
      filled.evidence.row_of_cell[cell] = static_cast<std::uint32_t>(last_row);
    }
  }
}

}  // namespace carestair::config
