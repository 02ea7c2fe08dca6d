#include "processes/seeking.hpp"

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;

TEST_CASE("unmet need and living alone make help be sought sooner", "[seeking]") {
  tests::Town town;
  const auto alone = town.add({.age = 84, .need = NeedLevel::moderate});
  const auto wife = town.add({.age = 84, .need = NeedLevel::moderate});
  town.marry(wife, town.add({.age = 86, .sex = model::Sex::male}));
  processes::World world = town.open();
  const float lonely = processes::seeking_ratio(world, tests::case_of(world, alone));
  const float together = processes::seeking_ratio(world, tests::case_of(world, wife));
  CHECK(lonely > together);
  CHECK(together > 0.0F);
}

TEST_CASE("a visit makes help be sought sooner for a while, and then no more", "[seeking]") {
  tests::Town town;
  town.config.preventive_visits.coverage = 0.0;
  const auto id = town.add({.age = 84, .need = NeedLevel::some});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const float before = processes::seeking_ratio(world, c);
  c.visited = world.today();
  CHECK(processes::seeking_ratio(world, c) ==
        Approx(before * static_cast<float>(town.config.seeking.visited_ratio)));
  c.visited = world.today() - static_cast<int>(town.config.seeking.visited_years * 365.25 + 2);
  CHECK(processes::seeking_ratio(world, c) == before);
}

TEST_CASE("nobody applies while in the queue, or when help is sound", "[seeking]") {
  tests::Town town;
  const auto id = town.add({.age = 84, .need = NeedLevel::some});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  REQUIRE(processes::seeking_ratio(world, c) > 0.0F);
  processes::enqueue(world, c, model::Request::application);
  CHECK(world.at(id).seeking_ratio == 0.0F);
  CHECK(processes::seeking_ratio(world, c) == 0.0F);
  c.in_queue = false;
  world.state.queue.clear();

  // Helped, and what is left is sound.
  processes::start_service(world, c, town.index("home_nursing"), 1.0F);
  const std::size_t practical = model::index(model::NeedType::practical);
  const auto worth_asking = static_cast<float>(town.config.seeking.asks_again_hours);
  const float sound = world.rules().needs.sound[practical];
  c.left_unmet = 0.0F;
  c.unmet = {};
  c.unmet[practical] = sound;
  c.undelivered = worth_asking;  // hours that do not come are not sound
  CHECK(processes::seeking_ratio(world, c) > 0.0F);
  c.undelivered = 0.0F;
  CHECK(processes::seeking_ratio(world, c) == 0.0F);
  c.unmet[practical] = sound + worth_asking;
  CHECK(processes::seeking_ratio(world, c) > 0.0F);
}

TEST_CASE("who has been left with unmet need asks again when there is more of it", "[seeking]") {
  tests::Town town;
  const auto id = town.add({.age = 84, .need = NeedLevel::moderate});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const float unmet = model::total(c.unmet) + c.undelivered;
  const auto worth_asking = static_cast<float>(town.config.seeking.asks_again_hours);
  REQUIRE(unmet > worth_asking);
  c.left_unmet = unmet - 0.9F * worth_asking;
  CHECK(processes::seeking_ratio(world, c) == 0.0F);
  c.left_unmet = unmet - 1.1F * worth_asking;
  CHECK(processes::seeking_ratio(world, c) > 0.0F);
}
