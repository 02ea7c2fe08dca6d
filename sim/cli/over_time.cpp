#include "cli/over_time.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/text.hpp"
#include "model/levels.hpp"

namespace carestair::cli {
namespace {

using experiment::Trend;
using experiment::TrendDefinition;
using Names = std::vector<std::string_view>;

/// Sums of an array by the dimensions kept, in the order of the file; of `axis`, if it is named,
/// only these levels count.
std::vector<double> sums_by(const output::Array& array, const Names& kept,
                            std::string_view axis = {},
                            const std::vector<std::size_t>& levels = {}) {
  const std::size_t rank = array.shape.size();
  std::vector<std::size_t> stride(rank, 0);  // 0: added up
  std::size_t size = 1;
  for (std::size_t d = rank; d-- > 0;) {
    if (std::ranges::find(kept, array.dimensions[d]) == kept.end()) continue;
    stride[d] = size;
    size *= array.shape[d];
  }
  std::vector<double> sums(size, 0.0);
  std::vector<std::size_t> at(rank, 0);
  for (const double value : array.values) {
    bool counts = true;
    std::size_t cell = 0;
    for (std::size_t d = 0; d < rank; ++d) {
      cell += stride[d] * at[d];
      if (array.dimensions[d] == axis) counts = counts && std::ranges::count(levels, at[d]) > 0;
    }
    if (counts) sums[cell] += value;
    for (std::size_t d = rank; d-- > 0;) {
      if (++at[d] < array.shape[d]) break;
      at[d] = 0;
    }
  }
  return sums;
}

/// What a trend counts in one world by the cells of its coverage, and who lives there.
struct Counts {
  std::vector<double> counted;     // [cell][month]
  std::vector<double> population;  // likewise
};

const Names by_age{"municipality", "age_group", "time"};
const Names by_age_and_sex{"municipality", "age_group", "sex", "time"};

Counts counts_of(const ResultTables& tables, Trend trend, const output::Slab& slab) {
  const output::Array population = tables.indicator("population", slab);
  switch (trend) {
    case Trend::recipients:
      return {sums_by(tables.indicator("recipients_any", slab), by_age_and_sex),
              sums_by(population, by_age_and_sex)};
    case Trend::places: {
      const std::vector<std::size_t> staffed{model::index(model::Dwelling::care_housing_24h),
                                             model::index(model::Dwelling::nursing_home)};
      return {sums_by(tables.indicator("residents_by_dwelling", slab), by_age, "dwelling", staffed),
              sums_by(population, by_age)};
    }
    case Trend::staff_hours:
      return {sums_by(tables.indicator("staff_hours", slab), by_age), sums_by(population, by_age)};
  }
  return {};
}

std::vector<double> by_month(const std::vector<double>& cells, std::size_t months) {
  std::vector<double> sums(months, 0.0);
  for (std::size_t i = 0; i < cells.size(); ++i) sums[i % months] += cells[i];
  return sums;
}

void add(std::vector<double>& to, const std::vector<double>& values, double share) {
  to.resize(values.size(), 0.0);
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += share * values[i];
}

/// Positions of the years shown: all of a few, else the first, every fifth and the last.
std::vector<std::size_t> years_shown(const std::vector<int>& years) {
  constexpr std::size_t few = 6;
  std::vector<std::size_t> shown;
  for (std::size_t y = 0; y < years.size(); ++y) {
    const bool fifth = years[y] % 5 == 0 && y >= 2 && y + 2 < years.size();
    if (years.size() <= few || y == 0 || y + 1 == years.size() || fifth) shown.push_back(y);
  }
  return shown;
}

std::vector<std::string> row_of(const std::string& name, const std::vector<double>& values,
                                const std::vector<std::size_t>& shown) {
  std::vector<std::string> cells{name};
  for (const std::size_t y : shown) cells.push_back(decimal(values[y], 0));
  return cells;
}

}  // namespace

OverTime read_over_time(const ResultTables& tables) {
  const output::ResultHeader& header = tables.header();
  const std::size_t months = header.run.month_ends.size();
  const experiment::Years years(header.run.start, header.run.month_ends);
  const double share = 1.0 / header.replications_finished;
  OverTime over_time{.years = years.names, .trends = {}};
  for (const TrendDefinition& definition : experiment::trends()) {
    experiment::TrendValues& values = over_time.trends.emplace_back();
    values.simulated.resize(header.run.scenarios.size());
    for (std::size_t s = 0; s < values.simulated.size(); ++s) {
      for (int r = 0; r < header.replications_finished; ++r) {
        const Counts counts = counts_of(tables, definition.trend,
                                        {.scenario = static_cast<int>(s), .replication = r});
        add(values.simulated[s],
            experiment::by_year(by_month(counts.counted, months), years, definition.flow), share);
        if (s > 0) continue;
        const std::vector<double> projected =
            experiment::projected_from_coverage(counts.counted, counts.population, months);
        add(values.projected, experiment::by_year(projected, years, definition.flow), share);
      }
    }
  }
  return over_time;
}

std::string over_time_text(const output::ResultHeader& header, const OverTime& over_time,
                           const std::vector<std::size_t>& scenarios) {
  const std::vector<std::size_t> shown = years_shown(over_time.years);
  std::vector<TextTable::Align> columns(shown.size() + 1, TextTable::Align::right);
  columns.front() = TextTable::Align::left;
  TextTable table(columns);
  std::vector<std::string> heading{""};
  for (const std::size_t y : shown) heading.push_back(std::to_string(over_time.years[y]));
  table.row(heading);
  for (const TrendDefinition& definition : experiment::trends()) {
    const auto& values = over_time.trends[static_cast<std::size_t>(definition.trend)];
    std::vector<std::string> title(columns.size());
    title.front() = fmt::format("{}, {}", definition.title, definition.unit);
    table.row(title);
    table.row(row_of("  projected from coverage", values.projected, shown));
    table.row(row_of("  " + header.run.scenarios.front().id, values.simulated.front(), shown));
    for (const std::size_t s : scenarios) {
      table.row(row_of("  " + header.run.scenarios[s].id, values.simulated[s], shown));
    }
  }
  return "Over time, beside what would be projected from today's coverage\n" + table.text() +
         paragraph("",
                   "Projected from coverage (dekningsgradsframskriving): what residents of an age "
                   "and sex have in the first year of the baseline they have in every year, and "
                   "only the population changes. Means of years and replications.");
}

}  // namespace carestair::cli
