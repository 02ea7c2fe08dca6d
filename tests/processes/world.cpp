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
