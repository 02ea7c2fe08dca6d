#include "cli/result_data.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "record/indicators.hpp"

namespace carestair::cli {
namespace {

using experiment::PeriodSums;
using record::Indicator;

output::Array indicator(const output::Reader& reader, Indicator which, const output::Slab& slab) {
  const std::string_view name = record::definition(which).name;
  const std::vector<std::string> held = reader.indicators();
  if (std::ranges::find(held, name) == held.end()) {
    throw base::UserError(
        fmt::format("the result holds no `{}`: an earlier version of the program wrote it", name),
        "run the study again");
  }
  return reader.indicator(name, slab);
}

/// Sums by the last dimension.
std::vector<double> by_last(const output::Array& array) {
  std::vector<double> sums(array.shape.back(), 0.0);
  for (std::size_t i = 0; i < array.values.size(); ++i) sums[i % sums.size()] += array.values[i];
  return sums;
}

/// Month by month, the cells that an outcome asks for; the last dimension is time.
std::vector<double> months_of(const output::Reader& reader, const experiment::Cells& cells,
                              const output::Slab& slab) {
  const output::Array array = indicator(reader, cells.indicator, slab);
  if (!cells.axis) return by_last(array);
  const auto found = std::ranges::find(array.dimensions, record::axis_name(*cells.axis));
  const auto axis = static_cast<std::size_t>(found - array.dimensions.begin());
  std::size_t block = 1;
  for (std::size_t d = axis + 1; d < array.shape.size(); ++d) block *= array.shape[d];
  std::vector<double> sums(array.shape.back(), 0.0);
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    if (i / block % array.shape[axis] == cells.level) sums[i % sums.size()] += array.values[i];
  }
  return sums;
}

PeriodSums sums_of(const output::Reader& reader, const output::Slab& slab, double days) {
  PeriodSums sums;
  sums.days = days;
  const std::vector<double> totals = by_last(reader.person_table("total", slab));
  std::copy_n(totals.begin(), std::min(totals.size(), sums.outcomes.size()), sums.outcomes.begin());
  for (const experiment::HeadlineDefinition& headline : experiment::headlines()) {
    if (!headline.source.cells) continue;
    sums.months[static_cast<std::size_t>(headline.headline)] =
        months_of(reader, *headline.source.cells, slab);
  }
  return sums;
}

experiment::MoneyPath money_of(const output::Reader& reader, const output::Slab& slab) {
  experiment::MoneyPath path;
  path.qalys = by_last(indicator(reader, Indicator::qaly, slab));
  path.months.resize(path.qalys.size());
  const output::Array money = indicator(reader, Indicator::money, slab);
  for (std::size_t i = 0; i < money.values.size(); ++i) {
    const std::size_t cell = i / path.months.size();
    const std::size_t payer = cell / model::account_count % model::payer_count;
    path.months[i % path.months.size()][payer][cell % model::account_count] += money.values[i];
  }
  return path;
}

double discount_rate_of(const output::RunDescription& run) {
  const auto row =
      std::ranges::find(run.evidence, "economy.discount_rate", &output::EvidenceRow::address);
  return row == run.evidence.end() ? 0.0 : row->value;
}

/// One count of a persons table: adds `table` to the counts that `field` finds.
template <class Field>
void add_counts(const output::Array& table, std::size_t outcomes, experiment::CountsByGroup& counts,
                Field field) {
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const std::size_t group = i / outcomes;
    const std::size_t sex = group % model::sex_count;
    const std::size_t age = group / model::sex_count % model::age_group_count;
    field(counts[age][sex], i % outcomes) += table.values[i];
  }
}

experiment::CountsByGroup counts_of(const output::Reader& reader, int scenario) {
  using experiment::PersonCounts;
  experiment::CountsByGroup counts{};
  const output::Slab slab{.scenario = scenario};
  const auto table = [&](std::string_view name) { return reader.person_table(name, slab); };
  constexpr std::size_t outcomes = record::outcome_count;
  add_counts(table("paired"), 1, counts,
             [](PersonCounts& c, std::size_t) -> double& { return c.paired; });
  add_counts(table("touched"), 1, counts,
             [](PersonCounts& c, std::size_t) -> double& { return c.touched; });
  add_counts(table("more"), outcomes, counts,
             [](PersonCounts& c, std::size_t o) -> double& { return c.more[o]; });
  add_counts(table("less"), outcomes, counts,
             [](PersonCounts& c, std::size_t o) -> double& { return c.less[o]; });
  return counts;
}

/// A file that is there but may not be read is an error of the disk, not of its content.
void require_readable(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;  // the reader says what it is
  const std::ifstream file(path);
  if (!file)
    throw DiskError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
}

}  // namespace

ResultData read_result(const std::filesystem::path& path) {
  require_readable(path);
  const output::Reader reader(path);
  ResultData data;
  data.header = reader.header();
  const output::RunDescription& run = data.header.run;
  data.discount_rate = discount_rate_of(run);
  const double days = run.month_ends.back() + 1 - run.start;
  const auto scenarios = static_cast<int>(run.scenarios.size());
  for (int scenario = 0; scenario < scenarios; ++scenario) {
    auto& outcomes = data.outcomes.emplace_back();
    auto& money = data.money.emplace_back();
    for (int r = 0; r < data.header.replications_finished; ++r) {
      const output::Slab slab{.scenario = scenario, .replication = r};
      outcomes.push_back(experiment::headline_values(sums_of(reader, slab, days)));
      money.push_back(money_of(reader, slab));
    }
    data.persons.push_back(scenario == 0 ? experiment::CountsByGroup{}
                                         : counts_of(reader, scenario));
  }
  data.over_time = read_over_time(reader);
  return data;
}

}  // namespace carestair::cli
