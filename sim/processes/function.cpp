#include "processes/function.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "processes/acute.hpp"
#include "processes/case_update.hpp"
#include "processes/past_year.hpp"
#include "processes/user_groups.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

/// Mean of ratio^n for n illnesses, Poisson with the given mean, counted up to the most kept.
double mean_illness_effect(double mean, double ratio) {
  double probability = std::exp(-mean);
  double effect = 1.0;
  double rest = 1.0;
  double sum = 0.0;
  for (std::size_t n = 0; n < synth::most_illnesses; ++n) {
    sum += probability * effect;
    rest -= probability;
    effect *= ratio;
    probability *= mean / static_cast<double>(n + 1);
  }
  return sum + std::max(rest, 0.0) * effect;
}

/// Mean effect of loneliness on decline over the residents of an age and sex at the start.
double mean_loneliness_effect(const config::Config& config, std::size_t age, std::size_t sex) {
  if (age < static_cast<std::size_t>(synth::youngest_lonely)) return 1.0;
  const double together = config.households.partnered_share(age, sex);
  const double share =
      together * config.initial.lonely_together + (1.0 - together) * config.initial.lonely_alone;
  return 1.0 + (config.function.lonely_ratio - 1.0) * share;
}

/// The rate of decline without what acute stays and falls carry. The rate is that of normal
/// cognition and frailty 1, what stays carry that of everybody, so it is brought to the same
/// footing.
double slow_decline(const config::Config& config, const synth::HealthTables& health,
                    std::size_t age, std::size_t sex, std::size_t need) {
  const double whole = config.function.decline(age, sex, need);
  const auto& shares = health.cells(static_cast<int>(age), static_cast<model::Sex>(sex));
  double persons = 0.0;
  double ratios = 0.0;
  for (std::size_t cell = 0; cell < shares.size(); ++cell) {
    if (model::index(synth::need_of_cell(cell)) != need) continue;
    persons += shares[cell];
    ratios += shares[cell] *
              config.function.decline_cognition_ratio(model::index(synth::cognition_of_cell(cell)));
  }
  const double cognition = persons > 0.0 && ratios > 0.0 ? ratios / persons : 1.0;
  const double frailty =
      health.frailty_mean(static_cast<int>(age), static_cast<model::NeedLevel>(need));
  const double lasting = lasting_loss(config, age, sex, need) / (cognition * frailty);
  return std::max(whole - lasting, config.function.least_slow_share * whole);
}

/// [age][sex][need]: what is asked for every calendar year anew, worked out once.
std::vector<double> slow_declines(const config::Config& config, const synth::HealthTables& health) {
  constexpr std::size_t levels = model::need_level_count;
  std::vector<double> slow_at(age_count * model::sex_count * levels, 0.0);
  for (std::size_t at = 0; at < slow_at.size(); ++at) {
    const std::size_t need = at % levels;
    const std::size_t row = at / levels;
    if (need + 1 == levels) continue;
    slow_at[at] =
        slow_decline(config, health, row / model::sex_count, row % model::sex_count, need);
  }
  return slow_at;
}

/// [age][income]: rate ratios of decline, mean 1 at each age.
std::vector<float> income_ratios(const config::Config& config) {
  const config::Function& rules = config.function;
  std::vector<float> ratios;
  for (std::size_t age = 0; age < age_count; ++age) {
    double persons = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < model::income_count; ++i) {
      persons += config.initial.income(age, i);
      sum += config.initial.income(age, i) * rules.income_ratio(i);
    }
    for (std::size_t i = 0; i < model::income_count; ++i) {
      ratios.push_back(sum > 0.0 ? static_cast<float>(rules.income_ratio(i) * persons / sum)
                                 : 1.0F);
    }
  }
  return ratios;
}

}  // namespace

