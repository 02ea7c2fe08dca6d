// A synthetic municipality many times the size of Selbu in which nobody is ever helped: what is
// seen there is demography and health alone.
#pragma once

#include <array>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "processes/age_profile.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/world.hpp"
#include "synth/populate.hpp"
#include "town.hpp"

namespace carestair::tests {

inline void without_care(config::Config& config) {
  for (double& share : config.initial.served.cells()) share = 0.0;
  for (double& rate : config.seeking.base_rate.cells()) rate = 0.0;
  config.preventive_visits.coverage = 0.0;
  config.function.unmet_ratio = 1.0;
}

class LargeTown {
 public:
  config::Config config = selbu();
  base::Day start = base::to_day({2020, 1, 1});
  random::WorldSeed seed = random::WorldSeed::of(11, 0, 1);

  explicit LargeTown(double times) {
    without_care(config);
    tests::without_acute_illness(config);
    for (double& persons : config.municipality.population.cells()) {
      persons = std::round(persons) * times;
    }
  }

  processes::World open(int years, int burn_in_years = 0) const {
    const processes::Period period{start - burn_in_years * 365, start, start + years * 366};
    auto rules = processes::make_rules(config, period.first, period.end);
    return {synth::populate(config, seed, start, period.first),
            {{period.first, std::move(rules)}},
            seed,
            period};
  }
};

inline void run_until(processes::World& world, base::Day day) {
  while (world.today() < day) world.run_day();
}

/// Person-years lived and events met, by age and sex; a day's worth of people is counted once a
/// month.
struct Exposure {
  using Cells = std::array<std::array<double, model::sex_count>, processes::age_count>;
  Cells years{};

  void add(const processes::World& world, double length) {
    for (const model::Resident& who : world.state.residents) {
      if (!who.here()) continue;
      const auto age = static_cast<std::size_t>(std::min(world.age(who), config::oldest_age));
      years[age][model::index(who.sex)] += length;
    }
  }
};

/// Whether a count is what a Poisson mean lets one expect: within 4.5 standard deviations (false
/// alarm 7e-6), plus a share of the mean for what is not chance.
inline bool agrees(double count, double mean, double share = 0.0) {
  return std::abs(count - mean) <= 4.5 * std::sqrt(mean) + share * mean + 1.0;
}

}  // namespace carestair::tests
