#include "config/table_rows.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "config/table_counts.hpp"

namespace carestair::config {
namespace {

constexpr std::size_t most_overlaps = 10;  // overlaps reported of one table
constexpr std::size_t most_gaps = 3;
constexpr std::uint32_t nobody = 0xffffffffu;

std::optional<std::size_t> parse_age(std::string_view text) {
  std::size_t age = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return age <= static_cast<std::size_t>(oldest_age) ? std::optional(age) : std::nullopt;
}

std::vector<std::size_t> range(std::size_t from, std::size_t to) {
  std::vector<std::size_t> out(to - from + 1);
  std::iota(out.begin(), out.end(), from);
  return out;
}

/// Walks the cells of a table as columns along the age axis: all cells that differ in age only.
class AgeColumns {
 public:
  explicit AgeColumns(std::span<const Axis> axes) {
    std::size_t cells = 1;
    for (std::size_t i = axes.size(); i-- > 0;) {
      if (axes[i] == Axis::age) {
        stride_ = cells;
        has_age_ = true;
      }
      cells *= axis_size(axes[i]);
    }
    ages_ = has_age_ ? axis_size(Axis::age) : 1;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      if (!has_age_ || (cell / stride_) % ages_ == 0) first_.push_back(cell);
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& first_cells() const { return first_; }
  [[nodiscard]] std::size_t ages() const { return ages_; }
  [[nodiscard]] std::size_t cell(std::size_t first, std::size_t age) const {
    return first + age * stride_;
  }

 private:
  std::size_t stride_ = 1;
  std::size_t ages_ = 1;
  bool has_age_ = false;
  std::vector<std::size_t> first_;
};

/// Calls `visit(cell)` for every cell a row covers.
template <class Visit>
void for_cells(const TableRow& row, std::span<const Axis> axes, Visit&& visit) {
  std::vector<std::size_t> at(axes.size(), 0);
  while (true) {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      cell = cell * axis_size(axes[i]) + row.levels[i][at[i]];
    }
    visit(cell);
    std::size_t i = axes.size();
    while (i > 0 && ++at[i - 1] == row.levels[i - 1].size()) at[--i] = 0;
    if (i == 0) return;
  }
}

/// "age 45..49, female": the words for a run of cells.
std::string words_for(std::span<const Axis> axes, std::size_t cell, std::size_t age_from,
                      std::size_t age_to) {
  std::vector<std::string> words(axes.size());
  for (std::size_t i = axes.size(); i-- > 0;) {
    const std::size_t size = axis_size(axes[i]);
    const std::size_t level = cell % size;
    cell /= size;
    if (axes[i] == Axis::age) {
      words[i] = age_from == age_to ? fmt::format("age {}", age_from)
                                    : fmt::format("age {}..{}", age_from, age_to);
    } else if (axes[i] == Axis::sex) {
      words[i] = axis_levels(axes[i])[level];
    } else {
      words[i] = fmt::format("{} {}", axis_name(axes[i]), axis_levels(axes[i])[level]);
    }
  }
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

/// Straight lines between the points given, constant beyond the first and the last.
void interpolate(const AgeColumns& columns, const std::vector<TableRow>& rows,
                 FilledTable& filled) {
  auto& owner = filled.evidence.row_of_cell;
  const auto cells = filled.table.cells();
  for (const std::size_t first : columns.first_cells()) {
    std::vector<std::size_t> known;
    for (std::size_t age = 0; age < columns.ages(); ++age) {
      if (owner[columns.cell(first, age)] != nobody) known.push_back(age);
    }
    if (known.empty()) continue;
    for (std::size_t age = 0; age < columns.ages(); ++age) {
      const std::size_t cell = columns.cell(first, age);
      if (owner[cell] != nobody) continue;
      const auto after = std::ranges::upper_bound(known, age);
      const std::size_t right = after == known.end() ? known.back() : *after;
      const std::size_t left = after == known.begin() ? known.front() : *std::prev(after);
      const TableRow& a = rows[owner[columns.cell(first, left)]];
      const TableRow& b = rows[owner[columns.cell(first, right)]];
      const double share = left == right ? 0.0
                                         : (static_cast<double>(age) - static_cast<double>(left)) /
                                               static_cast<double>(right - left);
      const auto between = [&](double x, double y) { return x + share * (y - x); };
      cells[cell] = between(a.value, b.value);
      filled.evidence.low[cell] = between(a.low, b.low);
      filled.evidence.high[cell] = between(a.high, b.high);
    }
    // The row below a point speaks for the ages up to the next.
    std::uint32_t last = owner[columns.cell(first, known.front())];
    for (std::size_t age = 0; age < columns.ages(); ++age) {
      std::uint32_t& row = owner[columns.cell(first, age)];
      if (row == nobody) row = last;
      last = row;
    }
  }
}

void report_gaps(const TableSpec& spec, const AgeColumns& columns, const FilledTable& filled,
                 const base::SourcePosition& position, int length, base::Diagnostics& faults) {
  std::vector<std::string> gaps;
  const auto& owner = filled.evidence.row_of_cell;
  for (const std::size_t first : columns.first_cells()) {
    for (std::size_t age = 0; age < columns.ages(); ++age) {
      if (owner[columns.cell(first, age)] != nobody) continue;
      std::size_t to = age;
      while (to + 1 < columns.ages() && owner[columns.cell(first, to + 1)] == nobody) ++to;
      gaps.push_back(words_for(spec.axes, first, age, to));
      age = to;
    }
  }
  if (gaps.empty()) return;
  std::string message = "no value for " + gaps.front();
  for (std::size_t i = 1; i < std::min(gaps.size(), most_gaps); ++i) message += "; " + gaps[i];
  if (gaps.size() > most_gaps) message += fmt::format("; and {} more", gaps.size() - most_gaps);
  faults.add(position, length, message,
             "every combination needs a value; the word `all` covers all levels of an axis");
}

}  // namespace

FilledTable fill_table(const TableSpec& spec, const std::vector<TableRow>& rows,
                       const base::SourcePosition& position, int length,
                       base::Diagnostics& faults) {
  FilledTable filled;
  filled.table = Table({spec.axes.begin(), spec.axes.end()});
  const std::size_t cells = filled.table.cells().size();
  filled.evidence.row_of_cell.assign(cells, nobody);
  filled.evidence.low.assign(cells, not_given);
  filled.evidence.high.assign(cells, not_given);

  std::size_t overlaps = 0;
  bool points = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const TableRow& row = rows[i];
    points = points || row.is_point;
    filled.evidence.rows.push_back(row.about);
    bool reported = false;
    for_cells(row, spec.axes, [&](std::size_t cell) {
      std::uint32_t& owner = filled.evidence.row_of_cell[cell];
      if (owner != nobody && !reported) {
        reported = true;
        ++overlaps;
        const TableRow& other = rows[owner];
        std::size_t age = 0;
        const AgeColumns columns(spec.axes);
        for (const std::size_t first : columns.first_cells()) {
          for (std::size_t a = 0; a < columns.ages(); ++a) {
            if (columns.cell(first, a) == cell) age = a;
          }
        }
        faults.add(base::Diagnostic{
            .position = row.position,
            .message = "a second value for " + words_for(spec.axes, cell, age, age),
            .length = row.length,
            .notes = {base::Note{other.position, "the first is here", other.length}}});
      }
      if (owner == nobody) {
        owner = static_cast<std::uint32_t>(i);
        filled.table.cells()[cell] = row.value;
        filled.evidence.low[cell] = row.low;
        filled.evidence.high[cell] = row.high;
      }
    });
    if (overlaps >= most_overlaps) return filled;
  }
  if (overlaps > 0) return filled;
  const AgeColumns columns(spec.axes);
  if (spec.every_age) {
    const std::size_t before = faults.size();
    check_counts(spec, rows, faults);
    if (faults.size() > before) return filled;
    end_counts(spec, rows, filled);
  } else if (points) {
    interpolate(columns, rows, filled);
  }
  report_gaps(spec, columns, filled, position, length, faults);
  return filled;
}

std::vector<std::size_t> levels_of(Axis axis, std::string_view word) {
  if (word == "all") return range(0, axis_size(axis) - 1);
  if (axis != Axis::age) {
    const auto levels = axis_levels(axis);
    const auto at = std::ranges::find(levels, word);
    if (at == levels.end()) return {};
    return {static_cast<std::size_t>(at - levels.begin())};
  }
  if (word.ends_with('+')) {
    const auto from = parse_age(word.substr(0, word.size() - 1));
    return from ? range(*from, oldest_age) : std::vector<std::size_t>{};
  }
  const std::size_t dots = word.find("..");
  if (dots == std::string_view::npos) {
    const auto age = parse_age(word);
    return age ? std::vector<std::size_t>{*age} : std::vector<std::size_t>{};
  }
  const auto from = parse_age(word.substr(0, dots));
  const auto to = parse_age(word.substr(dots + 2));
  return from && to && *from <= *to ? range(*from, *to) : std::vector<std::size_t>{};
}

std::vector<std::string> level_words(Axis axis) {
  if (axis == Axis::age) return {"67", "67..79", "80+", "all"};
  const auto levels = axis_levels(axis);
  std::vector<std::string> words(levels.begin(), levels.end());
  words.emplace_back("all");
  return words;
}

}  // namespace carestair::config
