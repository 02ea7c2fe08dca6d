// `carestair run --trace`: the life of one resident, in words.
#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "config/suggest.hpp"
#include "experiment/run.hpp"
#include "experiment/trace_text.hpp"

namespace carestair::cli {
namespace {

std::size_t scenario_index(const experiment::Study& study, const std::string& id) {
  if (id.empty()) return 0;
  std::vector<std::string> known;
  for (const auto& scenario : study.scenarios) known.push_back(scenario.id);
  const auto found = std::ranges::find(known, id);
  if (found == known.end()) {
    throw base::UserError(fmt::format("there is no scenario `{}`", id),
                          config::did_you_mean(id, known));
  }
  return static_cast<std::size_t>(found - known.begin());
}

}  // namespace

ExitCode trace(const TraceArguments& arguments) {
  const experiment::Study study = experiment::plan_study(arguments.file, arguments.overrides);
  const std::size_t scenario = scenario_index(study, arguments.scenario);
  if (study.draws.count() > 1 && arguments.replication >= study.replications()) {
    throw base::UserError(fmt::format("there is no replication {}: {} draws make {}",
                                      arguments.replication, study.draws.count(),
                                      study.replications()));
  }
  const experiment::Trace trace =
      experiment::trace_resident(study, scenario, arguments.replication, arguments.uid);
  if (!trace.found) {
    throw base::UserError(
        fmt::format("no resident has the number {} in scenario {}, replication {}", arguments.uid,
                    study.scenarios[scenario].id, arguments.replication),
        fmt::format("those who live there at the start are 1 to {}; people born or moved in later "
                    "have larger numbers, told by the event log (run --events)",
                    study.residents()));
  }
  std::string text = fmt::format("Resident {} in scenario {}, replication {}, seed {}\n",
                                 arguments.uid, study.scenarios[scenario].id, arguments.replication,
                                 study.config().simulation.seed);
  text += trace.lines.empty() ? "\nNothing worth telling happened in this life.\n"
                              : "\n" + experiment::trace_text(trace, study.period.report_from);
  print(text);
  return ExitCode::ok;
}

}  // namespace carestair::cli
