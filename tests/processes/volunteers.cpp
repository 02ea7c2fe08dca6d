#include "processes/volunteers.hpp"

#include <cmath>
#include <set>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/offers.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::NeedLevel;

namespace {

/// Nothing happens but that volunteers begin and stop; numbers are those a test asks for.
tests::Town volunteer_town() {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  for (double& rate : town.config.fertility.rate.cells()) rate = 0.0;
  town.config.preventive_visits.coverage = 0.0;
  config::Volunteers& v = town.config.volunteers;
  v.open_share = 1.0;
  v.at_start_per_1000 = 0.0;
  v.share_67plus = 0.5;
  v.begins_by_itself = v.stops_followed_up = v.stops_without = 0.0;
  v.coordinator_hours_per_week = 0.0;
  v.one_off_share = 0.0;
  v.follows_formal = 0.0;
  v.training_days = 0.0;
  return town;
}

void add_half_old(tests::Town& town, int persons) {
  for (int i = 0; i < persons; ++i) town.add({.age = i % 2 == 0 ? 45 : 75});
}

void months_pass(World& world, int days) {
  for (int day = 0; day < days; ++day) world.run_day();
}

std::set<std::uint64_t> volunteers_of(const World& world) {
  std::set<std::uint64_t> uids;
  for (const model::Volunteer& one : world.state.volunteering.people) {
    if (one.active()) uids.insert(world.at(one.who).uid);
  }
  return uids;
}

/// Selbu's people under its own rules; `later` come into force after the first year.
World selbu_world(const config::Config& config, const config::Config* later = nullptr) {
  const auto seed = random::WorldSeed::of(5, 0, 1);
  const base::Day start = base::to_day({2020, 1, 1});
  const Period period{start, start, start + 8 * 366};
  const auto rules = make_rules(config, period.first, period.end);
  Policy policy{{period.first, rules}};
  if (later != nullptr) {
    policy.push_back(
        {start + 366, make_rules(*later, period.first, period.end, policy.front().rules.get())});
  }
  return {synth::populate(config, seed, start, start), policy, seed, period};
}

double sum_of(const std::array<float, model::max_services>& by_service) {
  double sum = 0.0;
  for (const float one : by_service) sum += static_cast<double>(one);
  return sum;
}

}  // namespace

TEST_CASE("volunteers begin and stop at the rates that are given", "[volunteers]") {
  SECTION("by themselves") {
    tests::Town town = volunteer_town();
    add_half_old(town, 4000);
    town.config.volunteers.begins_by_itself = 0.1;
    World world = town.open();
    CHECK(volunteers_of(world).empty());
    months_pass(world, 366);
    CHECK(tests::agrees(static_cast<double>(volunteers_of(world).size()),
                        4000.0 * (1.0 - std::exp(-0.1)), 0.005));
  }
  SECTION("asked by a coordinator, half of them old") {
    tests::Town town = volunteer_town();
    add_half_old(town, 4000);
    town.config.volunteers.coordinator_hours_per_week = 40.0;
    town.config.volunteers.recruits_per_coordinator_hour = 0.2;
    town.config.volunteers.follow_up_hours_per_week = 0.0;
    World world = town.open();
    months_pass(world, 366);
    double old = 0.0;
    for (const model::Volunteer& one : world.state.volunteering.people) {
      old += one.active() && world.age(world.at(one.who)) >= 67 ? 1.0 : 0.0;
    }
    const double all = 366.0 / 7.0 * 40.0 * 0.2;
    CHECK(tests::agrees(static_cast<double>(volunteers_of(world).size()), all));
    CHECK(tests::agrees(old, all / 2.0));
  }
  SECTION("followed up or not, and whatever the ward does") {
    const auto left_after_a_year = [](double hours, bool prepared) {
      tests::Town town = volunteer_town();
      add_half_old(town, 4000);
      config::Volunteers& v = town.config.volunteers;
      v.at_start_per_1000 = 250.0;
      v.stops_followed_up = 0.2;
      v.stops_without = 0.8;
      v.follow_up_hours_per_week = 0.1;
      v.recruits_per_coordinator_hour = 0.0;
      v.coordinator_hours_per_week = hours;
      v.ward_prepared_share = prepared ? 1.0 : 0.0;
      v.unprepared_ratio = 2.0;
      for (config::Service& s : town.config.services) {
        if (!prepared && s.id != "volunteers_in_places") s.volunteer_hours_per_week = 0.0;
      }
      World world = town.open();
      const auto before = static_cast<double>(volunteers_of(world).size());
      CHECK(tests::agrees(before, 1000.0));
      months_pass(world, 366);
      return static_cast<double>(volunteers_of(world).size()) / before;
    };
    const double sd = 0.016;  // binomial, 1 000 trials
    CHECK(left_after_a_year(200.0, true) == Approx(std::exp(-0.2)).margin(4.5 * sd));
    CHECK(left_after_a_year(0.0, true) == Approx(std::exp(-0.8)).margin(4.5 * sd));
    CHECK(left_after_a_year(200.0, false) == Approx(std::exp(-0.4)).margin(4.5 * sd));
  }
}

