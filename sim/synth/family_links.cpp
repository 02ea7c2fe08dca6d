#include "synth/family_links.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace carestair::synth {
namespace {

using random::Purpose;
using random::Stream;

/// Puts the children of one parent in order of birth, with those beyond the plan in their place.
void sort_families(std::vector<PlannedChild>& plan) {
  const auto before = [](const PlannedChild& a, const PlannedChild& b) {
    return a.parent != b.parent ? a.parent < b.parent : a.birth < b.birth;
  };
  if (!std::ranges::is_sorted(plan, {}, &PlannedChild::parent)) std::ranges::sort(plan, before);
  for (auto first = plan.begin(); first != plan.end();) {
    const auto last = std::find_if(first, plan.end(), [&](const PlannedChild& child) {
      return child.parent != first->parent;
    });
    std::sort(first, last, before);
    first = last;
  }
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
  sort_families(plan);
  for (auto child = plan.begin(); child != plan.end();) {
    const model::ResidentId parent{child->parent};
    const model::Resident& who = state.at(parent);
    const bool is_mother = who.sex == model::Sex::female;
    Stream life(seed, who.uid, Purpose::child_life);
    Chain own(state, parent);
    Chain fathers(state, is_mother ? who.partner : model::ResidentId{});
    for (; child != plan.end() && child->parent == parent.index; ++child) {
      model::Kin made = child->child == no_resident ? elsewhere(tables.kin, life, *child, start)
                                                    : model::Kin{};
      made.birth = child->birth;
      made.distance = child->distance;
      if (child->child != no_resident) {
        made.resident = model::ResidentId{child->child};
        model::Resident& resident = state.at(made.resident);
        made.birth = resident.birth;
        made.sex = resident.sex;
        if (is_mother) resident.mother = parent;
      }
      const model::KinId id{state.kin.size()};
      state.kin.push_back(made);
      own.append(id);
      if (fathers.parent().valid() &&
          made.birth - state.at(fathers.parent()).birth >= youngest_parent_days) {
        fathers.append(id);
      }
    }
  }
}

}  // namespace carestair::synth
