// What may happen to one person while another's clock fires, and that the loop never allocates.
#include "engine/day.hpp"

#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>
#include <vector>

#include "catch.hpp"

using namespace carestair;

// Sanitizers bring their own allocation; it is not counted there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CARESTAIR_ALLOCATIONS_COUNTED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CARESTAIR_ALLOCATIONS_COUNTED 0
#endif
#endif
#if !defined(CARESTAIR_ALLOCATIONS_COUNTED)
#define CARESTAIR_ALLOCATIONS_COUNTED 1
#endif

#if CARESTAIR_ALLOCATIONS_COUNTED
namespace {
std::atomic<long> allocations{0};
void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  if (void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
#else
namespace {
constexpr long allocations = 0;
}
#endif

namespace {

/// Everybody fires on given days (thresholds are bypassed by huge or zero rates).
struct Scripted {
  engine::People<2> people{random::WorldSeed::of(8, 0, 0)};
  std::vector<float> rate;
  std::vector<engine::RunDay> birthday;
  std::function<bool(engine::Person, engine::Time)> on_fire = [](auto, auto) { return true; };
  std::vector<engine::Person> fired;
  std::vector<std::pair<engine::Person, engine::RunDay>> aged;

  engine::People<2>::Rates rates(engine::Person p, engine::Time) const {
    return {rate[p], 0, 0, 0};
  }
  bool fire(engine::Person p, std::uint32_t clock, engine::Time t) {
    CHECK(clock == 0);
    fired.push_back(p);
    return on_fire(p, t);
  }
  std::uint64_t uid(engine::Person p) const { return p; }
  engine::RunDay next_anniversary(engine::Person p, engine::RunDay day) {
    aged.emplace_back(p, day);
    return birthday[p] += 365;
  }
  engine::Person enter(float r, engine::RunDay first_birthday = 1 << 22, engine::Time t = 0.0F) {
    rate.push_back(r);
    birthday.push_back(first_birthday);
    const auto p = static_cast<engine::Person>(rate.size() - 1);
    people.enter(*this, p, t, rates(p, t), first_birthday);
    return p;
  }
};

constexpr float at_once = 1e6F;  // within the first minute

}  // namespace

TEST_CASE("birthdays come on their days, whether or not a clock fires") {
  Scripted model;
  model.people.schedule(model.enter(0.0F, 10), 0);
  model.people.schedule(model.enter(0.05F, 11), 0);
  for (engine::RunDay day = 0; day < 2000; ++day) model.people.run_day(model, day);
  std::vector<std::pair<engine::Person, engine::RunDay>> expected;
  for (engine::RunDay year = 0; 11 + 365 * year < 2000; ++year) {
    expected.emplace_back(0, 10 + 365 * year);
    expected.emplace_back(1, 11 + 365 * year);
  }
  CHECK(model.aged == expected);
}

TEST_CASE("a birthday that falls before the first visit is caught up with") {
  Scripted model;
  model.people.schedule(model.enter(0.0F, 3), 5);
  for (engine::RunDay day = 0; day < 10; ++day) model.people.run_day(model, day);
  REQUIRE(model.aged.size() == 1);
  CHECK(model.aged[0].second == 5);
}

TEST_CASE("a birthday beyond the wheel is waited for") {
  Scripted model;
  model.people.schedule(model.enter(0.0F, 2000), 0);
  for (engine::RunDay day = 0; day < 2100; ++day) model.people.run_day(model, day);
  REQUIRE(model.aged.size() == 1);
  CHECK(model.aged[0].second == 2000);
}

TEST_CASE("who leaves because of another's event does nothing more, not even the same day") {
  for (const bool first_leaves : {true, false}) {
    Scripted model;
    for (int i = 0; i < 2; ++i) model.people.schedule(model.enter(at_once), 0);
    model.on_fire = [&](engine::Person p, engine::Time) {
      model.people.leave(first_leaves ? 1 - p : p);
      return first_leaves && model.fired.size() == 1 ? (model.rate[p] = 0.0F, true) : false;
    };
    for (engine::RunDay day = 0; day < 900; ++day) model.people.run_day(model, day);
    CHECK(model.fired ==
          (first_leaves ? std::vector<engine::Person>{0} : std::vector<engine::Person>{0, 1}));
    // Touched by mistake after leaving: stays away.
    model.people.refresh(model, first_leaves ? 1 : 0, 900.0F, 900);
    model.people.leave(1);
    for (engine::RunDay day = 900; day < 910; ++day) model.people.run_day(model, day);
    CHECK(model.fired.size() == (first_leaves ? 1U : 2U));
  }
}

TEST_CASE("a refresh from another's event moves an appointment once, before or after its turn") {
  for (const engine::Person other : {0U, 2U}) {
    Scripted model;
    for (int i = 0; i < 3; ++i) model.enter(0.0F, 4);
    model.rate[1] = at_once;
    for (engine::Person p = 0; p < 3; ++p) model.people.refresh(model, p, 3.5F, 4);
    std::vector<engine::RunDay> days;
    engine::RunDay day = 0;
    model.on_fire = [&](engine::Person p, engine::Time t) {
      days.push_back(day);
      model.rate[p] = 0.0F;
      if (p == 1) {
        model.rate[other] = at_once;
        model.people.refresh(model, other, t, 5);
      }
      return true;
    };
    for (; day < 900; ++day) model.people.run_day(model, day);
    // Who comes later the same day still lives it; who has lived it fires the next day.
    CHECK(model.fired == std::vector<engine::Person>{1, other});
    CHECK(days == std::vector<engine::RunDay>{4, other == 2 ? 4 : 5});
    CHECK(model.aged.size() == 3 * 3);
  }
}

TEST_CASE("people may enter while others live") {
  Scripted model;
  model.people.schedule(model.enter(at_once), 0);
  engine::RunDay day = 0;
  model.on_fire = [&](engine::Person p, engine::Time t) {
    model.rate[p] = 0.0F;
    for (int i = 0; i < 2 && model.rate.size() < 3000; ++i) {
      model.people.schedule(model.enter(at_once, 1 << 22, t), day + 1);
    }
    return true;
  };
  for (; day < 20; ++day) model.people.run_day(model, day);
  CHECK(model.rate.size() == 3000);
  CHECK(model.fired.size() == model.rate.size());
}

TEST_CASE("after reserve the daily loop allocates nothing") {
  struct Busy {
    engine::People<5> people{random::WorldSeed::of(9, 0, 0)};
    engine::People<5>::Rates rates(engine::Person p, engine::Time) const {
      return {0.01F, 0.002F, 0.0F, 0.03F, 0.001F * static_cast<float>(p % 7)};
    }
    bool fire(engine::Person, std::uint32_t, engine::Time) { return true; }
    std::uint64_t uid(engine::Person p) const { return p; }
    engine::RunDay next_anniversary(engine::Person, engine::RunDay day) const { return day + 365; }
  } model;
  constexpr engine::Person count = 3000;
  model.people.reserve(count);
  const long before = allocations;
  for (engine::Person p = 0; p < count; ++p) {
    model.people.enter(model, p, 0.0F, model.rates(p, 0.0F), static_cast<int>(p % 365));
    model.people.schedule(p, 0);
  }
  std::uint64_t events = 0;
  for (engine::RunDay day = 0; day < 1500; ++day) {
    events += model.people.run_day(model, day);
    for (engine::Person p = 0; p < count; p += 11) {
      model.people.refresh(model, p, static_cast<float>(day + 1), day + 1);
    }
  }
  CHECK(events > 100000);
  CHECK(allocations == before);
}
