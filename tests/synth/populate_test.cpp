// The whole population: counts, health by age group, sameness by seed, and what must hold for any
// municipality.
#include "synth/populate.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "catch.hpp"
#include "config/load.hpp"
#include "model/identity.hpp"
#include "synth/founders.hpp"
#include "towns.hpp"

#if defined(CARESTAIR_HAS_RAPIDCHECK)
#include <rapidcheck.h>
#endif

using namespace carestair;
using model::Sex;
using test::age_of;

namespace {

const config::Config& selbu() {
  static const auto loaded =
      config::load<config::Config>(CARESTAIR_SOURCE_DIR "/configs/selbu/baseline.yaml");
  return loaded.root;
}

bool same(const std::vector<model::Resident>& a, const std::vector<model::Resident>& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), a.size() * sizeof(model::Resident)) == 0;
}

/// By field: the record ends in two bytes of padding.
bool same(const std::vector<model::Kin>& a, const std::vector<model::Kin>& b) {
  return std::ranges::equal(a, b, [](const model::Kin& x, const model::Kin& y) {
    return x.resident == y.resident && x.birth == y.birth && x.death == y.death &&
           x.next_of_mother == y.next_of_mother && x.next_of_father == y.next_of_father &&
           x.sex == y.sex && x.distance == y.distance;
  });
}

/// First thing wrong with a population, or empty.
std::string fault(const config::Config& config, const model::State& state) {
  std::vector<int> counts(2 * (config::oldest_age + 1), 0);
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    const model::Resident& who = state.residents[i];
    if (who.uid != model::founder_uid(static_cast<std::uint32_t>(i))) return "uid out of order";
    if (!who.here()) return "not a resident";
    ++counts[static_cast<std::size_t>(age_of(who)) * 2 + model::index(who.sex)];
    if (!(who.frailty > 0.0F)) return "frailty not positive";
    if (!model::at_home(who.dwelling)) return "not at home";
    if (who.partner.valid()) {
      if (who.partner.index >= state.residents.size()) return "partner unknown";
      const model::Resident& partner = state.at(who.partner);
      if (partner.partner.index != i) return "partner not mutual";
      if (partner.sex == who.sex) return "partner of the same sex";
      if (age_of(who) < 18) return "partner too young";
    }
    if (who.mother.valid() && who.birth - state.at(who.mother).birth < 15 * 365) {
      return "mother too young";
    }
    std::size_t children = 0;
    base::Day previous{0x7fffffff};
    std::string wrong;
    test::for_children(state, who, [&](const model::Kin& kin) {
      if (++children > state.kin.size()) return;
      if (kin.birth > previous) wrong = "children not youngest first";
      previous = kin.birth;
      if (kin.birth > test::start_day) wrong = "child not yet born";
      if (kin.birth - who.birth < 15 * 365) wrong = "child less than 15 years younger";
      if (kin.resident.valid()) {
        const model::Resident& child = state.at(kin.resident);
        if (child.birth != kin.birth || child.sex != kin.sex) wrong = "child and kin differ";
        if (who.sex == Sex::female && child.mother.index != i) wrong = "mother does not know";
        const bool home = age_of(child) < 19;
        if (home != (kin.distance == model::Distance::same_household)) wrong = "wrong household";
      } else if (kin.distance <= model::Distance::same_municipality) {
        wrong = "child here is not a resident";
      }
    });
    if (children > state.kin.size()) return "chain of children goes round";
    if (!wrong.empty()) return wrong;
  }
  for (std::size_t age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      const long wanted = std::lround(config.municipality.population(age, sex));
      if (counts[age * 2 + sex] != wanted) return "age-sex table not met";
    }
  }
  std::set<std::uint32_t> children;
  for (const model::Kin& kin : state.kin) {
    if (kin.resident.valid() && !children.insert(kin.resident.index).second) {
      return "a resident is the child of two families";
    }
  }
  return {};
}

}  // namespace

TEST_CASE("Selbu is peopled by its table, couples and families", "[synth]") {
  for (std::uint32_t seed = 0; seed < 3; ++seed) {
    const auto state =
        synth::populate(selbu(), test::seed_number(seed), test::start_day, test::burn_in_day);
    CHECK(fault(selbu(), state) == "");
    CHECK(state.residents.size() == 4062);
  }
}

