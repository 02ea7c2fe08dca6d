// Vacancies and how they are filled, and training.
#include "processes/recruitment.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "catch.hpp"
#include "processes/posts.hpp"
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
using tests::weeks_of;

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

TEST_CASE("training at work makes health workers of assistants", "[workforce]") {
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

namespace {

/// A town where posts of an occupation are hard to fill, for one training.
struct TrainingTown : StaffTown {
  TrainingTown(const config::Training& training, double trained_a_year) : StaffTown(200) {
    const std::span<double> mix = unit("home_care").mix.cells();
    std::ranges::fill(mix, 0.0);
    mix[model::index(training.occupation)] = training.from_staff ? 0.5 : 1.0;
    if (training.from_staff) mix[model::index(Occupation::assistant)] = 0.5;
    config::Workforce& w = config.workforce;
    w.quits.retirement_age = 80.0;
    for (double& rate : w.quits.rate.cells()) rate = 0.3;
    of(w.recruitment.time_to_fill, training.occupation) = 4.0;
    for (config::Training& t : w.training) {
      if (t.id == training.id) {
        t.entrants = trained_a_year / (t.completes_share * t.stays_share);
      }
    }
  }
};

/// Those of a training who hold a post: who came from outside, and staff who got its occupation.
std::vector<const Post*> trained_in(const processes::World& world, const config::Training& training,
                                    std::uint32_t begun) {
  std::set<std::uint64_t> uids;
  for (std::uint32_t n = 0; n < begun; ++n) {
    uids.insert(synth::staff_uid(random::key_of(training.id), n));
  }
  std::vector<const Post*> found;
  for (const Post& post : world.state.staff.posts) {
    if (post.state != Post::State::filled) continue;
    const bool from_outside = uids.contains(post.holder.uid);
    const bool qualified = training.from_staff && post.holder.bound_until > post.holder.hired;
    if (!from_outside && !qualified) continue;
    REQUIRE(post.holder.occupation == training.occupation);
    found.push_back(&post);
  }
  return found;
}

double employed_as(const processes::World& world, Occupation occupation) {
  double sum = 0.0;
  for (const model::Unit& unit : world.state.units) {
    sum += static_cast<double>(unit.employed[model::index(occupation)]);
  }
  return sum;
}

}  // namespace

TEST_CASE("each configured training brings staff of its occupation, when its years have passed",
          "[recruitment]") {
  const std::vector<config::Training> all = tests::selbu().workforce.training;
  REQUIRE(all.size() >= 8);
  for (std::size_t k = 0; k < all.size(); ++k) {
    const config::Training& training = all[k];
    CAPTURE(training.id);
    TrainingTown with(training, 0.1);
    TrainingTown without(training, 0.0);
    processes::World trained = with.open(14);
    processes::World usual = without.open(14);
    const int weeks = static_cast<int>(training.years * base::days_per_year / 7.0);
    run_weeks(trained, weeks);
    run_weeks(usual, weeks);
    // Nothing has come of it yet.
    const model::Staff& staff = trained.state.staff;
    REQUIRE(staff.trained[k] > 10);
    CHECK(std::accumulate(staff.trained.begin(), staff.trained.end(), 0U) == staff.trained[k]);
    CHECK(employed_as(trained, training.occupation) == employed_as(usual, training.occupation));
    double more = 0.0;
    std::map<std::uint64_t, base::Day> bound;  // until when
    for (int week = 0; week < 156; ++week) {
      run_weeks(trained, 1);
      run_weeks(usual, 1);
      std::set<std::uint64_t> here;
      for (const Post& post : staff.posts) {
        if (post.state == Post::State::filled) here.insert(post.holder.uid);
      }
      for (const auto& [uid, until] : bound) {
        if (until >= trained.today()) REQUIRE(here.contains(uid));
      }
      for (const Post* post : trained_in(trained, training, staff.trained[k])) {
        bound.emplace(post->holder.uid, post->holder.bound_until);
      }
      more += employed_as(trained, training.occupation) - employed_as(usual, training.occupation);
    }
    // A tenth of the employees a year are trained, for three years; a third of them leave a year.
    CHECK(bound.size() > 20);
    CHECK(more / 156 > 8.0);
    CHECK(moves_of(trained, StaffMove::qualified) > (training.from_staff ? 20.0 : -1.0));
    CHECK((training.from_staff || moves_of(trained, StaffMove::qualified) == 0.0));
    if (training.binding_years > 0.0) {
      CHECK(std::ranges::any_of(bound,
                                [&](const auto& one) { return one.second > trained.today() - 7; }));
    }
    CHECK(trained_in(usual, training, staff.trained[k]).empty());
    CHECK(std::ranges::all_of(usual.state.staff.trained, [](auto count) { return count == 0; }));
  }
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

TEST_CASE("vacancies are filled at a rate that goes to that of 2040 in twenty years",
          "[recruitment]") {
  const auto rate_in = [](int year) {
    StaffTown town(20);
    town.start = base::to_day({year, 1, 1});
    config::Recruitment& recruitment = town.config.workforce.recruitment;
    town.of(recruitment.supply_2040, Occupation::health_worker) = 0.49;
    town.of(recruitment.time_to_fill, Occupation::health_worker) = 0.8;
    recruitment.hiring_ratio = 1.5;
    town.unit("home_care").hiring_ratio = 0.5;
    processes::World world = town.open(1);
    Post& post = world.state.staff.posts.front();
    REQUIRE(post.occupation == Occupation::health_worker);
    processes::vacate(world, post);
    REQUIRE(post.state == Post::State::vacant);
    post.until_filled = 1.0F;
    processes::fill_vacancies(world, 7.0F);
    return static_cast<double>(1.0F - post.until_filled) * base::days_per_year / 7.0;
  };
  const double at_first = 1.5 * 0.5 / 0.8;
  CHECK(rate_in(2020) == Approx(at_first).epsilon(1e-4));
  CHECK(rate_in(2030) == Approx(at_first * 0.7).epsilon(1e-3));
  CHECK(rate_in(2040) == Approx(at_first * 0.49).epsilon(1e-3));
  CHECK(rate_in(2050) == Approx(at_first * 0.49).epsilon(1e-3));
}

namespace {

/// Puts people into the training from outside who are ready today.
void make_ready(processes::World& world, const config::Training& training, int persons) {
  const auto& all = world.config().workforce.training;
  const auto at = static_cast<std::size_t>(
      std::ranges::find(all, training.id, &config::Training::id) - all.begin());
  for (int i = 0; i < persons; ++i) {
    model::Trainee one;
    one.uid = synth::staff_uid(12345, static_cast<std::uint64_t>(i));
    one.ready = world.today();
    one.training = static_cast<std::uint8_t>(at);
    world.state.staff.trainees.push_back(one);
  }
}

}  // namespace

TEST_CASE("of those trained outside some complete and stay, and wait for a post for a time",
          "[recruitment]") {
  const auto waiting = [](double completes, double stays) {
    StaffTown town(20);
    town.from_outside().completes_share = completes;
    town.from_outside().stays_share = stays;
    processes::World world = town.open(1);
    REQUIRE(count_staff(world).positions == Approx(count_staff(world).open));  // no vacancy
    make_ready(world, town.from_outside(), 2000);
    processes::train(world, 7.0F);
    return static_cast<double>(world.state.staff.trainees.size());
  };
  CHECK(tests::agrees(waiting(0.6, 0.5), 2000 * 0.6 * 0.5));
  CHECK(tests::agrees(waiting(0.4, 1.0), 2000 * 0.4));
  CHECK(tests::agrees(waiting(1.0, 0.3), 2000 * 0.3));
  CHECK(waiting(1.0, 1.0) == 2000.0);

  StaffTown town(20);
  town.without_leavers();
  town.from_outside().completes_share = town.from_outside().stays_share = 1.0;
  town.config.workforce.recruitment.applicant_waits = 0.5;
  processes::World world = town.open(1);
  make_ready(world, town.from_outside(), 10);
  while (world.today() < town.start + 183) world.run_day();
  CHECK(world.state.staff.trainees.size() == 10);
  run_weeks(world, 2);
  CHECK(world.state.staff.trainees.empty());
  CHECK(moves_of(world, StaffMove::hired) == 0.0);
}

TEST_CASE("those trained outside are hired into vacancies, men by the share of the training",
          "[recruitment]") {
  const double of_training = GENERATE(1.0, 0.0, -1.0);
  StaffTown town(1000);
  town.config.workforce.recruitment.men_share = 0.25;
  config::Training& training = town.from_outside();
  training.completes_share = training.stays_share = 1.0;
  training.men_share = of_training;
  training.binding_years = 2.0;
  processes::World world = town.open(1);
  int men_at_start = 0;
  for (const Post& post : world.state.staff.posts) {
    if (post.holder.sex == model::Sex::male) ++men_at_start;
  }
  CHECK(tests::agrees(men_at_start, 0.25 * count_staff(world).employed));
  for (Post& post : world.state.staff.posts) {
    if (post.occupation == Occupation::health_worker) processes::vacate(world, post);
  }
  constexpr int persons = 800;
  make_ready(world, training, persons);
  processes::train(world, 7.0F);
  CHECK(moves_of(world, StaffMove::hired) == persons);
  CHECK(moves_of(world, StaffMove::qualified) == 0.0);
  CHECK(world.state.staff.trainees.empty());
  int hired = 0;
  int men = 0;
  for (const Post& post : world.state.staff.posts) {
    if (post.state != Post::State::filled || post.occupation == Occupation::leader) continue;
    ++hired;
    if (post.holder.sex == model::Sex::male) ++men;
    REQUIRE(post.holder.occupation == Occupation::health_worker);
    REQUIRE(post.holder.bound_until - world.today() == 731);  // two years of 365.25 days
    REQUIRE(post.holder.position == post.size);
  }
  CHECK(hired == persons);
  if (of_training < 0.0) {
    CHECK(tests::agrees(men, 0.25 * persons));  // as among all employees
  } else {
    CHECK(men == of_training * persons);
  }
}
