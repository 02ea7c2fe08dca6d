// Couples and families: who lives with whom, and who is whose child.
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "catch.hpp"
#include "synth/nearest.hpp"
#include "towns.hpp"

using namespace carestair;
using model::Distance;
using model::Sex;
using test::age_of;

namespace {

const config::Config& big_town() {
  static const config::Config config = test::town(20000);
  return config;
}

const synth::Tables& big_tables() {
  static const synth::Tables tables(big_town());
  return tables;
}

synth::Report big_report;

const model::State& big_state() {
  static const model::State state = synth::populate(
      big_tables(), test::seed_number(1), test::start_day, test::burn_in_day, 0, &big_report);
  return state;
}

}  // namespace

TEST_CASE("couples follow the shares of both sexes, and the age gap", "[synth]") {
  const model::State& state = big_state();
  std::map<std::pair<int, int>, std::pair<double, int>> expected;  // (sex, decade)
  std::map<std::pair<int, int>, int> found;
  double gap = 0.0, squares = 0.0;
  int couples = 0;
  for (const model::Resident& who : state.residents) {
    const int age = age_of(who);
    const auto key = std::pair(static_cast<int>(who.sex), age / 10);
    expected[key].first += big_tables().partnered_share(age, model::index(who.sex));
    ++expected[key].second;
    if (!who.partner.valid()) continue;
    ++found[key];
    if (who.sex == Sex::male) continue;
    const double older = (who.birth - state.at(who.partner).birth) / base::days_per_year;
    gap += older;
    squares += older * older;
    ++couples;
  }
  for (const auto& [key, value] : expected) {
    INFO("sex " << key.first << ", age " << key.second * 10);
    // The two sexes' tables contradict each other a little: both are met within four points.
    CHECK(found[key] == Approx(value.first).margin(0.04 * value.second + 3));
  }
  gap /= couples;
  CHECK(gap == Approx(2.5).margin(0.5));
  CHECK(std::sqrt(squares / couples - gap * gap) == Approx(3.5).margin(0.5));
  CHECK(static_cast<std::uint32_t>(couples) == big_report.couples.couples);
}

TEST_CASE("with one sex in surplus couples end midway between the two tables", "[synth]") {
  config::Config config = test::town(8000);
  for (std::size_t age = 0; age <= config::oldest_age; ++age) {
    config.municipality.population.cell(std::array<std::size_t, 2>{age, 0}) *= 0.7;
  }
  synth::Report report;
  synth::populate(synth::Tables(config), test::seed_number(1), test::start_day, test::burn_in_day,
                  0, &report);
  const auto& couples = report.couples;
  REQUIRE(couples.women_sampled > couples.men_sampled + 200);
  const double midway = 0.5 * (couples.women_sampled + couples.men_sampled);
  CHECK(couples.couples == Approx(midway).epsilon(0.04));
}

TEST_CASE("couples do not share need beyond what their ages explain", "[synth]") {
  // Both samples are regular; were they in step, couples in which both need help would come all
  // at once or not at all, from seed to seed.
  const synth::Tables tables(test::town(4000));
  double mean = 0.0, squares = 0.0, expected = 0.0;
  constexpr int seeds = 60;
  for (std::uint32_t s = 0; s < seeds; ++s) {
    const auto state =
        synth::populate(tables, test::seed_number(s), test::start_day, test::start_day);
    double both = 0.0;
    for (const model::Resident& who : state.residents) {
      if (who.sex != Sex::female || !who.partner.valid()) continue;
      const model::Resident& man = state.at(who.partner);
      both += who.need != model::NeedLevel::none && man.need != model::NeedLevel::none ? 1 : 0;
      const auto any = [&](const model::Resident& one) {
        double none = 0.0;
        for (std::size_t c = 0; c < model::cognition_count; ++c) {
          none += tables.health.cells(age_of(one), one.sex)[c];
        }
        return 1.0 - none;
      };
      expected += any(who) * any(man) / seeds;
    }
    mean += both / seeds;
    squares += both * both / seeds;
  }
  const double variance = squares - mean * mean;
  CHECK(mean == Approx(expected).margin(5.0 * std::sqrt(expected / seeds)));
  CHECK(variance < 2.0 * expected);  // Poisson would give `expected`; 1.9 is five errors above
}

TEST_CASE("all children at home have a mother, of a possible age", "[synth]") {
  const model::State& state = big_state();
  int with_partner = 0, minors = 0;
  for (const model::Resident& who : state.residents) {
    if (age_of(who) >= 19) continue;
    ++minors;
    REQUIRE(who.mother.valid());
    const model::Resident& mother = state.at(who.mother);
    CHECK(mother.sex == Sex::female);
    const int age = base::age_in_years(mother.birth, who.birth);
    CHECK(age >= 15);
    CHECK(age <= 50);
    with_partner += mother.partner.valid() ? 1 : 0;
  }
  CHECK(big_report.families.without_mother == 0);
  CHECK(static_cast<std::uint32_t>(minors) == big_report.families.children_at_home);
  // As often as all women of those ages; children are not fewer among the single by the tables.
  CHECK(with_partner > 0.62 * minors);
}

