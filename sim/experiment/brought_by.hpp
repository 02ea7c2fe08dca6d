// What brought about a fault that the configuration as written does not have: a dated change, or
// the values of a draw. Faults are told there, where they can be mended.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "base/day.hpp"
#include "base/error.hpp"
#include "config/reader.hpp"
#include "config/scenario.hpp"
#include "experiment/draws.hpp"

namespace carestair::experiment {

/// The latest change until a day, by the parameter it changes, and by the sections around it: a
/// fault that no change of its own parameter explains is told at the latest change near it.
config::Places places_of_changes(const config::Scenario& scenario, base::Day day);

/// Where the numbers that vary are written, or the addresses of an experiment that names them.
config::Places places_of_draws(const Draws& draws, config::Places places);

/// Faults of the days of all scenarios. Each is told once: on the first day it is seen, in the
/// first of the scenarios that share the change.
class FaultsByDay {
 public:
  explicit FaultsByDay(base::Diagnostics& faults) : faults_(faults) {}

  void add(const config::Scenario& scenario, base::Day day, const base::Diagnostics& found);

 private:
  base::Diagnostics& faults_;
  std::set<std::pair<std::string, std::string>> told_;  // place and message
};

}  // namespace carestair::experiment
