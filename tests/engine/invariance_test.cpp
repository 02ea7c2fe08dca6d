// What must not matter does not matter, to the bit: looking, splitting time, who else is there, in
// which order worlds run and on how many threads.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "catch.hpp"
#include "chain.hpp"

using namespace test;

namespace {

const Chain<4>::Matrix busy{
    {{0, 0.03, 0.01, 0.001}, {0.02, 0, 0.05, 0.004}, {0.0, 0.2, 0, 0.01}, {0.5, 0, 0, 0}}};

Chain<4> world_of(std::size_t people, std::uint32_t seed = 1, std::size_t left_out = 1 << 20) {
  Chain<4> chain(busy, seed);
  for (std::size_t i = 0; i < people; ++i) {
    if (i != left_out) chain.enter(1000 + i, i % 3);
  }
  return chain;
}

std::vector<std::uint32_t> bits_of(const Chain<4>& chain) {
  std::vector<std::uint32_t> bits;
  const auto& clocks = chain.people().clocks();
  for (engine::Person p = 0; p < clocks.size(); ++p) {
    for (std::size_t k = 0; k < 4; ++k) {
      bits.push_back(std::bit_cast<std::uint32_t>(clocks.due(p, k)));
      bits.push_back(std::bit_cast<std::uint32_t>(clocks.rate(p, k)));
      bits.push_back(clocks.fired(p, k));
    }
  }
  return bits;
}

}  // namespace

TEST_CASE("touching without a change leaves every clock as it was, to the bit") {
  auto untouched = world_of(300), touched = world_of(300);
  for (int day = 0; day < 200; ++day) {
    untouched.run_to(day + 1);
    touched.run_to(day + 1);
    for (engine::Person p = 0; p < 300; ++p) {
      if ((p * 7919 + static_cast<unsigned>(day)) % 3 != 0) continue;
      touched.refresh(p, static_cast<float>(day) + 1.0F);
      touched.refresh(p, static_cast<float>(day) + 1.0F);
    }
  }
  CHECK(untouched.log == touched.log);
  CHECK(untouched.events == touched.events);
  CHECK(bits_of(untouched) == bits_of(touched));
}

TEST_CASE("a person's life does not depend on who else is in the world") {
  constexpr std::size_t people = 200, missing = 57;
  auto all = world_of(people), without = world_of(people, 1, missing);
  all.run_to(400);
  without.run_to(400);
  std::erase_if(all.log, [](const Happening& h) { return h.uid == 1000 + missing; });
  CHECK(all.log.size() > 1000);
  CHECK(all.log == without.log);
}

TEST_CASE("worlds give the same bytes on 1, 2 and 8 threads and in any order") {
  constexpr std::size_t worlds = 24;
  const tbb::global_control eight(tbb::global_control::max_allowed_parallelism, 8);
  const auto lived = [](int threads, std::uint32_t shuffle) {
    std::vector<std::size_t> order(worlds);
    std::iota(order.begin(), order.end(), 0U);
    random::Stream stream({shuffle}, 0, random::Purpose::test);
    for (std::size_t i = worlds; i > 1; --i) std::swap(order[i - 1], order[stream.bits() % i]);
    std::vector<std::vector<Happening>> logs(worlds);
    tbb::task_arena arena(threads);
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, worlds, [&](std::size_t i) {
        auto world = world_of(50 + order[i], static_cast<std::uint32_t>(order[i]));
        world.run_to(150);
        logs[order[i]] = std::move(world.log);
      });
    });
    return logs;
  };
  const auto reference = lived(1, 0);
  for (const int threads : {1, 2, 8}) {
    for (std::uint32_t shuffle = 1; shuffle <= 3; ++shuffle) {
      CHECK(lived(threads, shuffle) == reference);
    }
  }
}

TEST_CASE("events of a person come in order of time, and those of a day by index") {
  auto world = world_of(500);
  world.run_to(300);
  std::vector<float> last(2000, 0.0F);
  int day = 0;
  std::uint64_t uid = 0;
  for (const auto& h : world.log) {
    CHECK(h.t >= last[h.uid]);
    last[h.uid] = h.t;
    const int today = static_cast<int>(h.t);
    CHECK(today >= day);
    if (today == day) CHECK(h.uid >= uid);
    day = today;
    uid = h.uid;
  }
}

TEST_CASE("every threshold is the one draw of its person, clock and firing") {
  const auto seed = random::WorldSeed::of(1, 0, 0);
  Chain<4> chain({{{0, 0.25, 0, 0}, {0, 0, 0, 0}, {}, {}}});
  chain.enter(42, 0);
  CHECK(chain.people().clocks().due(0, 1) == random::clock_threshold(seed, 42, 1, 0) / 0.25F);
  chain.run_to(200);
  REQUIRE(chain.log.size() == 1);
  CHECK(chain.people().clocks().fired(0, 1) == 1);
}