FunctionTables::FunctionTables(const config::Config& config, const synth::HealthTables& health,
                               int first, int last)
    : income(income_ratios(config)),
      lonely_ratio(static_cast<float>(config.function.lonely_ratio)),
      shift(age_shifts(config.morbidity, config.mortality, first, last)),
      first_year(first) {
  const config::Function& rules = config.function;
  regain = {per_day(config.hospital.loss_recovery), per_day(config.hospital.hip_recovery)};
  for (std::size_t c = 0; c < model::cognition_count; ++c) {
    decline_cognition[c] = static_cast<float>(rules.decline_cognition_ratio(c));
    recovery_cognition[c] = static_cast<float>(rules.recovery_cognition_ratio(c));
  }
  unmet_excess = static_cast<float>(rules.unmet_ratio) - 1.0F;
  for (std::size_t need = 0; need < model::need_level_count; ++need) {
    usual_unmet[need] = 1.0F + unmet_excess * static_cast<float>(rules.usual_unmet(need));
  }
  constexpr std::size_t levels = model::need_level_count;
  whole_decline.reserve(shift.size() * age_count * model::sex_count * levels);
  decline.reserve(shift.size() * age_count * model::sex_count * levels);
  recovery.reserve(shift.size() * age_count * levels);
  illness.reserve(shift.size() * age_count * illness_count);
  illness_gain.reserve(shift.size() * age_count);
  for (std::size_t row = 0; row < age_count * model::sex_count; ++row) {
    mean_loneliness.push_back(static_cast<float>(
        mean_loneliness_effect(config, row / model::sex_count, row % model::sex_count)));
  }
  const std::vector<double> slow_at = slow_declines(config, health);
  std::array<double, illness_count> illness_effect{};
  for (std::size_t n = 0; n < illness_count; ++n) {
    illness_effect[n] = std::pow(rules.illness_ratio, static_cast<double>(n));
  }
  const auto mean_illnesses = [&](double age) {
    return at_age(age, [&](std::size_t at) { return config.initial.illness_mean(at); });
  };
  for (std::size_t year = 0; year < shift.size(); ++year) {
    for (std::size_t age = 0; age < age_count; ++age) {
      const double as_of = static_cast<double>(age) - shift[year];
      for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
        const double lonely = mean_loneliness[age * model::sex_count + sex];
        for (std::size_t need = 0; need < levels; ++need) {
          const bool highest = need + 1 == levels;
          const double whole =
              highest ? 0.0
                      : at_age(as_of, [&](std::size_t at) { return rules.decline(at, sex, need); });
          const double slow = at_age(as_of, [&](std::size_t at) {
            return slow_at[(at * model::sex_count + sex) * levels + need];
          });
          const double balance =
              highest ? 0.0
                      : at_age(as_of, [&](std::size_t at) { return rules.balance(at, need); });
          // Acute illness does not grow with the user groups.
          const double more = need == 0 ? onset_growth(config.user_groups, age, year + first) : 1.0;
          whole_decline.push_back(per_day((whole + slow * (more - 1.0)) / lonely));
          decline.push_back(per_day(balance * slow * more / lonely));
        }
      }
      for (std::size_t need = 0; need < levels; ++need) {
        const double rate =
            need == 0 ? 0.0
                      : at_age(as_of, [&](std::size_t at) { return rules.recovery(at, need); });
        recovery.push_back(per_day(rate));
      }
      const double mean = mean_illnesses(as_of);
      const double norm = mean_illness_effect(mean, rules.illness_ratio);
      for (std::size_t n = 0; n < illness_count; ++n) {
        illness.push_back(static_cast<float>(illness_effect[n] / norm));
      }
      const double shift_before = year > 0 ? shift[year - 1] : shift[0];
      const double before = mean_illnesses(static_cast<double>(age) - 1.0 - shift_before);
      illness_gain.push_back(static_cast<float>(std::clamp(mean - before, 0.0, 1.0)));
    }
  }
}

std::size_t FunctionTables::year_index(int calendar_year) const {
  const auto last = static_cast<int>(shift.size()) - 1;
  return static_cast<std::size_t>(std::clamp(calendar_year - first_year, 0, last));
}

int FunctionTables::whole_shift(int calendar_year) const {
  return static_cast<int>(std::lround(shift[year_index(calendar_year)]));
}

namespace {

void change_need(World& world, model::ResidentId id, model::EventKind kind, int step) {
  model::Resident& who = world.at(id);
  const std::size_t from = model::index(who.need);
  if (step > 0 ? from + 1 >= model::need_level_count : from == 0) return;
  const std::size_t to = step > 0 ? from + 1 : from - 1;
  who.need = static_cast<model::NeedLevel>(to);
  if (from == 0) learn_user_group(world, id);
  world.record(kind, who, from, to);
  world.explain(who, [&] {
    return fmt::format("{}: need of assistance from {} to {}",
                       step > 0 ? "function declines" : "function recovers",
                       model::need_level_names[from], model::need_level_names[to]);
  });
  need_changed(world, id);
}

}  // namespace

void Function::fire_up(World& world, model::ResidentId id) {
  change_need(world, id, model::EventKind::need_up, 1);
}

void Function::fire_down(World& world, model::ResidentId id) {
  world.at(id).recovering = false;  // what has come back is not waited for any more
  change_need(world, id, model::EventKind::need_down, -1);
}

void birthday_illness(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  if (who.illness_count >= synth::most_illnesses) return;
  const FunctionTables& tables = world.rules().function;
  const int age = world.age(who);
  const std::size_t year = tables.year_index(base::to_date(world.today()).year);
  float chance =
      tables.illness_gain[age_row(year, std::min(static_cast<std::size_t>(age), age_count - 1))];
  chance *= ratio_of_past_year(world, who, model::RateName::illness);
  if (chance <= 0.0F) return;
  // Occasion 0 of this purpose is the state at the start; birthdays count from 1.
  random::Stream stream =
      world.stream(who, random::Purpose::illness_at_start, static_cast<std::uint32_t>(age) + 1);
  if (!stream.chance(chance)) return;
  ++who.illness_count;
  world.explain(who, [&] {
    return fmt::format("has one more long-term illness, {} in all", int{who.illness_count});
  });
}

}  // namespace carestair::processes
