// Employees: sick leave, quits, retirement, posts that follow the budget, vacancies, training.
#include "processes/workforce.hpp"

#include <array>
#include <cmath>
#include <map>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/posts.hpp"
#include "processes/recruitment.hpp"
#include "staff_town.hpp"
#include "synth/staff.hpp"

using namespace carestair;
using model::Occupation;
using model::Post;
using model::StaffMove;
using model::StaffState;
using tests::count_staff;
using tests::moves_of;
using tests::run_weeks;
using tests::StaffTown;
using tests::Town;
using tests::weeks_of;

TEST_CASE("a town whose population has no units employs nobody", "[workforce]") {
  Town town;
  town.add({});
  processes::World world = town.open(1);
  run_weeks(world, 10);
  CHECK(world.state.staff.posts.empty());
}

TEST_CASE("under usual conditions as many are on sick leave as configured", "[workforce]") {
  StaffTown town(2000);
  town.config.workforce.sick_leave.spell_days = 10;
  processes::World world = town.open(4);
  run_weeks(world, 30);  // nobody is ill when the world begins
  world.state.ledger.clear();
  run_weeks(world, 110);
  const double share = weeks_of(world, StaffState::sick) / weeks_of(world, StaffState::employed);
  // Some 29 000 spells whose lengths vary three times as much as they are long: 2 % standard error.
  CHECK(share == Approx(town.of(town.config.workforce.sick_leave.share, Occupation::health_worker))
                     .epsilon(0.06));
}

TEST_CASE("more work for those present brings more sick leave, and a unit's ratio does",
          "[workforce]") {
  const auto sick_with = [](double workload, double unit_ratio) {
    StaffTown town(600);
    town.config.workforce.sick_leave.workload_ratio = 1.1;
    town.unit("home_care").sick_leave_ratio = unit_ratio;
    processes::World world = town.open(2);
    for (int day = 0; day < 500; ++day) {
      for (model::Unit& unit : world.state.units) unit.workload = static_cast<float>(workload);
      world.run_day();
    }
    return weeks_of(world, StaffState::sick) / weeks_of(world, StaffState::employed);
  };
  const double usual = sick_with(1.0, 1.0);
  CHECK(sick_with(1.3, 1.0) > 1.15 * usual);
  CHECK(sick_with(1.0, 0.5) < 0.65 * usual);
}

TEST_CASE("a roster's ratios hold for staff who visit, and for nobody else", "[workforce]") {
  struct Year {
    double sick = 0.0;
    double quits = 0.0;
  };
  const auto year_under = [](config::Roster roster, config::UnitHours hours) {
    StaffTown town(600);
    town.config.continuity.roster = roster;
    for (config::RosterPattern& pattern : town.config.continuity.rosters) {
      pattern.sick_leave_ratio = pattern.id == "wish_roster" ? 0.5 : 1.0;
      pattern.quit_ratio = pattern.id == "long_shifts" ? 0.5 : 1.0;
    }
    town.unit("home_care").hours = hours;
    town.of(town.config.workforce.quits.rate, Occupation::health_worker) = 0.3;
    processes::World world = town.open(2);
    run_weeks(world, 52);
    const double sick = weeks_of(world, StaffState::sick);
    return Year{sick / (weeks_of(world, StaffState::employed) - sick),
                moves_of(world, StaffMove::quit)};
  };
  using enum config::Roster;
  const Year usual = year_under(traditional, config::UnitHours::visits);
  const Year wished = year_under(wish_roster, config::UnitHours::visits);
  const Year long_days = year_under(long_shifts, config::UnitHours::visits);
  // Some 3000 spells and 190 quits in a year as usual.
  CHECK(wished.sick == Approx(0.5 * usual.sick).epsilon(0.15));
  CHECK(long_days.quits == Approx(0.5 * usual.quits).epsilon(0.3));
  CHECK(wished.quits == usual.quits);
  const Year elsewhere = year_under(traditional, config::UnitHours::presence);
  CHECK(year_under(wish_roster, config::UnitHours::presence).sick == elsewhere.sick);
  CHECK(year_under(long_shifts, config::UnitHours::presence).quits == elsewhere.quits);
}

