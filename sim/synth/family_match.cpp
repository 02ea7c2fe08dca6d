#include "synth/family_match.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "synth/nearest.hpp"

namespace carestair::synth {
namespace {

constexpr std::uint32_t none = NearestFree::nobody_found;

/// How far a planned birth may be from the child's; the near ones are looked at first.
constexpr std::array<int, 2> birth_tolerances{365, 1461};
constexpr int tries_for_mother = 12;

/// An adult child may be a few years off the planned age; beyond that the couple of parents would
/// look odd.
constexpr int adult_child_days = 1096;
constexpr int tries_for_child = 32;

bool possible_mother(base::Day mother, base::Day child) {
  const int age = child - mother;
  return age >= youngest_parent_days && age <= oldest_mother_days;
}

/// Chooses among women about as old as mothers are: who has fewest children at home, with partner
/// rather than without. Only used when the plan holds too few children.
class SpareMothers {
 public:
  SpareMothers(const Roster& roster, const model::State& state, int mean_age_days)
      : women_(roster.of(model::Sex::female).by_birth),
        state_(state),
        children_(state.residents.size(), 0),
        mean_age_days_(mean_age_days) {}

  void count(std::uint32_t mother) { ++children_[mother]; }

  [[nodiscard]] std::uint32_t find(base::Day child) const {
    const auto at = std::ranges::lower_bound(women_, child.number - mean_age_days_, {}, &Born::day);
    const auto middle = at - women_.begin();
    const std::uint32_t near =
        best(std::max<std::ptrdiff_t>(middle - reach, 0), middle + reach, child);
    return near != no_resident ? near : best(0, std::ssize(women_), child);
  }

 private:
  static constexpr std::ptrdiff_t reach = 20;
  /// A woman with partner is preferred to one without who has two children fewer.
  static constexpr int worth_a_partner = 2;

  [[nodiscard]] std::uint32_t best(std::ptrdiff_t from, std::ptrdiff_t to, base::Day child) const {
    std::uint32_t found = no_resident;
    int lowest = std::numeric_limits<int>::max();
    for (auto i = from; i < std::min(to, std::ssize(women_)); ++i) {
      const Born& woman = women_[static_cast<std::size_t>(i)];
      if (!possible_mother(base::Day{woman.day}, child)) continue;
      const bool single = !state_.residents[woman.resident].partner.valid();
      const int burden = children_[woman.resident] + (single ? worth_a_partner : 0);
      if (burden < lowest) {
        lowest = burden;
        found = woman.resident;
      }
    }
    return found;
  }

  const std::vector<Born>& women_;
  const model::State& state_;
  std::vector<std::uint8_t> children_;
  int mean_age_days_;
};

}  // namespace

void match_children_at_home(const Tables& tables, base::Day start, const Roster& roster,
                            const model::State& state, std::vector<PlannedChild>& plan,
                            FamilyReport& report) {
  std::array<std::vector<Born>, 2> births;  // planned by women with partner, without
  for (std::uint32_t i = 0; i < plan.size(); ++i) {
    if (!at_home_age(tables.kin, plan[i].birth, start)) continue;
    const bool single = !state.residents[plan[i].parent].partner.valid();
    births[single ? 1 : 0].push_back({plan[i].birth.number, i});
    plan[i].dropped = true;  // until a child is found
    ++report.planned_without_child;
  }
  SpareMothers spare(roster, state, tables.kin.mean_age_days());
  std::vector<Born> waiting = by_birth(roster, 0, tables.kin.leaving_home() - 1);
  report.children_at_home = static_cast<std::uint32_t>(waiting.size());
  for (std::vector<Born>& offered : births) {
    std::ranges::sort(offered, [](Born a, Born b) {
      return a.day != b.day ? a.day < b.day : a.resident < b.resident;
    });
    NearestFree planned(std::move(offered));
    for (const int days : birth_tolerances) {
      std::size_t left = 0;
      for (const Born& child : waiting) {
        const std::uint32_t place =
            planned.find(child.day, days, tries_for_mother, [&](const Born& birth) {
              return possible_mother(state.residents[plan[birth.resident].parent].birth,
                                     base::Day{child.day});
            });
        if (place == none) {
          waiting[left++] = child;
          continue;
        }
        planned.take(place);
        PlannedChild& found = plan[planned.at(place).resident];
        found.child = child.resident;
        found.birth = base::Day{child.day};
        found.distance = model::Distance::same_household;
        found.dropped = false;
        --report.planned_without_child;
        spare.count(found.parent);
      }
      waiting.resize(left);
    }
  }

  for (const Born& child : waiting) {
    const std::uint32_t mother = spare.find(base::Day{child.day});
    if (mother == no_resident) {
      ++report.without_mother;
      continue;
    }
    spare.count(mother);
    ++report.beyond_plan;
    plan.push_back({.birth = base::Day{child.day},
                    .parent = mother,
                    .child = child.resident,
                    .distance = model::Distance::same_household});
  }
}

void match_adult_children(const Tables& tables, const Roster& roster, const model::State& state,
                          std::vector<PlannedChild>& plan, FamilyReport& report) {
  NearestFree free(by_birth(roster, tables.kin.leaving_home(), config::oldest_age));
  std::vector<std::uint32_t> parent_of(state.residents.size(), no_resident);

  for (const bool nearest : {true, false}) {
    for (PlannedChild& child : plan) {
      if (child.distance != model::Distance::same_municipality || child.nearest != nearest)
        continue;
      report.nearest_wanted_here += nearest ? 1 : 0;
      const model::Resident& parent = state.residents[child.parent];
      const std::uint32_t place =
          free.find(child.birth.number, adult_child_days, tries_for_child, [&](const Born& one) {
            if (one.day - parent.birth.number < youngest_parent_days) return false;
            const model::ResidentId spouse = state.residents[one.resident].partner;
            // Nobody is married to the own parent, brother or sister.
            return !spouse.valid() ||
                   (spouse.index != child.parent && parent_of[spouse.index] != child.parent);
          });
      if (place == none) {
        child.distance = model::Distance::region;
        continue;
      }
      free.take(place);
      report.nearest_found_here += nearest ? 1 : 0;
      child.child = free.at(place).resident;
      child.birth = base::Day{free.at(place).day};
      parent_of[child.child] = child.parent;
    }
  }
}

}  // namespace carestair::synth
