// Who cares for whom, and how carers share their hours.
#include "processes/carers.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "catch.hpp"
#include "processes/carer_burden.hpp"
#include "processes/informal.hpp"
#include "processes/kin.hpp"
#include "synth/populate.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using model::Relation;
using model::Sex;
using processes::World;

namespace {

/// A town in which only those asked for care, and all children do.
tests::Town town_of_families() {
  tests::Town town;
  town.config.informal.friend_share = 0.0;
  town.config.informal.child_helper_share = 1.0;
  town.config.informal.daughter_ratio = 1.0;
  town.config.informal.eased_share = 0.0;
  for (double& share : town.config.informal.employed_share.cells()) share = 0.0;
  return town;
}

/// Selbu as it is, with two years of burn-in.
World selbu_lives(config::Config config, int years) {
  const base::Day start = base::to_day({2020, 1, 1});
  const processes::Period period{start - 2 * 365, start, start + years * 366};
  const auto seed = random::WorldSeed::of(5, 0, 1);
  auto rules = processes::make_rules(config, period.first, period.end);
  return {synth::populate(config, seed, start, period.first),
          {{period.first, std::move(rules)}},
          seed,
          period};
}

float hours_to(const World& world, model::ResidentId cared_for, Relation relation) {
  float hours = 0.0F;
  const model::CareCase& c = world.at(world.at(cared_for).care_case);
  for (model::TieId t = c.first_tie; t.valid(); t = world.state.at(t).next_of_case) {
    const model::Tie& tie = world.state.at(t);
    if (tie.relation == relation) hours += model::total(tie.given);
  }
  return hours;
}

/// Every rule about ties and hours that must hold at any time; the number of ties in use.
int check_ties(const World& world) {
  int ties = 0;
  int wrong_sums = 0;
  int beyond_offer = 0;
  int absent = 0;
  std::map<std::uint32_t, int> of_cases;
  for (const model::CareCase& c : world.state.cases) {
    model::NeedVector sum{};
    for (model::TieId t = c.first_tie; t.valid(); t = world.state.at(t).next_of_case) {
      const model::Tie& tie = world.state.at(t);
      ++of_cases[t.index];
      wrong_sums += world.at(tie.cared_for).resident == c.resident ? 0 : 1;
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        sum[type] += tie.given[type];
        beyond_offer += tie.given[type] < 0.0F ? 1 : 0;
      }
    }
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      wrong_sums += std::abs(sum[type] - c.informal[type]) > 1e-4F ? 1 : 0;
      wrong_sums += c.informal[type] > c.need[type] * 1.0001F ? 1 : 0;
    }
  }
  for (const model::Carer& carer : world.state.carers) {
    float offered = 0.0F;
    float given = 0.0F;
    float offers = 0.0F;
    for (model::TieId t = carer.first_tie; t.valid(); t = world.state.at(t).next_of_carer) {
      const model::Tie& tie = world.state.at(t);
      ++ties;
      ++of_cases[t.index];
      const float support = world.at(tie.cared_for).ratio(model::RateName::informal);
      offered = std::max(offered, processes::hours_offered(world, carer, tie.relation));
      offers += tie.offer;
      given += model::total(tie.given) / support;
    }
    beyond_offer += given > offers * 1.001F + 1e-4F ? 1 : 0;
    // Offers are those of the last day of the month, which today is not any more.
    const bool birthday = base::age_in_years(carer.birth, world.today()) !=
                          base::age_in_years(carer.birth, world.today() - 1);
    beyond_offer +=
        !birthday && offers > offered * world.state.family_care.factor * 1.001F + 1e-4F ? 1 : 0;
    if (given <= 0.0F) continue;
    if (carer.resident.valid()) {
      const model::Resident& who = world.at(carer.resident);
      absent += who.here() && !who.in_hospital && model::at_home(who.dwelling) ? 0 : 1;
    } else if (carer.kin.valid()) {
      const model::Kin& kin = world.state.at(carer.kin);
      absent += kin.dead || kin.death <= world.today() - 1 || kin.resident.valid() ? 1 : 0;
    }
  }
  CHECK(wrong_sums == 0);
  CHECK(beyond_offer == 0);
  CHECK(absent == 0);
  // Each tie hangs on one case and one carer.
  CHECK(std::ranges::all_of(of_cases, [](const auto& tie) { return tie.second == 2; }));
  return ties;
}

}  // namespace

