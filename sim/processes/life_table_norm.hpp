// What keeps deaths on the life table: the mean relative risk of death among the living, which
// mortality by need and cognition is divided by. Worked out over birth cohorts without chance, see
// processes/cohort.hpp.
#pragma once

#include <vector>

#include "processes/cognition.hpp"
#include "processes/function.hpp"
#include "processes/mortality.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

/// Mean relative risk of death among the living, [year][age][sex], for MortalityTables::normalise:
/// every birth cohort is followed from its shares at the start of the run, or from birth, dying
/// at the life table's rate as a whole and by relative risk within.
std::vector<float> life_table_norm(const MortalityTables& mortality, const FunctionTables& function,
                                   const CognitionTables& cognition,
                                   const synth::HealthTables& health);

}  // namespace carestair::processes
