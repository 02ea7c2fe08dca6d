#include "processes/function.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/acute.hpp"
#include "processes/services.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

namespace {

FunctionTables tables_of(config::MorbidityRegime regime, double compression = 1.5) {
  config::Config config = selbu();
  config.morbidity = {regime, compression};
  return FunctionTables(config, synth::HealthTables(config), 2020, 2050);
}

float decline(const FunctionTables& tables, std::size_t year, std::size_t age) {
  model::Resident who;
  return Function::whole_rate_up(tables, Life{who, age, 1, year});
}

}  // namespace

TEST_CASE("A longer life moves the age profile of decline by the morbidity regime") {
  const auto expanded = tables_of(config::MorbidityRegime::expanded);
  const auto postponed = tables_of(config::MorbidityRegime::postponed);
  const auto compressed = tables_of(config::MorbidityRegime::compressed);
  CHECK(expanded.shift.back() == 0.0);
  CHECK(postponed.shift.front() == 0.0);
  CHECK(postponed.shift.back() > 1.0);
  CHECK(compressed.shift.back() == Approx(1.5 * postponed.shift.back()));
  for (const std::size_t age : {70U, 80U, 88U}) {
    CHECK(decline(expanded, 30, age) == decline(expanded, 0, age));
    CHECK(decline(postponed, 0, age) == decline(expanded, 0, age));
    CHECK(decline(postponed, 30, age) < decline(expanded, 30, age));
    CHECK(decline(compressed, 30, age) < decline(postponed, 30, age));
  }
}

TEST_CASE("The shift is the gain in life expectancy at 65") {
  const config::Config& config = selbu();
  const auto shift = age_shifts(config.morbidity, config.mortality, 2020, 2040);
  double gain = 0.0;
  for (std::size_t sex = 0; sex < 2; ++sex) {
    gain += 0.5 * (life_expectancy(config.mortality, sex, 2040, 65) -
                   life_expectancy(config.mortality, sex, 2020, 65));
  }
  CHECK(shift.back() == Approx(gain));
  // A year older in steps of one is the table one year younger when the shift is one.
  const auto at = [](std::size_t age) { return static_cast<double>(age * age); };
  CHECK(at_age(80.0 - 1.0, at) == Approx(79.0 * 79.0));
  CHECK(at_age(80.0 - 0.5, at) == Approx(0.5 * (79.0 * 79.0 + 80.0 * 80.0)));
  CHECK(at_age(-3.0, at) == 0.0);
  CHECK(at_age(400.0, at) == 110.0 * 110.0);
}

TEST_CASE("Life expectancy of a constant hazard is its inverse") {
  const std::vector<double> rates(111, 0.1);
  CHECK(life_expectancy(rates, 0) == Approx(10.0));
  CHECK(life_expectancy(rates, 65) == Approx(10.0));
}

TEST_CASE("Income says who declines, not how many") {
  const config::Config config = selbu();
  const FunctionTables tables(config, synth::HealthTables(config), 2020, 2030);
  for (const std::size_t age : {30UL, 70UL, 90UL}) {
    double mean = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < model::income_count; ++i) {
      mean += config.initial.income(age, i) *
              static_cast<double>(tables.income[age * model::income_count + i]);
      all += config.initial.income(age, i);
    }
    CHECK(mean / all == Approx(1.0));
  }
}

TEST_CASE("What differs between residents of an age multiplies the rate of decline") {
  const FunctionTables tables(selbu(), synth::HealthTables(selbu()), 2020, 2030);
  model::Resident who;
  const Life life{who, 80, 1, 0};
  const float plain = Function::rate_up(tables, life);
  who.frailty = 2.0F;
  CHECK(Function::rate_up(tables, life) == Approx(2.0F * plain));
  who.frailty = 1.0F;
  who.decline_ratio = 0.5F;
  CHECK(Function::rate_up(tables, life) == Approx(0.5F * plain));
  who.decline_ratio = 1.0F;
  who.illness_count = 3;
  CHECK(Function::rate_up(tables, life) ==
        Approx(plain * std::pow(selbu().function.illness_ratio, 3.0)));
  who.illness_count = 0;
  who.income = model::Income::low;
  CHECK(Function::rate_up(tables, life) ==
        Approx(plain * selbu().function.income_ratio(0) / selbu().function.income_ratio(1)));
  who.income = model::Income::middle;
  who.lonely = true;
  CHECK(Function::rate_up(tables, life) == Approx(plain * selbu().function.lonely_ratio));
  who.lonely = false;
  who.cognition = model::Cognition::severe;
  CHECK(Function::rate_up(tables, life) ==
        Approx(plain * selbu().function.decline_cognition_ratio(4)));
  who.need = model::NeedLevel::extensive;
  CHECK(Function::rate_up(tables, life) == 0.0F);
  who.recovery_ratio = 3.0F;
  CHECK(Function::rate_down(tables, life) * base::days_per_year ==
        Approx(3.0 * selbu().function.recovery(80, 3) *
               selbu().function.recovery_cognition_ratio(4)));
  who.need = model::NeedLevel::none;
  CHECK(Function::rate_down(tables, life) == 0.0F);
}

