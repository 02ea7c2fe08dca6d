// Function: decline and recovery between the need levels, each on its own clock.
//
//   decline  = [table - lasting](age - shift, sex, level) * balance(age - shift, level)
//              * cognition ratio * frailty * illness * loneliness * income * decline_ratio
//   recovery = table(age - shift, level) * cognition ratio * recovery_ratio
//   illness    = r^n / E[r^n | age]           r: illness_ratio, n: long-term illnesses, Poisson
//   loneliness = (l if lonely, else 1) / (1 + (l - 1) share lonely(age, sex))
//   income     = ratio(income) / mean of it at the age
//
// Illness, loneliness and income say who of an age declines; divided by their means over the
// population at the start they do not move how many. Frailty has mean 1 when drawn; the cognition
// ratio is relative to normal cognition and does move the mean. decline_ratio and recovery_ratio
// are what services, and more or less unmet need than usual, do. The shift is the morbidity
// regime's (age_profile.hpp). The table is decline whatever its cause; lasting is what acute stays
// and falls carry of it, which have clocks of their own (acute.hpp); balance makes up for what the
// model as a whole puts on top.
#pragma once

#include <array>
#include <vector>

#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

class World;

struct FunctionTables {
  static constexpr std::size_t illness_count = synth::most_illnesses + 1;  // 0..8

  FunctionTables() = default;
  FunctionTables(const config::Config& config, const synth::HealthTables& health, int first_year,
                 int last_year);

  /// Whole years by which the age profile has moved in a calendar year.
  [[nodiscard]] int whole_shift(int calendar_year) const;
  [[nodiscard]] std::size_t year_index(int calendar_year) const;

  std::vector<float> decline;        // [year][age][sex][need], per day, divided by mean loneliness
  std::vector<float> whole_decline;  // the same with what acute stays and falls carry
  std::vector<float> recovery;       // [year][age][need], per day
  std::vector<float> illness;        // [year][age][illnesses], mean 1
  std::vector<float> income;         // [age][income], mean 1
  std::vector<float> illness_gain;   // [year][age]: chance of one more at this birthday
  std::array<float, model::cognition_count> decline_cognition{};
  std::array<float, model::cognition_count> recovery_cognition{};
  /// [need]: what an unmet share u does to decline is (1 + unmet_excess u) / usual_unmet.
  std::array<float, model::need_level_count> usual_unmet{};
  float unmet_excess = 0.0F;
  float lonely_ratio = 1.0F;
  std::array<float, 2> regain{};  // per day: what a stay has cost comes back; after a hip fracture
  std::vector<float> mean_loneliness;  // [age][sex]: what `decline` is divided by
  std::vector<double> shift;           // [year], years
  int first_year = 0;
};

struct Function {
  static engine::RatePerDay rate_up(const FunctionTables& tables, const Life& life) {
    return rate_up(tables, life, tables.decline);
  }
  /// With what acute stays and falls carry, for those followed without them (cohort.hpp).
  static engine::RatePerDay whole_rate_up(const FunctionTables& tables, const Life& life) {
    return rate_up(tables, life, tables.whole_decline);
  }
  static engine::RatePerDay rate_up(const FunctionTables& tables, const Life& life,
                                    const std::vector<float>& decline) {
    const model::Resident& who = life.who;
    const std::size_t row = age_row(life.year, life.age);
    const std::size_t cell =
        (row * model::sex_count + life.sex) * model::need_level_count + model::index(who.need);
    return decline[cell] * tables.decline_cognition[model::index(who.cognition)] *
           tables.illness[row * FunctionTables::illness_count + who.illness_count] * who.frailty *
           tables.income[life.age * model::income_count + model::index(who.income)] *
           (who.lonely ? tables.lonely_ratio : 1.0F) * who.decline_ratio;
  }
  static engine::RatePerDay rate_down(const FunctionTables& tables, const Life& life) {
    const model::Resident& who = life.who;
    if (who.terminal) return 0.0F;  // the dying do not recover
    const std::size_t cell =
        age_row(life.year, life.age) * model::need_level_count + model::index(who.need);
    return tables.recovery[cell] * tables.recovery_cognition[model::index(who.cognition)] *
               who.recovery_ratio +
           (who.recovering ? tables.regain[who.hip_fracture ? 1 : 0] : 0.0F);
  }
  static void fire_up(World& world, model::ResidentId id);
  static void fire_down(World& world, model::ResidentId id);
};

/// At a birthday: perhaps one more long-term illness, so that the mean by age follows
/// initial.illness_mean; what services did in the year behind counts. At most eight are counted.
void birthday_illness(World& world, model::ResidentId id);

}  // namespace carestair::processes
