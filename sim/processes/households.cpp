#include "processes/households.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "processes/case_update.hpp"
#include "processes/housing.hpp"
#include "processes/kin.hpp"
#include "processes/loneliness.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

using model::EventKind;
using model::ResidentId;

constexpr int adult = 18;
constexpr int widest_search = 10;  // years of birth on either side of the one looked for

/// First year of birth of the index of singles; nobody alive at any start is older.
constexpr int first_birth_year = 1850;

/// Loneliness once company has changed; one uniform number a pair, whatever happens between them.
void redraw_for_pair(World& world, ResidentId id, std::uint64_t other) {
  redraw_loneliness(world, id, random::Purpose::loneliness_change,
                    static_cast<std::uint32_t>(other));
}

/// Order among those of one year of birth: a mix of the two names and the age of the one who looks,
/// so that it does not depend on the order in which they came.
std::uint64_t affinity(std::uint64_t seeker, int age, std::uint64_t found) {
  std::uint64_t x = (seeker + static_cast<std::uint64_t>(age)) * 0x9e3779b97f4a7c15ULL ^ found;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::size_t birth_year_slot(base::Day birth) {
  const int year = base::to_date(birth).year - first_birth_year;
  return year < 0 ? 0 : static_cast<std::size_t>(year);
}

void enter_all(World& world) {
  for (auto& index : world.state.singles) index.resize(birth_year_slot(world.today()) + 64);
  for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    if (who.here() && !who.partner.valid()) enter_partner_search(world, ResidentId(i));
  }
}

/// The best single of the other sex born in a year, if any. Those who are no longer single or here
/// drop out of the index when they would be; whoever becomes single again is entered again. Only
/// those who rank before all seen so far are looked up: of n a few, on the mean log n.
ResidentId best_of_year(World& world, ResidentId seeker, std::size_t slot) {
  const model::Resident& self = world.at(seeker);
  auto& index = world.state.singles[1 - model::index(self.sex)];
  ResidentId best;
  if (slot >= index.size()) return best;
  const int age = world.age(self);
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  std::vector<model::Single>& others = index[slot];
  for (std::size_t i = 0; i < others.size();) {
    const auto [uid, id] = others[i];
    const std::uint64_t rank = affinity(self.uid, age, uid);
    if (rank < least) {
      const model::Resident& other = world.at(id);
      if (!other.here() || other.partner.valid()) {
        others[i] = others.back();
        others.pop_back();
        continue;
      }
      const bool kin = other.mother == seeker || self.mother == id ||
                       (self.mother.valid() && other.mother == self.mother);
      if (!kin && model::at_home(other.dwelling) && world.age(other) >= adult) {
        least = rank;
        best = id;
      }
    }
    ++i;
  }
  return best;
}

ResidentId find_partner(World& world, ResidentId id) {
  if (world.state.singles[0].empty()) enter_all(world);
  const model::Resident& who = world.at(id);
  const HouseholdTables& tables = world.rules().demography.households;
  // Keyed by age, not by the day: a union that comes a little later is the same union.
  random::Stream stream = world.stream(who, random::Purpose::partner_choice,
                                       static_cast<std::uint32_t>(world.age(who)));
  const double gap = tables.gap_mean + tables.gap_sd * stream.normal();
  const auto days = static_cast<int>(std::lround(gap * base::days_per_year));
  const bool woman = who.sex == model::Sex::female;
  const std::size_t wanted = birth_year_slot(woman ? who.birth - days : who.birth + days);
  for (std::size_t away = 0; away <= widest_search; ++away) {
    if (const ResidentId one = best_of_year(world, id, wanted + away); one.valid()) return one;
    if (away == 0 || away > wanted) continue;
    if (const ResidentId one = best_of_year(world, id, wanted - away); one.valid()) return one;
  }
  return {};
}

