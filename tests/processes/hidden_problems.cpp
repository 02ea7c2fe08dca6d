#include "processes/hidden_problems.hpp"

#include <cmath>

#include "catch.hpp"
#include "large_town.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;
using model::HiddenProblem;

namespace {

config::HiddenProblem& malnutrition(config::Config& config) {
  return config.hidden_problems.malnutrition;
}

/// Nothing that a hidden problem does, begins or ends by itself.
void hold_still(config::HiddenProblem& problem, double prevalence) {
  for (double& share : problem.prevalence.cells()) share = prevalence;
  for (double& rate : problem.onset.cells()) rate = 0.0;
  problem.men_ratio = problem.dementia_ratio = problem.late_cohort_ratio = 1.0;
  problem.end = problem.end_detected = problem.detected_share = 0.0;
}

struct ProblemCounts {
  std::array<double, model::hidden_problem_count> has{};
  std::array<double, model::hidden_problem_count> known{};
  double all = 0.0;
};

ProblemCounts count_problems(const World& world) {
  ProblemCounts counts;
  for (const model::Resident& who : world.state.residents) {
    if (!who.here() || world.age(who) < world.config().hidden_problems.from_age) {
      if (who.here()) CHECK(who.problems == 0);
      continue;
    }
    counts.all += 1.0;
    CHECK((who.detected_problems & ~who.problems) == 0);
    for (std::size_t k = 0; k < model::hidden_problem_count; ++k) {
      counts.has[k] += who.problems >> k & 1U;
      counts.known[k] += who.detected_problems >> k & 1U;
    }
  }
  return counts;
}

}  // namespace

TEST_CASE("A hidden problem changes rates relative to the mean of the age") {
  config::Config config = selbu();
  for (config::HiddenProblem* problem :
       {&config.hidden_problems.alcohol, &config.hidden_problems.abuse,
        &config.hidden_problems.malnutrition}) {
    hold_still(*problem, 0.0);
  }
  hold_still(malnutrition(config), 0.25);
  malnutrition(config).decline_ratio = 1.2;
  malnutrition(config).fall_ratio = 2.0;
  const synth::HealthTables health(config);
  const HiddenProblemTables tables(config, health, 2020);
  model::Resident who;
  const auto with = [&](unsigned problems, std::size_t age) {
    who.problems = problems & 7U;
    return tables.factors({who, age, 0, 0});
  };
  const auto hungry = 1U << model::index(HiddenProblem::malnutrition);
  CHECK(with(0, 80).decline == Approx(1.0 / 1.05));
  CHECK(with(hungry, 80).decline == Approx(1.2 / 1.05));
  CHECK(with(0, 80).fall == Approx(1.0 / 1.25));
  CHECK(with(hungry, 80).fall == Approx(2.0 / 1.25));
  CHECK(0.75F * with(0, 80).acute + 0.25F * with(hungry, 80).acute == Approx(1.0));
  CHECK(with(0, 66).decline == 1.0F);  // not followed
}

TEST_CASE("Staff, visits and screening detect, and services change it") {
  Town town;
  const auto id = town.add({.age = 85, .need = model::NeedLevel::moderate});
  config::HiddenProblems& rules = town.config.hidden_problems;
  rules.visit_screening_share = 0.5;
  rules.visit_detection = 0.4;
  World world = town.open();
  const auto chance = [&](HiddenProblem problem) {
    return detection_chance(world, world.at(id), problem);
  };
  CHECK(chance(HiddenProblem::abuse) == Approx(1.0 - std::exp(-rules.detection_base)));
  model::CareCase& c = case_of(world, id);
  start_service(world, c, town.index("home_nursing"), 2.0F);
  const double rate = rules.detection_base + 2.0 * rules.detection_per_hour;
  CHECK(chance(HiddenProblem::abuse) == Approx(1.0 - std::exp(-rate)));
  CHECK(chance(HiddenProblem::malnutrition) ==
        Approx(1.0 - std::exp(-rate) *
                         (1.0 - rules.nutrition_screened_home * rules.nutrition_sensitivity)));
  c.visited = world.today();
  CHECK(chance(HiddenProblem::abuse) == Approx(1.0 - std::exp(-rate) * 0.8));
  c.visited = model::never;
  c.ratios[model::index(model::RateName::detection)] = 3.0F;
  CHECK(chance(HiddenProblem::abuse) == Approx(1.0 - std::exp(-3.0 * rate)));

  // More hours than the most that counts, and a place, are the same.
  c.ratios = model::no_change;
  c.find(town.index("home_nursing"))->hours_per_week = 100.0F;
  const double most = chance(HiddenProblem::alcohol);
  world.at(id).dwelling = model::Dwelling::nursing_home;
  CHECK(chance(HiddenProblem::alcohol) == most);
}

TEST_CASE("What detects more finds everybody found before") {
  const auto found = [](double base) {
    LargeTown town(2);
    hold_still(town.config.hidden_problems.alcohol, 0.5);
    town.config.hidden_problems.detection_base = base;
    World world = town.open(1);
    run_until(world, town.start + 366);
    std::vector<bool> known;
    for (const model::Resident& who : world.state.residents) {
      known.push_back((who.detected_problems & 1U) != 0 && who.here());
    }
    return known;
  };
  const auto before = found(0.1);
  const auto after = found(0.3);
  double gained = 0.0;
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    CHECK((!before[i] || after[i]));
    gained += after[i] && !before[i] ? 1.0 : 0.0;
  }
  CHECK(gained > 50.0);
}

TEST_CASE("Without help problems stay about as common as they are, and few are detected") {
  LargeTown town(10);
  town.config.hidden_problems.alcohol.late_cohort_ratio = 1.0;  // else it grows as they come of age
  World world = town.open(10);
  const ProblemCounts before = count_problems(world);
  run_until(world, town.start + 10 * 365);
  const ProblemCounts after = count_problems(world);
  for (std::size_t k = 0; k < model::hidden_problem_count; ++k) {
    CAPTURE(model::hidden_problem_names[k]);
    // Some thousand residents, some hundred problems: three standard errors.
    CHECK(after.has[k] / after.all == Approx(before.has[k] / before.all).epsilon(0.25));
    CHECK(after.known[k] < 0.4 * after.has[k]);
  }
}

TEST_CASE("Hidden problems that do nothing change no rate") {
  Town town;
  const auto id = town.add({.age = 85, .need = model::NeedLevel::some});
  for (config::HiddenProblem* problem :
       {&town.config.hidden_problems.alcohol, &town.config.hidden_problems.abuse,
        &town.config.hidden_problems.malnutrition}) {
    hold_still(*problem, 1.0);
    problem->decline_ratio = problem->acute_ratio = problem->fall_ratio = problem->death_ratio =
        1.0;
  }
  World world = town.open();
  CHECK(world.at(id).problems == 7U);
  const ProblemFactors factors = world.rules().hidden_problems.factors({world.at(id), 85, 1, 0});
  CHECK(factors.decline == 1.0F);
  CHECK(factors.acute == 1.0F);
  CHECK(factors.fall == 1.0F);
  CHECK(factors.death == 1.0F);
}
