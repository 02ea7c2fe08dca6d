#include "processes/cognition.hpp"

#include <algorithm>

#include "catch.hpp"
#include "large_town.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

using Stage = model::Cognition;

TEST_CASE("Onset of dementia is postponed with a longer life, its course is not") {
  config::Config config = selbu();
  config.morbidity.regime = config::MorbidityRegime::postponed;
  const CognitionTables tables(config, 2020, 2050);
  model::Resident who;
  const auto rate = [&](Stage stage, std::size_t year) {
    who.cognition = stage;
    return Cognition::rate_up(tables, Life{who, 82, 1, year});
  };
  CHECK(rate(Stage::none, 30) < rate(Stage::none, 0));
  CHECK(rate(Stage::mild_impairment, 30) < rate(Stage::mild_impairment, 0));
  CHECK(rate(Stage::mild, 30) == rate(Stage::mild, 0));
  CHECK(rate(Stage::severe, 0) == 0.0F);
  config.morbidity.regime = config::MorbidityRegime::expanded;
  const CognitionTables expanded(config, 2020, 2050);
  who.cognition = Stage::none;
  CHECK(Cognition::rate_up(expanded, Life{who, 82, 1, 30}) ==
        Cognition::rate_up(expanded, Life{who, 82, 1, 0}));
}

TEST_CASE("Only mild impairment goes back, and dementia is diagnosed once") {
  const CognitionTables tables(selbu(), 2020, 2021);
  model::Resident who;
  const Life life{who, 80, 0, 0};
  for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
    who.cognition = static_cast<Stage>(stage);
    who.diagnosed = false;
    CHECK((Cognition::rate_back(tables, life) > 0.0F) == (who.cognition == Stage::mild_impairment));
    CHECK((Cognition::rate_diagnosis(tables, life, nullptr) > 0.0F) ==
          model::has_dementia(who.cognition));
    who.diagnosed = true;
    CHECK(Cognition::rate_diagnosis(tables, life, nullptr) == 0.0F);
  }
}

TEST_CASE("Changes of cognition are recorded, and change what is needed") {
  Town town;
  const auto id = town.add({.age = 80, .cognition = Stage::mild_impairment});
  World world = town.open();
  world.state.log_events = true;
  Cognition::fire_back(world, id);
  CHECK(world.at(id).cognition == Stage::none);
  CHECK_FALSE(world.at(id).care_case.valid());
  Cognition::fire_up(world, id);
  Cognition::fire_up(world, id);
  CHECK(world.at(id).cognition == Stage::mild);
  REQUIRE(world.at(id).care_case.valid());
  const float before = world.at(id).seeking_ratio;
  Cognition::fire_diagnosis(world, id);
  CHECK(world.at(id).diagnosed);
  CHECK(world.at(id).seeking_ratio != before);
  Cognition::fire_diagnosis(world, id);
  REQUIRE(world.state.events.size() >= 4);  // offers may follow a diagnosis
  CHECK(world.state.events[0].kind == model::EventKind::cognition_changed);
  CHECK(world.state.events[0].from == 1);
  CHECK(world.state.events[0].to == 0);
  CHECK(world.state.events[3].kind == model::EventKind::diagnosed);
  CHECK(std::ranges::count(world.state.events, model::EventKind::diagnosed, &model::Event::kind) ==
        1);
}
