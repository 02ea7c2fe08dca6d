#include "cli/result_data.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "cli/result_tables.hpp"
#include "config/load.hpp"
#include "config/suggest.hpp"
#include "output/file_error.hpp"
#include "record/indicators.hpp"

namespace carestair::cli {
namespace {

namespace fs = std::filesystem;
using experiment::PeriodSums;
using record::Indicator;

output::Array indicator(const ResultTables& tables, Indicator which, const output::Slab& slab) {
  return tables.indicator(record::definition(which).name, slab);
}

/// Sums by the last dimension.
std::vector<double> by_last(const output::Array& array) {
  std::vector<double> sums(array.shape.back(), 0.0);
  for (std::size_t i = 0; i < array.values.size(); ++i) sums[i % sums.size()] += array.values[i];
  return sums;
}

/// Month by month, the cells that an outcome asks for; the last dimension is time.
std::vector<double> months_of(const ResultTables& tables, const experiment::Cells& cells,
                              const output::Slab& slab) {
  const output::Array array = indicator(tables, cells.indicator, slab);
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

PeriodSums sums_of(const ResultTables& tables, const output::Slab& slab, double days) {
  PeriodSums sums;
  sums.days = days;
  const std::vector<double> totals = by_last(tables.persons("total", slab));
  std::copy_n(totals.begin(), std::min(totals.size(), sums.outcomes.size()), sums.outcomes.begin());
  for (const experiment::HeadlineDefinition& headline : experiment::headlines()) {
    if (!headline.source.cells) continue;
    sums.months[static_cast<std::size_t>(headline.headline)] =
        months_of(tables, *headline.source.cells, slab);
  }
  return sums;
}

experiment::MoneyPath money_of(const ResultTables& tables, const output::Slab& slab) {
  experiment::MoneyPath path;
  path.qalys = by_last(indicator(tables, Indicator::qaly, slab));
  path.months.resize(path.qalys.size());
  const output::Array money = indicator(tables, Indicator::money, slab);
  for (std::size_t i = 0; i < money.values.size(); ++i) {
    const std::size_t cell = i / path.months.size();
    const std::size_t payer = cell / model::account_count % model::payer_count;
    path.months[i % path.months.size()][payer][cell % model::account_count] += money.values[i];
  }
  const output::Array cost = indicator(tables, Indicator::unit_cost, slab);
  path.units.resize(tables.header().run.units.size());
  for (std::size_t i = 0; i < cost.values.size(); ++i) {
    const std::size_t cell = i / path.months.size();
    path.units[cell / model::unit_account_count % path.units.size()]
              [cell % model::unit_account_count] += cost.values[i];
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

experiment::CountsByGroup counts_of(const ResultTables& tables, int scenario) {
  using experiment::PersonCounts;
  experiment::CountsByGroup counts{};
  const output::Slab slab{.scenario = scenario};
  const auto table = [&](std::string_view name) { return tables.persons(name, slab); };
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

/// The nearest name among the results in the folder, else those there are.
std::string results_beside(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".h5") names.push_back(at->path().filename().string());
  }
  std::ranges::sort(names);
  if (names.empty()) return {};
  const std::string best = config::nearest(path.filename().string(), names);
  if (!best.empty()) return fmt::format("did you mean {}? ", (path.parent_path() / best).string());
  return fmt::format("results in that folder: {}; ", config::listed(names));
}

void require_there(const fs::path& path) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(path, error))) return;  // the reader says what it is
  throw base::UserError(
      fmt::format("there is no file {}", path.string()),
      results_beside(path) + "`carestair run CONFIG -o " + path.string() + "` makes one");
}

/// The reader's messages go on from the name of the file; here they are whole sentences.
[[noreturn]] void retell(const output::FileError& error) {
  const base::Diagnostic& told = error.diagnostics().front();
  const std::string name = error.path().string();
  fs::path journal = error.path();
  journal += ".worlds";
  std::error_code none;
  std::string hint = told.hint;
  if (told.message.starts_with("is truncated")) {
    hint =
        "it was cut off while it was copied, or when the disk was full: copy it again, or run "
        "the study again";
    if (fs::exists(journal, none)) {
      hint += fmt::format(" with --resume: finished worlds are in {}", journal.string());
    }
  }
  const bool goes_on = told.message.starts_with("is ") || told.message.starts_with("has ");
  throw base::UserError(name + (goes_on ? " " : ": ") + told.message, hint);
}

output::Reader open_result(const fs::path& path) {
  require_there(path);
  try {
    return output::Reader(path);
  } catch (const output::FileError& error) {
    retell(error);
  }
}

/// Whether both do the same on the same day.
bool same_change(const config::Change& a, const config::Change& b) {
  const bool same_value = a.value == b.value || (std::isnan(a.value) && std::isnan(b.value));
  return a.at == b.at && a.address == b.address && a.op == b.op && same_value &&
         a.words == b.words && a.until == b.until && a.unit == b.unit;
}

/// The first day of a change that only one of the two makes.
std::optional<base::Day> parting_of(const config::Scenario& one, const config::Scenario& other) {
  std::optional<base::Day> first;
  const auto look = [&](const std::vector<config::Change>& of,
                        const std::vector<config::Change>& in) {
    for (const config::Change& change : of) {
      const bool shared =
          std::ranges::any_of(in, [&](const auto& same) { return same_change(change, same); });
      if (!shared && (!first || change.at < *first)) first = change.at;
    }
  };
  look(one.changes, other.changes);
  look(other.changes, one.changes);
  return first;
}

/// By scenario, from the configuration in the file; empty where it does not tell.
std::vector<std::optional<base::Day>> partings_of(const output::RunDescription& run) {
  const std::vector<config::Scenario> kept = config::scenarios_kept(run.configuration_yaml);
  const auto find = [&](const std::string& id) {
    return std::ranges::find(kept, id, &config::Scenario::id);
  };
  std::vector<std::optional<base::Day>> partings(run.scenarios.size());
  const auto baseline = find(run.scenarios.front().id);
  for (std::size_t s = 1; s < run.scenarios.size() && baseline != kept.end(); ++s) {
    const auto scenario = find(run.scenarios[s].id);
    if (scenario != kept.end()) partings[s] = parting_of(*baseline, *scenario);
  }
  return partings;
}

}  // namespace

ResultData read_result(const std::filesystem::path& path) {
  const output::Reader reader = open_result(path);
  const ResultTables tables(reader, path.string());
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
      outcomes.push_back(experiment::headline_values(sums_of(tables, slab, days)));
      money.push_back(money_of(tables, slab));
    }
    data.persons.push_back(scenario == 0 ? experiment::CountsByGroup{}
                                         : counts_of(tables, scenario));
  }
  data.over_time = read_over_time(tables);
  data.partings = partings_of(run);
  return data;
}

}  // namespace carestair::cli