TEST_CASE("need and dementia by age group are close to expectation for every seed", "[synth]") {
  const synth::Tables tables(selbu());
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const auto state =
        synth::populate(tables, test::seed_number(seed), test::start_day, test::burn_in_day);
    double expected[2][model::age_group_count][model::need_level_count]{};
    int found[2][model::age_group_count][model::need_level_count]{};
    double dementia_expected[model::age_group_count]{};
    int dementia[model::age_group_count]{};
    for (const model::Resident& who : state.residents) {
      const int age = base::age_in_years(who.birth, test::burn_in_day);
      const std::size_t group = model::age_group(age);
      const std::size_t sex = model::index(who.sex);
      const auto& cells = tables.health.cells(age, who.sex);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        expected[sex][group][model::index(synth::need_of_cell(i))] += cells[i];
        if (model::has_dementia(synth::cognition_of_cell(i))) dementia_expected[group] += cells[i];
      }
      ++found[sex][group][model::index(who.need)];
      dementia[group] += model::has_dementia(who.cognition) ? 1 : 0;
    }
    for (std::size_t g = 0; g < model::age_group_count; ++g) {
      INFO("seed " << seed << ", age group " << model::age_group_names[g]);
      for (std::size_t sex = 0; sex < 2; ++sex) {
        for (std::size_t n = 0; n < model::need_level_count; ++n) {
          CHECK(std::abs(found[sex][g][n] - expected[sex][g][n]) < 3.0);
        }
      }
      // Eight samples (two sexes, four need levels) add up here.
      CHECK(std::abs(dementia[g] - dementia_expected[g]) < 7.0);
    }
  }
}

TEST_CASE("health is that of the age on the first day of the burn-in", "[synth]") {
  config::Config config = test::town(3000);
  test::fill(config.initial.need, config::axes::age_need, [](std::size_t age, std::size_t level) {
    return level == (age >= 80 ? 3U : 0U) ? 1.0 : 0.0;
  });
  const auto state =
      synth::populate(config, test::seed_number(1), test::start_day, test::burn_in_day);
  for (const model::Resident& who : state.residents) {
    const bool old = base::age_in_years(who.birth, test::burn_in_day) >= 80;
    CHECK((who.need == model::NeedLevel::extensive) == old);
  }
}

TEST_CASE("the same seed gives the same people, whatever the horizon", "[synth]") {
  const synth::Tables tables(selbu());
  const auto make = [&](std::uint32_t seed, double horizon) {
    return synth::populate(tables, test::seed_number(seed), test::start_day, test::burn_in_day,
                           horizon);
  };
  const auto a = make(1, 0);
  const auto b = make(1, 40);
  const auto c = make(2, 0);
  CHECK(same(a.residents, b.residents));
  CHECK(same(a.kin, b.kin));
  CHECK_FALSE(same(a.residents, c.residents));
  REQUIRE(a.residents.size() == c.residents.size());
  int other_birth = 0, ill_in_both = 0, ill = 0;
  for (std::size_t i = 0; i < a.residents.size(); ++i) {
    CHECK(a.residents[i].uid == c.residents[i].uid);
    other_birth += a.residents[i].birth != c.residents[i].birth ? 1 : 0;
    const bool here = a.residents[i].need != model::NeedLevel::none;
    ill += here ? 1 : 0;
    ill_in_both += here && c.residents[i].need != model::NeedLevel::none ? 1 : 0;
  }
  CHECK(other_birth > 4000);
  CHECK(ill_in_both < 0.6 * ill);
}

TEST_CASE("room for the horizon is reserved", "[synth]") {
  const synth::Tables tables(selbu());
  const auto state =
      synth::populate(tables, test::seed_number(1), test::start_day, test::burn_in_day, 20.0);
  const double coming = 20.0 * (tables.births_a_year + tables.in_movers_a_year);
  CHECK(coming > 500.0);
  CHECK(static_cast<double>(state.residents.capacity()) > 4062 + coming);
  CHECK(static_cast<double>(state.kin.capacity()) > static_cast<double>(state.kin.size()) + coming);
  CHECK(state.cases.capacity() > 1000);
}

