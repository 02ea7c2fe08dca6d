// Health and circumstances of the first residents. Need and cognition, which decide almost all
// care, are sampled systematically by age, so that even a village has the numbers its age
// structure implies; the rest is drawn person by person.
#pragma once

#include "base/day.hpp"
#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/persons.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

/// Need, cognition, diagnosis, illnesses and frailty by the age on `health_day`; those not yet
/// born then are healthy as newborns are.
void give_health(const Tables& tables, random::WorldSeed seed, base::Day health_day,
                 const Roster& roster, model::State& state);

/// Home, income and preference by the age on `start`.
void give_circumstances(const Tables& tables, random::WorldSeed seed, base::Day start,
                        model::State& state);

/// Whether adults are lonely, by whether they live alone on `start`; needs couples and families.
void give_loneliness(const Tables& tables, random::WorldSeed seed, base::Day start,
                     model::State& state);

/// No partner, no parent to live with, no child at home.
bool lives_alone(const KinTables& kin, const model::State& state, const model::Resident& who,
                 base::Day start);

}  // namespace carestair::synth