TEST_CASE("in every month hours add up, nobody gives more than there is, or while away",
          "[carers]") {
  config::Config config = tests::selbu();
  config.informal.burden.withdrawal_rate = 0.5;  // so that much happens
  World world = selbu_lives(std::move(config), 6);
  int most = 0;
  int residents_and_others = 0;
  while (!world.finished()) {
    world.run_day();
    if (!world.month_closed()) continue;
    most = std::max(most, check_ties(world));
    for (const model::Carer& carer : world.state.carers) {
      residents_and_others |= !carer.first_tie.valid() ? 0
                              : carer.resident.valid() ? 1
                              : carer.kin.valid()      ? 2
                                                       : 4;
    }
  }
  CHECK(most > 200);
  CHECK(residents_and_others == 7);
}

TEST_CASE("a child with two parents in need shares its hours between them", "[carers]") {
  tests::Town town = town_of_families();
  town.config.informal.partner_hours_per_week = 0.0;
  const auto mother = town.add({.age = 84, .need = NeedLevel::moderate});
  const auto father = town.add({.age = 86, .sex = Sex::male});
  const auto child = town.add({.age = 60});
  town.marry(mother, father);
  World world = town.open();
  processes::join_family(world, child, mother, father, model::Distance::same_municipality);
  processes::household_changed(world, mother);
  const float alone = hours_to(world, mother, Relation::child);
  REQUIRE(alone > 0.0F);

  world.at(father).need = NeedLevel::moderate;
  processes::need_changed(world, father);
  const float hers = hours_to(world, mother, Relation::child);
  const float his = hours_to(world, father, Relation::child);
  CHECK(hers < alone);
  CHECK(his > 0.0F);
  REQUIRE(world.state.carer_of[child.index].valid());
  const model::Carer& carer = world.state.at(world.state.carer_of[child.index]);
  CHECK(hers + his <= processes::hours_offered(world, carer, Relation::child) * 1.0001F);
  check_ties(world);

  SECTION("all of it is the mother's again when the father dies") {
    world.remove_resident(father, model::Presence::dead, 0.5F);
    CHECK(hours_to(world, mother, Relation::child) == Approx(alone));
  }
  SECTION("a child who moves far away has little left, a dead one nothing") {
    const bool dies = GENERATE(true, false);
    world.remove_resident(child, dies ? model::Presence::dead : model::Presence::moved_out, 0.5F);
    const float left = hours_to(world, mother, Relation::child);
    CHECK(left < hers);
    CHECK((left > 0.0F) != dies);
  }
}

TEST_CASE("one who is in hospital helps nobody meanwhile", "[carers]") {
  tests::Town town = town_of_families();
  const auto her = town.add({.age = 84, .need = NeedLevel::moderate});
  const auto him = town.add({.age = 86, .sex = Sex::male});
  town.marry(her, him);
  World world = town.open();
  const float before = hours_to(world, her, Relation::partner);
  REQUIRE(before > 0.0F);
  world.at(him).in_hospital = true;
  processes::tell_cared_for(world, him);
  CHECK(hours_to(world, her, Relation::partner) == 0.0F);
  world.at(him).in_hospital = false;
  processes::tell_cared_for(world, him);
  CHECK(hours_to(world, her, Relation::partner) == Approx(before));
}

TEST_CASE("parents care for a child at home, a friend for one who has nobody", "[carers]") {
  tests::Town town = town_of_families();
  town.config.informal.friend_share = 1.0;
  const auto mother = town.add({.age = 40});
  const auto child = town.add({.age = 8});
  const auto lonely = town.add({.age = 84, .need = NeedLevel::some});
  World world = town.open();
  world.at(child).mother = mother;
  processes::join_family(world, child, mother, {}, model::Distance::same_household);
  world.at(child).need = NeedLevel::extensive;
  processes::need_changed(world, child);
  CHECK(hours_to(world, child, Relation::parent) > 0.0F);
  CHECK(hours_to(world, lonely, Relation::other) > 0.0F);
  // A mother who falls ill gives less, and the child's case knows.
  world.at(mother).need = NeedLevel::moderate;
  processes::need_changed(world, mother);
  CHECK(hours_to(world, child, Relation::parent) == 0.0F);
  check_ties(world);
}

