// What the whole model costs, and what each mechanism of it does: one world of Selbu, 20 years and
// the burn-in, recording included, with mechanisms switched off one at a time. Full and reduced
// worlds take turns and are charged processor time, so that other work slows both alike.
//
//   bench_model [--turns N]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/run.hpp"
#include "experiment/study.hpp"
#include "timing.hpp"

namespace {

using carestair::config::Config;
using carestair::config::Service;
using carestair::config::ServiceForm;
using carestair::experiment::RunSummary;
using carestair::experiment::Study;

using bench::median;
using bench::processor_seconds;

void clear(carestair::config::Table& table) {
  for (double& cell : table.cells()) cell = 0.0;
}

void erase_services(Config& config, ServiceForm form) {
  std::erase_if(config.services, [form](const Service& s) { return s.form == form; });
}

struct Mechanism {
  const char* name;
  std::function<void(Config&)> off;
};

/// A mechanism is switched off by rates, shares or services that are none.
std::vector<Mechanism> mechanisms() {
  return {
      {"acute illness and hospital",
       [](Config& c) {
         clear(c.acute.rate);
         clear(c.acute_beds.additional_rate);
       }},
      {"falls", [](Config& c) { clear(c.falls.rate); }},
      {"cognition",
       [](Config& c) {
         clear(c.cognition.progression);
         clear(c.cognition.diagnosis);
       }},
      {"moves and births",
       [](Config& c) {
         clear(c.migration.out_rate);
         clear(c.migration.in_per_1000);
         clear(c.fertility.rate);
       }},
      {"informal help",
       [](Config& c) {
         c.informal.partner_hours_per_week = 0.0;
         c.informal.child_helper_share = 0.0;
       }},
      {"preventive visits", [](Config& c) { c.preventive_visits.coverage = 0.0; }},
      {"reablement", [](Config& c) { c.allocation.reablement_offer_share = 0.0; }},
      {"offers", [](Config& c) { erase_services(c, ServiceForm::offer); }},
      {"technology", [](Config& c) { erase_services(c, ServiceForm::technology); }},
      {"help seeking and allocation",
       [](Config& c) {
         clear(c.seeking.base_rate);
         clear(c.initial.served);
       }},
  };
}

Study study_of(const Config& config) {
  Study study =
      carestair::experiment::plan_study(CARESTAIR_SOURCE_DIR "/configs/selbu/baseline.yaml");
  study.loaded.root = config;
  study.population = carestair::synth::Tables(config);
  const auto rules = carestair::processes::make_rules(config, study.period.first, study.period.end);
  study.scenarios.front().policy = {{study.period.first, rules}};
  study.scenarios.resize(1);
  return study;
}

/// Processor time of one replication.
double run(const Study& study, int replication, RunSummary& summary) {
  const double start = processor_seconds();
  carestair::experiment::run_replication(study, replication, {}, &summary);
  return processor_seconds() - start;
}

}  // namespace

int main(int argc, char** argv) {
  int turns = 9;
  if (argc == 3 && std::string_view(argv[1]) == "--turns") turns = std::max(1, std::atoi(argv[2]));

  const Study full =
      carestair::experiment::plan_study(CARESTAIR_SOURCE_DIR "/configs/selbu/baseline.yaml");
  RunSummary lived;
  std::vector<double> seconds;
  for (int turn = 0; turn < turns; ++turn) seconds.push_back(run(full, turn, lived));
  const double least = *std::min_element(seconds.begin(), seconds.end());
  const double years = lived.person_years / turns;
  const double events = static_cast<double>(lived.events) / turns;
  std::printf("Selbu, one replication: %.0f ms (best of %d), %.0f thousand person-years\n",
              least * 1e3, turns, years * 1e-3);
  std::printf("%.2f events a person-year, %.0f ns an event, %.1f million person-years a second\n\n",
              events / years, least * 1e9 / events, years / least * 1e-6);

  std::printf("%-30s %16s %16s\n", "without", "of the time", "of the events");
  for (const Mechanism& mechanism : mechanisms()) {
    Config config = full.config();
    mechanism.off(config);
    const Study reduced = study_of(config);
    std::vector<double> ratios;
    RunSummary with;
    RunSummary without;
    for (int turn = 0; turn < turns; ++turn) {
      const double whole = run(full, turn, with);
      ratios.push_back(run(reduced, turn, without) / whole);
    }
    std::printf(
        "%-30s %15.1f%% %15.1f%%\n", mechanism.name, 100.0 * (median(ratios) - 1.0),
        100.0 * (static_cast<double>(without.events) / static_cast<double>(with.events) - 1.0));
  }
  return 0;
}