TEST_CASE("everybody is accounted for, and nobody is at work who is not employed", "[workforce]") {
  StaffTown town(120);
  processes::World world = town.open(6);
  const int at_start = count_staff(world).employed;
  CHECK(at_start > 120);
  for (int week = 0; week < 250; ++week) {
    run_weeks(world, 1);
    for (const model::Unit& unit : world.state.units) {
      CHECK(present(unit) <= employed(unit) + 1e-4);
      CHECK(unit.people <= unit.headcount);
    }
    const double gone = moves_of(world, StaffMove::quit) + moves_of(world, StaffMove::retired);
    REQUIRE(count_staff(world).employed ==
            at_start + static_cast<int>(moves_of(world, StaffMove::hired) - gone));
  }
  CHECK(moves_of(world, StaffMove::hired) > 30.0);
  CHECK(moves_of(world, StaffMove::retired) > 5.0);
  std::map<std::uint64_t, int> seen;
  for (const Post& post : world.state.staff.posts) {
    if (post.state == Post::State::filled) CHECK(++seen[post.holder.uid] == 1);
  }
}

TEST_CASE("persons are counted by the size of their position, as posts are", "[workforce]") {
  StaffTown town(150);
  town.without_leavers();
  processes::World world = town.open(2);
  while (world.today() < town.start + 5) world.run_day();  // until a Monday
  world.state.ledger.clear();
  run_weeks(world, 10);
  std::array<double, model::position_size_count> expected{};
  for (const Post& post : world.state.staff.posts) {
    if (post.state != Post::State::filled) continue;
    if (post.occupation != Occupation::health_worker) continue;
    expected[model::position_size(post.holder.position)] += 10.0;
  }
  const std::size_t home_care =
      static_cast<std::size_t>(&town.home_care(world) - world.state.units.data());
  double persons = 0.0;
  for (std::size_t size = 0; size < expected.size(); ++size) {
    const float weeks =
        world.state.ledger.employee_weeks[home_care][model::index(Occupation::health_worker)][size];
    CHECK(static_cast<double>(weeks) == Approx(expected[size]));
    CHECK(weeks > 0.0F);
    persons += static_cast<double>(weeks);
  }
  // The mean of what is configured.
  const config::Staffing& staffing = town.config.workforce.staffing;
  const double full =
      town.of(town.config.workforce.staffing.full_time_share, Occupation::health_worker);
  const double mean =
      full + (1.0 - full) * staffing.part_time_position(model::index(Occupation::health_worker));
  CHECK(weeks_of(world, StaffState::employed) / persons == Approx(mean).epsilon(0.04));
}

TEST_CASE("people retire at their age, and an old workforce goes as a wave", "[workforce]") {
  const auto retired = [](double old_share) {
    StaffTown town(300);
    town.config.workforce.quits.retirement_age = 62;
    town.config.workforce.quits.retirement_sd = 0;
    town.of(town.config.workforce.recruitment.age_55_share, Occupation::health_worker) = old_share;
    processes::World world = town.open(8);
    for (int week = 0; week < 360; ++week) {
      run_weeks(world, 1);
      for (const Post& post : world.state.staff.posts) {
        if (post.state != Post::State::filled) continue;
        CHECK(processes::age_of(world, post.holder) < 62.03);
      }
    }
    return moves_of(world, StaffMove::retired);
  };
  CHECK(retired(0.6) > 1.6 * retired(0.3));
}

TEST_CASE("when the report begins as many are 55 and over as configured, whatever the burn-in",
          "[workforce]") {
  StaffTown town(800);
  town.of(town.config.workforce.recruitment.age_55_share, Occupation::health_worker) = 0.4;
  town.of(town.config.workforce.quits.rate, Occupation::health_worker) = 0.2;
  town.config.workforce.quits.young_ratio = 2.0;
  town.config.workforce.quits.old_ratio = 0.5;
  const auto share_old = [&](int burn_in_days) {
    const processes::Period period{town.start - burn_in_days, town.start, town.start + 366};
    model::State state;
    state.units.resize(town.config.units.size());
    processes::World world{
        std::move(state),
        {{period.first, processes::make_rules(town.config, period.report_from, period.end)}},
        random::WorldSeed::of(7, 0, 1),
        period};
    while (world.today() < town.start) world.run_day();
    int all = 0;
    int old = 0;
    for (const Post& post : world.state.staff.posts) {
      if (post.state != Post::State::filled) continue;
      if (post.occupation != Occupation::health_worker) continue;
      ++all;
      old += processes::age_of(world, post.holder) >= 55.0 ? 1 : 0;
    }
    return static_cast<double>(old) / all;
  };
  // Some 1100 persons: 1.5 points standard error.
  CHECK(share_old(0) == Approx(0.4).margin(0.04));
  CHECK(share_old(3 * 365) == Approx(0.4).margin(0.04));
}

