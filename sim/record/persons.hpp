// What a life amounts to over the reported period, person by person. The same person is found in
// every scenario by uid, so these are what pairing compares.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/care.hpp"
#include "model/levels.hpp"

namespace carestair::record {

/// Order is that of the file; append, never reorder.
enum class Outcome : std::uint8_t {
  life_days,
  cost,
  home_hours,
  place_days,
  unmet_hours,
  informal_hours,
  waiting_days,
  extensive_days,
  qalys
};
inline constexpr std::size_t outcome_count = 9;
using OutcomeValues = std::array<float, outcome_count>;

struct OutcomeDefinition {
  Outcome outcome;
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};
std::span<const OutcomeDefinition> outcomes();

/// How somebody lived when the first reported day began. Of those who came later nothing is known.
struct FirstDay {
  static constexpr std::uint8_t not_here = 255;

  std::uint8_t need_level = not_here;
  std::uint8_t living_alone = not_here;  // 0 or 1; adults at home without a partner
  std::uint8_t dwelling = not_here;
  std::uint8_t cognition = not_here;
};

/// One person of one world. `age` in years and `age_group` are those of the first reported day,
/// also for those who move in later; children born later are of age 0.
struct PersonOutcome {
  std::uint64_t uid = 0;
  OutcomeValues values{};
  std::uint8_t age = 0;
  std::uint8_t age_group = 0;
  model::Sex sex = model::Sex::female;
  model::UserGroup user_group = model::UserGroup::general;
  FirstDay first_day{};
};

/// Groups by which persons are summed up: [age group][sex].
inline constexpr std::size_t person_group_count = model::age_group_count * model::sex_count;
constexpr std::size_t person_group(const PersonOutcome& person) {
  return person.age_group * model::sex_count + model::index(person.sex);
}

/// Outcome totals of case `totals`, life days and quality-adjusted life years apart.
OutcomeValues outcome_values(const model::PersonTotals& totals, float life_days, float qalys);

/// Sums over everybody of one world: the values that replications are compared by.
struct PersonSums {
  std::array<std::uint32_t, person_group_count> persons{};
  std::array<std::array<double, outcome_count>, person_group_count> sum{};
};
PersonSums sum_up(std::span<const PersonOutcome> persons);

/// Orders by uid. Founders come in order already, so only the later arrivals are sorted.
void sort_by_uid(std::vector<PersonOutcome>& persons);

}  // namespace carestair::record
