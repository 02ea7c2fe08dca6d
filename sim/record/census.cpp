#include "record/census.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "model/levels.hpp"

namespace carestair::record {
namespace {

using model::index;

/// Everything about a resident that most stocks of the whole population ask for, as one number: one
/// counter holds each person, and the indicators are margins of the counters.
namespace profile {
constexpr std::size_t ages = model::age_group_count, sexes = model::sex_count,
                      needs = model::need_level_count, cognitions = model::cognition_count,
                      dwellings = model::dwelling_count;
static_assert(ages <= 8 && sexes <= 2 && needs <= 4 && cognitions <= 8 && dwellings <= 8);
constexpr std::size_t count = ages << 11U;
struct Fields {
  std::size_t age, sex, need, cognition, diagnosed, dwelling, alone;
};
constexpr std::uint16_t encode(const Fields& f) {  // a field of bits each
  return static_cast<std::uint16_t>(f.age << 11U | f.cognition << 8U | f.dwelling << 5U |
                                    f.need << 3U | f.sex << 2U | f.diagnosed << 1U | f.alone);
}
constexpr std::size_t age_of(std::size_t code) { return code >> 11U; }
constexpr Fields decode(std::size_t code) {
  return {.age = age_of(code),
          .sex = code >> 2U & 1U,
          .need = code >> 3U & 3U,
          .cognition = code >> 8U & 7U,
          .diagnosed = code >> 1U & 1U,
          .dwelling = code >> 5U & 7U,
          .alone = code & 1U};
}
}  // namespace profile

std::size_t age_group(const model::Resident& r, base::Day day) {
  return model::age_group(base::age_in_years(r.birth, day));
}

/// Utility of a year lived like this.
float utility_of(std::span<const float> utility, const model::Resident& who, base::Day day) {
  if (utility.empty()) return 0.0F;
  constexpr std::size_t oldest = 110;
  const auto age = std::min(static_cast<std::size_t>(base::age_in_years(who.birth, day)), oldest);
  const std::size_t state = ((age * model::sex_count + index(who.sex)) * model::need_level_count +
                             index(who.need_in_effect())) *
                                model::cognition_count +
                            index(who.cognition);
  return utility[state * 2 + (who.dwelling == model::Dwelling::nursing_home ? 1 : 0)];
}

}  // namespace

void Census::begin(const model::State& state) {
  *this = {};
  persons_.resize(profile::count);
  met_.resize(profile::count);
  seen_.resize(state.residents.size());
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    seen_[i].last_here = state.residents[i].here() ? 1 : 0;
  }
}

/// All levels and marks of a resident as bytes: more than is counted, but compared at once.
Census::Traits Census::traits_of(const model::Resident& r) {
  constexpr std::size_t first = offsetof(model::Resident, sex);
  static_assert(sizeof(model::Resident) - first == sizeof(Traits));
  Traits traits;
  std::memcpy(traits.data(), reinterpret_cast<const std::byte*>(&r) + first, sizeof(Traits));
  return traits;
}

/// Takes a resident into the counts (1), or out of them (-1).
void Census::count(const Seen& seen, int by) {
  const auto persons = static_cast<std::uint32_t>(by);  // -1 wraps around to one less
  const profile::Fields f = profile::decode(seen.code);
  if (!met_[seen.code]) {
    met_[seen.code] = true;
    codes_.push_back(seen.code);
  }
  persons_[seen.code] += persons;
  for (std::size_t k = 0; k < model::hidden_problem_count; ++k) {
    if ((seen.problems >> k & 1U) == 0) continue;
    problems_[(k * 2 + (seen.detected >> k & 1U)) * profile::ages + f.age] += persons;
  }
  if (seen.lonely) lonely_[f.age * profile::sexes + f.sex] += persons;
}

void Census::take(const model::State& state, base::Day day, float years,
                  std::span<const float> utility, WorldResult& result, std::size_t month) {
  seen_.resize(state.residents.size());
  const auto qaly = result.month<float>(Indicator::qaly, month);
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const model::Resident& r = state.residents[i];
    Seen& seen = seen_[i];
    if (!r.here()) {
      if (seen.counted) count(seen, -1);
      seen.counted = false;
      continue;
    }
    seen.last_here = static_cast<std::uint16_t>(month + 2);
    const Traits traits = traits_of(r);
    const bool alone = !r.partner.valid();
    // Stocks are those of midnight, when tomorrow's birthdays begin.
    const bool older = day + 1 >= seen.birthday;
    if (!seen.counted || older || alone != seen.alone || traits != seen.traits) {
      if (seen.counted) count(seen, -1);
      seen.traits = traits;
      seen.birthday = base::birthday(r.birth, base::age_in_years(r.birth, day) + 1);
      seen.utility = utility_of(utility, r, day);
      seen.code = profile::encode({.age = age_group(r, day + 1),
                                   .sex = index(r.sex),
                                   .need = index(r.need),
                                   .cognition = index(r.cognition),
                                   .diagnosed = r.diagnosed ? 1U : 0U,
                                   .dwelling = index(r.dwelling),
                                   .alone = alone ? 1U : 0U});
      seen.problems = r.problems;
      seen.detected = r.detected_problems;
      seen.lonely = r.lonely;
      seen.alone = alone;
      seen.counted = true;
      count(seen, 1);
    }
    const float lived = seen.utility * years;
    seen.qalys += lived;
    qaly[profile::age_of(seen.code)] += lived;
  }
  write(result, month);
}

void Census::write(WorldResult& result, std::size_t month) const {
  const auto of = [&](Indicator indicator) {
    return result.month<std::uint32_t>(indicator, month);
  };
  std::ranges::copy(problems_, of(Indicator::persons_with_problem).begin());
  std::ranges::copy(lonely_, of(Indicator::lonely).begin());
  const auto population = of(Indicator::population);
  const auto living_alone = of(Indicator::living_alone);
  const auto cognition = of(Indicator::persons_by_cognition);
  const auto dwelling = of(Indicator::residents_by_dwelling);
  for (const std::uint16_t code : codes_) {
    const std::uint32_t persons = persons_[code];
    const profile::Fields f = profile::decode(code);
    const auto where = static_cast<model::Dwelling>(f.dwelling);
    const bool dementia = model::has_dementia(static_cast<model::Cognition>(f.cognition));
    population[(f.age * profile::sexes + f.sex) * profile::needs + f.need] += persons;
    cognition[(f.age * profile::cognitions + f.cognition) * 2 + f.diagnosed] += persons;
    dwelling[((f.dwelling * profile::ages + f.age) * profile::needs + f.need) * 2 +
             (dementia ? 1 : 0)] += persons;
    if (f.alone == 1 && f.age > 0 && model::at_home(where)) {
      living_alone[f.age * profile::sexes + f.sex] += persons;
    }
  }
}

}  // namespace carestair::record
