#include "synth/tables.hpp"

#include <cmath>

namespace carestair::synth {

Tables::Tables(const config::Config& config)
    : units(config.units.size()),
      health(config),
      kin(config),
      partnered_share(config.households.partnered_share),
      partner_gap_days(config.households.partner_age_gap_years * base::days_per_year),
      partner_gap_sd_days(config.households.partner_age_gap_sd_years * base::days_per_year) {
  const auto ages = static_cast<std::size_t>(config::oldest_age) + 1;
  double in_per_1000 = 0.0;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    counts[sex].resize(ages);
    for (std::size_t age = 0; age < ages; ++age) {
      const auto count =
          static_cast<std::uint32_t>(std::lround(config.municipality.population(age, sex)));
      counts[sex][age] = count;
      residents += count;
      if (sex == model::index(model::Sex::female))
        births_a_year += count * config.fertility.rate(age);
      in_per_1000 += config.migration.in_per_1000(age, sex);
    }
  }
  in_movers_a_year = in_per_1000 * residents / 1000.0;
}

}  // namespace carestair::synth
