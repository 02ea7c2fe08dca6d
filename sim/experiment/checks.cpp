#include "experiment/checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "config/scalar.hpp"
#include "experiment/brought_by.hpp"
#include "experiment/fault_report.hpp"
#include "experiment/service_checks.hpp"
#include "experiment/shares.hpp"
#include "model/delivery.hpp"
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

/// Names shown to people, which no life depends on: by the last word of their address.
constexpr std::array<std::string_view, 3> shown_names{"title", "norwegian", "question"};

/// Every way there is to choose must be described.
template <class Entry, std::size_t N>
void check_described(const std::vector<Entry>& entries,
                     const std::array<std::string_view, N>& names, const std::string& address,
                     const std::string& hint, const FaultReport& report) {
  for (const std::string_view name : names) {
    if (std::ranges::find(entries, name, &Entry::id) != entries.end()) continue;
    report(address, address + " has no entry " + std::string(name), hint);
  }
}

void check_choices(const config::Config& config, const FaultReport& report) {
  check_described(config.reablement.organisations, config::reablement_model_names,
                  "reablement.organisations",
                  "describe every way to organise reablement: own_team, integrated, mixed", report);
  check_described(config.continuity.rosters, config::roster_names, "continuity.rosters",
                  "describe every roster: traditional, long_shifts, wish_roster", report);
}

/// A fault of a dated change, told once: a change of a structure is in several scenarios.
void refuse_change(const config::Change& change, const std::string& what, std::string hint,
                   base::Diagnostics& faults) {
  base::Diagnostics own;
  own.add(change.position, static_cast<int>(change.address.size()), change.address + what,
          std::move(hint));
  faults.add_new(own);
}

/// The capacity of a service whose places are those of facilities does nothing.
void refuse_capacity_of_facilities(const config::Config& config,
                                   const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults) {
  for (const config::Scenario& scenario : scenarios) {
    for (const config::Change& change : scenario.changes) {
      for (const config::Facility& facility : config.facilities) {
        if (change.address != "services." + facility.service + ".capacity") continue;
        refuse_change(change, " does nothing: the places are those of facilities." + facility.id,
                      "change facilities or projects, or leave the facilities out", faults);
      }
    }
  }
}

/// Units whose posts cannot be worked out.
void check_units(const config::Config& config, const FaultReport& report) {
  if (config.units.size() > model::max_units) {
    report("units", "units has more than " + std::to_string(model::max_units) + " entries",
           "give services to fewer units");
  }
  constexpr std::size_t leader = model::index(model::Occupation::leader);
  const auto check_mix = [&](const config::Unit& unit, const config::Table& mix,
                             const std::string& address) {
    double sum = 0.0;
    double hours = 0.0;
    for (std::size_t o = 0; o < model::occupation_count; ++o) {
      sum += mix(o);
      hours += mix(o) * config.workforce.staffing.direct_share(o);
    }
    if (std::abs(sum - 1.0) > 0.001) {
      report(address, address + " adds up to " + config::to_short(sum),
             "shares of all posts: they add up to 1");
    }
    if (mix(leader) > 0.0) {
      report(address, address + " has leaders",
             "leaders come beside, by workforce.staffing.leader_span");
    }
    if (unit.hours == config::UnitHours::visits && hours <= 0.0) {
      report(address, address + " has only occupations that spend no time with users",
             "see workforce.staffing.direct_share");
    }
  };
  for (const config::Unit& unit : config.units) {
    check_mix(unit, unit.mix, "units." + unit.id + ".mix");
    check_mix(unit, unit.usual_mix, "units." + unit.id + ".usual_mix");
  }
}

/// A period that ends before there is anything to report.
void check_period(const config::Config& config, const FaultReport& report) {
  const config::LivedDays lived = config.lived();
  if (lived.end <= lived.reported) {
    report("simulation.end", "simulation.end is not after simulation.start",
           "give a day after " + base::to_string(lived.reported));
  } else if (record::month_ends(lived.reported, lived.end).empty()) {
    report("simulation.end", "the run has no complete month to report",
           "let simulation.end be at least a month after simulation.start");
  }
}

