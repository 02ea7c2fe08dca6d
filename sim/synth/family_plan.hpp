// How many children each parent has, when they were born and how near the adult ones live, before
// any of them is looked for among the residents.
#pragma once

#include <cstdint>
#include <vector>

#include "base/day.hpp"
#include "model/levels.hpp"
#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/persons.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

inline constexpr std::uint32_t no_resident = 0xffffffffu;

struct PlannedChild {
  base::Day birth;           // of the resident, once one is found
  std::uint32_t parent = 0;  // the mother, or a man without partner; index of a resident
  std::uint32_t child = no_resident;
  model::Distance distance = model::Distance::far;
  bool nearest = false;  // of the parent's adult children
  bool dropped = false;  // a child at home for whom the population has nobody
};

/// Days between the births of a parent and a child that are possible.
inline constexpr int youngest_parent_days = youngest_parent * 366;
inline constexpr int oldest_mother_days = oldest_mother * 366;

/// Whether a planned child is of the age at which children live with their parents.
inline bool at_home_age(const KinTables& kin, base::Day birth, base::Day start) {
  return base::age_in_years(birth, start) < kin.leaving_home();
}

/// Children of all women and of men past 45 without partner (of the latter only those who have
/// left home: minors live with their mothers here), by parent in order of position, eldest child
/// first. Children not yet born on `start` are left out.
std::vector<PlannedChild> plan_families(const Tables& tables, random::WorldSeed seed,
                                        base::Day start, const Roster& roster,
                                        const model::State& state);

}  // namespace carestair::synth
