// A scenario as the configurations in force from each day of change on.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/address.hpp"
#include "config/issues.hpp"
#include "config/scenario.hpp"

namespace carestair::config {

/// The day before all days: from when the base configuration holds.
inline constexpr base::Day from_the_beginning{std::numeric_limits<std::int32_t>::min()};

template <class Root>
struct Stage {
  base::Day from = from_the_beginning;
  Root config;
};

/// One thing that happens on a day: a change as a whole, the beginning of a ramp, or a part of it.
struct DatedStep {
  base::Day day;
  std::size_t change = 0;
  double share = -1;  // of a ramp; -1: not a ramp
};

/// All steps in the order they take effect: by day, then as written. Ramps step at `until` and at
/// each first of a month before. Changes that are not sound have none. Reports changes inside a
/// ramp of the same address, and those of its first or last day that it would undo.
std::vector<DatedStep> plan_steps(const std::vector<Change>& changes, base::Diagnostics& faults);

/// The configuration in force on each day of change, beginning with the base. Ranges, and the
/// checks of the root itself, are looked at after every day of change. All faults are told; what
/// follows from a change at fault is not, as later changes of the same parameter are only looked at
/// for what stands alone.
template <class Root>
std::vector<Stage<Root>> timeline(const Root& base_config, const std::vector<Change>& changes,
                                  base::Diagnostics& faults) {
  std::vector<Stage<Root>> stages{{from_the_beginning, base_config}};
  std::map<std::size_t, std::vector<double>> ramp_starts;
  std::set<std::string> in_doubt;  // parameters of which a change is at fault
  for (const Change& change : changes) {
    if (change.sound) continue;
    check_change(
        change, [&](Visitor& v) { stages.front().config.fields(v); }, faults);
    in_doubt.insert(path_of(change.address));
  }
  const std::vector<DatedStep> steps = plan_steps(changes, faults);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const DatedStep& step = steps[i];
    if (stages.back().from != step.day) stages.push_back({step.day, stages.back().config});
    Root& now = stages.back().config;
    const Fields fields = [&now](Visitor& v) { now.fields(v); };
    const Change& change = changes[step.change];
    ChangeApplier applier(change, faults, "on " + base::to_string(step.day));
    const std::size_t before = faults.size();
    if (!in_doubt.empty() && in_doubt.contains(path_of(change.address))) {
      if (step.share <= 0) check_change(change, fields, faults);
    } else if (step.share < 0) {
      applier.apply(fields);
    } else if (step.share == 0) {
      ramp_starts[step.change] = applier.current(fields);
    } else {
      applier.ramp(fields, ramp_starts[step.change], step.share);
    }
    if (faults.size() > before) in_doubt.insert(path_of(change.address));
    const bool day_done = i + 1 == steps.size() || steps[i + 1].day != step.day;
    if (day_done && faults.empty()) {
      const Place place{change.position, static_cast<int>(change.address.size())};
      check_root(now, place, "from " + base::to_string(step.day) + " on: ", faults);
    }
  }
  return stages;
}

/// The same, throwing UserError.
template <class Root>
std::vector<Stage<Root>> timeline(const Root& base_config, const std::vector<Change>& changes) {
  base::Diagnostics faults;
  auto stages = timeline(base_config, changes, faults);
  faults.throw_if_any();
  return stages;
}

/// One change made at once, whatever its date.
template <class Root>
void apply(const Change& change, Root& config) {
  base::Diagnostics faults;
  ChangeApplier(change, faults).apply([&config](Visitor& v) { config.fields(v); });
  faults.throw_if_any();
}

}  // namespace carestair::config
