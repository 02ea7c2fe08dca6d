#include "processes/cohort.hpp"

#include <cmath>
#include <numeric>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/frailty_classes.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

TEST_CASE("Classes of frailty keep mean and nearly the variance") {
  for (const double variance : {0.1, 0.35, 1.0, 2.0}) {
    const auto classes = frailty_classes(variance, 64);
    double mean = 0.0;
    double square = 0.0;
    for (const double frailty : classes) {
      mean += frailty / 64.0;
      square += frailty * frailty / 64.0;
    }
    CHECK(mean == Approx(1.0));
    CHECK(square - 1.0 == Approx(variance).epsilon(0.1));
  }
  CHECK(frailty_classes(0.0, 8) == std::vector<double>{1.0});
  // Exponential frailty, two halves: 1 - ln 2 and 1 + ln 2.
  const auto halves = frailty_classes(1.0, 2);
  CHECK(halves[0] == Approx(1.0 - std::log(2.0)).margin(1e-3));
  CHECK(halves[1] == Approx(1.0 + std::log(2.0)).margin(1e-3));
}

TEST_CASE("Nobody is lost between the states of a cohort") {
  const auto rules = make_rules(selbu(), base::to_day({2020, 1, 1}), base::to_day({2045, 1, 1}));
  CohortPlan plan;
  plan.first_age = 60;
  const auto cohort = live_cohort(*rules, plan);
  CHECK(cohort.front().alive() == Approx(1.0));
  for (std::size_t k = 0; k + 1 < cohort.size(); ++k) {
    CHECK(cohort[k].alive() - cohort[k].deaths == Approx(cohort[k + 1].alive()));
    CHECK(cohort[k].share(model::NeedLevel::none) + cohort[k].share(model::NeedLevel::some) +
              cohort[k].share(model::NeedLevel::moderate) +
              cohort[k].share(model::NeedLevel::extensive) ==
          Approx(1.0));
  }
}

// The analytic check of clocks, rates and world together: 40 000 women of 75 live 15 years.
TEST_CASE("A simulated cohort agrees with the forward solution of its rates") {
  Town town;
  without_care(town.config);
  tests::without_acute_illness(town.config);
  for (double& rate : town.config.migration.out_rate.cells()) rate = 0.0;
  for (double& rate : town.config.migration.in_per_1000.cells()) rate = 0.0;
  town.config.function.illness_ratio = 1.0;
  town.config.function.lonely_ratio = 1.0;
  // Birthdays well away from New Year: every one falls in the next calendar year.
  town.start = base::to_day({2020, 6, 1});
  constexpr std::uint32_t people = 40000;
  constexpr int years = 15;
  const processes::Period period{town.start, town.start, town.start + 20 * 366};
  const auto rules = make_rules(town.config, period.first, period.end);
  const auto seed = random::WorldSeed::of(3, 0, 0);
  model::State state;
  state.residents.resize(people);
  for (std::uint32_t i = 0; i < people; ++i) {
    model::Resident& who = state.residents[i];
    who.uid = model::founder_uid(i);
    who.birth = town.start - base::birthday(base::Day{}, 75).number;
    synth::draw_health(rules->health, seed, who, 75, random::Purpose::need_at_start, 0);
  }
  World world(std::move(state), {{period.first, rules}}, seed, period);

  CohortPlan plan;
  plan.first_age = 75;
  plan.last_age = 75 + years;
  plan.frailty_classes = 24;
  const auto cohort = live_cohort(*rules, plan);
  for (const int after : {5, 10, 15}) {
    run_until(world, base::birthday(world.state.residents[0].birth, 75 + after));
    const CohortAge& expected = cohort[static_cast<std::size_t>(after)];
    std::array<double, synth::health_cell_count> found{};
    for (const model::Resident& who : world.state.residents) {
      if (who.here()) found[synth::health_cell(who.need, who.cognition)] += 1.0;
    }
    // 4.8 standard deviations: false alarm 1e-4 over all cells and ages.
    const auto check = [&](double count, double share) {
      CHECK(std::abs(count - share * people) <
            4.8 * std::sqrt(people * share * (1.0 - share)) + 0.5);
    };
    INFO("after " << after << " years");
    check(std::accumulate(found.begin(), found.end(), 0.0), expected.alive());
    for (std::size_t cell = 0; cell < found.size(); ++cell) {
      INFO("cell " << cell);
      check(found[cell], expected.living[cell]);
    }
  }
}
