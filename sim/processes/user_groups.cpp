#include "processes/user_groups.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "processes/world.hpp"

namespace carestair::processes {

using model::RateName;
using model::UserGroup;

UserGroupTables::UserGroupTables(const config::UserGroups& groups,
                                 const synth::UserGroupShares& shares,
                                 const UserGroupTables* before) {
  // Over the groups: it is also what those in none of them have. Where a group is nowhere to be
  // found, or nothing happens to any, there is nothing to divide by.
  const auto mean = [](const config::Table& table, const auto& share) {
    double sum = 0.0;
    double in_groups = 0.0;
    for (std::size_t g = 1; g < model::user_group_count; ++g) {
      sum += share[g] * table(g - 1);
      in_groups += share[g];
    }
    return sum > 0.0 ? static_cast<float>(sum / in_groups) : 1.0F;
  };
  for (int age = 0; age < old_age_from; ++age) {
    for (std::size_t level = 0; level < model::need_level_count; ++level) {
      const auto need = static_cast<model::NeedLevel>(level);
      const auto& share = shares.at_start(age, need);
      if (before != nullptr) {
        means.push_back(before->means[means.size()]);
      } else {
        means.push_back({.decline = mean(groups.decline_ratio, share),
                         .recovery = mean(groups.recovery_ratio, share),
                         .death = mean(groups.death_ratio, share)});
      }
      const Ratios& by = means.back();
      ratios.emplace_back();  // general
      for (std::size_t g = 0; g + 1 < model::user_group_count; ++g) {
        Ratios& r = ratios.emplace_back();
        if (need == model::NeedLevel::none) continue;
        r.decline = static_cast<float>(groups.decline_ratio(g)) / by.decline;
        r.recovery = static_cast<float>(groups.recovery_ratio(g)) / by.recovery;
        r.death = static_cast<float>(groups.death_ratio(g)) / by.death;
        r.seeking = static_cast<float>(groups.seeking_ratio(g));
      }
    }
  }
  for (std::size_t group = 1; group < model::user_group_count; ++group) {
    home_limit[group] = static_cast<float>(groups.home_limit_hours_per_week(group - 1));
  }
}

double onset_growth(const config::UserGroups& groups, std::size_t age, int calendar_year) {
  if (age >= static_cast<std::size_t>(old_age_from)) return 1.0;
  return std::pow(1.0 + groups.growth, std::max(calendar_year - groups.growth_from_year, 0));
}

void learn_user_group(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  const int age = world.age(who);
  if (who.group != UserGroup::general || age >= old_age_from) return;
  who.group = world.rules().health.groups().at_onset(
      age, world.stream(who, random::Purpose::user_group).uniform());
  if (who.group == UserGroup::general) return;
  world.explain(who, [&] {
    return fmt::format("first need of assistance, user group {}",
                       model::user_group_names[model::index(who.group)]);
  });
}

void apply_user_group(const World& world, const model::Resident& who, model::Ratios& ratios) {
  const int age = world.age(who);
  if (age >= old_age_from || !who.here()) return;
  const UserGroupTables::Ratios& group = world.rules().user_groups.of(age, who.need, who.group);
  ratios[model::index(RateName::decline)] *= group.decline;
  ratios[model::index(RateName::recovery)] *= group.recovery;
  ratios[model::index(RateName::death)] *= group.death;
  ratios[model::index(RateName::seeking)] *= group.seeking;
}

float home_limit_hours(const World& world, const model::Resident& who) {
  const UserGroup group = young_group(who, world.age(who));
  return group == UserGroup::general
             ? static_cast<float>(world.config().allocation.home_limit_hours_per_week)
             : world.rules().user_groups.home_limit[model::index(group)];
}

}  // namespace carestair::processes
