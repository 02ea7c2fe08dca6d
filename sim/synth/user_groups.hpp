// Shares of the user groups among those with need, and the group a number of a person's own means.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "config/sections/user_groups.hpp"
#include "model/levels.hpp"

namespace carestair::synth {

class UserGroupShares {
 public:
  /// By UserGroup; what the groups leave is general. Shares above 1 in all are scaled down.
  using Shares = std::array<double, model::user_group_count>;

  UserGroupShares() = default;
  explicit UserGroupShares(const config::UserGroups& groups);

  [[nodiscard]] const Shares& at_start(int age, model::NeedLevel need) const {
    return start_[row(age) * model::need_level_count + model::index(need)];
  }
  [[nodiscard]] const Shares& at_onset(int age) const { return onset_[row(age)]; }

  /// Outcome for a uniform number u in (0, 1).
  [[nodiscard]] model::UserGroup at_start(int age, model::NeedLevel need, double u) const {
    return group_at(at_start(age, need), u);
  }
  [[nodiscard]] model::UserGroup at_onset(int age, double u) const {
    return group_at(at_onset(age), u);
  }

 private:
  static std::size_t row(int age);
  static model::UserGroup group_at(const Shares& shares, double u);

  std::vector<Shares> start_;  // [age][need]
  std::vector<Shares> onset_;  // [age]
};

}  // namespace carestair::synth
