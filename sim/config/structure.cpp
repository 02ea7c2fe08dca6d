#include "config/structure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/node.hpp"

namespace carestair::config {
namespace {

Scenario lived_in(const Scenario& structure, const Scenario& policy, bool baseline) {
  Scenario scenario;
  scenario.id = baseline ? structure.id : fmt::format("{}_{}", policy.id, structure.id);
  scenario.title =
      baseline ? structure.title : fmt::format("{} ({})", policy.title, structure.title);
  scenario.question = baseline ? structure.question : policy.question;
  scenario.changes = structure.changes;
  scenario.changes.insert(scenario.changes.end(), policy.changes.begin(), policy.changes.end());
  scenario.position = structure.position;
  scenario.structure = structure.id;
  scenario.policy = policy.id;
  return scenario;
}

}  // namespace

void cross(std::vector<Scenario>& scenarios, const std::vector<Scenario>& structures,
           base::Diagnostics& faults) {
  if (structures.empty()) return;
  if (scenarios.empty()) {
    faults.add(structures.front().position, 1,
               "there are `structures`, and no `scenarios` to live in them",
               "write `scenarios: {baseline: {title: ..., changes: []}}`");
    return;
  }
  const std::vector<Scenario> written = scenarios;
  for (const Scenario& structure : structures) {
    if (structure.changes.empty() && faults.empty()) {
      faults.add(structure.position, static_cast<int>(structure.id.size()),
                 fmt::format("the structure {} changes nothing", quote(structure.id)),
                 "the configuration as written is lived in any case: leave this one out");
    }
    for (const Scenario& policy : written) {
      Scenario scenario = lived_in(structure, policy, &policy == &written.front());
      if (std::ranges::find(scenarios, scenario.id, &Scenario::id) != scenarios.end()) {
        faults.add(structure.position, static_cast<int>(structure.id.size()),
                   fmt::format("{} would be the name of two scenarios", quote(scenario.id)),
                   "a structure makes a scenario of its own name, and `<scenario>_<structure>` of "
                   "each of the others: give it another name");
        continue;
      }
      scenarios.push_back(std::move(scenario));
    }
  }
}

}  // namespace carestair::config
