#include "experiment/study.hpp"

#include <algorithm>

#include "config/suggest.hpp"
#include "experiment/checks.hpp"
#include "processes/quality_of_life.hpp"

namespace carestair::experiment {

namespace {

processes::Policy make_policy(const std::vector<config::Stage<config::Config>>& stages,
                              const processes::Period& period,
                              const std::shared_ptr<const processes::Rules>& base_rules) {
  processes::Policy policy;
  for (const auto& stage : stages) {
    if (stage.from == config::from_the_beginning) {
      // Shared by all scenarios, so that they are known to be equal until they part.
      policy.push_back({period.first, base_rules});
    } else if (stage.from < period.end) {
      policy.push_back(
          {stage.from,
           processes::make_rules(stage.config, period.report_from, period.end,
                                 policy.empty() ? base_rules.get() : policy.back().rules.get())});
    }
  }
  return policy;
}

/// Leaves the baseline and those named, in the order of the configuration, each in all structures.
void keep_scenarios(std::vector<config::Scenario>& scenarios,
                    const std::vector<std::string>& wanted) {
  std::vector<std::string> known;
  for (const config::Scenario& scenario : scenarios) {
    if (scenario.structure.empty()) known.push_back(scenario.id);
  }
  for (const std::string& id : wanted) {
    if (std::ranges::find(known, id) != known.end()) continue;
    throw base::UserError("there is no scenario `" + id + "`", config::did_you_mean(id, known));
  }
  std::erase_if(scenarios, [&](const config::Scenario& scenario) {
    return scenario.policy != known.front() &&
           std::ranges::find(wanted, scenario.policy) == wanted.end();
  });
}

}  // namespace

std::size_t Study::residents() const {
  return static_cast<std::size_t>(config().municipality.residents());
}

Study plan_study(const std::filesystem::path& path, const Overrides& overrides,
                 const std::optional<std::string>& text) {
  Study study;
  base::Diagnostics faults;
  study.loaded = config::load<config::Config>(path, text, faults);
  refuse_changes_without_effect(study.loaded.scenarios, faults);
  const config::Places& places = study.loaded.places;
  if (study.loaded.base_is_sound) {
    check_base(study.loaded.root, study.loaded.scenarios, places, faults);
  }
  faults.throw_if_any();
  if (!overrides.scenarios.empty()) keep_scenarios(study.loaded.scenarios, overrides.scenarios);
  config::Config& config = study.loaded.root;
  if (overrides.replications > 0) config.simulation.replications = overrides.replications;
  if (overrides.seed >= 0) config.simulation.seed = overrides.seed;

  study.draws =
      plan_draws(study.loaded, static_cast<std::uint32_t>(config.simulation.seed), faults);
  check_draws(config, study.draws, places, faults);
  faults.throw_if_any();

  const config::LivedDays lived = config.lived();
  study.period = {lived.first, lived.reported, lived.end};
  study.population = synth::Tables(config);
  const auto base_rules = processes::make_rules(config, study.period.report_from, study.period.end);
  FaultsByDay by_day(faults);
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    const auto stages = config::timeline(config, scenario.changes);
    for (const auto& stage : stages) {
      if (stage.from != config::from_the_beginning) check_stage(scenario, stage, by_day);
    }
    if (!faults.empty()) continue;
    study.scenarios.push_back({scenario.id, scenario.title, scenario.question,
                               make_policy(stages, study.period, base_rules)});
  }
  faults.throw_if_any();
  if (study.scenarios.empty()) {
    study.scenarios.push_back(
        {"baseline", "As it is", "", processes::Policy{{study.period.first, base_rules}}});
  }
  return study;
}

std::shared_ptr<const Prepared> prepare(const Study& study, std::size_t draw) {
  auto prepared = std::make_shared<Prepared>();
  if (study.draws.design == Design::none) {
    prepared->population = study.population;
    for (const ScenarioPlan& plan : study.scenarios) prepared->policies.push_back(plan.policy);
    prepared->utility = processes::utilities(study.config());
    return prepared;
  }
  const config::Config drawn = drawn_config(study.config(), study.draws, draw);
  prepared->population = synth::Tables(drawn);
  prepared->utility = processes::utilities(drawn);
  const auto base_rules = processes::make_rules(drawn, study.period.report_from, study.period.end);
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    prepared->policies.push_back(
        make_policy(config::timeline(drawn, scenario.changes), study.period, base_rules));
  }
  if (prepared->policies.empty()) {
    prepared->policies.push_back({{study.period.first, base_rules}});
  }
  return prepared;
}

}  // namespace carestair::experiment