TEST_CASE("more hours of a coordinator keep everybody whom fewer reach", "[volunteers]") {
  const auto reached = [](double hours) {
    tests::Town town = volunteer_town();
    add_half_old(town, 600);
    town.config.volunteers.open_share = 0.4;
    town.config.volunteers.coordinator_hours_per_week = hours;
    town.config.volunteers.follow_up_hours_per_week = 0.0;
    World world = town.open();
    months_pass(world, 3 * 366);
    return volunteers_of(world);
  };
  const auto few = reached(10.0);
  const auto many = reached(25.0);
  CHECK(few.size() > 20);
  CHECK(many.size() > few.size());
  CHECK(std::ranges::includes(many, few));
}

TEST_CASE("single efforts bring hours and no volunteers", "[volunteers]") {
  tests::Town town = volunteer_town();
  add_half_old(town, 400);
  town.config.volunteers.begins_by_itself = 1.0;
  town.config.volunteers.one_off_share = 1.0;
  town.config.volunteers.one_off_hours = 7.0;
  World world = town.open();
  months_pass(world, 366);
  CHECK(volunteers_of(world).empty());
  const auto& events = world.state.ledger.events[model::index(model::EventKind::volunteer_once)];
  double efforts = 0.0;
  for (const auto& by_sex : events) efforts += static_cast<double>(by_sex[0] + by_sex[1]);
  CHECK(tests::agrees(efforts, 400.0));  // once a year each, again and again
  CHECK(sum_of(world.state.ledger.volunteer_hours) == Approx(7.0 * efforts));
  const auto visit = town.index("volunteer_visit");
  CHECK(world.state.ledger.volunteer_hours[visit] == 0.0F);  // no matter of a single day
}

