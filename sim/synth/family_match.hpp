// Finds the planned children among the residents: every child at home gets a mother, and adult
// children who live in the municipality are residents with lives of their own.
#pragma once

#include <cstdint>
#include <vector>

#include "base/day.hpp"
#include "model/state.hpp"
#include "synth/family_plan.hpp"
#include "synth/persons.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

struct FamilyReport {
  std::uint32_t children_at_home = 0;       // residents of that age
  std::uint32_t beyond_plan = 0;            // given to a mother who had not planned them
  std::uint32_t without_mother = 0;         // no woman of a possible age
  std::uint32_t planned_without_child = 0;  // planned children at home whom nobody fits
  std::uint32_t nearest_wanted_here = 0;    // parents whose nearest child should live here
  std::uint32_t nearest_found_here = 0;
};

/// Gives each resident of the age of children at home a mother: the nearest planned birth, of a
/// woman with partner when there is a choice. Planned children left over are dropped: the
/// population table rules over the family plan.
void match_children_at_home(const Tables& tables, base::Day start, const Roster& roster,
                            const model::State& state, std::vector<PlannedChild>& plan,
                            FamilyReport& report);

/// Finds a resident for each adult child who is to live in the municipality, first for the nearest
/// children. When nobody of about the age is free, the child lives in the region.
void match_adult_children(const Tables& tables, const Roster& roster, const model::State& state,
                          std::vector<PlannedChild>& plan, FamilyReport& report);

}  // namespace carestair::synth
