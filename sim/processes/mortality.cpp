#include "processes/mortality.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/end_of_life.hpp"
#include "processes/hidden_problems.hpp"
#include "processes/hospital.hpp"
#include "processes/services.hpp"
#include "processes/volunteers.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

MortalityTables::MortalityTables(const config::Config& config, const synth::HealthTables& health,
                                 int first, int last)
    : first_year(first) {
  const config::Mortality& mortality = config.mortality;
  const std::vector<double> shift = age_shifts(config.morbidity, mortality, first, last);

  constexpr std::size_t cells = synth::health_cell_count;
  relative.reserve(age_count * cells);
  for (std::size_t age = 0; age < age_count; ++age) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const auto need = model::index(synth::need_of_cell(cell));
      const auto cognition = model::index(synth::cognition_of_cell(cell));
      relative.push_back(static_cast<float>(mortality.need_ratio(age, need) *
                                            mortality.cognition_ratio(age, cognition)));
    }
  }

  // To begin with, the shares at the start, moved by the morbidity regime.
  norm.reserve(shift.size() * age_count * model::sex_count);
  population.reserve(norm.capacity());
  for (std::size_t year = 0; year < shift.size(); ++year) {
    for (std::size_t age = 0; age < age_count; ++age) {
      for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
        const auto mean_at = [&](std::size_t at) {
          const auto& shares = health.cells(static_cast<int>(at), static_cast<model::Sex>(sex));
          double mean = 0.0;
          for (std::size_t cell = 0; cell < cells; ++cell) {
            mean += shares[cell] * relative[age * cells + cell];
          }
          return mean;
        };
        norm.push_back(static_cast<float>(at_age(static_cast<double>(age) - shift[year], mean_at)));
        population.push_back(
            per_day(population_death_rate(mortality, age, sex, first + static_cast<int>(year))));
      }
    }
  }
  for (std::size_t row = 0; row < population.size(); ++row) {
    const std::size_t age = row / model::sex_count % age_count;
    const float next = age + 1 < age_count ? population[row + model::sex_count] : population[row];
    const double years = config.end_of_life.terminal_share(age) * config.end_of_life.phase_days /
                         base::days_per_year;
    ahead.push_back(population[row] > 0.0F && next > 0.0F
                        ? static_cast<float>(std::pow(next / population[row], years))
                        : 1.0F);
  }
  normalise(std::move(norm));
}

void MortalityTables::normalise(std::vector<float> means) {
  norm = std::move(means);
  base.resize(population.size());
  for (std::size_t i = 0; i < base.size(); ++i) {
    base[i] = norm[i] > 0.0F ? population[i] / norm[i] : population[i];
  }
  onset.resize(base.size());
  std::ranges::transform(base, ahead, onset.begin(), std::multiplies<>{});
}

bool Mortality::fire(World& world, model::ResidentId id, engine::Time t) {
  return begin_terminal_phase(world, id) || die(world, id, sudden_death(world, id), t);
}

bool Mortality::die(World& world, model::ResidentId id, model::PlaceOfDeath place, engine::Time t) {
  if (!world.burning_in()) {
    const model::Resident& who = world.at(id);
    count_death(world, who, place);
    world.record(model::EventKind::died, who, model::index(place));
    world.explain(who, [&] {
      return fmt::format("dies{} {}, {} years old", who.terminal ? "" : " suddenly",
                         words_of(place), world.age(who));
    });
    world.remove_resident(id, model::Presence::dead, t);
    return false;
  }
  // A newcomer keeps age, sex, home and family, so that the age-sex table at the report's first
  // day is the given one; only health and care begin anew.
  end_care(world, id);
  leave_hospital(world, id);
  stop_caring(world, id);
  leave_volunteering(world, id);
  model::Resident& who = world.at(id);
  world.explain(who, [&] {
    return fmt::format("dies in the burn-in, {} years old; a newcomer takes the place",
                       world.age(who));
  });
  synth::draw_health(world.rules().health, world.seed(), who, world.age(who),
                     random::Purpose::replacement,
                     static_cast<std::uint32_t>(world.today().number));
  synth::draw_user_group(world.rules().health, world.seed(), who, world.age(who),
                         static_cast<std::uint32_t>(world.today().number));
  draw_hidden_problems(world, who, static_cast<std::uint32_t>(world.today().number));
  need_changed(world, id);
  return true;
}

base::Day draw_death_day(const MortalityTables& tables, base::Day birth, model::Sex sex,
                         base::Day day, double threshold) {
  const auto years = static_cast<int>(tables.population.size() / (age_count * model::sex_count));
  base::Day from = day;
  double left = threshold;
  int year = 0;
  for (int age = base::age_in_years(birth, day);; ++age) {
    if (year + 1 < years) {  // the last one holds for good
      const int calendar_year = base::to_date(base::birthday(birth, age)).year;
      year = std::clamp(calendar_year - tables.first_year, 0, years - 1);
    }
    const std::size_t row = age_row(static_cast<std::size_t>(year),
                                    static_cast<std::size_t>(std::min(age, config::oldest_age)));
    const double rate =
        std::max<double>(tables.population[row * model::sex_count + model::index(sex)], 1e-12);
    const base::Day next = base::birthday(birth, age + 1);
    const double used = rate * (next - from);
    if (used >= left || age >= 130) return from + static_cast<int>(std::min(left / rate, 4e4));
    left -= used;
    from = next;
  }
}

}  // namespace carestair::processes