TEST_CASE("doubling a rate from the start halves the waiting time of the same person") {
  for (std::uint64_t uid = 0; uid < 2000; ++uid) {
    const auto waiting = [&](float rate) {
      engine::Clocks<1> clocks;
      clocks.add({rate});
      clocks.restart(0, 0, 0.0F,
                     random::clock_threshold(random::WorldSeed::of(6, 0, 0), uid, 0, 0));
      return clocks.due(0, 0);
    };
    CHECK(waiting(0.02F) == 2.0F * waiting(0.04F));
  }
}

TEST_CASE("doubling a rate midway halves what remains, to one rounding of the due time") {
  for (std::uint64_t uid = 0; uid < 2000; ++uid) {
    engine::Clocks<1> clocks;
    clocks.add({0.01F});
    clocks.restart(0, 0, 0.0F, random::clock_threshold(random::WorldSeed::of(7, 0, 0), uid, 0, 0));
    const float due = clocks.due(0, 0), t = 10.25F;
    if (due <= t) continue;
    clocks.change_rates(0, t, {0.02F});
    const float expected = t + (due - t) / 2;
    CHECK(std::abs(clocks.due(0, 0) - expected) <= std::nextafter(expected, 1e9F) - expected);
    // And back: the remainder doubles again.
    clocks.change_rates(0, t, {0.01F});
    CHECK(clocks.due(0, 0) == Approx(due).epsilon(3e-7));
  }
}

TEST_CASE("what remains of a threshold survives a rate of zero") {
  engine::Clocks<2> clocks;
  clocks.add({0.01F, 0.02F});
  clocks.restart(0, 0, 0.0F, 1.5F);
  clocks.restart(0, 1, 0.0F, 2.0F);
  clocks.change_rates(0, 50.0F, {0.0F, 0.02F});
  CHECK(clocks.due(0, 0) > 1e12F);
  CHECK(clocks.due(0, 1) == 100.0F);
  CHECK(clocks.earliest(0) == 100.0F);
  CHECK(clocks.next(0).clock == 1);
  clocks.change_rates(0, 80.0F, {0.01F, 0.02F});
  CHECK(clocks.due(0, 0) == Approx(180.0).epsilon(1e-6));
}

TEST_CASE("every number of clocks works, and lanes beyond the last are ignored") {
  const auto check = []<std::size_t count>(std::integral_constant<std::size_t, count>) {
    using Clocks = engine::Clocks<count>;
    typename Clocks::Rates rates;
    rates.fill(1e30F);  // what is beyond must not fire
    for (std::size_t k = 0; k < count; ++k) rates[k] = 0.01F * static_cast<float>(k + 1);
    Clocks clocks;
    clocks.reserve(2);
    clocks.add(rates);
    clocks.add(rates);
    for (std::size_t k = 0; k < count; ++k) clocks.restart(1, k, 3.0F, 1.0F);
    const float first = 3.0F + 1.0F / rates[count - 1];
    CHECK(clocks.earliest(1) == first);
    CHECK(clocks.next(1).clock == count - 1);
    CHECK(clocks.change_rates(1, 4.0F, rates) == first);
    CHECK(std::isinf(clocks.earliest(0)));
    for (std::size_t k = 0; k < count; ++k) CHECK(clocks.due(1, k) == 3.0F + 1.0F / rates[k]);
    auto doubled = rates;
    for (std::size_t k = 0; k < count; ++k) doubled[k] *= 2;
    clocks.change_rates(1, 3.0F, doubled);
    for (std::size_t k = 0; k < count; ++k) {
      CHECK(clocks.due(1, k) == Approx(3.0 + 0.5 / rates[k]).epsilon(1e-6));
      CHECK(clocks.rate(1, k) == doubled[k]);
    }
    CHECK(std::isinf(clocks.change_rates(0, 5.0F, doubled)));
  };
  check(std::integral_constant<std::size_t, 1>{});
  check(std::integral_constant<std::size_t, 2>{});
  check(std::integral_constant<std::size_t, 3>{});
  check(std::integral_constant<std::size_t, 4>{});
  check(std::integral_constant<std::size_t, 5>{});
  check(std::integral_constant<std::size_t, 7>{});
  check(std::integral_constant<std::size_t, 10>{});
  check(std::integral_constant<std::size_t, 12>{});
  check(std::integral_constant<std::size_t, 17>{});
}
