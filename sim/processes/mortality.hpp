// Deaths. The life table of the population holds by age, sex and year; need and cognition say
// who of an age dies, normalised so that the table is met whatever they are:
//
//   rate = table(age, sex) * (1 - improvement(age))^(year - base year)
//          * ratio(age, need, cognition) / norm(age, sex) * death_ratio
//   norm(age, sex) = sum over states of share(state | age, sex) * ratio(age, state)
//
// with the shares of the population at the start (config section `initial`).
#pragma once

#include <vector>

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/life.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

class World;

struct MortalityTables {
  MortalityTables() = default;
  MortalityTables(const config::Mortality& mortality, const synth::HealthTables& health,
                  int first_year, int last_year);

  std::vector<float> base;      // [year][age][sex], per day
  std::vector<float> relative;  // [age][sex][need][cognition], mean 1 over the population
};

struct Mortality {
  static engine::RatePerDay rate(const MortalityTables& tables, const Life& life);
  /// Returns false: the resident leaves the engine. During the burn-in a newcomer of the same
  /// age and sex takes the place of the dead instead (true).
  static bool fire(World& world, model::ResidentId id, engine::Time t);
};

}  // namespace carestair::processes
