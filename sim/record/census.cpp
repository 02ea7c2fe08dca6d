#include "record/census.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "model/levels.hpp"

namespace carestair::record {
namespace {

using model::index;

/// Utilities are whole numbers of this: sums do not depend on the order in which people change.
constexpr float scale = 1 << 28;

constexpr std::uint32_t one_less = 0U - 1;  // wraps around

constexpr double years(std::int64_t days) {
  return static_cast<double>(days) / (static_cast<double>(scale) * base::days_per_year);
}

/// Utility of a year lived like this.
std::int32_t utility_of(std::span<const float> utility, const model::Resident& who, int age) {
  if (utility.empty()) return 0;
  constexpr int oldest = 110;
  const auto lived = static_cast<std::size_t>(std::min(age, oldest));
  const std::size_t state = ((lived * model::sex_count + index(who.sex)) * model::need_level_count +
                             index(who.need_in_effect())) *
                                model::cognition_count +
                            index(who.cognition);
  const std::size_t place = who.dwelling == model::Dwelling::nursing_home ? 1 : 0;
  return static_cast<std::int32_t>(utility[state * 2 + place] * scale);
}

/// All levels and marks of a resident as bytes: more than is counted, but compared at once.
constexpr std::size_t first_level = offsetof(model::Resident, sex);
const std::byte* levels_of(const model::Resident& r) {
  return reinterpret_cast<const std::byte*>(&r) + first_level;
}

}  // namespace

inline bool Census::Seen::same_levels(const model::Resident& r) const {
  static_assert(sizeof(model::Resident) - first_level == sizeof levels);
  return r.partner == partner && std::memcmp(levels.data(), levels_of(r), sizeof levels) == 0;
}

void Census::Seen::remember(const model::Resident& r) {
  partner = r.partner;
  std::memcpy(levels.data(), levels_of(r), sizeof levels);
}

float Census::Life::qalys() const { return static_cast<float>(years(days)); }

void Census::begin(const model::State& state) {
  *this = {};
  look_out_for(state);
  for (const Seen& seen : seen_) lives_[seen.resident].last_here = 1;
}

/// For those who have come since.
void Census::look_out_for(const model::State& state) {
  for (std::size_t i = lives_.size(); i < state.residents.size(); ++i) {
    if (state.residents[i].here()) seen_.push_back({static_cast<std::uint32_t>(i)});
  }
  lives_.resize(state.residents.size());
}

std::vector<Census::Life> Census::lives() const {
  std::vector<Life> lives = lives_;
  for (const Seen& seen : seen_) {
    if (seen.birthday == unseen || seen.birthday == model::never) continue;
    lives[seen.resident] = {seen.days + std::int64_t{seen.utility} * (until_ - seen.since),
                            static_cast<std::uint16_t>(months_ + 1)};
  }
  return lives;
}

Census::Cells Census::cells_of(const model::Resident& r, std::size_t age) {
  const std::size_t age_sex = age * sexes + index(r.sex);
  const std::size_t dementia = model::has_dementia(r.cognition) ? 1 : 0;
  const bool alone = !r.partner.valid() && age > 0 && model::at_home(r.dwelling);
  const auto cell = [](std::size_t number) { return static_cast<std::uint8_t>(number); };
  static_assert(ages * sexes * needs < 256 && ages * model::cognition_count * 2 < 256);
  return {.dwelling = static_cast<std::uint16_t>(
              ((index(r.dwelling) * ages + age) * needs + index(r.need)) * 2 + dementia),
          .population = cell(age_sex * needs + index(r.need)),
          .cognition = cell((age * model::cognition_count + index(r.cognition)) * 2 +
                            (r.diagnosed ? 1U : 0U)),
          .alone = alone ? cell(age_sex) : by_sex_none,
          .lonely = r.lonely ? cell(age_sex) : by_sex_none,
          .age = cell(age),
          .problems = r.problems,
          .detected = r.detected_problems};
}

/// Takes residents into the counts, or out of them.
void Census::count(const Cells& cells, std::uint32_t by) {
  population_[cells.population] += by;
  cognition_[cells.cognition] += by;
  dwelling_[cells.dwelling] += by;
  alone_[cells.alone] += by;
  lonely_[cells.lonely] += by;
  if (cells.problems == 0) return;
  for (std::size_t k = 0; k < model::hidden_problem_count; ++k) {
    if ((cells.problems >> k & 1U) == 0) continue;
    problems_[(k * 2 + (cells.detected >> k & 1U)) * ages + cells.age] += by;
  }
}

/// Counts one who is here as he or she is now.
void Census::recount(Seen& seen, const model::Resident& r, base::Day first, base::Day day,
                     std::span<const float> utility) {
  const bool counted = seen.birthday != unseen;
  const int age = base::age_in_years(r.birth, day);
  seen.birthday = base::birthday(r.birth, age + 1);
  // Stocks are those of midnight, when tomorrow's birthdays begin.
  const std::size_t group = model::age_group(seen.birthday == day + 1 ? age + 1 : age);
  if (counted) settle(seen, first);
  if (!counted || group != seen.cells.age || !seen.same_levels(r)) {
    if (counted) count(seen.cells, one_less);
    seen.remember(r);
    seen.cells = cells_of(r, group);
    count(seen.cells, 1);
  }
  seen.since = first;
  seen.utility = utility_of(utility, r, age);
  utility_[group] += seen.utility;
}

/// Counts one no more who has gone in `month`.
void Census::discount(Seen& seen, base::Day first, std::size_t month) {
  if (seen.birthday != unseen && seen.birthday != model::never) {
    settle(seen, first);
    count(seen.cells, one_less);
    lives_[seen.resident] = {seen.days, static_cast<std::uint16_t>(month + 1)};
  }
  seen.birthday = model::never;
}

/// Closes what was lived up to the month that began on `first`.
void Census::settle(Seen& seen, base::Day first) {
  utility_[seen.cells.age] -= seen.utility;
  seen.days += std::int64_t{seen.utility} * (first - seen.since);
}

void Census::take(const model::State& state, base::Day first, base::Day day,
                  std::span<const float> utility, WorldResult& result, std::size_t month) {
  look_out_for(state);
  for (Seen& seen : seen_) {
    const model::Resident& r = state.residents[seen.resident];
    if (day + 1 < seen.birthday && seen.same_levels(r)) continue;
    if (r.here()) {
      recount(seen, r, first, day, utility);
    } else {
      discount(seen, first, month);
    }
  }
  if (month % 12 == 0) {
    std::erase_if(seen_, [](const Seen& seen) { return seen.birthday == model::never; });
  }
  months_ = month + 1;
  until_ = day + 1;
  write(result, month);
  const auto qaly = result.month<float>(Indicator::qaly, month);
  for (std::size_t age = 0; age < ages; ++age) {
    qaly[age] = static_cast<float>(years(utility_[age] * (until_ - first)));
  }
}

void Census::write(WorldResult& result, std::size_t month) const {
  const auto put = [&](std::span<const std::uint32_t> counts, Indicator indicator) {
    const auto to = result.month<std::uint32_t>(indicator, month);
    std::ranges::copy(counts.first(to.size()), to.begin());
  };
  put(population_, Indicator::population);
  put(cognition_, Indicator::persons_by_cognition);
  put(dwelling_, Indicator::residents_by_dwelling);
  put(problems_, Indicator::persons_with_problem);
  put(alone_, Indicator::living_alone);
  put(lonely_, Indicator::lonely);
}

}  // namespace carestair::record
