// The joint distribution of need and cognition against the tables it is made from, and one
// person's draw against the joint distribution.
#include "synth/health.hpp"

#include <cmath>
#include <vector>

#include "catch.hpp"
#include "config/load.hpp"
#include "towns.hpp"

using namespace carestair;
using model::Cognition;
using model::NeedLevel;
using model::Sex;
using synth::HealthTables;

namespace {

void check_margins(const config::Config& config) {
  const HealthTables tables(config);
  const config::Initial& initial = config.initial;
  double worst = 0.0;
  for (std::size_t age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t s = 0; s < model::sex_count; ++s) {
      const HealthTables::Cells& cells = tables.cells(static_cast<int>(age), static_cast<Sex>(s));
      double rows = 0.0;
      for (std::size_t n = 0; n < model::need_level_count; ++n) rows += initial.need(age, n);
      std::array<double, model::cognition_count> by_cognition{};
      for (std::size_t n = 0; n < model::need_level_count; ++n) {
        double sum = 0.0;
        for (std::size_t c = 0; c < model::cognition_count; ++c) {
          REQUIRE(cells[n * model::cognition_count + c] >= 0.0);
          sum += cells[n * model::cognition_count + c];
          by_cognition[c] += cells[n * model::cognition_count + c];
        }
        worst = std::max(worst, std::abs(sum - initial.need(age, n) / rows));
      }
      const double dementia = initial.dementia(age, s);
      const double impaired = std::min(initial.mild_impairment(age), 1.0 - dementia);
      double stages = 0.0;
      for (std::size_t c = 2; c < 5; ++c) stages += initial.stage(c);
      worst = std::max(worst, std::abs(by_cognition[1] - impaired));
      for (std::size_t c = 2; c < 5; ++c) {
        worst = std::max(worst, std::abs(by_cognition[c] - dementia * initial.stage(c) / stages));
      }
    }
  }
  CHECK(worst < 1e-6);
}

}  // namespace

TEST_CASE("need and cognition meet all their margins", "[synth]") {
  SECTION("made-up tables") { check_margins(test::town(1000)); }
  SECTION("Selbu") {
    const auto loaded =
        config::load<config::Config>(CARESTAIR_SOURCE_DIR "/configs/selbu/baseline.yaml");
    check_margins(loaded.root);
  }
}

TEST_CASE("dementia has the odds ratio of the table at every need level", "[synth]") {
  const config::Config config = test::town(1000);
  const HealthTables tables(config);
  for (const int age : {70, 80, 90}) {
    const auto& cells = tables.cells(age, Sex::female);
    const auto odds = [&](std::size_t need) {
      const double* row = cells.data() + need * model::cognition_count;
      return (row[2] + row[3] + row[4]) / (row[0] + row[1]);
    };
    for (std::size_t need = 1; need < model::need_level_count; ++need) {
      CHECK(odds(need) / odds(0) == Approx(config.initial.need_dementia_ratio(need)).epsilon(1e-6));
    }
  }
}

TEST_CASE("severe dementia goes with more need than mild dementia", "[synth]") {
  const HealthTables tables(test::town(1000));
  const auto extensive = [&](Cognition stage) {
    double all = 0.0;
    for (std::size_t n = 0; n < model::need_level_count; ++n) {
      all += tables.share(85, Sex::female, static_cast<NeedLevel>(n), stage);
    }
    return tables.share(85, Sex::female, NeedLevel::extensive, stage) / all;
  };
  CHECK(extensive(Cognition::severe) > 1.3 * extensive(Cognition::mild));
  CHECK(extensive(Cognition::mild) > extensive(Cognition::none));
}

TEST_CASE("ages outside the tables are those at the edge", "[synth]") {
  const HealthTables tables(test::town(1000));
  CHECK(tables.cells(-3, Sex::male) == tables.cells(0, Sex::male));
  CHECK(tables.cells(140, Sex::male) == tables.cells(config::oldest_age, Sex::male));
}

TEST_CASE("frailty: the spared are the robust, and the mean of all is one", "[synth]") {
  const config::Config config = test::town(1000);
  const HealthTables tables(config);
  for (const int age : {0, 40, 70, 85, 95}) {
    const double spared = config.initial.need(static_cast<std::size_t>(age), 0U);
    const double without = tables.frailty_mean(age, NeedLevel::none);
    const double with = tables.frailty_mean(age, NeedLevel::extensive);
    CHECK(spared * without + (1.0 - spared) * with == Approx(1.0));
    CHECK(without < 1.0);
    CHECK(with > 1.0);
  }
  config::Config equal = config;
  equal.function.frailty_variance = 0.0;
  CHECK(HealthTables(equal).frailty_mean(85, NeedLevel::none) == 1.0);
  CHECK(HealthTables(equal).frailty_mean(85, NeedLevel::some) == Approx(1.0));
}

