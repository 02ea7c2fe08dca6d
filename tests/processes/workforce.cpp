// Employees: sick leave, quits, retirement, posts that follow the budget, vacancies, training.
#include "processes/workforce.hpp"

#include <cmath>
#include <map>

#include "catch.hpp"
#include "processes/posts.hpp"
#include "town.hpp"

using namespace carestair;
using model::Occupation;
using model::Post;
using model::StaffMove;
using model::StaffState;
using tests::Town;

namespace {

/// A town without residents whose home care has `fte` posts of health workers, and nobody else.
struct StaffTown : Town {
  explicit StaffTown(double fte) {
    for (config::Unit& u : config.units) {
      u.fte = 0.0;
      for (double& share : u.mix.cells()) share = 0.0;
      u.mix.cells()[model::index(Occupation::health_worker)] = 1.0;
    }
    unit("home_care").fte = fte;
    config::Workforce& w = config.workforce;
    w.leave.parental_rate = 0.0;
    w.leave.summer_substitutes = 0.0;
    w.recruitment.acting_share = 0.0;
    w.recruitment.larger_position_share = 0.0;
    w.recruitment.hiring_ratio = 1.0;
    for (double& ratio : w.recruitment.supply_2040.cells()) ratio = 1.0;
    w.quits.young_ratio = w.quits.old_ratio = w.quits.small_position_ratio = 1.0;
    w.quits.workload_ratio = w.quits.span_ratio = 1.0;
    w.sick_leave.workload_ratio = w.sick_leave.span_ratio = 1.0;
    for (config::Training& t : w.training) t.entrants = 0.0;
    employ();
  }

  double& of(config::Table& table, Occupation o) { return table.cells()[model::index(o)]; }
};

void run_weeks(processes::World& world, int weeks) {
  for (int day = 0; day < 7 * weeks; ++day) world.run_day();
}

double weeks_of(const processes::World& world, StaffState state,
                Occupation o = Occupation::health_worker) {
  double sum = 0.0;
  for (const auto& unit : world.state.ledger.staff_weeks) {
    sum += static_cast<double>(unit[model::index(o)][model::index(state)]);
  }
  return sum;
}

double moves_of(const processes::World& world, StaffMove move) {
  double sum = 0.0;
  for (const auto& moves : world.state.ledger.staff_moves) {
    sum += static_cast<double>(moves[model::index(move)]);
  }
  return sum;
}

struct Count {
  int employed = 0;
  double positions = 0.0;
  double open = 0.0;
};

Count count_staff(const processes::World& world) {
  Count count;
  for (const Post& post : world.state.staff.posts) {
    if (post.state != Post::State::closed) count.open += static_cast<double>(post.size);
    if (post.state != Post::State::filled) continue;
    ++count.employed;
    count.positions += static_cast<double>(post.holder.position);
  }
  return count;
}

double present(const model::Unit& unit) {
  double sum = 0.0;
  for (const float fte : unit.present) sum += static_cast<double>(fte);
  return sum;
}

double employed(const model::Unit& unit) {
  double sum = 0.0;
  for (const float fte : unit.employed) sum += static_cast<double>(fte);
  return sum;
}

}  // namespace

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

TEST_CASE("vacancies take the time that is configured", "[workforce]") {
  StaffTown town(3000);
  town.of(town.config.workforce.quits.rate, Occupation::health_worker) = 0.4;
  town.of(town.config.workforce.recruitment.time_to_fill, Occupation::health_worker) = 0.5;
  town.config.workforce.quits.retirement_age = 80;
  processes::World world = town.open(6);
  run_weeks(world, 150);
  world.state.ledger.clear();
  run_weeks(world, 100);
  const double vacant =
      1.0 - weeks_of(world, StaffState::employed) / weeks_of(world, StaffState::post);
  // Posts are held for 1 / 0.4 years and vacant for 0.5, and a week more: people come on Mondays.
  CHECK(vacant == Approx(0.5 / (0.5 + 2.5)).epsilon(0.06));
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

TEST_CASE("vacancies offered to part-timers make larger positions, not more of them",
          "[workforce]") {
  const auto mean_position = [](double share) {
    StaffTown town(200);
    town.config.workforce.recruitment.larger_position_share = share;
    town.config.workforce.recruitment.wants_more_share = 0.8;
    processes::World world = town.open(8);
    run_weeks(world, 400);
    const Count count = count_staff(world);
    CHECK(count.positions <= count.open + 1e-3);
    // With leaders: a fortieth.
    CHECK(count.open == Approx(205.0).margin(8.0));
    return count.positions / count.employed;
  };
  CHECK(mean_position(1.0) > mean_position(0.0) + 0.06);
}

TEST_CASE("training at work makes health workers of assistants, and others come from outside",
          "[workforce]") {
  StaffTown town(100);
  town.unit("home_care").mix.cells()[model::index(Occupation::health_worker)] = 0.0;
  town.unit("home_care").mix.cells()[model::index(Occupation::assistant)] = 1.0;
  for (config::Training& t : town.config.workforce.training) {
    if (t.id != "staff_to_health_workers") continue;
    t.entrants = 0.1;
    t.years = 1.0;
    t.completes_share = t.stays_share = 1.0;
  }
  processes::World world = town.open(4);
  run_weeks(world, 40);
  CHECK(moves_of(world, StaffMove::qualified) == 0.0);
  run_weeks(world, 140);
  const double qualified = moves_of(world, StaffMove::qualified);
  CHECK(qualified > 15.0);
  CHECK(qualified < 60.0);
  CHECK(weeks_of(world, StaffState::employed) > 0.0);
}

TEST_CASE("where more are trained, fewer posts are vacant", "[workforce]") {
  const auto vacant = [](double entrants) {
    StaffTown town(200);
    town.of(town.config.workforce.recruitment.time_to_fill, Occupation::health_worker) = 2.0;
    for (config::Training& t : town.config.workforce.training) {
      if (t.id == "men_in_health") t.entrants = entrants;
    }
    processes::World world = town.open(8);
    run_weeks(world, 400);
    return 1.0 - weeks_of(world, StaffState::employed) / weeks_of(world, StaffState::post);
  };
  CHECK(vacant(0.2) < 0.8 * vacant(0.0));
}

TEST_CASE("nobody who begins a training is lost, however many they are", "[workforce]") {
  StaffTown town(1000);
  for (config::Training& t : town.config.workforce.training) {
    if (t.id != "men_in_health") continue;
    t.entrants = 10.0;
    t.years = 3.0;
  }
  processes::World world = town.open(2);
  run_weeks(world, 40);
  const model::Staff& staff = world.state.staff;
  std::size_t begun = 0;
  for (const std::uint32_t count : staff.trained) begun += count;
  CHECK(begun > 5000);
  CHECK(staff.trainees.size() == begun);
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
