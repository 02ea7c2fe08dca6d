// The population, rates and events that all engine benchmarks share: five clocks a person (death,
// need up, need down, cognition, a fall), birthdays, and newborns in the place of the dead.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/day.hpp"

namespace bench {

using namespace carestair;

inline constexpr std::size_t clock_count = 5;
inline constexpr int oldest = 110;
inline constexpr int days_a_year = 365;

/// The state that the rates depend on.
struct Life {
  std::int32_t birth;
  std::uint8_t sex, need, cognition;
};

/// Member i of the population at the start: ages spread evenly over 0..94.
inline Life first_life(std::uint32_t i) {
  const std::uint32_t mixed = i * 2654435761U;
  return {-static_cast<std::int32_t>((mixed >> 8) % (95 * days_a_year)),
          static_cast<std::uint8_t>(mixed & 1), 0, 0};
}

/// What a clock does to a life; clock 0 is death.
template <class State>
void happen(State& life, std::uint32_t clock) {
  switch (clock) {
    case 1: life.need = life.need < 3 ? static_cast<std::uint8_t>(life.need + 1) : life.need; break;
    case 2: life.need = life.need > 0 ? static_cast<std::uint8_t>(life.need - 1) : life.need; break;
    case 3:
      life.cognition =
          life.cognition < 2 ? static_cast<std::uint8_t>(life.cognition + 1) : life.cognition;
      break;
    default: break;
  }
}

/// Daily rates by age, sex, need and cognition; `Row` holds at least `clocks` of them. Clocks
/// beyond the first five run at the rate of a fall spread over them all, so that the number of
/// events stays the same whatever the number of clocks.
template <class Row, std::size_t clocks = clock_count>
class RateTable {
 public:
  RateTable() {
    for (int age = 0; age <= oldest; ++age) {
      for (int sex = 0; sex < 2; ++sex) {
        for (int need = 0; need < 4; ++need) {
          for (int cognition = 0; cognition < 3; ++cognition) {
            Row& row = rows_[at(age, sex, need, cognition)];
            const double death = 1e-4 + 3e-5 * std::exp(0.1 * age);
            row[0] = daily(death * (1 + 0.7 * need + 0.5 * cognition));
            row[1] = daily(0.0005 * std::exp(0.07 * age));
            row[2] = daily(need > 0 ? 0.3 : 0.0);
            row[3] = daily(age > 60 ? 0.001 * std::exp(0.13 * (age - 60)) : 0.0);
            const double fall = (0.08 + 0.0005 * std::exp(0.08 * age)) * (1 + need);
            for (std::size_t k = 4; k < clocks; ++k) row[k] = daily(fall / (clocks - 4));
          }
        }
      }
    }
  }

  [[nodiscard]] const Row& of(const auto& life, std::int32_t day) const {
    const int age = (day - life.birth) / days_a_year;
    return rows_[at(age > oldest ? oldest : age, life.sex, life.need, life.cognition)];
  }

 private:
  /// Most people need nothing: their rows lie together.
  static constexpr std::size_t at(int age, int sex, int need, int cognition) {
    return static_cast<std::size_t>(((need * 3 + cognition) * 2 + sex) * (oldest + 1) + age);
  }
  /// Never quite zero: the hand-written loop divides by it.
  static float daily(double yearly) { return static_cast<float>(std::max(yearly, 1e-12) / 365.0); }

  std::array<Row, (oldest + 1) * 2 * 4 * 3> rows_{};
};

/// The same lives on the engine.
template <std::size_t clocks = clock_count, class Thresholds = engine::KeyedThresholds>
class EngineWorld {
 public:
  EngineWorld(std::uint32_t people, std::uint32_t seed)
      : people_(random::WorldSeed::of(seed, 0, 0)) {
    people_.reserve(people);
    lives_.reserve(people);
    for (std::uint32_t i = 0; i < people; ++i) {
      lives_.push_back({first_life(i), i});
      people_.enter(*this, i, 0.0F, rates(i, 0.0F), next_anniversary(i, 0));
      people_.schedule(i, 0);
    }
  }

  std::uint64_t run(int days) {
    std::uint64_t events = 0;
    for (int day = 0; day < days; ++day) events += people_.run_day(*this, day_++);
    return events;
  }
  [[nodiscard]] std::uint64_t deaths() const { return deaths_; }

  // What the engine asks.
  [[nodiscard]] const auto& rates(engine::Person p, engine::Time t) const {
    return table_.of(lives_[p].life, static_cast<std::int32_t>(t));
  }
  bool fire(engine::Person p, std::uint32_t clock, engine::Time t) {
    auto& [life, uid] = lives_[p];
    if (clock == 0) {
      ++deaths_;
      life = {static_cast<std::int32_t>(t), life.sex, 0, 0};
      uid += 1000003;
    } else {
      happen(life, clock);
    }
    return true;
  }
  [[nodiscard]] std::uint64_t uid(engine::Person p) const { return lives_[p].uid; }
  [[nodiscard]] engine::RunDay next_anniversary(engine::Person p, engine::RunDay day) const {
    return day + days_a_year - (day - lives_[p].life.birth) % days_a_year;
  }
  void prefetch(engine::Person p) const { __builtin_prefetch(&lives_[p]); }

  static constexpr std::size_t bytes_per_person =
      engine::People<clocks, Thresholds>::bytes_per_person;

 private:
  struct Record {
    Life life;
    std::uint32_t uid;
  };
  static const inline RateTable<typename engine::Clocks<clocks>::Rates, clocks> table_;
  std::vector<Record> lives_;
  engine::People<clocks, Thresholds> people_;
  engine::RunDay day_ = 0;
  std::uint64_t deaths_ = 0;
};

}  // namespace bench
