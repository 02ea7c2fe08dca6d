#include "processes/mortality.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/cohort.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

namespace {

std::shared_ptr<const Rules> rules_of(const config::Config& config) {
  return make_rules(config, base::to_day({2020, 1, 1}), base::to_day({2050, 1, 1}));
}

double yearly(const std::vector<float>& rates, std::size_t year, std::size_t age, std::size_t sex) {
  return base::days_per_year * rates[age_row(year, age) * model::sex_count + sex];
}

}  // namespace

TEST_CASE("Mortality falls by the yearly improvement") {
  const config::Config& config = selbu();
  const auto rules = rules_of(config);
  for (const std::size_t age : {40U, 75U, 90U}) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      const int years = 2030 - config.mortality.base_year;
      const double expected = config.mortality.rate(age, sex) *
                              std::pow(1.0 - config.mortality.yearly_improvement(age), years);
      CHECK(yearly(rules->mortality.population, 10, age, sex) == Approx(expected).epsilon(1e-5));
    }
  }
}

TEST_CASE("More need and worse cognition never lower the risk of death") {
  const auto rules = rules_of(selbu());
  model::Resident who;
  for (std::size_t age = 30; age <= 100; age += 10) {
    const Life life{who, age, 1, 3};
    double before = 0.0;
    for (std::size_t need = 0; need < model::need_level_count; ++need) {
      who.need = static_cast<model::NeedLevel>(need);
      who.cognition = model::Cognition::none;
      const double rate = Mortality::risk(rules->mortality, life);
      CHECK(rate >= before);
      before = rate;
      who.cognition = model::Cognition::severe;
      CHECK(Mortality::risk(rules->mortality, life) > rate);
    }
    const double untreated = Mortality::risk(rules->mortality, life);
    who.death_ratio = 2.0F;
    CHECK(Mortality::risk(rules->mortality, life) == Approx(2.0 * untreated));
    who.death_ratio = 1.0F;
  }
}

TEST_CASE("A birth cohort meets the life table whatever the relative risks") {
  config::Config config = selbu();
  tests::without_acute_illness(config);
  SECTION("as configured") {}
  SECTION("no differences") {
    for (double& ratio : config.mortality.need_ratio.cells()) ratio = 1.0;
    for (double& ratio : config.mortality.cognition_ratio.cells()) ratio = 1.0;
  }
  SECTION("large differences") {
    for (double& ratio : config.mortality.need_ratio.cells()) ratio = std::pow(ratio, 1.5);
  }
  SECTION("illness not postponed") { config.morbidity.regime = config::MorbidityRegime::expanded; }
  SECTION("much more decline than the state at the start lets one expect") {
    for (double& rate : config.function.decline.cells()) rate = std::min(2.0 * rate, 5.0);
  }
  const auto rules = rules_of(config);
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    CohortPlan plan;
    plan.sex = static_cast<model::Sex>(sex);
    plan.first_age = 70;
    plan.last_age = 99;
    plan.first_length = 0.5;
    const auto cohort = live_cohort(*rules, plan);
    for (std::size_t k = 0; k < cohort.size(); ++k) {
      const double table = yearly(rules->mortality.population, k, 70 + k, sex);
      INFO("sex " << sex << ", age " << 70 + k);
      CHECK(cohort[k].death_rate() == Approx(table).epsilon(0.015));
    }
  }
}

TEST_CASE("Deaths in a large municipality are those of the life table") {
  LargeTown town(20);
  double tolerance = 0.015;  // in-movers bring the health of the start; illness follows the person
  SECTION("without acute illness") {}
  SECTION("with acute illness, falls and hip fractures") {
    town.config.acute = selbu().acute;
    town.config.falls = selbu().falls;
    tolerance = 0.025;  // the norm takes the risks of stays and fractures from means
  }
  World world = town.open(10);
  const base::Day end = town.start + 3650;
  double died[2][3] = {};
  double expected[2][3] = {};
  const auto group = [](std::size_t age) { return age < 67 ? 0 : age < 85 ? 1 : 2; };
  const MortalityTables& tables = world.rules().mortality;
  while (world.today() < end) {
    const auto year = static_cast<std::size_t>(base::to_date(world.today()).year - 2020);
    Exposure exposure;
    exposure.add(world, 30.0 / base::days_per_year);
    for (std::size_t age = 0; age < age_count; ++age) {
      for (std::size_t sex = 0; sex < 2; ++sex) {
        // Half of the people of an age had their birthday the calendar year before.
        const double rate = 0.5 * (yearly(tables.population, year, age, sex) +
                                   yearly(tables.population, year > 0 ? year - 1 : 0, age, sex));
        expected[sex][group(age)] += exposure.years[age][sex] * rate;
      }
    }
    run_until(world, world.today() + 30);
  }
  for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    if (who.presence != model::Presence::dead) continue;
    const int age = base::age_in_years(who.birth, world.state.left[i]);
    died[model::index(who.sex)][group(static_cast<std::size_t>(age))] += 1.0;
  }
  for (std::size_t sex = 0; sex < 2; ++sex) {
    for (std::size_t g = 0; g < 3; ++g) {
      INFO("sex " << sex << ", group " << g << ": " << died[sex][g] << " of " << expected[sex][g]);
      CHECK(agrees(died[sex][g], expected[sex][g], tolerance));
    }
  }
}

