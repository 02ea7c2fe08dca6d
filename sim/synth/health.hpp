// Who has which need and cognition at an age: the joint distribution fitted to the tables of the
// configuration, and the draw of one person's health from it (founders, replacements, in-movers).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "config/sections/config.hpp"
#include "model/levels.hpp"
#include "model/resident.hpp"
#include "random/stream.hpp"
#include "synth/user_groups.hpp"

namespace carestair::synth {

inline constexpr std::size_t health_cell_count = model::need_level_count * model::cognition_count;
inline constexpr std::size_t most_illnesses = 8;

/// Need level and cognition as one number, need first.
constexpr std::size_t health_cell(model::NeedLevel need, model::Cognition cognition) {
  return model::index(need) * model::cognition_count + model::index(cognition);
}
constexpr model::NeedLevel need_of_cell(std::size_t cell) {
  return static_cast<model::NeedLevel>(cell / model::cognition_count);
}
constexpr model::Cognition cognition_of_cell(std::size_t cell) {
  return static_cast<model::Cognition>(cell % model::cognition_count);
}

/// Everything about health and circumstances at the start, made once per configuration.
/// Ages are clamped to 0..110, so that nobody needs to do so outside.
class HealthTables {
 public:
  using Cells = std::array<double, health_cell_count>;

  HealthTables() = default;
  explicit HealthTables(const config::Config& config);

  /// P(need, cognition | age, sex); the 20 cells add up to 1.
  [[nodiscard]] const Cells& cells(int age, model::Sex sex) const {
    return cells_[row(age) * model::sex_count + model::index(sex)];
  }
  [[nodiscard]] double share(int age, model::Sex sex, model::NeedLevel need,
                             model::Cognition cognition) const {
    return cells(age, sex)[health_cell(need, cognition)];
  }

  /// Share of a stage that is diagnosed.
  [[nodiscard]] double diagnosed(model::Cognition stage) const {
    return diagnosed_[model::index(stage)];
  }
  /// Mean frailty of those with and without need at an age; over both it is 1.
  [[nodiscard]] double frailty_mean(int age, model::NeedLevel need) const {
    return by_age_[row(age)].frailty_mean[need == model::NeedLevel::none ? 0 : 1];
  }
  [[nodiscard]] const UserGroupShares& groups() const { return groups_; }
  [[nodiscard]] double frailty_variance() const { return frailty_variance_; }
  [[nodiscard]] double unsuitable_home(int age) const { return by_age_[row(age)].unsuitable_home; }
  [[nodiscard]] double prefers_institution(int age) const {
    return by_age_[row(age)].prefers_institution;
  }
  [[nodiscard]] double lonely(bool alone) const { return lonely_[alone ? 1 : 0]; }

  /// Outcome for a uniform number u in (0, 1).
  [[nodiscard]] std::size_t cell_at(int age, model::Sex sex, double u) const;
  [[nodiscard]] std::uint8_t illnesses_at(int age, double u) const;
  [[nodiscard]] model::Income income_at(int age, double u) const;

 private:
  struct ByAge {
    std::array<double, most_illnesses> illness{};  // cumulative; the last count takes the rest
    std::array<double, model::income_count> income{};
    std::array<double, 2> frailty_mean{1.0, 1.0};
    double unsuitable_home = 0.0;
    double prefers_institution = 0.0;
  };
  static constexpr std::size_t row(int age) {
    return static_cast<std::size_t>(age < 0                    ? 0
                                    : age > config::oldest_age ? config::oldest_age
                                                               : age);
  }

  std::vector<Cells> cells_;  // [age][sex]
  std::vector<ByAge> by_age_;
  std::array<double, model::cognition_count> diagnosed_{};
  std::array<double, 2> lonely_{};  // together, alone
  double frailty_variance_ = 0.0;
  UserGroupShares groups_;
};

/// From this age on loneliness is drawn; what is known of it holds for adults.
inline constexpr int youngest_lonely = 18;

/// Draws need, cognition, diagnosis, illnesses and frailty of one person alone.
void draw_health(const HealthTables& tables, random::Stream& stream, model::Resident& who, int age);

/// Draws home, income, preference and loneliness; continues the same stream, so that no two
/// decisions share a number.
void draw_circumstances(const HealthTables& tables, random::Stream& stream, model::Resident& who,
                        int age, bool alone);

/// Health on an occasion of its own: `count` tells the occasions of one person apart.
inline void draw_health(const HealthTables& tables, random::WorldSeed seed, model::Resident& who,
                        int age, random::Purpose purpose, std::uint32_t count) {
  random::Stream stream(seed, who.uid, purpose, count);
  draw_health(tables, stream, who, age);
}

/// User group of one whose need is drawn, too: a founder, a newborn, an in-mover or a newcomer of
/// the burn-in. Always the same number for a person, so that other shares keep whom they can;
/// `count` tells the newcomers who take one person's place apart.
void draw_user_group(const HealthTables& tables, random::WorldSeed seed, model::Resident& who,
                     int age, std::uint32_t count = 0);

}  // namespace carestair::synth
