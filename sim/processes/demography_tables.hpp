// Rates of births, moves and unions, prepared from a configuration. They hold for all years.
#pragma once

#include <vector>

#include "config/sections/config.hpp"
#include "processes/age_profile.hpp"

namespace carestair::processes {

struct BirthTables {
  BirthTables() = default;
  explicit BirthTables(const config::Fertility& fertility);

  std::vector<float> rate;  // [age][sex], per day
  double share_boys = 0.0;
};

struct MigrationTables {
  MigrationTables() = default;
  explicit MigrationTables(const config::Config& config);

  std::vector<float> out;               // [age][sex], per day
  std::vector<double> in_cumulative;    // [age][sex], in-movers a year up to and with this cell
  std::vector<double> woman_partnered;  // [age]
};

struct HouseholdTables {
  HouseholdTables() = default;
  explicit HouseholdTables(const config::Households& households);

  std::vector<float>
      formation;  // [age][sex] of a single, per day; half of the table, see Households
  std::vector<float> dissolution;  // [age] of the woman, per day
  double gap_mean = 0.0;           // years he is older
  double gap_sd = 0.0;
  int leaving_home = 0;  // age at which children move out
};

struct DemographyTables {
  DemographyTables() = default;
  explicit DemographyTables(const config::Config& config)
      : births(config.fertility), migration(config), households(config.households) {}

  BirthTables births;
  MigrationTables migration;
  HouseholdTables households;
};

}  // namespace carestair::processes
