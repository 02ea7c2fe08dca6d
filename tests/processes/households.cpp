#include "processes/households.hpp"

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/kin.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

namespace {

model::ResidentId add_child(World& world, model::ResidentId mother, int days_old) {
  model::Resident child;
  child.uid = 1000 + world.state.residents.size();
  child.birth = world.today() - days_old;
  child.mother = mother;
  const model::ResidentId id = world.add_resident(child, 0.0F);
  join_family(world, id, mother, world.at(mother).partner, model::Distance::same_household);
  return id;
}

}  // namespace

TEST_CASE("Who lives alone follows from partner and children at home") {
  Town town;
  const auto wife = town.add({.age = 45});
  const auto husband = town.add({.age = 48, .sex = model::Sex::male});
  const auto single = town.add({.age = 40});
  town.marry(wife, husband);
  World world = town.open();
  const auto alone = [&](model::ResidentId id) { return lives_alone(world, world.at(id)); };
  CHECK_FALSE(alone(wife));
  CHECK_FALSE(alone(husband));
  CHECK(alone(single));

  const auto child = add_child(world, single, 3000);
  CHECK_FALSE(alone(single));
  CHECK_FALSE(alone(child));
  world.remove_resident(child, model::Presence::dead, 0.0F);
  CHECK(alone(single));
  add_child(world, single, 30 * 366);
  CHECK(alone(single));

  // The spouse of one who moves to a nursing home lives alone.
  world.at(wife).dwelling = model::Dwelling::nursing_home;
  CHECK(alone(husband));
}

TEST_CASE("Widowhood is known to the one who is left") {
  Town town;
  const auto wife = town.add({.age = 85, .need = model::NeedLevel::moderate});
  const auto husband = town.add({.age = 88, .sex = model::Sex::male});
  town.marry(wife, husband);
  town.config.initial.lonely_alone = 1.0;
  World world = town.open();
  model::CareCase& c = case_of(world, wife);
  CHECK(model::total(c.informal) > 0.0F);
  world.remove_resident(husband, model::Presence::dead, 0.5F);
  CHECK_FALSE(world.at(wife).partner.valid());
  CHECK_FALSE(world.at(husband).partner.valid());
  CHECK(world.at(wife).lonely);
  CHECK(lives_alone(world, world.at(wife)));
  CHECK(model::total(world.at(world.at(wife).care_case).informal) == 0.0F);
  const auto& events =
      world.state.ledger.events[static_cast<std::size_t>(model::EventKind::widowed)];
  CHECK(events[model::age_group(85)][model::index(model::Sex::female)] == 1.0F);
}

TEST_CASE("A woman finds the free man nearest to the age she looks for") {
  Town town;
  town.config.households.partner_age_gap_years = 2.0;
  town.config.households.partner_age_gap_sd_years = 0.0;
  const auto woman = town.add({.age = 40});
  const auto old = town.add({.age = 60, .sex = model::Sex::male});
  const auto near = town.add({.age = 44, .sex = model::Sex::male});
  const auto taken = town.add({.age = 42, .sex = model::Sex::male});
  const auto wife = town.add({.age = 41});
  town.marry(taken, wife);
  World world = town.open();
  Households::fire(world, woman);
  CHECK(world.at(woman).partner == near);
  CHECK(world.at(near).partner == woman);
  CHECK_FALSE(world.at(old).partner.valid());
  CHECK(world.at(taken).partner == wife);

  Households::fire(world, woman);
  CHECK_FALSE(world.at(woman).partner.valid());
  CHECK_FALSE(world.at(near).partner.valid());

  Households::fire(world, wife);  // parts from the one who is nearer to 42
  Households::fire(world, woman);
  CHECK(world.at(woman).partner == taken);
}

TEST_CASE("Brothers and men far too old are never chosen") {
  Town town;
  const auto mother = town.add({.age = 70});
  const auto woman = town.add({.age = 40});
  const auto brother = town.add({.age = 42, .sex = model::Sex::male});
  town.add({.age = 80, .sex = model::Sex::male});
  World world = town.open();
  world.at(woman).mother = mother;
  world.at(brother).mother = mother;
  Households::fire(world, woman);
  CHECK_FALSE(world.at(woman).partner.valid());
}

TEST_CASE("After years of unions nobody is partner of two, and shares stay plausible") {
  LargeTown town(5);
  World world = town.open(15);
  const auto partnered = [&](int from, int to) {
    double count = 0.0;
    double all = 0.0;
    for (const model::Resident& who : world.state.residents) {
      const int age = world.age(who);
      if (!who.here() || age < from || age >= to || who.sex != model::Sex::female) continue;
      all += 1.0;
      count += who.partner.valid() ? 1.0 : 0.0;
    }
    return count / all;
  };
  const double before_middle = partnered(40, 67);
  const double before_old = partnered(67, 90);
  run_until(world, town.start + 15 * 365);
  for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    if (!who.partner.valid()) continue;
    CHECK(who.here());
    const model::Resident& other = world.at(who.partner);
    CHECK(other.here());
    CHECK(other.partner == model::ResidentId(i));
    CHECK(other.sex != who.sex);
  }
  // Ten points: union and dissolution rates are derived from the same shares.
  CHECK(partnered(40, 67) == Approx(before_middle).margin(0.10));
  CHECK(partnered(67, 90) == Approx(before_old).margin(0.10));
}