TEST_CASE("a visit lasts as long as there is a visitor", "[volunteers]") {
  tests::Town town = volunteer_town();
  for (config::Service& s : town.config.services) {
    if (s.id != "volunteer_visit") s.volunteer_hours_per_week = 0.0;
    if (s.id == "volunteer_visit") s.uptake = 1.0;
  }
  const auto first = town.add({.age = 60});
  const auto second = town.add({.age = 60});
  const auto lonely = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto waiting = town.add({.age = 85, .need = NeedLevel::moderate});
  town.config.volunteers.begins_by_itself = 20.0;
  const auto visit = town.index("volunteer_visit");
  World world = town.open();
  world.at(lonely).lonely = world.at(waiting).lonely = true;
  const auto visited = [&](model::ResidentId id) {
    const model::CaseId c = world.at(id).care_case;
    return c.valid() && world.at(c).find(visit) != nullptr;
  };
  const auto visitors_of = [&](model::ResidentId id) {
    return std::ranges::count_if(world.state.volunteering.people, [&](const auto& one) {
      return one.active() && one.visits == world.at(id).care_case;
    });
  };
  make_offers(world, lonely, config::Occasion::birthday);
  CHECK_FALSE(visited(lonely));  // nobody is there to visit
  months_pass(world, 31 + 29 + 31);
  REQUIRE(world.at(first).volunteer);
  REQUIRE(world.at(second).volunteer);
  for (model::Volunteer& one : world.state.volunteering.people) one.left = 1e6F;
  months_pass(world, 30);  // the latest is trained
  make_offers(world, lonely, config::Occasion::birthday);
  REQUIRE(visited(lonely));
  CHECK(visitors_of(lonely) == 1);
  CHECK(free_capacity(world, visit) == 1.0F);

  // One of the two comes to need care herself: the other one visits from then on.
  world.at(first).need = NeedLevel::extensive;
  months_pass(world, 31);
  CHECK_FALSE(world.at(first).volunteer);
  REQUIRE(visited(lonely));
  CHECK(visitors_of(lonely) == 1);
  make_offers(world, waiting, config::Occasion::birthday);
  CHECK_FALSE(visited(waiting));

  world.remove_resident(second, model::Presence::dead, world.end_of_today());
  CHECK_FALSE(world.at(second).volunteer);
  months_pass(world, 31);
  CHECK_FALSE(visited(lonely));
  CHECK(world.state.use[visit].persons == 0.0F);
}

TEST_CASE("whoever volunteers is there, well and at home, and gives no more than is offered",
          "[volunteers]") {
  config::Config config = tests::selbu();
  config.volunteers.one_off_share = 0.3;
  World world = selbu_world(config);
  const auto& rules = world.rules().services.rules;
  double given = 0.0;
  std::size_t visits = 0;
  while (world.today() < base::to_day({2026, 1, 1})) {
    const bool month_ends = base::to_date(world.today() + 1).day == 1;
    if (base::to_date(world.today()).day == 1) world.state.ledger.clear();
    world.run_day();
    std::set<std::uint32_t> cases;
    std::size_t active = 0;
    for (const model::Volunteer& one : world.state.volunteering.people) {
      if (!one.active()) continue;
      ++active;
      const model::Resident& who = world.at(one.who);
      const bool fits = who.here() && who.volunteer && model::at_home(who.dwelling);
      if (!fits) FAIL("a volunteer who is gone or lives where staff is");
      if (one.visits.valid() && !cases.insert(one.visits.index).second) FAIL("two visitors");
      if (one.visits == who.care_case && one.visits.valid()) FAIL("visits herself");
    }
    visits = std::max(visits, cases.size());
    if (active != world.state.volunteering.active) FAIL("miscounted");
    if (!month_ends) continue;
    for (std::size_t s = 0; s < rules.size(); ++s) {
      const float offered = world.state.ledger.volunteer_hours_offered[s];
      CHECK(world.state.ledger.volunteer_hours[s] <= offered * 1.0001F);
      given += static_cast<double>(world.state.ledger.volunteer_hours[s]);
      if (rules[s].own_volunteer) {
        CHECK(world.state.use[s].persons == static_cast<float>(cases.size()));
      }
    }
    for (const model::Resident& who : world.state.residents) {
      if (!who.volunteer) continue;
      if (model::has_dementia(who.cognition) || who.terminal || who.need > NeedLevel::some) {
        FAIL("volunteers, and needs care herself");
      }
    }
  }
  CHECK(given > 6.0 * 3000.0);
  CHECK(visits >= 3);
}

TEST_CASE("without a coordinator volunteers become few, and fewer are visited", "[volunteers]") {
  config::Config as_today = tests::selbu();
  as_today.economy.real_wage_growth = 0.0;
  config::Config none = as_today;
  none.volunteers.coordinator_hours_per_week = 0.0;
  World as_now = selbu_world(as_today);
  World without = selbu_world(as_today, &none);
  const base::Day end = base::to_day({2026, 1, 1});
  tests::run_until(as_now, end);
  tests::run_until(without, end);
  const auto coordination = [](const World& world) {
    return world.state.ledger.money.nok[model::index(model::Payer::municipality)]
                                       [model::index(model::Account::volunteer_coordination)];
  };
  CHECK(as_now.state.volunteering.active > 70);
  CHECK(without.state.volunteering.active < as_now.state.volunteering.active * 7 / 10);
  CHECK(coordination(without) == Approx(18.0 * 606.0 * 366.0 / 7.0));
  CHECK(coordination(as_now) == Approx(18.0 * 606.0 * 2192.0 / 7.0));
  CHECK(sum_of(without.state.ledger.volunteer_hours) < sum_of(as_now.state.ledger.volunteer_hours));
}

