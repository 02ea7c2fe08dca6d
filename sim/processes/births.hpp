// Births. A woman's clock runs at the fertility rate of her age; the child is named after her and
// its place among her births, so that it is the same child in every scenario.
//
//   rate = fertility(age) for women, 0 for men          [births per day]
//
// Not modelled: parity, spacing, twins, the father's age. A child belongs to the mother's partner.
#pragma once

#include <vector>

#include "config/sections/demography.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct BirthTables {
  BirthTables() = default;
  explicit BirthTables(const config::Fertility& fertility);

  std::vector<float> rate;  // [age][sex], per day
  double share_boys = 0.0;
};

struct Births {
  static engine::RatePerDay rate(const BirthTables& tables, const Life& life) {
    return tables.rate[life.age * model::sex_count + life.sex];
  }
  /// Does nothing while burning in: nobody is born then.
  static void fire(World& world, model::ResidentId mother, engine::Time t);
};

}  // namespace carestair::processes