TEST_CASE("posts follow the hours that are funded; nobody is dismissed", "[workforce]") {
  Town town;
  town.employ();
  town.config.workforce.recruitment.larger_position_share = 0.0;
  config::Config more = town.config;
  config::Config less = town.config;
  for (auto* changed : {&more, &less}) {
    for (config::Service& s : changed->services) {
      if (s.id == "home_nursing") s.hours_capacity *= changed == &more ? 1.3 : 0.6;
    }
  }
  processes::World world = town.open({{town.start + 371, more}, {town.start + 742, less}}, 4);
  std::size_t home = 0;
  while (town.config.units[home].id != "home_care") ++home;
  const auto budget = [&] {
    double sum = 0.0;
    for (const float fte : world.state.units[home].posts) sum += static_cast<double>(fte);
    return sum;
  };
  const auto open = [&] {
    double sum = 0.0;
    for (const Post& post : world.state.staff.posts) {
      if (post.unit == home && post.state != Post::State::closed)
        sum += static_cast<double>(post.size);
    }
    return sum;
  };
  run_weeks(world, 52);
  const double before = budget();
  CHECK(open() == Approx(before).margin(1.6));
  run_weeks(world, 3);
  CHECK(budget() > 1.2 * before);
  CHECK(open() == Approx(budget()).margin(1.6));
  CHECK(employed(world.state.units[home]) < budget() - 10.0);  // to be hired
  run_weeks(world, 50);
  CHECK(employed(world.state.units[home]) > budget() - 10.0);
  const double full = employed(world.state.units[home]);
  run_weeks(world, 3);
  CHECK(budget() < 0.75 * before);
  CHECK(employed(world.state.units[home]) > full - 4.0);  // only those who left by themselves
  run_weeks(world, 90);
  CHECK(employed(world.state.units[home]) < full - 10.0);
  CHECK(open() >= budget() - 1.6);
}

TEST_CASE("most are away in July", "[workforce]") {
  StaffTown town(300);
  processes::World world = town.open(1);
  const auto at_work = [&] {
    double sum = 0.0;
    for (const model::Unit& unit : world.state.units) sum += present(unit);
    return sum;
  };
  while (world.today() < base::to_day({2020, 3, 10})) world.run_day();
  const double in_march = at_work();
  while (world.today() < base::to_day({2020, 7, 14})) world.run_day();
  CHECK(at_work() < 0.75 * in_march);
}

TEST_CASE("a unit too small for a leader of its own is led as usual", "[workforce]") {
  const auto sick_at = [](double fte, double span_ratio) {
    StaffTown town(fte);
    town.config.workforce.sick_leave.span_ratio = span_ratio;
    town.config.workforce.recruitment.hiring_ratio = 0.0;
    processes::World world = town.open();
    run_weeks(world, 52);
    return weeks_of(world, StaffState::sick);
  };
  // Of forty a leader; three posts open none, thirty do.
  CHECK(sick_at(3.0, 1.5) == sick_at(3.0, 1.0));
  CHECK(sick_at(30.0, 1.5) != sick_at(30.0, 1.0));
}

TEST_CASE("women of 22 to 42 are on parental leave, at the rate and for the days configured",
          "[workforce]") {
  StaffTown town(2000);
  town.without_sick_leave();
  town.without_holidays();
  town.without_leavers();
  town.config.workforce.leave.parental_rate = 0.5;
  town.config.workforce.leave.parental_days = 98.0;
  town.config.workforce.recruitment.men_share = 0.3;
  processes::World world = town.open(5);
  while (world.today() < town.start + 5) world.run_day();  // until a Monday
  run_weeks(world, 52);
  double away = 0.0;
  double mothers = 0.0;
  for (int week = 0; week < 156; ++week) {
    run_weeks(world, 1);
    const auto now = static_cast<float>(world.run_day_number());
    double at_work = 0.0;
    for (const Post& post : world.state.staff.posts) {
      if (post.state != Post::State::filled) continue;
      const model::Employee& who = post.holder;
      const double age = processes::age_of(world, who);
      // Leaves are whole weeks here: this one has been lived away when it ends today or later.
      const bool on_leave = who.away == model::Away::parental && who.away_until >= now;
      if (on_leave) {
        REQUIRE(who.sex == model::Sex::female);
        REQUIRE(age >= 22.0);
        REQUIRE(age < 42.0 + 99.0 / 365.0);  // when it ends
      }
      if (who.occupation != Occupation::health_worker) continue;
      if (!on_leave) at_work += static_cast<double>(who.position);
      if (who.sex == model::Sex::male || age < 22.5 || age >= 42.0) continue;
      mothers += 1.0;
      away += on_leave ? 1.0 : 0.0;
    }
    const model::Unit& unit = town.home_care(world);
    REQUIRE(static_cast<double>(unit.present[model::index(Occupation::health_worker)]) ==
            Approx(at_work).epsilon(1e-4));
    REQUIRE(unit.sick[model::index(Occupation::health_worker)] == 0.0F);
  }
  // 98 days of leave after two years without, less half a week: leaves begin on Mondays. Some 1000
  // leaves, 3 % standard error.
  CHECK(away / mothers == Approx(98.0 / (98.0 + 2.0 * 365.25 - 3.5)).epsilon(0.1));
}

