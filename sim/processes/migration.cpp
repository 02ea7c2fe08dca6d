#include "processes/migration.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "base/short_list.hpp"
#include "model/arrival.hpp"
#include "model/identity.hpp"
#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/kin.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

using model::Arrival;
using model::ResidentId;

/// Partner and minor children who go along, and the children of these. Twelve hold nearly all
/// families; a larger one goes as a whole, too, lest children stay without parents.
using Family = base::ShortList<ResidentId, 12>;

void join_in(Family& family, ResidentId id) {
  if (!family.has(id)) family.add(id);
}

void add_minors(const World& world, ResidentId parent, Family& family) {
  for_each_child(world.state, world.at(parent), [&](const model::Kin& kin) {
    if (!kin.resident.valid()) return;
    const model::Resident& child = world.at(kin.resident);
    if (!child.here() || world.age(child) >= static_cast<int>(Migration::adult)) return;
    // Children stay with a mother who is here and does not move.
    const bool mother_stays =
        child.mother.valid() && !family.has(child.mother) && world.at(child.mother).here();
    if (!mother_stays) join_in(family, kin.resident);
  });
}

}  // namespace

MigrationTables::MigrationTables(const config::Config& config) {
  double residents = 0.0;
  for (const double cell : config.municipality.population.cells()) residents += cell;
  double in = 0.0;
  for (std::size_t age = 0; age < age_count; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      out.push_back(per_day(config.migration.out_rate(age, sex)));
      in += config.migration.in_per_1000(age, sex) * residents / 1000.0;
      in_cumulative.push_back(in);
    }
    woman_partnered.push_back(
        config.households.partnered_share(age, model::index(model::Sex::female)));
  }
}

bool Migration::fire(World& world, ResidentId id, engine::Time t) {
  Family family;
  join_in(family, id);
  const ResidentId partner = world.at(id).partner;
  const bool together = partner.valid() && model::at_home(world.at(partner).dwelling);
  if (together) {
    join_in(family, partner);
    // They stay a couple, so nobody is left behind by the other.
    world.at(id).partner = {};
    world.at(partner).partner = {};
  }
  for (std::size_t i = 0; i < family.size(); ++i) add_minors(world, family[i], family);
  for (std::size_t i = 0; i < family.size(); ++i) {
    const model::Resident& who = world.at(family[i]);
    world.record(model::EventKind::moved_out, who);
    world.explain(who, [&] {
      return fmt::format("moves out of the municipality, {} years old", world.age(who));
    });
    world.remove_resident(family[i], model::Presence::moved_out, t);
  }
  return false;
}

namespace {

Arrival draw_arrival(const World& world, int year, std::uint32_t number) {
  const MigrationTables& tables = world.rules().demography.migration;
  Arrival arrival;
  arrival.uid = model::mover_uid(year, number);
  arrival.family = number;
  random::Stream stream(world.seed(), arrival.uid, random::Purpose::in_mover);
  const base::Day new_year = base::first_of_year(year);
  const int days = base::first_of_year(year + 1) - new_year;
  arrival.day = new_year + static_cast<int>(stream.uniform() * days);
  const double at = stream.uniform() * tables.in_cumulative.back();
  const auto cell = static_cast<std::size_t>(
      std::lower_bound(tables.in_cumulative.begin(), tables.in_cumulative.end(), at) -
      tables.in_cumulative.begin());
  const auto age = static_cast<int>(cell / model::sex_count);
  arrival.sex = static_cast<model::Sex>(cell % model::sex_count);
  // Anywhere between two birthdays.
  const int lived = base::birthday(base::Day{}, age).number;
  arrival.birth = arrival.day - lived - static_cast<int>(stream.uniform() * 365.0);
  if (age < static_cast<int>(Migration::adult)) {
    arrival.role = Arrival::Role::child;
  } else if (arrival.sex == model::Sex::male) {
    arrival.role = Arrival::Role::man;
  }
  return arrival;
}

void join(Arrival& who, const Arrival& family) {
  who.family = family.family;
  who.day = family.day;
  who.birth = std::min(who.birth, who.day);
}

/// Families of one year's in-movers are put together from those there are. How far from the wished
/// age a partner or mother may be found, and how mothers' ages spread, in years: wide enough that
/// the few movers of a small municipality find each other.
constexpr double man_within = 10.0;
constexpr double mother_within = 8.0;
constexpr double mother_spread = 6.0;

int in_days(double years) { return static_cast<int>(std::lround(years * base::days_per_year)); }

/// The arrival of a list in order of birth, free and born nearest to the day wanted.
template <class Free>
Arrival* nearest(std::span<Arrival> list, base::Day wanted, int most_days, Free free) {
  const auto middle =
      std::lower_bound(list.begin(), list.end(), wanted,
                       [](const Arrival& a, base::Day birth) { return a.birth < birth; });
  auto after = static_cast<std::size_t>(middle - list.begin());
  std::size_t before = after;
  for (;;) {
    const int up = after < list.size() ? list[after].birth - wanted : most_days + 1;
    const int down = before > 0 ? wanted - list[before - 1].birth : most_days + 1;
    if (std::min(up, down) > most_days) return nullptr;
    Arrival& next = up <= down ? list[after++] : list[--before];
    if (free(next)) return &next;
  }
}

/// Puts couples, and mothers and children, together.
void form_families(const World& world, int year, std::vector<Arrival>& arrivals) {
  const config::Config& config = world.config();
  const MigrationTables& tables = world.rules().demography.migration;
  std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
    if (a.role != b.role) return a.role < b.role;
    return a.birth != b.birth ? a.birth < b.birth : a.uid < b.uid;
  });
  const auto of_role = [&](Arrival::Role role) {
    Arrival like;
    like.role = role;
    const auto [first, end] =
        std::equal_range(arrivals.begin(), arrivals.end(), like,
                         [](const Arrival& a, const Arrival& b) { return a.role < b.role; });
    return std::span<Arrival>(first, end);
  };
  const std::span<Arrival> women = of_role(Arrival::Role::woman);
  const std::span<Arrival> men = of_role(Arrival::Role::man);
  const std::uint64_t first_uid = model::mover_uid(year, 0);
  for (const Arrival& woman : women) {
    const auto age = static_cast<std::size_t>(base::age_in_years(woman.birth, woman.day));
    random::Stream stream(world.seed(), woman.uid, random::Purpose::partner_choice);
    if (!stream.chance(tables.woman_partnered[std::min(age, age_count - 1)])) continue;
    const double gap = config.households.partner_age_gap_years +
                       config.households.partner_age_gap_sd_years * stream.normal();
    // A man still in the family of his own number is free.
    Arrival* man = nearest(men, woman.birth - in_days(gap), in_days(man_within),
                           [&](const Arrival& m) { return m.family == m.uid - first_uid; });
    if (man != nullptr) join(*man, woman);
  }
  for (Arrival& child : of_role(Arrival::Role::child)) {
    random::Stream stream(world.seed(), child.uid, random::Purpose::pairing);
    const double age =
        config.kin.mean_age_at_birth_years + stream.uniform(-mother_spread, mother_spread);
    Arrival* mother = nearest(women, child.birth - in_days(age), in_days(mother_within),
                              [](const Arrival&) { return true; });
    if (mother != nullptr) join(child, *mother);
  }
}

