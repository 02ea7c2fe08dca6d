#include "synth/family_plan.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>

namespace carestair::synth {
namespace {

using random::Purpose;
using random::Stream;

/// Men younger than this have hardly any children who have left home.
constexpr int youngest_single_father = 45;

std::uint32_t first_aged(const Roster::OneSex& one, int age) {
  return one.first_of_age[std::min(static_cast<std::size_t>(age), one.first_of_age.size() - 1)];
}

/// The nearest adult child lives where the shares say; the others are drawn alike, but never
/// nearer than the nearest.
void place(const KinTables& kin, Stream& draws, std::span<PlannedChild> adults) {
  if (adults.empty()) return;
  const auto which = static_cast<std::size_t>(draws.uniform() * static_cast<double>(adults.size()));
  const model::Distance nearest = kin.distance_at(draws.uniform());
  for (std::size_t i = 0; i < adults.size(); ++i) {
    adults[i].nearest = i == which;
    adults[i].distance = i == which ? nearest : std::max(nearest, kin.distance_at(draws.uniform()));
  }
}

/// Adds the children of one parent, eldest first.
void plan(const Tables& tables, random::WorldSeed seed, base::Day start, const model::State& state,
          std::uint32_t parent, std::vector<PlannedChild>& children) {
  const model::Resident& who = state.residents[parent];
  Stream draws(seed, who.uid, Purpose::children);
  const int count = tables.kin.children_at(who.birth, draws.uniform());
  const bool man = who.sex == model::Sex::male;
  // Parent's age in days at each birth; children who do not exist stay at the end.
  constexpr int not_born = std::numeric_limits<int>::max();
  std::array<int, most_children> ages;
  ages.fill(not_born);
  for (int i = 0; i < count; ++i) {
    const int age = tables.kin.mothers_age_days_at(draws.uniform()) +
                    (man ? tables.kin.father_older_days() : 0);
    ages[static_cast<std::size_t>(i)] = std::max(age, youngest_parent_days);
  }
  std::ranges::sort(ages);
  std::size_t grown = 0;
  const std::size_t first = children.size();
  for (const int age : ages) {
    if (age > start - who.birth) break;
    const base::Day birth = who.birth + age;
    const bool at_home = at_home_age(tables.kin, birth, start);
    if (at_home && man) break;
    children.push_back({.birth = birth, .parent = parent});
    if (!at_home) ++grown;
  }
  if (grown == 0) return;
  Stream places(seed, who.uid, Purpose::child_place);
  place(tables.kin, places, std::span(children).subspan(first, grown));
}

}  // namespace

std::vector<PlannedChild> plan_families(const Tables& tables, random::WorldSeed seed,
                                        base::Day start, const Roster& roster,
                                        const model::State& state) {
  std::vector<PlannedChild> children;
  children.reserve(state.residents.size() + 16);
  const Roster::OneSex& men = roster.of(model::Sex::male);
  for (std::uint32_t i = first_aged(men, youngest_single_father); i < men.first + men.count; ++i) {
    if (!state.residents[i].partner.valid()) plan(tables, seed, start, state, i, children);
  }
  const Roster::OneSex& women = roster.of(model::Sex::female);
  for (std::uint32_t i = first_aged(women, youngest_parent + 1); i < women.first + women.count;
       ++i) {
    plan(tables, seed, start, state, i, children);
  }
  return children;
}

}  // namespace carestair::synth
