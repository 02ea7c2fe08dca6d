#include "experiment/study.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "config/scalar.hpp"
#include "config/suggest.hpp"
#include "experiment/brought_by.hpp"
#include "experiment/shares.hpp"
#include "processes/quality_of_life.hpp"
#include "record/months.hpp"

namespace carestair::experiment {

namespace {

constexpr double most_worlds = 1e6;

/// Read once, when the world is made or results are compared: a dated change of these would do
/// nothing.
constexpr std::array<std::string_view, 10> fixed_sections{"simulation.",
                                                          "municipality.",
                                                          "initial.",
                                                          "kin.",
                                                          "allocation.meeting_interval_days",
                                                          "households.partnered_share",
                                                          "quality_of_life.",
                                                          "economy.discount_rate",
                                                          "volunteers.at_start_per_1000",
                                                          "workforce.recruitment.age_55_share"};

void refuse_changes_without_effect(const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults) {
  for (const config::Scenario& scenario : scenarios) {
    for (const config::Change& change : scenario.changes) {
      for (const std::string_view fixed : fixed_sections) {
        if (!change.address.starts_with(fixed)) continue;
        base::Diagnostics own;  // a change of a structure is in several scenarios
        own.add(change.position, static_cast<int>(change.address.size()),
                change.address +
                    " is read once, for the whole run: a dated change "
                    "of it would do nothing",
                "change it in the configuration itself, for all scenarios");
        faults.add_new(own);
      }
    }
  }
}

/// A fault of what an address holds, told where that or the nearest section above it was written.
void fault_of(const config::Places& places, const std::string& address, std::string message,
              std::string hint, base::Diagnostics& faults) {
  const config::Place place = config::locate(places, address);
  faults.add(place.position, place.length, std::move(message), std::move(hint));
}

/// Every way there is to choose must be described.
template <class Entry, std::size_t N>
void check_described(const std::vector<Entry>& entries,
                     const std::array<std::string_view, N>& names, const std::string& address,
                     const std::string& hint, const config::Places& places,
                     base::Diagnostics& faults) {
  for (const std::string_view name : names) {
    if (std::ranges::find(entries, name, &Entry::id) != entries.end()) continue;
    fault_of(places, address, address + " has no entry " + std::string(name), hint, faults);
  }
}

void check_choices(const config::Config& config, const config::Places& places,
                   base::Diagnostics& faults) {
  check_described(
      config.reablement.organisations, config::reablement_model_names, "reablement.organisations",
      "describe every way to organise reablement: own_team, integrated, mixed", places, faults);
  check_described(config.continuity.rosters, config::roster_names, "continuity.rosters",
                  "describe every roster: traditional, long_shifts, wish_roster", places, faults);
}

/// Services that name another, or say when they are offered, in ways that would do nothing.
void check_services(const config::Config& config, const config::Places& places,
                    base::Diagnostics& faults, const std::string& where = {}) {
  const std::vector<config::Service>& services = config.services;
  using config::ServiceForm;
  for (const config::Service& service : services) {
    const std::string address = "services." + service.id;
    const auto fault = [&](const std::string& key, const std::string& what, const char* hint) {
      const std::string full = address + '.' + key;
      fault_of(places, full, full + what + where, hint, faults);
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
    const bool takes_volunteers = service.volunteer_hours_per_week > 0.0;
    if (takes_volunteers && !is_offer) {
      fault("volunteer_hours_per_week", " does nothing: volunteers give their hours to offers",
            "leave it out, or use form offer");
    } else if (takes_volunteers && service.volunteer_weight <= 0.0) {
      fault("volunteer_weight", " is missing: no volunteer would ever do this",
            "how many want to, relative to other services with volunteers");
    } else if (!takes_volunteers && (service.volunteer_weight > 0.0 || service.own_volunteer)) {
      fault(service.own_volunteer ? "own_volunteer" : "volunteer_weight",
            " does nothing without volunteer_hours_per_week",
            "say how many hours a week of volunteers a person takes");
    }
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

/// Buildings that name what is not there, or places of something that has none.
void check_buildings(const config::Config& config, const config::Places& places,
                     base::Diagnostics& faults, const std::string& where = {}) {
  const auto check_service = [&](const std::string& address, const std::string& id) {
    const auto service = std::ranges::find(config.services, id, &config::Service::id);
    if (service == config.services.end()) {
      fault_of(places, address + ".service", address + ".service names no service: " + id + where,
               "the id of a service, as it is written", faults);
      return;
    }
    using enum config::ServiceForm;
    if (service->form != place && service->form != stay && service->form != day &&
        service->form != dwelling) {
      fault_of(places, address + ".service",
               address + ".service names " + id + ", which has no places" + where,
               "a service of form place, stay, day or dwelling", faults);
    }
  };
  for (const config::Facility& facility : config.facilities) {
    check_service("facilities." + facility.id, facility.service);
  }
  for (std::size_t i = 0; i < config.projects.size(); ++i) {
    const config::Project& project = config.projects[i];
    const std::string address = "projects." + project.id;
    check_service(address, project.service);
    const auto before = std::span(config.projects).first(i);
    if (!project.after.empty() &&
        std::ranges::find(before, project.after, &config::Project::id) == before.end()) {
      fault_of(places, address + ".after",
               address + ".after names no project written before it: " + project.after + where,
               "the id of a project, which stands further up", faults);
    }
    const bool facility = std::ranges::find(config.facilities, project.replaces,
                                            &config::Facility::id) != config.facilities.end();
    const bool other = project.replaces != project.id &&
                       std::ranges::find(config.projects, project.replaces, &config::Project::id) !=
                           config.projects.end();
    if (!project.replaces.empty() && !facility && !other) {
      fault_of(places, address + ".replaces",
               address + ".replaces names no facility or project: " + project.replaces + where,
               "the id of a facility or of another project", faults);
    }
  }
}

/// The capacity of a service whose places are those of facilities does nothing.
void refuse_capacity_of_facilities(const config::Config& config,
                                   const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults) {
  for (const config::Scenario& scenario : scenarios) {
    for (const config::Change& change : scenario.changes) {
      for (const config::Facility& facility : config.facilities) {
        if (change.address != "services." + facility.service + ".capacity") continue;
        base::Diagnostics own;
        own.add(change.position, static_cast<int>(change.address.size()),
                change.address + " does nothing: the places are those of facilities." + facility.id,
                "change facilities or projects, or leave the facilities out");
        faults.add_new(own);
      }
    }
  }
}

/// Units whose posts cannot be worked out.
void check_units(const config::Config& config, const config::Places& places,
                 base::Diagnostics& faults, const std::string& where = {}) {
  if (config.units.size() > model::max_units) {
    fault_of(places, "units",
             "units has more than " + std::to_string(model::max_units) + " entries",
             "give services to fewer units", faults);
  }
  constexpr std::size_t leader = model::index(model::Occupation::leader);
  for (const config::Unit& unit : config.units) {
    const std::string address = "units." + unit.id + ".mix";
    double sum = 0.0;
    double hours = 0.0;
    for (std::size_t o = 0; o < model::occupation_count; ++o) {
      sum += unit.mix(o);
      hours += unit.mix(o) * config.workforce.staffing.direct_share(o);
    }
    if (std::abs(sum - 1.0) > 0.001) {
      fault_of(places, address, address + " adds up to " + config::to_short(sum) + where,
               "shares of all posts: they add up to 1", faults);
    }
    if (unit.mix(leader) > 0.0) {
      fault_of(places, address, address + " has leaders" + where,
               "leaders come beside, by workforce.staffing.leader_span", faults);
    }
    if (unit.hours == config::UnitHours::visits && hours <= 0.0) {
      fault_of(places, address,
               address + " has only occupations that spend no time with users" + where,
               "see workforce.staffing.direct_share", faults);
    }
  }
}

/// A period that ends before there is anything to report.
void check_period(const config::Config& config, const config::Places& places,
                  base::Diagnostics& faults) {
  const config::LivedDays lived = config.lived();
  if (lived.end <= lived.reported) {
    fault_of(places, "simulation.end", "simulation.end is not after simulation.start",
             "give a day after " + base::to_string(lived.reported), faults);
  } else if (record::month_ends(lived.reported, lived.end).empty()) {
    fault_of(places, "simulation.end", "the run has no complete month to report",
             "let simulation.end be at least a month after simulation.start", faults);
  }
}

/// What a run could not hold.
void check_size(const config::Config& config, const config::Places& places,
                base::Diagnostics& faults) {
  if (config.services.empty()) {
    fault_of(places, "services", "the configuration has no services",
             "include configs/norway/national.yaml", faults);
  }
  if (config.services.size() > model::max_services) {
    fault_of(places, "services",
             "services has " + std::to_string(config.services.size()) +
                 " entries, and a run can hold " + std::to_string(model::max_services),
             "take away those nobody has: `<id>: null`", faults);
  }
  double residents = 0.0;
  for (const double persons : config.municipality.population.cells()) {
    residents += std::round(persons);
  }
  if (residents <= 0.0) {
    fault_of(places, "municipality.population", "the municipality has no residents",
             "give the number of persons at each age", faults);
  }
}

/// What no single parameter can know.
void check_base(const config::Config& config, const std::vector<config::Scenario>& scenarios,
                const config::Places& places, base::Diagnostics& faults) {
  check_period(config, places, faults);
  check_size(config, places, faults);
  check_shares(
      config, [&](const std::string& address) { return config::locate(places, address); }, {},
      faults);
  check_choices(config, places, faults);
  check_services(config, places, faults);
  check_buildings(config, places, faults);
  refuse_capacity_of_facilities(config, scenarios, faults);
  check_units(config, places, faults);
}

/// Shares of posts that a draw has changed no longer add up to 1.
void refuse_drawn_mixes(const config::Config& config, const Draws& draws,
                        const config::Places& places, base::Diagnostics& faults) {
  const auto is_mix = [](const config::Varied& varied) {
    return varied.address.starts_with("units.") && varied.address.find(".mix") != std::string::npos;
  };
  if (!faults.empty() || std::ranges::none_of(draws.varied, is_mix)) return;
  const config::Places drawn = places_of_draws(draws, places);
  for (std::size_t draw = 0; draw < draws.count(); ++draw) {
    check_units(drawn_config(config, draws, draw), drawn, faults, " (" + draws.names[draw] + ')');
    if (!faults.empty()) return;  // what is wrong in one is wrong in most
  }
}

/// Worlds count their days from 1970 on: before it their calendars would never come to an end.
void check_beginning(const config::Config& config, const config::Places& places,
                     base::Diagnostics& faults) {
  constexpr base::Day earliest{};
  const config::LivedDays lived = config.lived();
  if (lived.first >= earliest) return;
  const config::Place place = config::locate(places, "simulation.start");
  faults.add(place.position, place.length,
             "the run would begin on " + base::to_string(lived.first) +
                 ", with its burn-in, and can begin on " + base::to_string(earliest) +
                 " at the earliest",
             "let simulation.start be " +
                 base::to_string(earliest + (lived.reported - lived.first)) + " or later");
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
  double sum = 0.0;
  for (const double persons : config().municipality.population.cells()) sum += std::round(persons);
  return static_cast<std::size_t>(sum);
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
    check_beginning(study.loaded.root, places, faults);
  }
  faults.throw_if_any();
  if (!overrides.scenarios.empty()) keep_scenarios(study.loaded.scenarios, overrides.scenarios);
  config::Config& config = study.loaded.root;
  if (overrides.replications > 0) config.simulation.replications = overrides.replications;
  if (overrides.seed >= 0) config.simulation.seed = overrides.seed;

  study.draws =
      plan_draws(study.loaded, static_cast<std::uint32_t>(config.simulation.seed), faults);
  const double worlds = static_cast<double>(study.draws.count()) * config.simulation.replications;
  if (worlds > most_worlds) {
    fault_of(places, "simulation.replications",
             std::to_string(study.draws.count()) + " draws of " +
                 std::to_string(config.simulation.replications) +
                 " replications are more than a million worlds",
             "take fewer of either: simulation.replications counts for each draw", faults);
  }
  refuse_drawn_mixes(config, study.draws, places, faults);
  faults.throw_if_any();

  const config::LivedDays lived = config.lived();
  study.period = {lived.first, lived.reported, lived.end};
  study.population = synth::Tables(config);
  const auto base_rules = processes::make_rules(config, study.period.report_from, study.period.end);
  FaultsByDay by_day(faults);
  for (const config::Scenario& scenario : study.loaded.scenarios) {
    const auto stages = config::timeline(config, scenario.changes);
    for (const auto& stage : stages) {
      if (stage.from == config::from_the_beginning) continue;
      const config::Places changed = places_of_changes(scenario, stage.from);
      base::Diagnostics found;
      check_shares(
          stage.config,
          [&](const std::string& address) { return config::locate(changed, address); }, {}, found);
      check_services(stage.config, changed, found);
      check_units(stage.config, changed, found);
      check_buildings(stage.config, changed, found);
      by_day.add(scenario, stage.from, found);
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
