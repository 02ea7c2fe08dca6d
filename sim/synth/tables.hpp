// Everything the synthetic population needs from a configuration, prepared once and shared by all
// replications and threads.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "config/sections/config.hpp"
#include "model/levels.hpp"
#include "synth/health.hpp"
#include "synth/kin_tables.hpp"

namespace carestair::synth {

struct Tables {
  Tables() = default;
  explicit Tables(const config::Config& config);

  /// Residents by sex and single year of age.
  std::array<std::vector<std::uint32_t>, model::sex_count> counts;
  std::uint32_t residents = 0;
  std::size_t units = 0;  // that give services
  HealthTables health;
  KinTables kin;
  config::Table partnered_share;
  double partner_gap_days = 0.0;  // husbands' age over wives', mean
  double partner_gap_sd_days = 0.0;
  /// Births and in-movers a year when the population stays as it is: for reserving room.
  double births_a_year = 0.0;
  double in_movers_a_year = 0.0;
};

}  // namespace carestair::synth
