// Writes the families found into the state: one Kin record a child, in the chains of mother and
// father.
#pragma once

#include <vector>

#include "base/day.hpp"
#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/family_plan.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

/// Fills state.kin, Resident::first_child and Resident::mother. A woman's partner is taken as the
/// father of her children where his age allows. Children elsewhere get sex and day of death.
void link_families(const Tables& tables, random::WorldSeed seed, base::Day start,
                   std::vector<PlannedChild>& plan, model::State& state);

}  // namespace carestair::synth
