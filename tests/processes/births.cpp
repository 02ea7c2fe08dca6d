#include "processes/births.hpp"

#include <set>

#include "catch.hpp"
#include "large_town.hpp"
#include "model/identity.hpp"
#include "processes/kin.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

TEST_CASE("Only women of fertile age give birth") {
  const auto& config = selbu();
  const DemographyTables tables(config);
  model::Resident who;
  for (std::size_t age = 0; age < age_count; ++age) {
    CHECK(Births::rate(tables, Life{who, age, model::index(model::Sex::male), 0}) == 0.0F);
    const double rate = Births::rate(tables, Life{who, age, model::index(model::Sex::female), 0});
    CHECK(rate * base::days_per_year == Approx(config.fertility.rate(age)));
  }
}

TEST_CASE("A newborn is named after the mother and belongs to both parents") {
  Town town;
  const auto mother = town.add({.age = 30});
  const auto father = town.add({.age = 33, .sex = model::Sex::male});
  town.marry(mother, father);
  World world = town.open();
  Births::fire(world, mother, 0.5F);
  Births::fire(world, mother, 0.7F);
  REQUIRE(world.state.residents.size() == 4);
  for (std::uint32_t birth = 0; birth < 2; ++birth) {
    const model::ResidentId id(std::size_t{2} + birth);
    const model::Resident& child = world.at(id);
    CHECK(child.uid == model::child_uid(world.at(mother).uid, birth));
    CHECK(child.mother == mother);
    CHECK(child.birth == world.today());
    CHECK(child.here());
  }
  for (const auto parent : {mother, father}) {
    std::vector<std::uint32_t> children;
    for_each_child(world.state, world.at(parent),
                   [&](const model::Kin& kin) { children.push_back(kin.resident.index); });
    CHECK(children == std::vector<std::uint32_t>{3, 2});
  }
}

TEST_CASE("Births a year are those of the fertility table") {
  LargeTown town(10);
  World world = town.open(6);
  const DemographyTables& tables = world.rules().demography;
  double expected = 0.0;
  while (world.today() < town.start + 1800) {
    Exposure exposure;
    exposure.add(world, 30.0);
    for (std::size_t age = 0; age < age_count; ++age) {
      expected += exposure.years[age][1] * tables.births.rate[age * 2 + 1];
    }
    run_until(world, world.today() + 30);
  }
  double born = 0.0;
  double boys = 0.0;
  std::set<std::uint64_t> names;
  for (const model::Resident& who : world.state.residents) {
    CHECK(names.insert(who.uid).second);
    if (who.uid < (std::uint64_t{1} << 52)) continue;
    born += 1.0;
    boys += who.sex == model::Sex::male ? 1.0 : 0.0;
  }
  CHECK(agrees(born, expected, 0.01));
  const double share = world.config().fertility.share_boys;
  CHECK(std::abs(boys - share * born) < 4.5 * std::sqrt(born * share * (1.0 - share)));
}