void move_in(World& world, ResidentId her, ResidentId him) {
  if (world.at(him).care_case.valid()) end_tenancy(world, world.at(world.at(him).care_case));
  world.at(her).partner = him;
  world.at(him).partner = her;
  share_home(world, her, him);  // he moves in with her
  for (const auto& [id, other] : {std::pair{her, him}, std::pair{him, her}}) {
    redraw_for_pair(world, id, world.at(other).uid);
    world.record(EventKind::partnered, world.at(id));
    world.explain(world.at(id), [] { return std::string("moves in with a partner"); });
    household_changed(world, id);
    world.touch(id);
  }
}

void separate(World& world, ResidentId her, ResidentId him) {
  world.at(her).partner = {};
  world.at(him).partner = {};
  for (const auto& [id, other] : {std::pair{her, him}, std::pair{him, her}}) {
    redraw_for_pair(world, id, world.at(other).uid);
    leave_others_tenancy(world, id);
    world.record(EventKind::separated, world.at(id));
    world.explain(world.at(id), [] { return std::string("separates"); });
    household_changed(world, id);
    enter_partner_search(world, id);
    world.touch(id);
  }
}

}  // namespace

HouseholdTables::HouseholdTables(const config::Households& households)
    : gap_mean(households.partner_age_gap_years),
      gap_sd(households.partner_age_gap_sd_years),
      leaving_home(static_cast<int>(std::lround(households.oldest_child_at_home_years))) {
  for (std::size_t age = 0; age < age_count; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      formation.push_back(per_day(0.5 * households.union_rate(age, sex)));
    }
    dissolution.push_back(per_day(households.dissolution_rate(age)));
  }
}

void Households::fire(World& world, ResidentId id) {
  const ResidentId partner = world.at(id).partner;
  if (partner.valid()) {
    separate(world, id, partner);
  } else if (const ResidentId found = find_partner(world, id); found.valid()) {
    const bool woman = world.at(id).sex == model::Sex::female;
    move_in(world, woman ? id : found, woman ? found : id);
  }
}

bool lives_alone(const World& world, const model::Resident& who) {
  const int leaving = world.rules().demography.households.leaving_home;
  const int age = world.age(who);
  if (age < adult) return false;
  const auto at_home_here = [&](ResidentId id) {
    return id.valid() && world.at(id).here() && model::at_home(world.at(id).dwelling);
  };
  if (!model::at_home(who.dwelling)) return true;
  if (at_home_here(who.partner)) return false;
  if (age < leaving && at_home_here(who.mother)) return false;
  const ResidentId self = world.id_of(who);
  bool company = false;
  for_each_child(world.state, who, [&](const model::Kin& kin) {
    if (!at_home_here(kin.resident)) return;
    const model::Resident& child = world.at(kin.resident);
    if (world.age(child) >= leaving) return;
    // A father has his children at home when their mother is not here any more.
    const bool with_me = child.mother == self || !at_home_here(child.mother);
    company = company || with_me;
  });
  return !company;
}

void partner_gone(World& world, ResidentId gone, model::Presence how) {
  const ResidentId left = world.at(gone).partner;
  world.at(gone).partner = {};
  if (!left.valid()) return;
  world.at(left).partner = {};
  redraw_for_pair(world, left, world.at(gone).uid);
  const bool widowed = how == model::Presence::dead;
  world.record(widowed ? EventKind::widowed : EventKind::separated, world.at(left));
  world.explain(world.at(left), [&] {
    return std::string(widowed ? "is widowed" : "is left when the partner moves away");
  });
  household_changed(world, left);
  world.touch(left);
  enter_partner_search(world, left);
}

void enter_partner_search(World& world, ResidentId id) {
  auto& index = world.state.singles[model::index(world.at(id).sex)];
  if (index.empty()) return;  // the first search enters everybody
  const std::size_t slot = birth_year_slot(world.at(id).birth);
  if (slot >= index.size()) index.resize(slot + 64);
  index[slot].push_back({world.at(id).uid, id});
}

}  // namespace carestair::processes
