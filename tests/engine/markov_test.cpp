// The engine against closed forms. Seeds are fixed; bounds are for a false alarm in a million per
// test case, shared by its comparisons.
#include <cmath>
#include <map>

#include <unsupported/Eigen/MatrixFunctions>

#include "../random/bounds.hpp"
#include "catch.hpp"
#include "chain.hpp"

using namespace test;

TEST_CASE("occupancy of a four-state model is that of the matrix exponential") {
  const Chain<4>::Matrix rate{
      {{0, 0.010, 0.002, 0.0005}, {0.004, 0, 0.008, 0.001}, {0.0, 0.003, 0, 0.006}, {0, 0, 0, 0}}};
  Eigen::Matrix4d generator;
  for (int i = 0; i < 4; ++i) {
    double out = 0;
    for (int j = 0; j < 4; ++j) {
      generator(i, j) = rate[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      out += generator(i, j);
    }
    generator(i, i) = -out;
  }

  constexpr int people = 60000;
  Chain<4> chain(rate);
  for (int i = 0; i < people; ++i) chain.enter(static_cast<std::uint64_t>(i), i % 2 == 0 ? 0 : 1);
  const Eigen::RowVector4d start(0.5, 0.5, 0, 0);
  const double z = z_bound(false_alarm(4 * 5));
  for (const int t : {7, 60, 200, 600, 1500}) {
    chain.run_to(t);
    const Eigen::RowVector4d expected = start * (generator * t).exp();
    const auto counted = chain.occupancy();
    for (int s = 0; s < 4; ++s) {
      const double p = expected(s);
      INFO("day " << t << ", state " << s << ", expected " << p * people);
      CHECK(std::abs(counted[static_cast<std::size_t>(s)] - people * p) <
            z * std::sqrt(people * p * (1 - p)) + 1e-9);
    }
  }
}

TEST_CASE("competing risks: which comes first, and when, are as in closed form and independent") {
  const std::array<double, 3> rate{0.02, 0.05, 0.01};
  constexpr double all = 0.08;
  Chain<4> chain({{{rate[0] * 0, rate[0], rate[1], rate[2]}, {}, {}, {}}});
  constexpr int people = 60000;
  for (int i = 0; i < people; ++i) chain.enter(static_cast<std::uint64_t>(i), 0);
  chain.run_to(800);
  REQUIRE(chain.log.size() == people);

  std::array<std::vector<double>, 3> times;
  std::vector<double> everybody;
  for (const auto& h : chain.log) {
    times[h.clock - 1].push_back(h.t);
    everybody.push_back(h.t);
  }
  const double z = z_bound(false_alarm(7));
  for (std::size_t k = 0; k < 3; ++k) {
    const double p = rate[k] / all;
    CHECK(std::abs(static_cast<double>(times[k].size()) - people * p) <
          z * std::sqrt(people * p * (1 - p)));
    const auto found = moments(times[k]);
    CHECK(std::abs(found.mean - 1 / all) < z * found.mean_error());
  }
  CHECK(ks_distance(everybody, [](double t) { return 1 - std::exp(-all * t); }) <
        ks_bound(people, false_alarm(7)));
}

namespace {

/// One clock whose rate depends on time alone and changes on given days (its anniversaries).
struct Stepwise {
  std::vector<std::pair<engine::RunDay, double>> steps;  // from that day on, that rate
  engine::People<1> people{random::WorldSeed::of(2, 0, 0)};
  std::vector<double> fired{};

  [[nodiscard]] engine::People<1>::Rates rates(engine::Person, engine::Time t) const {
    double rate = 0;
    for (const auto& [from, r] : steps) {
      if (t >= static_cast<float>(from)) rate = r;
    }
    return {static_cast<float>(rate)};
  }
  bool fire(engine::Person, std::uint32_t, engine::Time t) {
    fired.push_back(t);
    return false;
  }
  [[nodiscard]] std::uint64_t uid(engine::Person person) const { return person; }
  [[nodiscard]] engine::RunDay next_anniversary(engine::Person, engine::RunDay day) const {
    for (const auto& step : steps) {
      if (step.first > day) return step.first;
    }
    return no_anniversary;
  }
  void live(std::size_t count, engine::RunDay days) {
    people.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto person = people.enter(*this, i, 0, rates(0, 0), next_anniversary(0, 0));
      people.schedule(person, 0);
    }
    for (engine::RunDay day = 0; day < days; ++day) people.run_day(*this, day);
  }
  /// Expected share that has fired by t.
  [[nodiscard]] double fired_by(double t) const {
    double consumed = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const double from = steps[i].first;
      const double to = i + 1 < steps.size() ? steps[i + 1].first : 1e9;
      if (t > from) consumed += steps[i].second * (std::min(t, to) - from);
    }
    return 1 - std::exp(-consumed);
  }
};

}  // namespace

TEST_CASE("a rate that changes midway gives the piecewise-exponential distribution") {
  Stepwise model{{{0, 0.01}, {40, 0.05}, {55, 0.002}, {90, 0.03}}};
  constexpr std::size_t people = 60000;
  model.live(people, 3000);
  REQUIRE(model.fired.size() == people);
  CHECK(ks_distance(model.fired, [&](double t) { return model.fired_by(t); }) <
        ks_bound(people, false_alarm()));
}

TEST_CASE("while a rate is zero nothing fires, and afterwards the threshold is still there") {
  Stepwise model{{{0, 0.01}, {30, 0.0}, {700, 0.01}}};
  constexpr std::size_t people = 60000;
  model.live(people, 5000);
  REQUIRE(model.fired.size() == people);
  for (const double t : model.fired) CHECK_FALSE((t >= 30 && t < 700));
  CHECK(ks_distance(model.fired, [&](double t) { return model.fired_by(t); }) <
        ks_bound(people, false_alarm()));

  // Person by person: the pause postpones, it does not redraw. Due times near day 1000 are rounded
  // to 2^-14 of a day at each of three steps; the pause itself loses 2^-24 of what remains.
  Stepwise without{{{0, 0.01}}};
  without.live(people, 5000);
  std::vector<double> a = model.fired, b = without.fired;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  for (std::size_t i = 0; i < people; ++i) {
    CHECK(a[i] == Approx(b[i] < 30 ? b[i] : b[i] + 670).margin(1e-3));
  }
}

TEST_CASE("life table: deaths by age reproduce the survival of the hazards") {
  // Yearly steps; a year of life is 365 days here.
  Stepwise life;
  for (int age = 0; age < 100; ++age) {
    life.steps.emplace_back(age * 365, (1e-3 + 5e-5 * std::exp(0.1 * age)) / 365);
  }
  life.steps.emplace_back(100 * 365, 1.0);
  constexpr std::size_t people = 60000;
  life.live(people, 101 * 365);
  REQUIRE(life.fired.size() == people);
  std::vector<double> counted(101), expected(101);
  for (const double t : life.fired) counted[static_cast<std::size_t>(t / 365)] += 1;
  for (std::size_t age = 0; age <= 100; ++age) {
    const auto from = static_cast<double>(age * 365);
    expected[age] = people * (life.fired_by(from + 365) - life.fired_by(from));
  }
  const auto fit = chi_square(counted, expected);
  CHECK(fit.freedom > 80);
  CHECK(fit.statistic < chi_square_bound(fit.freedom, false_alarm()));
}
