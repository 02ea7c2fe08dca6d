// Moving out and moving in.
//
// Out: each resident has a clock; whoever's clock fires takes along partner and minor children.
//   rate = out_rate(age, sex) * 1    single adult
//                             * 1/2  adult with a partner: either of them may take both away
//                             * 0    minor whose mother is known: moves with the parents
//                             * 0    in a nursing home or staffed housing
// In: at the start of a calendar year the number is Poisson with mean
//   sum over age, sex of in_per_1000 * residents at the start / 1000
// and each in-mover has day, age, sex and health from own streams, keyed by year and number alone:
// the same people come in every scenario. Women come with a man of the same year's list with the
// probability partnered_share(age), minors with a woman who could be their mother.
// Nobody moves during the burn-in.
// Not modelled: why people move, and children left behind elsewhere by older in-movers.
#pragma once

#include <cstddef>

#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/demography_tables.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct Migration {
  static constexpr std::size_t adult = 18;

  static engine::RatePerDay rate(const DemographyTables& tables, const Life& life) {
    const model::Resident& who = life.who;
    if (!model::at_home(who.dwelling) || who.terminal) return 0.0F;
    if (life.age < adult && (who.mother.valid() || who.as_child.valid())) return 0.0F;
    const float rate = tables.migration.out[life.age * model::sex_count + life.sex];
    return who.partner.valid() ? 0.5F * rate : rate;
  }
  /// Returns false: the resident leaves the engine, and the family too.
  static bool fire(World& world, model::ResidentId id, engine::Time t);
};

/// Plans the in-movers of the current calendar year; on the run's first day and on each 1 January.
/// Those who would have come before today, or during the burn-in, are left out.
void schedule_in_movers(World& world);

/// Lets those arrive whose day has come; daily.
void admit_in_movers(World& world);

}  // namespace carestair::processes
