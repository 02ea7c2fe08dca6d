#include "experiment/study.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace carestair::experiment {

namespace {

constexpr double most_worlds = 1e6;

/// Read once, when the world is made: a dated change of these would do nothing.
constexpr std::array<std::string_view, 6> fixed_sections{"simulation.",
                                                         "municipality.",
                                                         "initial.",
                                                         "kin.",
                                                         "allocation.meeting_interval_days",
                                                         "households.partnered_share"};

void refuse_changes_without_effect(const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults) {
  for (const config::Scenario& scenario : scenarios) {
    for (const config::Change& change : scenario.changes) {
      for (const std::string_view fixed : fixed_sections) {
        if (!change.address.starts_with(fixed)) continue;
        faults.add(change.position, static_cast<int>(change.address.size()),
                   change.address +
                       " is read once, when the population is made: a dated change "
                       "of it would do nothing",
                   "change it in the configuration itself, for all scenarios");
      }
    }
  }
}

void check_organisations(const config::Config& config, const config::Places&,
                         base::Diagnostics& faults) {
  for (const std::string_view name : config::reablement_model_names) {
    bool found = false;
    for (const auto& organisation : config.reablement.organisations) {
      found = found || organisation.id == name;
    }
    if (!found) {
      faults.add({}, 1, "reablement.organisations has no entry " + std::string(name),
                 "describe every way to organise reablement: own_team, integrated, mixed");
    }
  }
}

/// Services that name another, or say when they are offered, in ways that would do nothing.
void check_services(const config::Config& config, base::Diagnostics& faults,
                    const std::string& where = {}) {
  const std::vector<config::Service>& services = config.services;
  using config::ServiceForm;
  for (const config::Service& service : services) {
    const std::string address = "services." + service.id;
    const auto fault = [&](const std::string& key, const std::string& what, const char* hint) {
      faults.add({}, 1, address + '.' + key + what + where, hint);
    };
    if (!service.pool.empty()) {
      const auto pool = std::ranges::find(services, service.pool, &config::Service::id);
      if (pool == services.end()) {
        fault("pool", " names no service: " + service.pool,
              "the id of a service, as it is written");
      } else if (!pool->pool.empty()) {
        fault("pool", " draws on " + service.pool + ", which draws on " + pool->pool,
              "name the service that has the capacity");
      }
    }
    if (!service.unit.empty() &&
        std::ranges::find(config.units, service.unit, &config::Unit::id) == config.units.end()) {
      fault("unit", " names no unit: " + service.unit, "the id of a unit, as it is written");
    }
    const bool takes_staff =
        service.staff_hours_per_week > 0.0 || service.form == ServiceForm::hours ||
        service.form == ServiceForm::course || service.form == ServiceForm::technology;
    if (!service.unit.empty() && !takes_staff) {
      fault("unit", " does nothing: the service takes no hours of staff",
            "leave it out, or give staff_hours_per_week");
    }
    if (!service.replaces.empty()) {
      const auto other = std::ranges::find(services, service.replaces, &config::Service::id);
      if (other == services.end()) {
        fault("replaces", " names no service: " + service.replaces,
              "the id of a service, as it is written");
      } else if (other->step <= service.step) {
        fault("replaces", " names " + service.replaces + ", which is tried before it",
              "give the one that replaces the lower step");
      }
    }
    const bool is_tenancy = service.form == ServiceForm::dwelling;
    const bool is_home = model::at_home(service.dwelling);
    if (is_tenancy && (!is_home || model::ordinary_home(service.dwelling))) {
      fault("dwelling", " is no dwelling of a tenancy", "care_housing or safety_housing");
    }
    if (service.form == ServiceForm::place && is_home) {
      fault("dwelling", " is no place with staff day and night",
            "care_housing_24h or nursing_home");
    }
    using enum ServiceForm;
    const bool is_chosen = service.form == hours || service.form == device || service.form == day ||
                           service.form == offer || service.form == stay;
    if (service.uptake != 1.0 && !is_chosen) {
      fault("uptake", " does nothing: who has a service of this form is decided elsewhere",
            "leave it out; sections technology, reablement, preventive_visits and acute_beds have "
            "shares of their own");
    }
    const bool is_offer = service.form == ServiceForm::offer;
    const bool is_stay = service.form == ServiceForm::stay;
    if (service.offered_at != 0U && !is_offer && !is_stay) {
      fault("offered_at", " does nothing: the allocation office decides on services of this form",
            "leave it out, or use form offer");
    }
    if (service.offered_at == 0U && (is_offer || (is_stay && service.interim <= 0.0))) {
      fault("offered_at", " is missing: nobody would ever be offered it",
            "name the occasions: birthday, assessment, diagnosis, discharge");
    }
  }
}

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
           processes::make_rules(stage.config, period.first, period.end,
                                 policy.empty() ? base_rules.get() : policy.back().rules.get())});
    }
  }
  return policy;
}

}  // namespace

std::size_t Study::residents() const {
  double sum = 0.0;
  for (const double persons : config().municipality.population.cells()) sum += std::round(persons);
  return static_cast<std::size_t>(sum);
}

Study plan_study(const std::filesystem::path& path, const Overrides& overrides) {
  Study study;
  study.loaded = config::load<config::Config>(path);
  config::Config& config = study.loaded.root;
  if (overrides.replications > 0) config.simulation.replications = overrides.replications;
  if (overrides.seed >= 0) config.simulation.seed = overrides.seed;

  base::Diagnostics faults;
  refuse_changes_without_effect(study.loaded.scenarios, faults);
  check_organisations(config, study.loaded.places, faults);
  check_services(config, faults);
  const config::Simulation& simulation = config.simulation;
  if (simulation.end <= simulation.start) {
    faults.add({}, 1, "simulation.end is not after simulation.start");
  }
  faults.throw_if_any();
  study.draws =
      plan_draws(study.loaded, static_cast<std::uint32_t>(config.simulation.seed), faults);
  const double worlds = static_cast<double>(study.draws.count()) * config.simulation.replications;
  if (worlds > most_worlds) {
    faults.add({}, 1,
               std::to_string(study.draws.count()) + " draws of " +
                   std::to_string(config.simulation.replications) +
                   " replications are more than a million worlds",
               "take fewer of either: simulation.replications counts for each draw");
  }
  faults.throw_if_any();

  const int burn_in_days =
      static_cast<int>(std::ceil(simulation.burn_in_years * base::days_per_year));
  study.period = {simulation.start - burn_in_days, simulation.start, simulation.end};
  study.population = synth::Tables(config);
  const auto base_rules = processes::make_rules(config, study.period.first, study.period.end);
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    const auto stages = config::timeline(config, scenario.changes);
    for (const auto& stage : stages) {
      if (stage.from == config::from_the_beginning) continue;
      check_services(stage.config, faults,
                     " (scenario " + scenario.id + ", " + base::to_string(stage.from) + ")");
    }
    faults.throw_if_any();
    study.scenarios.push_back({scenario.id, scenario.title, scenario.question,
                               make_policy(stages, study.period, base_rules)});
  }
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
    return prepared;
  }
  const config::Config drawn = drawn_config(study.config(), study.draws, draw);
  prepared->population = synth::Tables(drawn);
  const auto base_rules = processes::make_rules(drawn, study.period.first, study.period.end);
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
