#include "synth/user_groups.hpp"

#include <algorithm>

#include "config/table.hpp"

namespace carestair::synth {
namespace {

/// `share` gives the share of a named group.
template <class Share>
UserGroupShares::Shares with_the_rest(Share share) {
  UserGroupShares::Shares shares{};
  double sum = 0.0;
  for (std::size_t group = 1; group < shares.size(); ++group) {
    shares[group] = share(group - 1);
    sum += shares[group];
  }
  for (double& s : shares) s /= std::max(sum, 1.0);
  shares[0] = std::max(1.0 - sum, 0.0);
  return shares;
}

}  // namespace

UserGroupShares::UserGroupShares(const config::UserGroups& groups) {
  for (std::size_t age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t need = 0; need < model::need_level_count; ++need) {
      start_.push_back(
          with_the_rest([&](std::size_t group) { return groups.at_start(age, need, group); }));
    }
    onset_.push_back(with_the_rest([&](std::size_t group) { return groups.at_onset(age, group); }));
  }
}

std::size_t UserGroupShares::row(int age) {
  return static_cast<std::size_t>(std::clamp(age, 0, config::oldest_age));
}

model::UserGroup UserGroupShares::group_at(const Shares& shares, double u) {
  for (std::size_t group = 1; group < shares.size(); ++group) {
    if (u < shares[group]) return static_cast<model::UserGroup>(group);
    u -= shares[group];
  }
  // Rounding may leave a little where the groups are everybody: the last of them takes it.
  if (shares[0] > 1e-9) return model::UserGroup::general;
  const auto last = std::find_if(shares.rbegin(), shares.rend(), [](double s) { return s > 0.0; });
  return last == shares.rend() ? model::UserGroup::general
                               : static_cast<model::UserGroup>(shares.rend() - last - 1);
}

}  // namespace carestair::synth
