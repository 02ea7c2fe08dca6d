// `carestair compare`: each scenario of a result against its baseline.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "batch/overwrite.hpp"
#include "cli/commands.hpp"
#include "cli/compare_data.hpp"
#include "cli/compare_text.hpp"
#include "cli/spread_text.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::cli {
namespace {

std::vector<std::string> outcome_ids() {
  std::vector<std::string> known;
  for (const auto& headline : experiment::headlines()) known.emplace_back(headline.id);
  return known;
}

[[noreturn]] void refuse_outcome(const std::string& text) {
  throw base::UserError(fmt::format("there is no outcome `{}`", text),
                        config::did_you_mean(text, outcome_ids()));
}

[[noreturn]] void refuse_width(const std::string& text) {
  throw base::UserError(fmt::format("--width cannot be `{}`", text),
                        "write a share of the difference, as 5%, or a number above 0 for one "
                        "outcome, as cost=0.2; outcomes: " +
                            fmt::format("{}", fmt::join(outcome_ids(), ", ")));
}

experiment::WantedWidth wanted_width(const std::vector<std::string>& texts) {
  experiment::WantedWidth width;
  for (const std::string& text : texts) {
    if (text.ends_with('%')) {
      const auto percent = config::parse_number(text.substr(0, text.size() - 1));
      if (!percent || *percent <= 0.0) refuse_width(text);
      width.share_of_difference = *percent / 100.0;
      continue;
    }
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) refuse_width(text);
    const auto* headline = experiment::find_headline(text.substr(0, equals));
    const auto number = config::parse_number(text.substr(equals + 1));
    if (headline == nullptr || !number || *number <= 0.0) refuse_width(text);
    width.absolute[static_cast<std::size_t>(headline->headline)] = *number;
  }
  return width;
}

/// Indices of the scenarios to compare with the baseline.
std::vector<std::size_t> scenarios_of(const output::ResultHeader& header, const std::string& id) {
  std::vector<std::size_t> wanted;
  std::vector<std::string> known;
  for (std::size_t s = 1; s < header.run.scenarios.size(); ++s) {
    known.push_back(header.run.scenarios[s].id);
    if (id.empty() || id == known.back()) wanted.push_back(s);
  }
  if (known.empty()) {
    throw base::UserError("the result holds one scenario only: there is nothing to compare",
                          "add a scenario to the configuration; docs/scenarios.md shows how");
  }
  if (wanted.empty()) {
    throw base::UserError(id == header.run.scenarios.front().id
                              ? fmt::format("`{}` is the baseline itself", id)
                              : fmt::format("the result has no scenario `{}`", id),
                          config::did_you_mean(id, known));
  }
  return wanted;
}

/// What makes no sense of a sweep is refused, lest somebody take the text for what was asked for.
void refuse_beside_sweep(const CompareArguments& arguments) {
  std::vector<std::string> given;
  if (arguments.json) given.emplace_back("--json");
  if (!arguments.csv.empty()) given.emplace_back("--csv");
  if (!arguments.widths.empty()) given.emplace_back("--width");
  if (given.empty()) return;
  throw base::UserError(
      fmt::format("{} {} nothing for a sweep", fmt::join(given, ", "),
                  given.size() == 1 ? "does" : "do"),
      fmt::format("leave {} out: a sweep is told as text, by one outcome (--outcome); all outcomes "
                  "of all points stand in the file (docs/file-format.md)",
                  given.size() == 1 ? "it" : "them"));
}

/// Indices of the scenarios of a sweep that are told: all, the baseline too, or the one asked for.
std::vector<std::size_t> scenarios_of_sweep(const output::ResultHeader& header,
                                            const std::string& id) {
  std::vector<std::size_t> wanted;
  std::vector<std::string> known;
  for (std::size_t s = 0; s < header.run.scenarios.size(); ++s) {
    known.push_back(header.run.scenarios[s].id);
    if (id.empty() || id == known.back()) wanted.push_back(s);
  }
  if (wanted.empty()) {
    throw base::UserError(fmt::format("the result has no scenario `{}`", id),
                          config::did_you_mean(id, known));
  }
  return wanted;
}

void refuse_table_over_result(const CompareArguments& arguments) {
  if (arguments.csv.empty() || !batch::same_file(arguments.csv, arguments.file)) return;
  throw base::UserError(
      fmt::format("--csv would write the table over the result {}, which is read",
                  arguments.file.string()),
      "name another file, for example " +
          std::filesystem::path(arguments.file).replace_extension(".csv").string());
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) {
    throw DiskError(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
  }
}

std::string as_text(const ResultData& data, const Comparisons& comparisons,
                    const experiment::WantedWidth& width) {
  const output::ResultHeader& header = data.header;
  std::string text = heading_text(header);
  std::vector<std::size_t> scenarios;
  for (const auto& [scenario, comparison] : comparisons) {
    text += "\n" + std::string(100, '-') + "\n" +
            comparison_text(header, scenario, comparison, data.partings[scenario]);
    scenarios.push_back(scenario);
  }
  text += "\n" + std::string(100, '-') + "\n" + over_time_text(header, data.over_time, scenarios);
  return text + "\n" + std::string(100, '-') + "\n" + closing_text(header, width);
}

}  // namespace

ExitCode compare(const CompareArguments& arguments) {
  const experiment::WantedWidth width = wanted_width(arguments.widths);
  const std::string told_by = arguments.outcome.value_or("cost");
  const auto* outcome = experiment::find_headline(told_by);
  if (outcome == nullptr) refuse_outcome(told_by);
  refuse_table_over_result(arguments);
  const ResultData data = read_result(arguments.file);
  const output::DrawTable& draws = data.header.run.draws;
  if (is_sweep(draws)) {
    refuse_beside_sweep(arguments);
    const auto scenarios = scenarios_of_sweep(data.header, arguments.scenario);
    print(heading_text(data.header) + sweep_text(data, *outcome, scenarios));
    return ExitCode::ok;
  }
  if (arguments.outcome) {
    throw base::UserError("--outcome does nothing for a result that is no sweep",
                          "leave it out: all outcomes are told");
  }
  const auto of_draw =
      draws.empty() ? std::size_t{0} : static_cast<std::size_t>(draws.replications);
  Comparisons comparisons;
  for (const std::size_t scenario : scenarios_of(data.header, arguments.scenario)) {
    auto& comparison = comparisons.emplace_back(
        scenario, experiment::compare(data.outcomes.front(), data.outcomes[scenario],
                                      data.persons[scenario], width, of_draw));
    comparison.second.money = experiment::compare_money(data.money.front(), data.money[scenario],
                                                        data.discount_rate, of_draw);
  }
  if (!arguments.csv.empty()) {
    write_file(arguments.csv, comparisons_csv(data.header, comparisons));
  }
  print(arguments.json ? comparisons_json(data.header, comparisons, data.over_time)
                       : as_text(data, comparisons, width));
  return ExitCode::ok;
}

}  // namespace carestair::cli