/// Worlds count their days from 1970 on: before it their calendars would never come to an end.
void check_beginning(const config::Config& config, const FaultReport& report) {
  constexpr base::Day earliest{};
  const config::LivedDays lived = config.lived();
  if (lived.first >= earliest) return;
  report("simulation.start",
         "the run would begin on " + base::to_string(lived.first) +
             ", with its burn-in, and can begin on " + base::to_string(earliest) +
             " at the earliest",
         "let simulation.start be " + base::to_string(earliest + (lived.reported - lived.first)) +
             " or later");
}

/// What a run could not hold.
void check_size(const config::Config& config, const FaultReport& report) {
  if (config.services.empty()) {
    report("services", "the configuration has no services", "include configs/norway/national.yaml");
  }
  if (config.services.size() > model::max_services) {
    report("services",
           "services has " + std::to_string(config.services.size()) +
               " entries, and a run can hold " + std::to_string(model::max_services),
           "take away those nobody has: `<id>: null`");
  }
  if (config.municipality.residents() <= 0.0) {
    report("municipality.population", "the municipality has no residents",
           "give the number of persons at each age");
  }
}

}  // namespace

void refuse_changes_without_effect(const std::vector<config::Scenario>& scenarios,
                                   base::Diagnostics& faults) {
  for (const config::Scenario& scenario : scenarios) {
    for (const config::Change& change : scenario.changes) {
      const std::string_view address = change.address;
      const std::string_view field = address.substr(address.rfind('.') + 1);
      if (std::ranges::find(shown_names, field) != shown_names.end()) {
        refuse_change(change, " is shown to people only: a dated change of it would do nothing",
                      "change it in the configuration itself; what a scenario is called is its own "
                      "`title`",
                      faults);
        continue;
      }
      if (address.starts_with("services.") && field == "form") {
        refuse_change(change, " is read once: who has the service has it in the form it began in",
                      "describe a service for each form, and change their capacities at the date",
                      faults);
        continue;
      }
      for (const std::string_view fixed : fixed_sections) {
        if (!change.address.starts_with(fixed)) continue;
        refuse_change(change,
                      " is read once, for the whole run: a dated change of it would do nothing",
                      "change it in the configuration itself, for all scenarios", faults);
      }
    }
  }
}

void check_base(const config::Config& config, const std::vector<config::Scenario>& scenarios,
                const config::Places& places, base::Diagnostics& faults) {
  const FaultReport report{places, faults};
  check_period(config, report);
  check_beginning(config, report);
  check_size(config, report);
  check_shares(
      config, [&](const std::string& address) { return config::locate(places, address); }, faults);
  check_choices(config, report);
  check_services(config, report);
  check_buildings(config, report);
  refuse_capacity_of_facilities(config, scenarios, faults);
  check_units(config, report);
}

void check_draws(const config::Config& config, const Draws& draws, const config::Places& places,
                 base::Diagnostics& faults) {
  const int replications = config.simulation.replications;
  if (static_cast<double>(draws.count()) * replications > most_worlds) {
    FaultReport{places, faults}(
        "simulation.replications",
        std::to_string(draws.count()) + " draws of " + std::to_string(replications) +
            " replications are more than a million worlds",
        "take fewer of either: simulation.replications counts for each draw");
  }
  const auto is_mix = [](const config::Varied& varied) {
    return varied.address.starts_with("units.") && varied.address.find("mix") != std::string::npos;
  };
  if (!faults.empty() || std::ranges::none_of(draws.varied, is_mix)) return;
  const config::Places drawn = places_of_draws(draws, places);
  for (std::size_t draw = 0; draw < draws.count(); ++draw) {
    check_units(drawn_config(config, draws, draw), {drawn, faults, " (" + draws.names[draw] + ')'});
    if (!faults.empty()) return;  // what is wrong in one is wrong in most
  }
}

void check_stage(const config::Scenario& scenario, const config::Stage<config::Config>& stage,
                 FaultsByDay& faults) {
  const config::Places changed = places_of_changes(scenario, stage.from);
  base::Diagnostics found;
  const FaultReport report{changed, found};
  check_shares(
      stage.config, [&](const std::string& address) { return config::locate(changed, address); },
      found);
  check_services(stage.config, report);
  check_units(stage.config, report);
  check_buildings(stage.config, report);
  faults.add(scenario, stage.from, found);
}

}  // namespace carestair::experiment
