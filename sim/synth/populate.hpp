// The synthetic population of a municipality: the same seed gives the same people, whatever the
// scenario, the horizon or the number of threads.
#pragma once

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/couples.hpp"
#include "synth/family_match.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

/// How near the population came to what was asked for.
struct Report {
  CoupleReport couples;
  FamilyReport families;
};

/// Makes the residents of `start` with families and circumstances, and with the health they have
/// on `health_day`, the first day of the burn-in. The age structure is that of `start`: while
/// burning in, whoever dies is replaced by a newcomer of the same age and sex, so nobody is lost.
/// Room is reserved for births and in-movers over `horizon_years`.
model::State populate(const Tables& tables, random::WorldSeed seed, base::Day start,
                      base::Day health_day, double horizon_years = 0.0, Report* report = nullptr);

/// The same for a single population; many replications share one Tables instead.
model::State populate(const config::Config& config, random::WorldSeed seed, base::Day start,
                      base::Day health_day);

}  // namespace carestair::synth