TEST_CASE("when public care is cut, fewer volunteer", "[volunteers]") {
  const auto volunteers = [](double follows, bool cut) {
    config::Config config = tests::selbu();
    config.volunteers.follows_formal = follows;
    config::Config later = config;
    for (config::Service& s : later.services) {
      if (cut && s.id == "nursing_home") s.staff_hours_per_week *= 0.4;
    }
    World world = selbu_world(config, &later);
    tests::run_until(world, base::to_day({2026, 1, 1}));
    return world.state.volunteering.active;
  };
  CHECK(volunteers(1.0, true) < volunteers(1.0, false));
  CHECK(volunteers(0.0, true) == volunteers(0.0, false));
}

TEST_CASE("a dated change that wins nobody new changes no life", "[volunteers]") {
  config::Config dearer = tests::selbu();
  dearer.volunteers.coordinator_cost_per_hour *= 2.0;
  World as_now = selbu_world(tests::selbu());
  World changed = selbu_world(tests::selbu(), &dearer);
  tests::run_until(as_now, base::to_day({2024, 1, 1}));
  tests::run_until(changed, base::to_day({2024, 1, 1}));
  CHECK(volunteers_of(as_now) == volunteers_of(changed));
  CHECK(as_now.events_lived() == changed.events_lived());
  const auto coordination = [](const World& world) {
    return world.state.ledger.money.nok[model::index(model::Payer::municipality)]
                                       [model::index(model::Account::volunteer_coordination)];
  };
  CHECK(coordination(changed) > 1.5 * coordination(as_now));  // the change was in force
}

TEST_CASE("a higher share open to volunteering adds people and keeps those there are",
          "[volunteers]") {
  tests::Town town = volunteer_town();
  add_half_old(town, 2000);
  town.config.volunteers.open_share = 0.1;
  const Period period{town.start, town.start, town.start + 5 * 366};
  const auto rules = make_rules(town.config, period.first, period.end);
  World world = town.open();
  const auto open_of = [&] {
    std::set<std::uint32_t> open;
    for (const model::Volunteer& one : world.state.volunteering.people) open.insert(one.who.index);
    return open;
  };
  const auto few = open_of();
  CHECK(tests::agrees(static_cast<double>(few.size()), 200.0));
  town.config.volunteers.open_share = 0.3;
  world.follow(
      {{period.first, rules},
       {town.start + 100, make_rules(town.config, period.first, period.end, rules.get())}});
  months_pass(world, 150);
  const auto many = open_of();
  CHECK(tests::agrees(static_cast<double>(many.size()), 600.0));
  CHECK(std::ranges::includes(many, few));
  CHECK(many.size() == world.state.volunteering.people.size());  // nobody twice
}

TEST_CASE("volunteering may end one's own loneliness", "[volunteers]") {
  const auto lonely_after = [](double ratio) {
    tests::Town town = volunteer_town();
    for (int i = 0; i < 300; ++i) town.add({.age = 75});
    town.config.volunteers.at_start_per_1000 = 990.0;
    town.config.volunteers.share_67plus = 1.0;
    town.config.volunteers.loneliness_end_ratio = ratio;
    for (config::Service& s : town.config.services) s.uptake = 0.0;
    World world = town.open();
    for (model::Resident& who : world.state.residents) who.lonely = true;
    months_pass(world, 3 * 366);
    return std::ranges::count_if(world.state.residents, [](const auto& who) { return who.lonely; });
  };
  CHECK(lonely_after(3.0) < lonely_after(1.0) - 20);
}
