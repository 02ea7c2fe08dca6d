// Deaths. The life table of the population holds by age, sex and year; need and cognition say
// who of an age dies, normalised so that the table is met whatever they are:
//
//   rate = table(age, sex) * (1 - improvement(age))^(year - base year)
//          * relative(age, need, cognition) / norm(year, age, sex) * death_ratio
//   relative(age, n, c) = need_ratio(age, n) * cognition_ratio(age, c)
//   norm(year, age, sex) = mean of relative(age, n, c) over the living
//
// with the living as birth cohorts have them that start from the shares of config section `initial`
// and go on at the model's own rates (life_table_norm.hpp). death_ratio is what services
// do to the resident's risk; it is not normalised away.
//
// This is the risk of death. The clock fires for a terminal phase as well (end_of_life.hpp), which
// delays death by phase_days on the mean, so that it must run as fast as deaths then:
//
//   clock = risk * ahead
//   ahead = table(age + phase_days) / table(age), with the table geometric in between
//
// Nothing is divided by the share of those not in the phase, who alone have the clock: whoever is
// alive now had no onset a phase ago, so deaths now over all living are onsets then over all that
// could have one.
#pragma once

#include <vector>

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"
#include "random/stream.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

class World;

struct MortalityTables {
  MortalityTables() = default;
  MortalityTables(const config::Config& config, const synth::HealthTables& health, int first_year,
                  int last_year);

  /// Divides by other means than those of the population at the start, [year][age][sex].
  void normalise(std::vector<float> means);
  std::vector<float> base;        // [year][age][sex], per day, divided by norm
  std::vector<float> ahead;       // [year][age][sex], by what the phase comes before death
  std::vector<float> onset;       // [year][age][sex], base * ahead
  std::vector<float> norm;        // [year][age][sex]
  std::vector<float> relative;    // [age][need][cognition]
  std::vector<float> population;  // [year][age][sex], per day: the life table as it is
  float hip_fracture_ratio = 1.0F;
  int first_year = 0;
};

struct Mortality {
  /// Of the clock: a terminal phase begins, or death comes suddenly.
  static engine::RatePerDay rate(const MortalityTables& tables, const Life& life) {
    if (life.who.terminal) return 0.0F;
    return risk(tables, life, tables.onset);
  }
  /// Of death.
  static engine::RatePerDay risk(const MortalityTables& tables, const Life& life) {
    return risk(tables, life, tables.base);
  }
  static engine::RatePerDay risk(const MortalityTables& tables, const Life& life,
                                 const std::vector<float>& base) {
    const std::size_t cell = (life.age * model::need_level_count + model::index(life.who.need)) *
                                 model::cognition_count +
                             model::index(life.who.cognition);
    return base[age_row(life.year, life.age) * model::sex_count + life.sex] *
           tables.relative[cell] * life.who.death_ratio *
           (life.who.hip_fracture ? tables.hip_fracture_ratio : 1.0F);
  }

  /// Begins a terminal phase (true), or lets the resident die.
  static bool fire(World& world, model::ResidentId id, engine::Time t);
  /// Returns false: the resident leaves the engine. During the burn-in a newcomer of the same
  /// age and sex takes the place of the dead instead (true).
  static bool die(World& world, model::ResidentId id, model::PlaceOfDeath place, engine::Time t);
};

/// Day of death of someone known only by birth and sex (kin elsewhere), alive on `day`: the day on
/// which the population's hazard has used up a unit-exponential threshold.
base::Day draw_death_day(const MortalityTables& tables, base::Day birth, model::Sex sex,
                         base::Day day, double threshold);

}  // namespace carestair::processes
