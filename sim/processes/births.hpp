// Births. A woman's clock runs at the fertility rate of her age; the child is named after her and
// its place among her births, so that it is the same child in every scenario.
//
//   rate = fertility(age) for women, 0 for men          [births per day]
//
// The clock stands still during the burn-in.
// Not modelled: parity, spacing, twins, the father's age. A child belongs to the mother's partner.
#pragma once

#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/demography_tables.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct Births {
  static engine::RatePerDay rate(const DemographyTables& tables, const Life& life) {
    return tables.births.rate[life.age * model::sex_count + life.sex];
  }
  static void fire(World& world, model::ResidentId mother, engine::Time t);
};

}  // namespace carestair::processes
