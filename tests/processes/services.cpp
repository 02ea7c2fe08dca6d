#include "processes/services.hpp"

#include <algorithm>
#include <array>

#include "catch.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;

TEST_CASE("use goes up and down with grants and ends", "[services]") {
  tests::Town town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 4.0F);
  CHECK(world.state.use[nursing].hours_per_week == 4.0F);
  CHECK(world.state.use[nursing].persons == 1.0F);
  processes::change_hours(world, c, *c.find(nursing), 6.0F);
  CHECK(world.state.use[nursing].hours_per_week == 6.0F);
  processes::end_service(world, c, *c.find(nursing));
  CHECK(world.state.use[nursing].hours_per_week == 0.0F);
  CHECK(world.state.use[nursing].persons == 0.0F);
  CHECK(c.find(nursing) == nullptr);
}

TEST_CASE("hours and money are booked for the days a service was held", "[services]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  town.config.economy.real_wage_growth = 0.0;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  for (int day = 0; day < 3; ++day) world.run_day();
  world.state.ledger.clear();
  model::CareCase& c = world.at(world.open_case(id));
  processes::update_case(world, c);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 7.0F);
  const base::Day begun = world.today();
  for (int day = 0; day < 10; ++day) world.run_day();
  REQUIRE(c.find(nursing) != nullptr);
  CHECK(c.find(nursing)->hours_per_week == 7.0F);
  // From the end of the day of the grant to the end of the day that is being lived.
  processes::book(world, c, *c.find(nursing));
  float hours = 0.0F;
  float cost = 0.0F;
  for (std::size_t g = 0; g < model::age_group_count; ++g) {
    hours += world.state.ledger.staff_hours[nursing][g];
    cost += world.state.ledger.cost_nok[nursing][g];
  }
  CHECK(world.today() - begun == 10);
  CHECK(hours == Approx(10.0F).epsilon(1e-5));  // one hour a day
  const auto price = static_cast<float>(town.service("home_nursing").cost_per_hour);
  CHECK(cost == Approx(hours * price).epsilon(1e-4));
}

TEST_CASE("a place is a dwelling, and leaving it ends both", "[services]") {
  tests::Town town;
  const auto id = town.add({.age = 88, .need = NeedLevel::extensive});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, town.index("nursing_home"), 30.0F);
  CHECK(world.at(id).dwelling == model::Dwelling::nursing_home);
  CHECK(processes::place_of(world, c) != nullptr);
  processes::end_care(world, id);
  CHECK(processes::place_of(world, c) == nullptr);
  CHECK(world.at(id).dwelling == model::Dwelling::suitable_home);
  CHECK(world.state.use[town.index("nursing_home")].persons == 0.0F);
}

TEST_CASE("four fading services are remembered, the one that ended first gives way", "[services]") {
  tests::Town town;
  const std::array ids{"safety_alarm", "day_activity", "preventive_home_visit",
                       "practical_assistance", "home_nursing"};
  for (const char* id : ids) {
    config::Effect effect;
    effect.id = "test";
    effect.ratio = 0.5;
    effect.fade_years = 2;
    town.service(id).effects = {effect};
  }
  const auto id = town.add({.age = 85, .need = NeedLevel::some});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  int ago = 500;
  for (const char* service : ids) {
    processes::begin_fading(world, c, town.index(service), world.today() - (ago -= 100));
  }
  const auto remembered = [&](const std::string& service) {
    return std::ranges::any_of(
        c.faded, [&](const model::Faded& f) { return f.service == town.index(service); });
  };
  CHECK_FALSE(remembered("safety_alarm"));
  for (const char* service : {ids[1], ids[2], ids[3], ids[4]}) CHECK(remembered(service));
  processes::update_case(world, c);
  CHECK(world.at(id).decline_ratio < 1.0F);
}

TEST_CASE("a service whose effect has faded is forgotten, and asks for no attention",
          "[services]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  config::Effect effect;
  effect.id = "test";
  effect.on = model::RateName::fall;
  effect.ratio = 0.5;
  effect.fade_years = 1;
  town.service("day_activity").effects = {effect};
  const auto id = town.add({.age = 70});
  processes::World world = town.open();
  model::CareCase& c = world.at(world.open_case(id));
  const auto after = [&](int days) {
    c.faded = {};
    processes::begin_fading(world, c, town.index("day_activity"), world.today() - days);
    processes::update_case(world, c);
    return c.ratio(model::RateName::fall);
  };
  CHECK(after(0) < 0.6F);
  CHECK(after(200) > after(0));
  CHECK(c.appointment != model::never);
  CHECK(after(300) < 1.0F);
  CHECK(after(366) == 1.0F);
  CHECK(std::ranges::all_of(c.faded,
                            [](const model::Faded& f) { return f.service == model::no_service; }));
  CHECK(c.appointment == model::never);
}

TEST_CASE("days of waiting are those between its begin and its end", "[services]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  const auto id = town.add({.age = 80});
  processes::World world = town.open();
  model::CareCase& c = world.at(world.open_case(id));
  processes::update_case(world, c);
  const auto live = [&](int days) {
    for (int day = 0; day < days; ++day) world.run_day();
  };
  live(10);
  processes::start_waiting(world, c, c.place, town.index("nursing_home"));
  live(7);
  processes::end_waiting(world, c, c.place);
  live(50);
  processes::book_case(world, c);
  CHECK(c.totals.waiting_days == 7.0F);
}

TEST_CASE("hours stand under the age at which they were given", "[services]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  const auto id = town.add({.age = 79});
  processes::World world = town.open();
  world.at(id).birth = world.today() + 20 - 80 * 1461 / 4;  // eighty in twenty days
  model::CareCase& c = world.at(world.open_case(id));
  processes::update_case(world, c);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 7.0F);
  for (int day = 0; day < 20; ++day) world.run_day();
  processes::book_case(world, c);
  const auto& hours = world.state.ledger.staff_hours[nursing];
  CHECK(hours[model::age_group(79)] > 0.0F);
  CHECK(hours[model::age_group(80)] == 0.0F);
}

TEST_CASE("staff time and pools changed at a date hold for what is held already", "[services]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  const auto id = town.add({.age = 88, .need = NeedLevel::extensive});
  const auto place = town.index("nursing_home");
  const auto beds = town.index("short_term_stay");
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, place, 30.0F);
  auto later = town.config;
  for (config::Service& s : later.services) {
    if (s.id == "nursing_home") s.staff_hours_per_week = 33;
    if (s.id == "nursing_home") s.pool = "short_term_stay";
  }
  const processes::Period period = world.period();
  world.follow({{period.first, std::make_shared<processes::Rules>(world.rules())},
                {world.today() + 3, processes::make_rules(later, period.first, period.end)}});
  for (int day = 0; day < 5; ++day) world.run_day();
  model::CareCase& then = world.at(world.at(id).care_case);
  REQUIRE(then.find(place) != nullptr);
  CHECK(then.find(place)->hours_per_week == 33.0F);
  CHECK(world.state.use[place].hours_per_week == 33.0F);
  CHECK(world.state.use[beds].persons == 1.0F);
  processes::end_care(world, id);
  CHECK(world.state.use[place].persons == 0.0F);
  CHECK(world.state.use[beds].persons == 0.0F);
}
