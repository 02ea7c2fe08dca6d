// Dates of changes, held against the days that are lived: a change on a day that never comes would
// be taken for one that makes no difference.
#pragma once

#include <concepts>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/error.hpp"
#include "config/reader.hpp"
#include "config/scenario.hpp"

namespace carestair::config {

/// The days of a run.
struct LivedDays {
  base::Day first;     // of the burn-in
  base::Day reported;  // the first after it
  base::Day end;       // the first no longer lived
};

/// A root that has a period: simulation.start, .end and .burn_in_years.
template <class Root>
concept Dated = requires(const Root& root) {
  { root.lived() } -> std::same_as<LivedDays>;
};

/// Reports changes before the first day or from the end on. An end written in a file that was laid
/// over that of the change (`laid`: files, the last word last) makes a study shorter on purpose:
/// changes after it are marked as not lived. Of a period that is itself at fault nothing is said.
void check_dates(std::vector<Scenario>& scenarios, const LivedDays& lived, const Places& places,
                 const std::vector<std::string>& laid, base::Diagnostics& faults);

}  // namespace carestair::config
