#include "processes/world.hpp"

#include "catch.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::tests;

// References into cases and ties are held while others are added.
TEST_CASE("room is made in each vector, however much residents have already") {
  Town town;
  for (int i = 0; i < 40; ++i) town.add({.age = 20 + i});
  town.expect(100'000);
  const processes::World world = town.open();
  const auto room = [](const auto& entries) { return entries.capacity() - entries.size(); };
  const model::State& state = world.state;
  CHECK(room(state.cases) > 200);
  CHECK(room(state.ties) > 200);
  CHECK(room(state.carers) > 200);
  CHECK(room(state.kin) > 200);
  CHECK(room(state.carer_of) > 200);
  CHECK(room(state.queue) > 200);
}

// Rounds go through these alone, so that a case missing from them would never be booked again.
TEST_CASE("open cases and those that hold something are known") {
  Town town;
  for (int i = 0; i < 60; ++i) {
    town.add({.age = 60 + i % 40, .need = static_cast<model::NeedLevel>(i % 4)});
  }
  processes::World world = town.open();
  std::size_t ended = 0;
  for (int day = 0; day < 3 * 365; ++day) {
    world.run_day();
    if (day % 30 != 0) continue;
    std::vector<model::CaseId> open, holding;
    for (const model::CaseId id : world.state.open_cases) open.push_back(id);
    for (const model::CaseId id : world.state.holding_cases) holding.push_back(id);
    std::vector<model::CaseId> really_open, really_holding;
    ended = 0;
    for (std::size_t i = 0; i < world.state.cases.size(); ++i) {
      const model::CareCase& c = world.state.cases[i];
      if (c.accounted != model::never) really_open.emplace_back(i);
      if (c.held > 0) really_holding.emplace_back(i);
      ended += world.state.at(c.resident).here() ? 0U : 1U;
    }
    CAPTURE(day);
    CHECK(open == really_open);
    CHECK(holding == really_holding);
  }
  CHECK(ended > 3);  // the dead are among the cases, and not among those open
}