TEST_CASE("With care, illness and everything else the old die as the life table has it") {
  const config::Config config =
      config::load<config::Config>(CARESTAIR_SOURCE_DIR "/configs/town/baseline.yaml").root;
  const processes::Period period{base::to_day({2018, 1, 1}), base::to_day({2020, 1, 1}),
                                 base::to_day({2028, 1, 1})};
  const auto seed = random::WorldSeed::of(5, 0, 1);
  auto rules = make_rules(config, period.first, period.end);
  World world(synth::populate(config, seed, period.report_from, period.first),
              {{period.first, std::move(rules)}}, seed, period);
  run_until(world, base::to_day({2025, 1, 1}));
  double risk[2] = {};
  double table[2] = {};
  while (world.today() + 91 < period.end) {
    const MortalityTables& tables = world.rules().mortality;
    for (const model::Resident& who : world.state.residents) {
      const int age = world.age(who);
      if (!who.here() || age < 80) continue;
      const int year = base::to_date(base::birthday(who.birth, age)).year;
      const Life life{who, static_cast<std::size_t>(std::min(age, config::oldest_age)),
                      model::index(who.sex), world.rules().function.year_index(year)};
      const std::size_t group = age < 90 ? 0 : 1;
      risk[group] += Mortality::risk(tables, life);
      table[group] += tables.population[age_row(life.year, life.age) * model::sex_count + life.sex];
    }
    run_until(world, world.today() + 91);
  }
  // Of some 2 200 and 450 at a time: chance moves the means by 0.01 and 0.02.
  CHECK(risk[0] / table[0] == Approx(1.0).margin(0.035));
  CHECK(risk[1] / table[1] == Approx(1.0).margin(0.05));
}

TEST_CASE("A dated change of decline changes deaths through need, not the norm of the life table") {
  const auto before = rules_of(selbu());
  config::Config changed = selbu();
  for (double& rate : changed.function.decline.cells()) rate = std::min(2.0 * rate, 5.0);
  const base::Day first = base::to_day({2020, 1, 1});
  const base::Day last = base::to_day({2050, 1, 1});
  const auto after = make_rules(changed, first, last, before.get());
  CHECK(after->mortality.norm == before->mortality.norm);
  CHECK(after->mortality.base == before->mortality.base);
  // From the start of a study it is another: that the life table is met is what the norm is for.
  CHECK(rules_of(changed)->mortality.norm != before->mortality.norm);
  // Other relative risks need another norm, or their level would count twice.
  for (double& ratio : changed.mortality.need_ratio.cells()) ratio *= 1.5;
  const auto risks = make_rules(changed, first, last, before.get());
  const std::size_t row = age_row(3, 85) * model::sex_count;
  CHECK(risks->mortality.norm[row] == Approx(1.5 * before->mortality.norm[row]).epsilon(1e-3));
}

TEST_CASE("The burn-in keeps the age and sex of everybody") {
  LargeTown town(2);
  World world = town.open(1, 2);
  std::vector<base::Day> births;
  for (const model::Resident& who : world.state.residents) births.push_back(who.birth);
  run_until(world, town.start);
  REQUIRE(world.state.residents.size() == births.size());
  config::Table counts({world.config().municipality.population.axes().begin(),
                        world.config().municipality.population.axes().end()});
  for (std::size_t i = 0; i < births.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    REQUIRE(who.here());
    REQUIRE(who.birth == births[i]);
    counts.cell(std::array{static_cast<std::size_t>(std::min(world.age(who), config::oldest_age)),
                           model::index(who.sex)}) += 1.0;
  }
  const auto wanted = world.config().municipality.population.cells();
  CHECK(std::equal(wanted.begin(), wanted.end(), counts.cells().begin()));
}

TEST_CASE("The day of death of kin elsewhere follows the life table") {
  config::Config config = selbu();
  for (double& fall : config.mortality.yearly_improvement.cells()) fall = 0.0;
  const auto rules = rules_of(config);
  const base::Day birth = base::to_day({1940, 1, 1});
  const base::Day today = base::birthday(birth, 80);
  const auto seed = random::WorldSeed::of(1, 0, 0);
  constexpr int draws = 20000;
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i < draws; ++i) {
    random::Stream stream(seed, static_cast<std::uint64_t>(i), random::Purpose::child_life);
    const base::Day death =
        draw_death_day(rules->mortality, birth, model::Sex::female, today, stream.exponential());
    REQUIRE(death >= today);
    const double years = (death - today + 0.5) / base::days_per_year;
    sum += years;
    squares += years * years;
  }
  const double mean = sum / draws;
  const double sd = std::sqrt(squares / draws - mean * mean);
  const double table = life_expectancy(config.mortality, 1, config.mortality.base_year, 80);
  CHECK(std::abs(mean - table) < 4.5 * sd / std::sqrt(draws));
}

TEST_CASE("A dated change of the pace at which deaths fall keeps to its life table") {
  config::Config faster = selbu();
  for (double& pace : faster.mortality.yearly_improvement.cells()) pace *= 2.0;
  const auto before = rules_of(selbu());
  const auto dated =
      make_rules(faster, base::to_day({2020, 1, 1}), base::to_day({2050, 1, 1}), before.get());
  // People are ill later, too: the norm is that of rules that had the pace from the start.
  CHECK(dated->mortality.norm == rules_of(faster)->mortality.norm);
  CHECK(dated->mortality.norm != before->mortality.norm);
}