TEST_CASE("no one is married to a parent, a brother or a sister", "[synth]") {
  const model::State& state = big_state();
  for (const model::Resident& who : state.residents) {
    if (!who.partner.valid()) continue;
    const model::Resident& partner = state.at(who.partner);
    if (who.mother.valid()) {
      CHECK(who.mother != who.partner);
      CHECK(who.mother != partner.mother);
    }
    test::for_children(state, who,
                       [&](const model::Kin& kin) { CHECK(kin.resident != who.partner); });
  }
}

TEST_CASE("women past childbearing have the children of their cohort", "[synth]") {
  const model::State& state = big_state();
  std::array<int, synth::most_children + 1> counts{};
  int women = 0;
  for (const model::Resident& who : state.residents) {
    if (who.sex != Sex::female || age_of(who) < 72) continue;  // born before 1950
    std::size_t children = 0;
    test::for_children(state, who, [&](const model::Kin&) { ++children; });
    REQUIRE(children <= synth::most_children);
    ++counts[children];
    ++women;
  }
  const std::array<double, 5> shares{0.1, 0.1, 0.3, 0.3, 0.2};
  for (std::size_t n = 0; n < shares.size(); ++n) {
    CHECK(counts[n] ==
          Approx(shares[n] * women).margin(5 * std::sqrt(shares[n] * (1 - shares[n]) * women)));
  }
}

TEST_CASE("the nearest child of old parents lives where the shares say", "[synth]") {
  const model::State& state = big_state();
  std::array<int, model::distance_count> nearest{};
  int parents = 0;
  for (const model::Resident& who : state.residents) {
    if (who.sex != Sex::female || age_of(who) < 67 || !who.first_child.valid()) continue;
    Distance best = Distance::far;
    test::for_children(state, who, [&](const model::Kin& kin) {
      best = std::min(best, kin.distance);
      CHECK((kin.distance == Distance::same_municipality) == kin.resident.valid());
    });
    ++nearest[model::index(best)];
    ++parents;
  }
  REQUIRE(parents > 500);
  const double error = 5.0 * std::sqrt(0.24 / parents);
  CHECK(nearest[1] == Approx(0.60 * parents).margin(error * parents));
  CHECK(nearest[2] == Approx(0.25 * parents).margin(error * parents));
  CHECK(big_report.families.nearest_found_here >= 0.98 * big_report.families.nearest_wanted_here);
}

TEST_CASE("children elsewhere die by the life table", "[synth]") {
  const synth::KinTables& tables = big_tables().kin;
  const config::Table& rate = big_town().mortality.rate;
  // Remaining life expectancy of a woman of 50, by steps of a year.
  double alive = 1.0, expectancy = 0.0;
  for (std::size_t age = 50; age < 200; ++age) {
    const double hazard = rate(std::min<std::size_t>(age, config::oldest_age), 1U);
    expectancy += alive * (1.0 - std::exp(-hazard)) / hazard;
    alive *= std::exp(-hazard);
  }
  double mean = 0.0;
  constexpr int draws = 20000;
  const double now = 50 * base::days_per_year;
  for (std::uint64_t i = 0; i < draws; ++i) {
    random::Stream stream(test::seed_number(1), i, random::Purpose::child_life);
    const double death = tables.death_age_days(Sex::female, now, stream.exponential());
    REQUIRE(death > now);
    mean += (death - now) / base::days_per_year / draws;
  }
  CHECK(mean == Approx(expectancy).margin(0.4));
  for (const model::Kin& kin : big_state().kin) {
    if (!kin.resident.valid()) CHECK(kin.death > test::start_day);
  }
}

TEST_CASE("the nearest free person is found, and taken only once", "[synth]") {
  synth::NearestFree list({{10, 0}, {20, 1}, {20, 2}, {40, 3}});
  const auto anyone = [](const synth::Born&) { return true; };
  const auto first = list.find(22, 5, 10, anyone);
  CHECK(list.at(first).day == 20);
  list.take(first);
  const auto second = list.find(22, 5, 10, anyone);
  CHECK(list.at(second).day == 20);
  CHECK(second != first);
  list.take(second);
  CHECK(list.find(22, 5, 10, anyone) == synth::NearestFree::nobody_found);
  CHECK(list.at(list.find(22, 50, 10, anyone)).day == 10);
  CHECK(list.at(list.find(22, 50, 10, [](const synth::Born& b) { return b.day > 10; })).day == 40);
  CHECK(list.find(22, 50, 1, [](const synth::Born& b) { return b.day > 10; }) ==
        synth::NearestFree::nobody_found);
}
