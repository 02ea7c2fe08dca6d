#include "processes/buildings.hpp"

#include <cmath>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/posts.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/services.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::Account;
using model::Payer;

namespace {

config::Facility old_home(int year_built, double life_years) {
  return {.id = "old_home",
          .title = {},
          .service = "nursing_home",
          .places = 36.0,
          .year_built = year_built,
          .life_years = life_years};
}

/// Ten places two years from the first day on, without chance.
config::Project ten_places(const std::string& id) {
  config::Project project;
  project.id = id;
  project.service = "nursing_home";
  project.places = 10.0;
  project.decided = true;
  project.planned = base::to_day({2020, 1, 1});
  project.lag_years = 2.0;
  project.cost_per_place = 5e6;
  project.grant_share = 0.5;
  return project;
}

/// Nobody lives here; buildings open and close all the same.
struct Site {
  tests::Town town;
  config::Config& config = town.config;

  Site() {
    tests::with_quiet_lives(config);
    config.buildings.grant_takeup = 1.0;
    config.buildings.grant_cap = 4e6;
    town.add({.age = 40});
  }
  World open(int years = 10) { return town.open(years); }
  [[nodiscard]] float room(const World& world) const {
    return capacity_of(world, town.index("nursing_home"));
  }
};

double money(const World& world, Payer payer, Account account) {
  return world.state.ledger.money.nok[model::index(payer)][model::index(account)];
}

}  // namespace

TEST_CASE("without facilities the capacity is that of the rules", "[buildings]") {
  Site site;
  const World world = site.open();
  CHECK(site.room(world) == static_cast<float>(site.town.service("nursing_home").capacity));
}

TEST_CASE("worn places close", "[buildings]") {
  Site site;
  site.config.facilities = {old_home(1985, 37.0)};
  World world = site.open();
  CHECK(site.room(world) == 36.0F);
  tests::run_until(world, base::to_day({2021, 12, 31}));
  CHECK(site.room(world) == 36.0F);
  tests::run_until(world, base::to_day({2022, 2, 1}));
  CHECK(site.room(world) == 0.0F);
}

TEST_CASE("what a survey says of the condition counts for more than age", "[buildings]") {
  Site site;
  const bool sound = GENERATE(false, true);
  // By age it would have been closed, or would stand for long.
  site.config.facilities = {old_home(1985, sound ? 30.0 : 80.0)};
  site.config.facilities[0].remaining_years = sound ? 8.0 : 3.0;
  World world = site.open();
  const int last = sound ? 2028 : 2023;
  tests::run_until(world, base::to_day({last - 1, 12, 31}));
  CHECK(site.room(world) == 36.0F);
  tests::run_until(world, base::to_day({last, 2, 1}));
  CHECK(site.room(world) == 0.0F);
}

TEST_CASE("years a building that is not there yet can be used count from its opening",
          "[buildings]") {
  Site site;
  site.config.facilities = {old_home(2022, 80.0)};
  site.config.facilities[0].remaining_years = 3.0;
  World world = site.open();
  const auto room_on = [&](base::Date date) {
    tests::run_until(world, base::to_day(date));
    return site.room(world);
  };
  CHECK(room_on({2021, 12, 31}) == 0.0F);
  CHECK(room_on({2022, 2, 1}) == 36.0F);
  CHECK(room_on({2024, 12, 31}) == 36.0F);
  CHECK(room_on({2025, 2, 1}) == 0.0F);
}

TEST_CASE("projects open years after their plan, as growth or as renewal", "[buildings]") {
  Site site;
  site.config.facilities = {old_home(1985, 80.0)};
  site.config.projects = {ten_places("new_home")};
  const bool renewal = GENERATE(false, true);
  if (renewal) site.config.projects[0].replaces = "old_home";
  World world = site.open();
  tests::run_until(world, base::to_day({2021, 12, 31}));
  CHECK(site.room(world) == 36.0F);
  tests::run_until(world, base::to_day({2022, 2, 1}));
  CHECK(site.room(world) == (renewal ? 10.0F : 46.0F));
}

TEST_CASE("a project waits for the one it follows, and builds again and again", "[buildings]") {
  Site site;
  site.config.facilities = {old_home(1985, 80.0)};
  config::Project second = ten_places("second");
  second.after = "first";
  second.lag_years = 1.0;
  second.places = 1.0;
  second.times = 3;
  second.every_years = 1.0;
  site.config.projects = {ten_places("first"), second};
  World world = site.open();
  const auto room_on = [&](int year) {
    tests::run_until(world, base::to_day({year, 3, 1}));
    return site.room(world);
  };
  CHECK(room_on(2021) == 36.0F);
  CHECK(room_on(2022) == 46.0F);
  CHECK(room_on(2023) == 47.0F);
  CHECK(room_on(2024) == 48.0F);
  CHECK(room_on(2025) == 49.0F);
  CHECK(room_on(2027) == 49.0F);
}

TEST_CASE("what is not decided or comes to nothing is not built", "[buildings]") {
  Site site;
  config::Project project = ten_places("home");
  const bool cancelled = GENERATE(false, true);
  project.decided = cancelled;
  project.cancelled_share = cancelled ? 1.0 : 0.0;
  site.config.projects = {project};
  World world = site.open();
  const float before = site.room(world);
  tests::run_until(world, base::to_day({2024, 1, 1}));
  CHECK(site.room(world) == before);
  CHECK(money(world, Payer::municipality, Account::buildings) == 0.0);
}

