// Couples at the start: who lives with a partner is sampled by age and sex, then men and women
// are matched by the age difference each couple ought to have.
#pragma once

#include <cstdint>

#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/persons.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

/// How near the couples came to the table of partnered shares.
struct CoupleReport {
  std::uint32_t couples = 0;
  std::uint32_t women_sampled = 0;  // as many should have a partner by the table
  std::uint32_t men_sampled = 0;
};

/// Makes couples of one woman and one man. Where one sex has more partnered members than the
/// other has, half of the surplus finds somebody the table would have left single, so that the
/// shares of both sexes are missed by equally much.
CoupleReport make_couples(const Tables& tables, random::WorldSeed seed, const Roster& roster,
                          model::State& state);

}  // namespace carestair::synth
