#include "processes/informal.hpp"

#include "catch.hpp"
#include "processes/services.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using tests::Person;

namespace {

float help_with_partner(const Person& partner) {
  tests::Town town;
  // Extensive need, so that what one person can give is the bound.
  const auto her = town.add({.age = 84, .need = NeedLevel::extensive});
  Person him = partner;
  him.sex = model::Sex::male;
  town.marry(her, town.add(him));
  processes::World world = town.open();
  return model::total(tests::case_of(world, her).informal);
}

}  // namespace

TEST_CASE("a healthy partner helps most, a frail one less, one with dementia not", "[informal]") {
  const float healthy = help_with_partner({.age = 86});
  const float frail = help_with_partner({.age = 86, .need = NeedLevel::some});
  const float ill = help_with_partner({.age = 86, .need = NeedLevel::moderate});
  const float demented = help_with_partner({.age = 86, .cognition = model::Cognition::mild});
  CHECK(healthy > 0.0F);
  CHECK(frail < healthy);
  CHECK(ill == 0.0F);
  CHECK(demented == 0.0F);
}

TEST_CASE("informal help never exceeds the need of any type", "[informal]") {
  tests::Town town;
  town.config.informal.partner_hours_per_week = 168;
  for (double& share : town.config.informal.partner_cover.cells()) share = 1.0;
  const auto her = town.add({.age = 84, .need = NeedLevel::extensive});
  town.marry(her, town.add({.age = 86, .sex = model::Sex::male}));
  processes::World world = town.open();
  const model::CareCase& c = tests::case_of(world, her);
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    CHECK(c.informal[type] <= c.need[type] * 1.00001F);
    CHECK(c.unmet[type] >= 0.0F);
  }
}

TEST_CASE("hours of the family are booked by what they help with, and add up", "[informal]") {
  tests::Town town;
  const auto her = town.add({.age = 84, .need = NeedLevel::extensive});
  town.marry(her, town.add({.age = 86, .sex = model::Sex::male}));
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, her);
  world.state.ledger.clear();
  c.accounted = world.today() + 1;
  processes::book_case(world, c, world.today() + 15);
  const model::Ledger& ledger = world.state.ledger;
  float by_type = 0.0F;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    CHECK(ledger.informal_by_type[type] == Approx(2.0F * c.informal[type]));
    by_type += ledger.informal_by_type[type];
  }
  float by_age = 0.0F;
  for (const float hours : ledger.informal_hours) by_age += hours;
  CHECK(by_type > 0.0F);
  CHECK(by_type == Approx(by_age).epsilon(1e-5));
}

TEST_CASE("a partner who moves to a nursing home helps no longer", "[informal]") {
  tests::Town town;
  const auto her = town.add({.age = 84, .need = NeedLevel::some});
  const auto him = town.add({.age = 86, .sex = model::Sex::male, .need = NeedLevel::none});
  town.marry(her, him);
  processes::World world = town.open();
  REQUIRE(model::total(tests::case_of(world, her).informal) > 0.0F);
  model::CareCase& his = world.at(world.open_case(him));
  processes::start_service(world, his, town.index("nursing_home"), 30.0F);
  CHECK(world.at(him).dwelling == model::Dwelling::nursing_home);
  CHECK(model::total(world.at(world.at(her).care_case).informal) == 0.0F);
}
