// `carestair check`: what a configuration would run, without running it.
#include <fmt/format.h>

#include "batch/changes.hpp"
#include "cli/commands.hpp"
#include "cli/evidence_summary.hpp"
#include "cli/municipality_text.hpp"
#include "cli/text.hpp"
#include "experiment/trace_text.hpp"

namespace carestair::cli {
namespace {

using experiment::date_in_words;

std::string period_in_words(const experiment::Study& study) {
  const int years = study.config().simulation.burn_in_years;
  return fmt::format("{} to {}, after {} of burn-in", date_in_words(study.period.report_from),
                     date_in_words(study.period.end - 1), counted(years, "year"));
}

std::string worlds_in_words(const experiment::Study& study) {
  const config::Simulation& simulation = study.config().simulation;
  const auto scenarios = static_cast<std::int64_t>(study.scenarios.size());
  const auto draws = static_cast<std::int64_t>(study.draws.count());
  return fmt::format(
      "{}{} of {}: {} in all, seed {}", draws > 1 ? counted(draws, "draw") + " of " : "",
      counted(simulation.replications, "replication"), counted(scenarios, "scenario"),
      counted(study.replications() * scenarios, "world"), simulation.seed);
}

std::string scenario_in_words(const experiment::Study& study, const config::Scenario& scenario) {
  std::string text = paragraph("  " + scenario.id + ": ", scenario.title);
  if (!scenario.question.empty()) text += paragraph("      ", scenario.question);
  for (const std::string& change : batch::changes_in_words(study.config(), scenario)) {
    text += paragraph("    - ", change);
  }
  if (scenario.changes.empty()) text += "    - nothing is changed\n";
  if (scenario.expected) {
    text += paragraph("    expected: ",
                      fmt::format("{}: {} {}", scenario.expected->indicator,
                                  scenario.expected->direction, scenario.expected->note));
  }
  return text;
}

std::string experiment_in_words(const experiment::Study& study) {
  const experiment::Draws& draws = study.draws;
  if (draws.design == experiment::Design::none) return {};
  const bool all_drawn = draws.design == experiment::Design::random ||
                         draws.design == experiment::Design::latin_hypercube;
  std::string text = "\nExperiment\n";
  text += paragraph(
      "  ",
      fmt::format("{}: {} of {}", as_words(experiment::design_name(draws.design)),
                  counted(static_cast<std::int64_t>(draws.count()), all_drawn ? "draw" : "point"),
                  counted(static_cast<std::int64_t>(draws.varied.size()), "parameter")));
  if (!draws.without_range.empty()) {
    text += paragraph("  ", "As written, because the rows of these tables have no low and high: " +
                                enumerated(draws.without_range));
  }
  return text;
}

std::string evidence_of(const experiment::Study& study) {
  std::vector<std::string> kinds;
  for (const config::Evidence& evidence : study.loaded.evidence) {
    if (evidence.kind) kinds.emplace_back(config::kind_name(*evidence.kind));
  }
  std::string text = "Evidence\n";
  TextTable table({TextTable::Align::left, TextTable::Align::right}, 2);
  for (const auto& [kind, count] : count_kinds(kinds)) {
    table.row({as_words(kind), grouped(static_cast<std::int64_t>(count))});
  }
  return text + table.text() + paragraph("  ", evidence_in_words(kinds));
}

}  // namespace

ExitCode check(const CheckArguments& arguments) {
  const experiment::Study study = experiment::plan_study(arguments.file);
  const config::Config& config = study.config();
  std::string text = config.title + "\n";
  if (!config.question.empty()) text += paragraph("", config.question);
  text += "\n";
  text += paragraph("Municipality  ",
                    fmt::format("{}, {} residents", config.municipality.name,
                                grouped(static_cast<std::int64_t>(study.residents()))));
  text += municipality_in_words(study);
  text += paragraph("Period        ", period_in_words(study));
  text += paragraph("Worlds        ", worlds_in_words(study));
  text += "\nScenarios\n";
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    text += scenario_in_words(study, scenario);
  }
  if (study.loaded.scenarios.empty()) text += "  none: the configuration is run as it is\n";
  text += experiment_in_words(study) + "\n" + evidence_of(study);
  const std::string doubts = doubts_in_words(study);
  if (!doubts.empty()) text += "\n" + doubts;
  text += fmt::format("\nNothing wrong found in {} ({}){}.\n", arguments.file.string(),
                      counted(static_cast<std::int64_t>(study.loaded.files.size()), "file"),
                      doubts.empty() ? "" : ", but see what is doubtful");
  print(text);
  return ExitCode::ok;
}

}  // namespace carestair::cli