TEST_CASE("people without health education work a share of the hours of vacancies, but lead nobody",
          "[workforce]") {
  StaffTown town(150);
  town.without_sick_leave();
  town.without_holidays();
  town.config.workforce.recruitment.acting_share = 0.6;
  town.config.workforce.recruitment.hiring_ratio = 0.0;
  for (double& rate : town.config.workforce.quits.rate.cells()) rate = 1.0;
  processes::World world = town.open(2);
  run_weeks(world, 40);
  double vacant = 0.0;
  double leaders = 0.0;
  for (const Post& post : world.state.staff.posts) {
    if (post.state != Post::State::vacant) continue;
    (post.occupation == Occupation::leader ? leaders : vacant) += static_cast<double>(post.size);
  }
  REQUIRE(vacant > 30.0);
  REQUIRE(leaders > 0.5);
  const config::Staffing& staffing = town.config.workforce.staffing;
  const double at_work =
      staffing.productive_hours / (staffing.weekly_hours * base::days_per_year / 7.0);
  const model::Unit& unit = town.home_care(world);
  CHECK(unit.present[model::index(Occupation::assistant)] == Approx(0.6 * at_work * vacant));
  CHECK(unit.stand_ins == unit.present[model::index(Occupation::assistant)]);
  CHECK(unit.employed[model::index(Occupation::assistant)] == 0.0F);
}

TEST_CASE("each has the block of summer holiday once, and substitutes work a share of it",
          "[workforce]") {
  StaffTown town(200);
  town.without_sick_leave();
  town.without_leavers();
  config::StaffLeave& leave = town.config.workforce.leave;
  leave.holiday_weeks = 2.5;
  leave.summer_share = 1.0;
  leave.other_weeks = 0.0;
  leave.summer_substitutes = 0.4;
  leave.summer_educated = GENERATE(0.0, 0.25);
  const double without = 0.4 * (1.0 - leave.summer_educated);
  const double with = 0.4 * leave.summer_educated;
  processes::World world = town.open(1);
  constexpr std::size_t health_worker = model::index(Occupation::health_worker);
  constexpr std::size_t leader = model::index(Occupation::leader);
  double away = 0.0;
  double leaders_away = 0.0;
  for (int week = 0; week < 50; ++week) {
    run_weeks(world, 1);
    const model::Unit& unit = town.home_care(world);
    const auto missing = static_cast<double>(unit.employed[health_worker]) -
                         static_cast<double>(unit.present[health_worker]);
    const double gone = missing / (1.0 - with);  // students stand among the health workers
    CAPTURE(week, with);
    CHECK(static_cast<double>(unit.present[model::index(Occupation::assistant)]) ==
          Approx(without * gone).margin(1e-3));
    CHECK(static_cast<double>(unit.stand_ins) == Approx(0.4 * gone).margin(1e-3));
    away += gone;
    leaders_away +=
        static_cast<double>(unit.employed[leader]) - static_cast<double>(unit.present[leader]);
  }
  const model::Unit& unit = town.home_care(world);
  CHECK(away == Approx(2.5 * static_cast<double>(unit.employed[health_worker])).epsilon(1e-4));
  CHECK(leaders_away == Approx(2.5 * static_cast<double>(unit.employed[leader])).epsilon(1e-4));
}

