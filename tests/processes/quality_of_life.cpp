#include "processes/quality_of_life.hpp"

#include "catch.hpp"
#include "town.hpp"

using namespace carestair;

namespace {

float utility_at(const std::vector<float>& table, std::size_t age, model::Sex sex,
                 model::NeedLevel need, model::Cognition stage, bool nursing_home = false) {
  const std::size_t state =
      ((age * model::sex_count + model::index(sex)) * model::need_level_count +
       model::index(need)) *
          model::cognition_count +
      model::index(stage);
  return table[state * 2 + (nursing_home ? 1 : 0)];
}

}  // namespace

TEST_CASE("a year is worth what need or dementia leaves of it", "[quality_of_life]") {
  using model::Cognition;
  using model::NeedLevel;
  const config::Config& config = tests::selbu();
  const auto table = processes::utilities(config);
  const auto of = [&](std::size_t age, NeedLevel need, Cognition stage, bool home = false) {
    return utility_at(table, age, model::Sex::female, need, stage, home);
  };
  // 0.7177 of the population's 0.7283 at 80
  CHECK(of(80, NeedLevel::none, Cognition::none) == Approx(0.78 * 0.7177 / 0.72829).epsilon(1e-3));
  CHECK(of(80, NeedLevel::extensive, Cognition::mild) ==
        Approx(0.35 * 0.7177 / 0.72829).epsilon(1e-3));
  CHECK(of(80, NeedLevel::none, Cognition::severe) == Approx(0.34));
  CHECK(of(80, NeedLevel::none, Cognition::severe, true) == Approx(0.34 * 0.93));
  CHECK(of(20, NeedLevel::none, Cognition::none) > of(60, NeedLevel::none, Cognition::none));
  for (const float utility : table) {
    CHECK(utility > 0.0F);
    CHECK(utility <= 1.0F);
  }
}
