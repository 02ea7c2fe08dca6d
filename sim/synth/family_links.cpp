#include "synth/family_links.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace carestair::synth {
namespace {

using random::Purpose;
using random::Stream;

/// Puts each family in order, the youngest first, as later births will be put before them.
/// A family has few children: moving each to its place beats any general sort.
void sort_families(std::vector<PlannedChild>& plan) {
  const auto before = [](const PlannedChild& a, const PlannedChild& b) {
    return a.parent != b.parent ? a.parent < b.parent : b.birth < a.birth;
  };
  for (std::size_t i = 1; i < plan.size(); ++i) {
    const PlannedChild child = plan[i];
    std::size_t place = i;
    for (; place > 0 && before(child, plan[place - 1]); --place) plan[place] = plan[place - 1];
    plan[place] = child;
  }
}

/// Puts the children beyond the plan, which stand at its end, beside their mothers' others.
void join_families(std::vector<PlannedChild>& plan) {
  const auto beyond = std::ranges::is_sorted_until(plan, {}, &PlannedChild::parent);
  std::ranges::stable_sort(beyond, plan.end(), {}, &PlannedChild::parent);
  std::ranges::inplace_merge(plan, beyond, {}, &PlannedChild::parent);
}

/// Follows the chain of one parent while it grows.
class Chain {
 public:
  Chain(model::State& state, model::ResidentId parent) : state_(state), parent_(parent) {}

  void append(model::KinId child) {
    if (!last_.valid()) {
      state_.at(parent_).first_child = child;
    } else if (state_.at(parent_).sex == model::Sex::female) {
      state_.at(last_).next_of_mother = child;
    } else {
      state_.at(last_).next_of_father = child;
    }
    last_ = child;
  }

  [[nodiscard]] model::ResidentId parent() const { return parent_; }

 private:
  model::State& state_;
  model::ResidentId parent_;
  model::KinId last_;
};

/// A child who lives elsewhere: known by sex, birth and day of death.
model::Kin elsewhere(const KinTables& kin, Stream& life, const PlannedChild& child,
                     base::Day start) {
  model::Kin made;
  made.sex = life.chance(kin.share_boys()) ? model::Sex::male : model::Sex::female;
  const double lived =
      kin.death_age_days(made.sex, static_cast<double>(start - child.birth), life.exponential());
  made.death = child.birth + static_cast<int>(lived) + 1;
  return made;
}

}  // namespace

void link_families(const Tables& tables, random::WorldSeed seed, base::Day start,
                   std::vector<PlannedChild>& plan, model::State& state) {
  std::erase_if(plan, [](const PlannedChild& child) { return child.dropped; });
  join_families(plan);
  sort_families(plan);
  for (auto child = plan.begin(); child != plan.end();) {
    const model::ResidentId parent{child->parent};
    const model::Resident& who = state.at(parent);
    const bool is_mother = who.sex == model::Sex::female;
    Stream life(seed, who.uid, Purpose::child_life);
    Chain own(state, parent);
    Chain fathers(state, is_mother ? who.partner : model::ResidentId{});
    for (; child != plan.end() && child->parent == parent.index; ++child) {
      model::Kin made =
          child->child == no_resident ? elsewhere(tables.kin, life, *child, start) : model::Kin{};
      const model::KinId id{state.kin.size()};
      made.birth = child->birth;
      made.distance = child->distance;
      if (child->child != no_resident) {
        made.resident = model::ResidentId{child->child};
        model::Resident& resident = state.at(made.resident);
        made.birth = resident.birth;
        made.sex = resident.sex;
        resident.as_child = id;
        if (is_mother) resident.mother = parent;
      }
      if (!is_mother) made.father = parent;
      const bool his = fathers.parent().valid() &&
                       made.birth - state.at(fathers.parent()).birth >= youngest_parent_days;
      if (his) made.father = fathers.parent();
      state.kin.push_back(made);
      own.append(id);
      if (his) fathers.append(id);
    }
  }
}

}  // namespace carestair::synth