TEST_CASE("sick leave in a full-time position differs by its ratio", "[workforce]") {
  StaffTown town(2500);
  town.without_leavers();
  town.config.workforce.sick_leave.spell_days = 10.0;
  town.config.workforce.sick_leave.spell_cv = 0.0;
  town.config.workforce.sick_leave.full_time_ratio = 2.0;
  town.of(town.config.workforce.staffing.full_time_share, Occupation::health_worker) = 0.5;
  processes::World world = town.open(3);
  while (world.today() < town.start + 5) world.run_day();  // until a Monday
  run_weeks(world, 30);                                    // nobody is ill when the world begins
  std::array<double, 2> persons{};
  std::array<double, 2> sick{};
  for (int week = 0; week < 100; ++week) {
    run_weeks(world, 1);
    const auto now = static_cast<float>(world.run_day_number());
    for (const Post& post : world.state.staff.posts) {
      if (post.state != Post::State::filled) continue;
      if (post.occupation != Occupation::health_worker) continue;
      const std::size_t full = post.holder.position >= 0.95F ? 1 : 0;
      persons[full] += 1.0;
      const bool away = post.holder.away == model::Away::sick && post.holder.away_until > now;
      sick[full] += away ? 1.0 : 0.0;
    }
  }
  const double usual = town.of(town.config.workforce.sick_leave.share, Occupation::health_worker);
  const double twice = 2.0 * usual / (1.0 - usual);  // spells over days at work
  // Some 15 000 spells in each: 1 % standard error.
  CHECK(sick[0] / persons[0] == Approx(usual).epsilon(0.05));
  CHECK(sick[1] / persons[1] == Approx(twice / (1.0 + twice)).epsilon(0.05));
}

namespace {

struct UnderALeader {
  double sick = 0.0;  // over those at work
  double quits = 0.0;
};

/// Two years with this many employees a leader.
UnderALeader led_with(float span, double sick_ratio, double quit_ratio) {
  StaffTown town(600);
  config::Workforce& w = town.config.workforce;
  w.sick_leave.usual_span = 40.0;
  w.sick_leave.span_ratio = sick_ratio;
  w.sick_leave.spell_days = 10.0;
  w.sick_leave.spell_cv = 0.0;
  w.quits.span_ratio = quit_ratio;
  town.of(w.quits.rate, Occupation::health_worker) = 0.3;
  processes::World world = town.open(3);
  for (int day = 0; day < 730; ++day) {
    for (model::Unit& unit : world.state.units) unit.span = span;
    world.run_day();
  }
  const double sick = weeks_of(world, StaffState::sick);
  return {sick / (weeks_of(world, StaffState::employed) - sick), moves_of(world, StaffMove::quit)};
}

}  // namespace

TEST_CASE("sick leave and quits follow how many a leader is set over", "[workforce]") {
  const UnderALeader usual = led_with(40.0F, 1.0, 1.0);
  // Some 4000 spells and 350 quits: 2 and 6 % standard error.
  CHECK(led_with(60.0F, 1.2, 1.0).sick == Approx(1.44 * usual.sick).epsilon(0.1));
  CHECK(led_with(20.0F, 1.2, 1.0).sick == Approx(usual.sick / 1.44).epsilon(0.1));
  CHECK(led_with(60.0F, 1.0, 1.3).quits == Approx(1.69 * usual.quits).epsilon(0.2));
  CHECK(led_with(20.0F, 1.0, 1.3).quits == Approx(usual.quits / 1.69).epsilon(0.2));
  const auto same = [](const UnderALeader& a, const UnderALeader& b) {
    CHECK(a.sick == b.sick);
    CHECK(a.quits == b.quits);
  };
  same(led_with(40.0F, 1.2, 1.3), usual);
  same(led_with(0.0F, 1.2, 1.3), usual);                         // nobody to lead
  same(led_with(400.0F, 1.1, 1.1), led_with(120.0F, 1.1, 1.1));  // no study saw more
  same(led_with(1.0F, 1.1, 1.1), led_with(5.0F, 1.1, 1.1));
}

TEST_CASE("those employed are shared among the leaders there are", "[workforce]") {
  StaffTown town(400);
  town.without_leavers();
  processes::World led = town.open(2);
  run_weeks(led, 10);
  const model::Unit& unit = town.home_care(led);
  const float leaders = unit.employed[model::index(Occupation::leader)];
  REQUIRE(leaders > 5.0F);
  // 5 %: whether leaders are among those led does not matter here.
  CHECK(unit.span == Approx(unit.headcount / leaders).epsilon(0.05));

  StaffTown alone(400);
  alone.without_leavers();
  alone.of(alone.config.workforce.quits.rate, Occupation::leader) = 10.0;
  alone.config.workforce.recruitment.hiring_ratio = 0.0;
  processes::World unled = alone.open(2);
  run_weeks(unled, 90);
  REQUIRE(alone.home_care(unled).employed[model::index(Occupation::leader)] == 0.0F);
  CHECK(alone.home_care(unled).span == 120.0F);  // as many as can be
}