TEST_CASE("Illness and loneliness leave the mean rate of an age as the table has it") {
  LargeTown town(5);
  town.config.function.illness_ratio = 1.3;
  town.config.function.lonely_ratio = 1.5;
  const World world = town.open(1);
  const FunctionTables& tables = world.rules().function;
  double with = 0.0;
  double without = 0.0;
  for (const model::Resident& who : world.state.residents) {
    const int age = world.age(who);
    if (age < 67 || age > 90 || who.need != model::NeedLevel::none) continue;
    model::Resident plain = who;
    const Life life{plain, static_cast<std::size_t>(age), model::index(who.sex), 0};
    plain.frailty = 1.0F;
    with += Function::rate_up(tables, life);
    without += town.config.function.decline(life.age, life.sex, 0) *
               town.config.function.decline_cognition_ratio(model::index(who.cognition)) /
               base::days_per_year;
  }
  CHECK(with == Approx(without).epsilon(0.02));
}

TEST_CASE("Long-term illnesses grow with age as the table says") {
  LargeTown town(5);
  town.config.morbidity.regime = config::MorbidityRegime::expanded;
  World world = town.open(11);
  run_until(world, town.start + 10 * 365);
  for (const int from : {40, 60, 75}) {
    double count = 0.0;
    double sum = 0.0;
    double table = 0.0;
    for (const model::Resident& who : world.state.residents) {
      const int age = world.age(who);
      if (!who.here() || age < from || age >= from + 5) continue;
      count += 1.0;
      sum += who.illness_count;
      table += town.config.initial.illness_mean(static_cast<std::size_t>(age));
    }
    INFO("from age " << from);
    // 6 %: the ill decline and die earlier, and no more than eight are counted.
    CHECK(sum / count == Approx(table / count).epsilon(0.06));
  }
}

TEST_CASE("Need goes one level at a time and is counted") {
  Town town;
  const auto id = town.add({.age = 85, .need = model::NeedLevel::some});
  World world = town.open();
  Function::fire_up(world, id);
  CHECK(world.at(id).need == model::NeedLevel::moderate);
  CHECK(world.at(world.at(id).care_case).level == model::NeedLevel::moderate);
  Function::fire_down(world, id);
  Function::fire_down(world, id);
  CHECK(world.at(id).need == model::NeedLevel::none);
  const auto count = [&](model::EventKind kind) {
    return world.state.ledger.events[static_cast<std::size_t>(kind)][model::age_group(85)][1];
  };
  CHECK(count(model::EventKind::need_up) == 1.0F);
  CHECK(count(model::EventKind::need_down) == 2.0F);
}

TEST_CASE("In the burn-in years stand still, however long it is") {
  const base::Day reported = base::to_day({2020, 1, 1});
  const base::Day end = reported + 20 * 366;
  const auto rules = make_rules(selbu(), reported, end);
  // A woman of 82 and a half on the last day of the burn-in, as that day is lived.
  const auto rates_after = [&](int years_of_burn_in) {
    const base::Day first = reported - years_of_burn_in * 366;
    model::State state;
    model::Resident who;
    who.uid = model::founder_uid(0);
    who.sex = model::Sex::female;
    who.birth = reported - (82 * 1461 / 4 + 183);
    state.residents.push_back(who);
    const World world(std::move(state), {{first, rules}}, random::WorldSeed::of(7, 0, 0),
                      Period{first, reported, end});
    return world.rates(0, static_cast<float>(reported - first - 1));
  };
  const World::Rates soon = rates_after(1);
  const World::Rates later = rates_after(19);
  for (const Clock clock : {Clock::death, Clock::need_up, Clock::cognition_up, Clock::acute,
                            Clock::fall, Clock::seeking}) {
    const auto c = static_cast<std::size_t>(clock);
    INFO("clock " << c);
    CHECK(later[c] == soon[c]);
  }
  CHECK(soon[static_cast<std::size_t>(Clock::need_up)] > 0.0F);
}

TEST_CASE("a fifth of decline is slow, however much acute stays and falls would carry") {
  const auto slow_share = [](double stays_a_year) {
    config::Config config = selbu();
    config.morbidity.regime = config::MorbidityRegime::expanded;
    without_acute_illness(config);
    for (double& rate : config.acute.rate.cells()) rate = stays_a_year;
    const FunctionTables tables(config, synth::HealthTables(config), 2020, 2030);
    model::Resident who;
    who.need = model::NeedLevel::some;
    const Life life{who, 85, 1, 0};
    return Function::rate_up(tables, life) / Function::whole_rate_up(tables, life);
  };
  CHECK(slow_share(0.0) == Approx(1.0F));
  CHECK(slow_share(0.1) < 0.999F);
  CHECK(slow_share(0.1) > slow_share(0.2));
  CHECK(slow_share(0.2) > 0.2F);
  CHECK(slow_share(20.0) == Approx(0.2F));
}