TEST_CASE("birth days are spread evenly over the age year", "[synth]") {
  config::Config config = test::town(1000);
  test::fill(config.municipality.population, config::axes::age_sex,
             [](std::size_t age, std::size_t) { return age == 70 ? 10000.0 : 0.0; });
  const auto state =
      synth::populate(config, test::seed_number(4), test::start_day, test::start_day);
  std::array<int, 10> tenths{};
  for (const model::Resident& who : state.residents) {
    const int into = test::start_day - base::birthday(who.birth, 70);
    REQUIRE(into >= 0);
    REQUIRE(into <= 365);
    ++tenths[static_cast<std::size_t>(into * 10 / 366)];
  }
  for (const int count : tenths) CHECK(count == Approx(2000).margin(5 * std::sqrt(2000.0)));
}

TEST_CASE("living alone follows from couples and children at home", "[synth]") {
  const synth::Tables tables(selbu());
  double alone[2]{}, old[2]{}, lonely_alone = 0, lonely_together = 0, adults_alone = 0,
                               together = 0;
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    const auto state =
        synth::populate(tables, test::seed_number(seed), test::start_day, test::burn_in_day);
    for (const model::Resident& who : state.residents) {
      const bool by_oneself = synth::lives_alone(tables.kin, state, who, test::start_day);
      if (age_of(who) >= 67) {
        old[model::index(who.sex)] += 1;
        alone[model::index(who.sex)] += by_oneself ? 1 : 0;
      }
      if (age_of(who) < synth::youngest_lonely) {
        CHECK_FALSE(who.lonely);
        continue;
      }
      (by_oneself ? adults_alone : together) += 1;
      if (who.lonely) (by_oneself ? lonely_alone : lonely_together) += 1;
    }
  }
  // Norway 2019: 24 % of men and 45 % of women past 67; those in other households (5 %), who are
  // not modelled, count as living alone here, and Selbu has fewer women than its men would marry.
  CHECK(alone[0] / old[0] == Approx(0.30).margin(0.06));
  CHECK(alone[1] / old[1] == Approx(0.49).margin(0.06));
  CHECK(lonely_alone / adults_alone == Approx(tables.health.lonely(true)).margin(0.04));
  CHECK(lonely_together / together == Approx(tables.health.lonely(false)).margin(0.02));
}

TEST_CASE("an empty municipality and one of a single person can be made", "[synth]") {
  config::Config config = test::town(0);
  CHECK(synth::populate(config, test::seed_number(1), test::start_day, test::burn_in_day)
            .residents.empty());
  config.municipality.population.cell(std::array<std::size_t, 2>{3, 1}) = 1.0;
  const auto state =
      synth::populate(config, test::seed_number(1), test::start_day, test::burn_in_day);
  REQUIRE(state.residents.size() == 1);
  CHECK_FALSE(state.residents[0].mother.valid());
}

#if defined(CARESTAIR_HAS_RAPIDCHECK)
TEST_CASE("property: any small municipality is sound", "[synth]") {
  CHECK(rc::check([] {
    config::Config config = test::town(100);
    for (double& count : config.municipality.population.cells()) {
      count = *rc::gen::inRange(0, 4) * *rc::gen::inRange(0, 3);
    }
    config.kin.same_municipality = 0.01 * *rc::gen::inRange(0, 100);
    config.kin.region = 1.0 - config.kin.same_municipality;
    config.kin.mean_age_at_birth_years = *rc::gen::inRange(20, 40);
    config.households.partner_age_gap_years = *rc::gen::inRange(-10, 10);
    config.households.partner_age_gap_sd_years = *rc::gen::inRange(0, 12);
    config.function.frailty_variance = 0.1 * *rc::gen::inRange(0, 30);
    const auto seed = test::seed_number(*rc::gen::arbitrary<std::uint32_t>());
    const auto state = synth::populate(config, seed, test::start_day, test::burn_in_day);
    const std::string wrong = fault(config, state);
    if (!wrong.empty()) RC_FAIL(wrong);
  }));
}
#endif
