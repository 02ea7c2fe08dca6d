#include "batch/describe.hpp"

#include <fmt/format.h>

#include "batch/changes.hpp"
#include "config/echo.hpp"
#include "config/sha256.hpp"
#include "record/months.hpp"

namespace carestair::batch {
namespace {

output::ScenarioInfo info_of(const experiment::Study& study, const experiment::ScenarioPlan& plan) {
  output::ScenarioInfo info{plan.id, plan.title, {}, {}, plan.id};
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    if (scenario.id != plan.id) continue;
    info.description = scenario.question;
    for (const std::string& change : changes_in_words(study.config(), scenario)) {
      info.description += (info.description.empty() ? "" : "\n") + change;
    }
    info.structure = scenario.structure;
    info.policy = scenario.policy;
  }
  return info;
}

output::EvidenceRow row_of(const config::Evidence& evidence) {
  output::EvidenceRow row;
  row.address = evidence.address;
  row.value = evidence.value;
  row.low = evidence.low;
  row.high = evidence.high;
  row.unit = evidence.unit;
  row.source = fmt::format("{}", fmt::join(evidence.sources, ", "));
  row.kind = evidence.kind ? config::kind_name(*evidence.kind) : std::string_view("setting");
  row.note = evidence.note;
  return row;
}

output::DrawTable draw_table(const experiment::Study& study) {
  output::DrawTable table;
  table.design = experiment::design_name(study.draws.design);
  table.replications = study.config().simulation.replications;
  for (const config::Varied& varied : study.draws.varied) {
    table.varied.push_back({varied.address, varied.unit, varied.written});
  }
  table.names = study.draws.names;
  table.values = study.draws.values;
  return table;
}

}  // namespace

std::string command_of(const std::string& configuration, const experiment::Overrides& overrides,
                       const RowTables& rows) {
  std::string command = "carestair run " + configuration;
  if (overrides.replications > 0) {
    command += fmt::format(" --replications {}", overrides.replications);
  }
  if (overrides.seed >= 0) command += fmt::format(" --seed {}", overrides.seed);
  if (!overrides.scenarios.empty()) {
    command += fmt::format(" --scenarios {}", fmt::join(overrides.scenarios, ","));
  }
  if (rows.events) command += " --events";
  if (rows.persons) command += " --persons";
  return command;
}

output::RunDescription describe(const experiment::Study& study, std::string command,
                                const RowTables& rows) {
  config::Config config = study.config();
  output::RunDescription run;
  run.title = config.title;
  run.question = config.question;
  run.command = std::move(command);
  run.seed = config.simulation.seed;
  // Written anew: the command line may have taken the place of settings in the file.
  run.configuration_yaml =
      config::echo([&config](config::Visitor& v) { config.fields(v); }, study.loaded.evidence,
                   study.loaded.sources, study.loaded.scenarios, study.loaded.structures,
                   study.loaded.experiment);
  run.configuration_sha256 = config::sha256(run.configuration_yaml);
  run.start = study.period.report_from;
  run.month_ends = record::month_ends(study.period.report_from, study.period.end);
  run.replications = study.replications();
  if (study.draws.design != experiment::Design::none) run.draws = draw_table(study);
  for (const experiment::ScenarioPlan& scenario : study.scenarios) {
    run.scenarios.push_back(info_of(study, scenario));
  }
  run.municipalities.push_back({config.municipality.id, config.municipality.name,
                                static_cast<std::int64_t>(study.residents())});
  for (const config::Service& service : config.services) {
    run.services.push_back(
        {service.id, service.title, service.norwegian,
         std::string(config::service_form_names[static_cast<std::size_t>(service.form)])});
  }
  for (const config::Unit& unit : config.units) {
    run.units.push_back({unit.id, unit.title, unit.norwegian});
  }
  if (run.units.empty()) run.units.push_back({"none", "no unit", "ingen enhet"});
  for (const config::Evidence& evidence : study.loaded.evidence) {
    run.evidence.push_back(row_of(evidence));
  }
  run.event_log = rows.events;
  run.person_rows = rows.persons;
  return run;
}

}  // namespace carestair::batch