TEST_CASE("what stays carry and what is left of decline are the whole of it") {
  config::Config config = selbu();
  config.morbidity.regime = config::MorbidityRegime::expanded;
  for (double& ratio : config.function.balance.cells()) ratio = 1.0;
  const synth::HealthTables health(config);
  const FunctionTables tables(config, health, 2020, 2030);
  for (const int age : {72, 84, 92}) {
    for (const model::NeedLevel need : {model::NeedLevel::none, model::NeedLevel::some}) {
      double persons = 0.0;
      double ratios = 0.0;  // of cognition, over those of this need
      for (std::size_t c = 0; c < model::cognition_count; ++c) {
        const double share =
            health.share(age, model::Sex::female, need, static_cast<model::Cognition>(c));
        persons += share;
        ratios += share * config.function.decline_cognition_ratio(c);
      }
      model::Resident who;
      who.need = need;
      who.frailty = static_cast<float>(health.frailty_mean(age, need));
      const auto row = static_cast<std::size_t>(age);
      const Life life{who, row, 1, 0};
      const double mean_rates =
          base::days_per_year * ratios / persons *
          tables.mean_loneliness[row * model::sex_count + 1] /
          tables.income[row * model::income_count + model::index(who.income)] /
          tables.illness[age_row(0, row) * FunctionTables::illness_count];
      const double carried =
          mean_rates * (Function::whole_rate_up(tables, life) - Function::rate_up(tables, life));
      INFO("age " << age << ", need " << model::index(need));
      CHECK(carried == Approx(lasting_loss(config, row, 1, model::index(need))).epsilon(2e-3));
    }
  }
}

TEST_CASE("stays in acute beds carry decline, too, as much as they cost function") {
  config::Config config = selbu();
  const auto loss = [&] { return lasting_loss(config, 85, 1, 1); };
  const double usual = loss();
  config.acute_beds.loss_ratio = 0.5;
  const double half = loss();
  CHECK(half < usual);
  for (double& rate : config.acute_beds.additional_rate.cells()) rate = 0.0;
  const double no_more_stays = loss();
  CHECK(no_more_stays < half);
  // Without beds those whom they took over go to hospital.
  for (config::Service& s : config.services) {
    if (s.form == config::ServiceForm::acute_bed) s.capacity = 0.0;
  }
  CHECK(loss() > no_more_stays);
  CHECK(loss() < usual);
}

TEST_CASE("more unmet than usual speeds decline up, less slows it down") {
  Town town;
  const double usual = 0.4;
  town.config.function.unmet_ratio = 1.5;
  for (double& share : town.config.function.usual_unmet.cells()) share = usual;
  const auto id = town.add({.age = 85, .need = model::NeedLevel::moderate});
  World world = town.open();
  model::CareCase& c = case_of(world, id);
  update_case(world, c);
  const auto unmet = [&] { return model::total(c.unmet) / model::total(c.need); };
  const auto expected = [&] { return (1.0 + 0.5 * unmet()) / (1.0 + 0.5 * usual); };
  REQUIRE(unmet() > usual);
  CHECK(world.at(id).decline_ratio == Approx(expected()));
  CHECK(world.at(id).decline_ratio > 1.0F);
  start_service(world, c, town.index("nursing_home"), 35.0F);
  update_case(world, c);
  REQUIRE(unmet() < usual);
  CHECK(world.at(id).decline_ratio == Approx(expected()));
  CHECK(world.at(id).decline_ratio < 1.0F);
}

TEST_CASE("as much is unmet as is called usual") {
  const processes::Period period{base::to_day({2018, 1, 1}), base::to_day({2020, 1, 1}),
                                 base::to_day({2024, 1, 1})};
  const auto seed = random::WorldSeed::of(5, 0, 1);
  auto rules = make_rules(selbu(), period.first, period.end);
  World world(synth::populate(selbu(), seed, period.report_from, period.first),
              {{period.first, std::move(rules)}}, seed, period);
  run_until(world, period.report_from);
  std::array<double, model::need_level_count> persons{};
  std::array<double, model::need_level_count> unmet{};
  while (world.today() + 91 < period.end) {
    for (const model::Resident& who : world.state.residents) {
      if (!who.here() || !who.care_case.valid() || world.age(who) < 67) continue;
      const model::CareCase& c = world.at(who.care_case);
      const float need = model::total(c.need);
      if (need <= 0.0F) continue;
      persons[model::index(who.need)] += 1.0;
      unmet[model::index(who.need)] +=
          std::min(1.0F, (model::total(c.unmet) + c.undelivered) / need);
    }
    run_until(world, world.today() + 91);
  }
  // Some 170 people, seen sixteen times: chance is about 0.02. Selbu is not the town of 50 000.
  for (const std::size_t need : {1U, 2U}) {
    INFO("need " << need);
    CHECK(unmet[need] / persons[need] == Approx(selbu().function.usual_unmet(need)).margin(0.06));
  }
}
