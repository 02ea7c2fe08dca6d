#include "processes/mastery.hpp"

#include <cmath>

#include "catch.hpp"
#include "processes/seeking.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

TEST_CASE("Mastery is drawn once for life, with the mean and spread of the configuration") {
  Town town;
  for (int i = 0; i < 2000; ++i) town.add({.age = 85, .need = model::NeedLevel::some});
  World world = town.open();
  double sum = 0.0;
  double squares = 0.0;
  for (const model::CareCase& c : world.state.cases) {
    const double above = mastery_above_middle(world, c);
    CHECK(std::abs(above) <= 0.5);
    sum += above;
    squares += above * above;
  }
  CHECK(world.state.cases.size() == 2000);
  CHECK(sum / 2000.0 == Approx(0.0).margin(0.02));  // four and a half standard errors
  CHECK(std::sqrt(squares / 2000.0) == Approx(0.2).margin(0.015));
}

TEST_CASE("Who masters more needs fewer hours and asks later") {
  Town town;
  const auto id = town.add({.age = 85, .need = model::NeedLevel::moderate});
  World world = town.open();
  model::CareCase& c = case_of(world, id);
  const auto at = [&](float z) {
    c.mastery = z;
    update_case(world, c);
    return std::array{c.need[model::index(model::NeedType::practical)],
                      c.need[model::index(model::NeedType::social)]};
  };
  const auto middle = at(0.0F);
  const auto high = at(1.0F);
  CHECK(high[0] == Approx(middle[0] * (1.0F - 0.2F * 0.2F)));
  CHECK(high[1] == middle[1]);                      // company is not replaced by managing
  CHECK(at(10.0F)[0] == Approx(middle[0] * 0.9F));  // the top of the scale
  // The same unmet hours, so that mastery alone makes the difference.
  c.unmet = {1.0F, 0.0F, 0.0F, 0.0F, 0.0F};
  c.mastery = 0.0F;
  const float asks = seeking_ratio(world, c);
  c.mastery = 1.0F;
  CHECK(seeking_ratio(world, c) == Approx(asks * (1.0F - 0.6F * 0.2F)));
}

TEST_CASE("A mean above the middle lowers need for everybody") {
  const auto hours = [](double mean) {
    Town town;
    town.config.mastery.mean = mean;
    const auto id = town.add({.age = 85, .need = model::NeedLevel::moderate});
    World world = town.open();
    return model::total(case_of(world, id).need);
  };
  CHECK(hours(0.6) < hours(0.5));
}