/// Latest first: those who are next stand at the end.
bool comes_later(const Arrival& a, const Arrival& b) {
  if (a.day != b.day) return a.day > b.day;
  if (a.family != b.family) return a.family > b.family;
  if (a.role != b.role) return a.role > b.role;
  return a.uid > b.uid;
}

ResidentId admit(World& world, const Arrival& arrival, ResidentId mother, bool alone) {
  const Rules& rules = world.rules();
  const int age = base::age_in_years(arrival.birth, world.today());
  model::Resident who;
  who.uid = arrival.uid;
  who.birth = arrival.birth;
  who.sex = arrival.sex;
  who.mother = mother;
  random::Stream stream(world.seed(), arrival.uid, random::Purpose::in_mover, 1);
  // The shares of the start hold for an age that moves with the morbidity regime.
  const int year = base::to_date(base::birthday(arrival.birth, age)).year;
  synth::draw_health(rules.health, stream, who, age - rules.function.whole_shift(year));
  synth::draw_user_group(rules.health, world.seed(), who, age);
  synth::draw_circumstances(rules.health, stream, who, age, alone);
  if (mother.valid()) who.dwelling = world.at(mother).dwelling;
  const ResidentId id = world.add_resident(who, world.end_of_today());
  enter_partner_search(world, id);
  world.record(model::EventKind::moved_in, world.at(id));
  world.explain(world.at(id), [&] { return fmt::format("moves in, {} years old", age); });
  return id;
}

void settle_as_couple(World& world, ResidentId her, ResidentId him) {
  world.at(her).partner = him;
  world.at(him).partner = her;
  world.at(him).dwelling = world.at(her).dwelling;
  world.at(him).zone = world.at(her).zone;
  world.touch(her);
  world.touch(him);
}

}  // namespace

void schedule_in_movers(World& world) {
  std::vector<Arrival>& arrivals = world.state.arrivals;
  arrivals.clear();
  const MigrationTables& tables = world.rules().demography.migration;
  const int year = base::to_date(world.today()).year;
  random::Stream stream(world.seed(), model::mover_uid(year, 0), random::Purpose::in_mover_count);
  const int number = stream.poisson(tables.in_cumulative.back());
  for (int i = 0; i < number; ++i) {
    arrivals.push_back(draw_arrival(world, year, static_cast<std::uint32_t>(i)));
  }
  form_families(world, year, arrivals);
  const base::Day earliest = std::max(world.today(), world.period().report_from);
  std::erase_if(arrivals, [&](const Arrival& a) { return a.day < earliest; });
  std::sort(arrivals.begin(), arrivals.end(), comes_later);
}

void admit_in_movers(World& world) {
  std::vector<Arrival>& arrivals = world.state.arrivals;
  while (!arrivals.empty() && arrivals.back().day <= world.today()) {
    const std::uint32_t family = arrivals.back().family;
    const bool alone = arrivals.size() == 1 || arrivals[arrivals.size() - 2].family != family;
    const std::size_t first = world.state.residents.size();
    ResidentId woman;
    ResidentId man;
    while (!arrivals.empty() && arrivals.back().family == family) {
      const Arrival arrival = arrivals.back();
      arrivals.pop_back();
      const bool child = arrival.role == Arrival::Role::child;
      const ResidentId id = admit(world, arrival, child ? woman : ResidentId{}, alone);
      if (arrival.role == Arrival::Role::woman) {
        woman = id;
      } else if (!child) {
        man = id;
        if (woman.valid()) settle_as_couple(world, woman, man);
      } else if (woman.valid()) {
        join_family(world, id, woman, man, model::Distance::same_household);
      }
    }
    // Cases are opened when the family is complete: who helps whom depends on all of it.
    for (std::size_t i = first; i < world.state.residents.size(); ++i) {
      need_changed(world, ResidentId(i));
    }
  }
}

}  // namespace carestair::processes