TEST_CASE("friends lose no work, of which nothing is known", "[carers]") {
  tests::Town town = town_of_families();
  town.config.informal.friend_share = 1.0;
  for (double& share : town.config.informal.employed_share.cells()) share = 1.0;
  const auto lonely = town.add({.age = 45, .need = NeedLevel::moderate});
  const auto mother = town.add({.age = 40});
  const auto child = town.add({.age = 8});
  World world = town.open();
  world.at(child).mother = mother;
  processes::join_family(world, child, mother, {}, model::Distance::same_household);
  world.at(child).need = NeedLevel::extensive;
  processes::need_changed(world, child);
  REQUIRE(hours_to(world, lonely, Relation::other) > 0.0F);
  REQUIRE(hours_to(world, child, Relation::parent) > 0.0F);
  for (const model::Tie& tie : world.state.ties) {
    if (!tie.carer.valid()) continue;
    CHECK(world.state.at(tie.carer).in_work == (tie.relation == Relation::parent));
  }
}

TEST_CASE("however many one cares for, all of them are told when the carer is away", "[carers]") {
  tests::Town town = town_of_families();
  const auto mother = town.add({.age = 45});
  std::vector<model::ResidentId> children(40);
  for (model::ResidentId& child : children) child = town.add({.age = 8});
  World world = town.open();
  for (const model::ResidentId child : children) {
    world.at(child).mother = mother;
    processes::join_family(world, child, mother, {}, model::Distance::same_household);
    world.at(child).need = NeedLevel::extensive;
    processes::need_changed(world, child);
  }
  const auto helped = [&] {
    return std::ranges::count_if(children, [&](const model::ResidentId child) {
      return hours_to(world, child, Relation::parent) > 0.0F;
    });
  };
  CHECK(helped() == 40);
  check_ties(world);
  world.at(mother).in_hospital = true;
  processes::tell_cared_for(world, mother);
  CHECK(helped() == 0);
  world.at(mother).in_hospital = false;
  processes::tell_cared_for(world, mother);
  CHECK(helped() == 40);
  world.remove_resident(mother, model::Presence::dead, 0.5F);
  CHECK(helped() == 0);
}

TEST_CASE("women give more than men alike in old cohorts, as much in young ones", "[carers]") {
  tests::Town town = town_of_families();
  const World world = town.open();
  const auto ratio = [&](int year) {
    const base::Day birth = base::to_day({year, 1, 1});
    return processes::sex_ratio(world, Sex::female, birth, 2.0) /
           processes::sex_ratio(world, Sex::male, birth, 2.0);
  };
  CHECK(ratio(1930) == Approx(2.0));
  CHECK(ratio(1965) == Approx(1.5).margin(0.01));
  CHECK(ratio(2000) == Approx(1.0));
}

TEST_CASE("carers in work have less time, unless on leave", "[carers]") {
  const auto hours = [](double employed, double leave) {
    tests::Town town = town_of_families();
    for (double& share : town.config.informal.employed_share.cells()) share = employed;
    town.config.informal.leave_share = leave;
    town.config.informal.partner_hours_per_week = 5.0;  // less than she could take
    const auto her = town.add({.age = 84, .need = NeedLevel::extensive});
    const auto him = town.add({.age = 60, .sex = Sex::male});
    town.marry(her, him);
    const World world = town.open();
    return hours_to(world, her, Relation::partner);
  };
  CHECK(hours(1.0, 0.0) == Approx(0.6F * hours(0.0, 0.0)));
  CHECK(hours(1.0, 1.0) == Approx(hours(0.0, 0.0)));
}

TEST_CASE("services ease a family by the share they take over, and no more", "[carers]") {
  const auto hours = [](double eased, float formal) {
    tests::Town town = town_of_families();
    town.config.informal.eased_share = eased;
    town.config.informal.partner_hours_per_week = 5.0;  // less than she could take
    const auto her = town.add({.age = 84, .need = NeedLevel::extensive});
    const auto him = town.add({.age = 86, .sex = Sex::male});
    town.marry(her, him);
    World world = town.open();
    model::CareCase& c = tests::case_of(world, her);
    if (formal > 0.0F) processes::start_service(world, c, town.index("home_nursing"), formal);
    processes::update_case(world, c);
    return hours_to(world, her, Relation::partner);
  };
  CHECK(hours(0.2, 0.0F) == Approx(hours(0.0, 0.0F)));
  CHECK(hours(0.0, 100.0F) == Approx(hours(0.0, 0.0F)));
  CHECK(hours(0.2, 100.0F) == Approx(0.8F * hours(0.0, 0.0F)));
}