TEST_CASE("delays and cancellations are drawn by world with the spread they have", "[buildings]") {
  double years = 0.0;
  double squares = 0.0;
  int built = 0;
  constexpr int worlds = 300;
  config::Config config = tests::selbu();
  tests::with_quiet_lives(config);
  config::Project project = ten_places("home");
  project.lag_years = 3.0;
  project.lag_cv = 0.4;
  project.cancelled_share = 0.25;
  config.projects = {project};
  const Period period{project.planned, project.planned, project.planned + 20 * 366};
  const auto rules = make_rules(config, period.first, period.end);
  for (int w = 0; w < worlds; ++w) {
    World world(model::State{}, {{period.first, rules}}, random::WorldSeed::of(3, 0, 1 + w),
                period);
    tests::run_until(world, period.first + 20 * 365);
    if (world.state.projects[0].empty()) continue;
    const double lag = (world.state.projects[0][0].opened - project.planned) / base::days_per_year;
    years += lag;
    squares += lag * lag;
    ++built;
  }
  CHECK(built == Approx(0.75 * worlds).margin(34));  // 4.5 standard deviations
  const double mean = years / built;
  CHECK(mean == Approx(3.04).margin(0.4));  // opened on a first of the month: half of one more
  CHECK(std::sqrt(squares / built - mean * mean) == Approx(1.2).margin(0.35));
}

TEST_CASE("what is built is paid for over its life, and the grant with it", "[buildings]") {
  CHECK(annuity(0.0, 40.0) == Approx(0.025));
  CHECK(annuity(0.03, 40.0) == Approx(0.0432624));
  Site site;
  site.config.projects = {ten_places("home")};
  site.config.projects[0].rent_share = 0.5;
  World world = site.open();
  tests::run_until(world, base::to_day({2022, 2, 1}));  // in use from the end of January
  world.state.ledger.clear();
  tests::run_until(world, base::to_day({2023, 2, 1}));
  const double year = annuity(site.config.buildings.interest, site.config.buildings.life_years);
  const double grant = year * 0.5 * 4e6 * 10.0;  // of the cap
  CHECK(money(world, Payer::municipality, Account::buildings) == Approx(year * 5e7));
  CHECK(money(world, Payer::state, Account::investment_grant) == Approx(grant));
  CHECK(money(world, Payer::user, Account::rents) == Approx(0.5 * (year * 5e7 - grant)));
  double sum = 0.0;
  for (const Account account : {Account::investment_grant, Account::rents}) {
    for (std::size_t p = 0; p < model::payer_count; ++p) {
      sum += money(world, static_cast<Payer>(p), account);
    }
  }
  CHECK(sum == Approx(0.0).margin(1e-6));
}

TEST_CASE("no grant without an application, and it is paid back when places close early",
          "[buildings]") {
  Site site;
  site.config.projects = {ten_places("home"), ten_places("better_home")};
  config::Project& better = site.config.projects[1];
  better.lag_years = 5.0;
  better.replaces = "home";
  better.applies = false;
  World world = site.open();
  tests::run_until(world, base::to_day({2024, 12, 1}));
  world.state.ledger.clear();
  tests::run_until(world, base::to_day({2025, 2, 2}));
  const double tie = site.config.buildings.grant_tie_years;
  const double granted = 0.5 * 4e6 * 10.0;
  // 35 months of the tie are over; the rest goes back, while the grant goes on being spread.
  const double spread = 2.0 / 12.0 * granted *
                        annuity(site.config.buildings.interest, site.config.buildings.life_years);
  CHECK(money(world, Payer::municipality, Account::investment_grant) ==
        Approx(granted * (1.0 - 35.0 / 12.0 / tie) - spread).epsilon(0.01));
  CHECK(site.room(world) == static_cast<float>(site.town.service("nursing_home").capacity) + 10.0F);
}

TEST_CASE("residents of a place that is closed stay, and nobody new comes", "[buildings]") {
  Site site;
  site.config.facilities = {old_home(1985, 36.0)};
  site.config.facilities[0].places = 1.0;
  site.town.service("care_housing_24h").capacity = 0.0;
  tests::without_offers_and_devices(site.config);
  const auto who = site.town.add(
      {.age = 85, .need = model::NeedLevel::extensive, .cognition = model::Cognition::severe});
  World world = site.open();
  tests::case_of(world, who);
  tests::run_until(world, base::to_day({2020, 6, 1}));
  REQUIRE(world.at(who).dwelling == model::Dwelling::nursing_home);
  tests::run_until(world, base::to_day({2022, 1, 1}));
  CHECK(world.at(who).dwelling == model::Dwelling::nursing_home);
  CHECK(free_capacity(world, site.town.index("nursing_home")) == -1.0F);
}

TEST_CASE("places in buildings have the posts that a capacity has", "[buildings]") {
  const auto posts = [](bool in_a_building) {
    tests::Town town;
    tests::with_quiet_lives(town.config);
    if (in_a_building) {
      town.config.facilities = {old_home(1985, 80.0)};
    } else {
      town.service("nursing_home").capacity = 36;
    }
    town.employ();
    town.add({.age = 40});
    const World world = town.open();
    return budget_of(world, {});
  };
  CHECK(posts(true) == posts(false));
}