TEST_CASE("one person's draw follows the joint distribution", "[synth]") {
  const config::Config config = test::town(1000);
  const HealthTables tables(config);
  constexpr int draws = 100000;
  constexpr double sigmas = 5.3;  // 30 comparisons together fail by chance once in 300 000 seeds
  std::array<int, synth::health_cell_count> counts{};
  double illnesses = 0.0;
  double frailty = 0.0;
  int known_severe = 0;
  model::Resident who;
  who.uid = 12;
  who.sex = Sex::female;
  for (std::uint32_t i = 0; i < draws; ++i) {
    synth::draw_health(tables, test::seed_number(1), who, 85, random::Purpose::replacement, i);
    ++counts[synth::health_cell(who.need, who.cognition)];
    illnesses += who.illness_count;
    frailty += who.frailty;
    known_severe += who.cognition == Cognition::severe && who.diagnosed ? 1 : 0;
  }
  double severe = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double p = tables.cells(85, Sex::female)[i];
    CHECK(std::abs(counts[i] - draws * p) <= sigmas * std::sqrt(draws * p * (1.0 - p)) + 1e-9);
    if (synth::cognition_of_cell(i) == Cognition::severe) severe += p;
  }
  CHECK(illnesses / draws == Approx(0.03 * 85).margin(sigmas * std::sqrt(2.55 / draws) + 0.01));
  CHECK(frailty / draws == Approx(1.0).margin(0.02));
  CHECK(known_severe == Approx(draws * severe * 0.7).epsilon(0.05));
}

TEST_CASE("a draw depends on person and occasion alone", "[synth]") {
  const HealthTables tables(test::town(1000));
  const auto draw = [&](std::uint64_t uid, std::uint32_t count) {
    model::Resident who;
    who.uid = uid;
    synth::draw_health(tables, test::seed_number(1), who, 88, random::Purpose::replacement, count);
    return who.frailty;
  };
  CHECK(draw(5, 0) == draw(5, 0));
  CHECK(draw(5, 0) != draw(5, 1));
  CHECK(draw(5, 0) != draw(6, 0));
}

TEST_CASE("a new health leaves identity, family and home alone", "[synth]") {
  const HealthTables tables(test::town(1000));
  model::Resident who;
  who.uid = 5;
  who.birth = base::Day{-9000};
  who.partner = model::ResidentId(3U);
  who.first_child = model::KinId(4U);
  who.dwelling = model::Dwelling::unsuitable_home;
  who.income = model::Income::high;
  who.lonely = true;
  synth::draw_health(tables, test::seed_number(1), who, 80, random::Purpose::replacement, 0);
  CHECK(who.uid == 5);
  CHECK(who.birth == base::Day{-9000});
  CHECK(who.partner == model::ResidentId(3U));
  CHECK(who.first_child == model::KinId(4U));
  CHECK(who.dwelling == model::Dwelling::unsuitable_home);
  CHECK(who.income == model::Income::high);
  CHECK(who.lonely);
}

TEST_CASE("circumstances follow their shares; children are not lonely", "[synth]") {
  const HealthTables tables(test::town(1000));
  constexpr int people = 20000;
  int unsuitable = 0, low = 0, prefers = 0, lonely_alone = 0, lonely_children = 0;
  model::Resident who;
  for (std::uint64_t uid = 1; uid <= people; ++uid) {
    random::Stream stream(test::seed_number(2), uid, random::Purpose::in_mover);
    synth::draw_circumstances(tables, stream, who, 60, true);
    unsuitable += who.dwelling == model::Dwelling::unsuitable_home ? 1 : 0;
    low += who.income == model::Income::low ? 1 : 0;
    prefers += who.prefers_institution ? 1 : 0;
    lonely_alone += who.lonely ? 1 : 0;
    synth::draw_circumstances(tables, stream, who, 12, true);
    lonely_children += who.lonely ? 1 : 0;
  }
  CHECK(unsuitable == Approx(0.4 * people).margin(5 * std::sqrt(0.24 * people)));
  CHECK(low == Approx(0.3 * people).margin(5 * std::sqrt(0.21 * people)));
  CHECK(prefers == Approx(0.2 * people).margin(5 * std::sqrt(0.16 * people)));
  CHECK(lonely_alone == Approx(0.5 * people).margin(5 * std::sqrt(0.25 * people)));
  CHECK(lonely_children == 0);
}
