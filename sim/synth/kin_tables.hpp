// What is known of children by cohort, age and sex, prepared for drawing: how many a parent has,
// how old the parent was at each birth, where they live and when those elsewhere die.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "model/levels.hpp"

namespace carestair::synth {

inline constexpr int most_children = 4;  // "four or more" counts as four

class KinTables {
 public:
  KinTables() = default;
  explicit KinTables(const config::Config& config);

  /// Number of living children of a parent; u uniform in (0, 1).
  [[nodiscard]] int children_at(base::Day birth_of_parent, double u) const;
  /// Days from the mother's birth to her child's: the age profile of fertility.rate, moved so
  /// that its mean is kin.mean_age_at_birth_years.
  [[nodiscard]] int mothers_age_days_at(double u) const;
  /// Where an adult child lives who may live anywhere.
  [[nodiscard]] model::Distance distance_at(double u) const;
  /// Age in days at death of someone `age_days` old now. `exponential` is a unit exponential; the
  /// life table of the base year is kept for the whole life.
  [[nodiscard]] double death_age_days(model::Sex sex, double age_days, double exponential) const;

  [[nodiscard]] int father_older_days() const { return father_older_days_; }
  [[nodiscard]] int mean_age_days() const { return mean_age_days_; }
  /// Children live with their parents until this birthday.
  [[nodiscard]] int leaving_home() const { return leaving_home_; }
  [[nodiscard]] double share_boys() const { return share_boys_; }

 private:
  struct Cohort {
    base::Day from;
    std::array<double, most_children> cumulative{};  // of 0, 1, 2, 3 children
  };
  static constexpr std::size_t steps = 256;

  void prepare_ages_at_birth(const config::Config& config);
  void prepare_deaths(const config::Config& config);

  std::vector<Cohort> cohorts_;  // in order of time
  std::array<double, steps + 1> age_quantile_days_{};
  std::array<std::vector<double>, model::sex_count> hazard_;      // by age, per day
  std::array<std::vector<double>, model::sex_count> cumulative_;  // at the start of each age
  double same_municipality_ = 0.0;
  double region_ = 0.0;
  double share_boys_ = 0.5;
  int father_older_days_ = 0;
  int mean_age_days_ = 0;
  int leaving_home_ = 0;
};

/// Nobody becomes a parent before this age, whatever the tables say.
inline constexpr int youngest_parent = 15;
/// Nor a mother after this one.
inline constexpr int oldest_mother = 50;

}  // namespace carestair::synth
