#include "experiment/brought_by.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "config/address.hpp"

namespace carestair::experiment {
namespace {

/// Enters a place for an address and all sections above it.
void enter(config::Places& places, std::string address, const config::Place& place) {
  for (;;) {
    places[address] = place;
    const std::size_t dot = address.rfind('.');
    if (dot == std::string::npos) return;
    address.resize(dot);
  }
}

}  // namespace

config::Places places_of_changes(const config::Scenario& scenario, base::Day day) {
  std::vector<const config::Change*> changes;
  for (const config::Change& change : scenario.changes) {
    if (change.at <= day) changes.push_back(&change);
  }
  std::ranges::stable_sort(changes, {}, &config::Change::at);
  config::Places places;
  config::Place latest;
  for (const config::Change* change : changes) {
    latest = {change->position, static_cast<int>(change->address.size())};
    enter(places, config::path_of(change->address), latest);
  }
  // Such as shares of time with users, which decide whether a unit's posts can be worked out.
  for (const char* section : {"services", "units", "facilities", "projects"}) {
    places.emplace(section, latest);
  }
  return places;
}

config::Places places_of_draws(const Draws& draws, config::Places places) {
  constexpr std::string_view suffix = ".position";
  for (const config::Varied& varied : draws.varied) {
    if (!varied.position.known()) continue;
    std::string path = config::path_of(varied.address);
    if (varied.setting == config::Setting::position && path.ends_with(suffix)) {
      path.resize(path.size() - suffix.size());
    }
    places[path] = {varied.position, 1};
  }
  return places;
}

void FaultsByDay::add(const config::Scenario& scenario, base::Day day,
                      const base::Diagnostics& found) {
  for (base::Diagnostic fault : found.all()) {
    const std::string place =
        fault.position.known() ? base::to_string(fault.position) : scenario.id;
    if (!told_.emplace(place, fault.message).second) continue;
    fault.message += " (scenario " + scenario.id + ", " + base::to_string(day) + ")";
    faults_.add(std::move(fault));
  }
}

}  // namespace carestair::experiment
