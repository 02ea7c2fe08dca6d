// The engine against a plain one that looks at everybody every day and keeps no wheel: the same
// happenings, to the bit, in a world where people move, remove and add each other all the time.
#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "engine/day.hpp"

using namespace carestair;

namespace {

/// As engine::People, without anything that makes it fast.
template <std::size_t count>
class PlainPeople {
 public:
  explicit PlainPeople(random::WorldSeed seed) : seed_(seed) {}

  template <class Model>
  void enter(Model&, std::uint64_t uid, engine::Time t,
             const typename engine::Clocks<count>::Rates& rates, engine::RunDay anniversary) {
    const engine::Person p = clocks_.add(rates);
    for (unsigned k = 0; k < count; ++k) {
      clocks_.restart(p, k, t, random::clock_threshold(seed_, uid, k, 0));
    }
    plans_.push_back({anniversary, never, false});
  }
  void schedule(engine::Person p, engine::RunDay earliest) {
    if (plans_[p].gone) return;
    double day = plans_[p].anniversary;
    for (std::size_t k = 0; k < count; ++k) {
      day = std::min(day, std::floor(static_cast<double>(clocks_.due(p, k))));
    }
    plans_[p].visit = std::max(static_cast<engine::RunDay>(day), earliest);
  }
  template <class Model>
  void refresh(Model& model, engine::Person p, engine::Time t, engine::RunDay earliest) {
    clocks_.change_rates(p, t, model.rates(p, t));
    schedule(p, earliest);
  }
  void leave(engine::Person p) { plans_[p] = {0, never, true}; }

  template <class Model>
  void run_day(Model& model, engine::RunDay day) {
    std::vector<engine::Person> today;
    for (engine::Person p = 0; p < plans_.size(); ++p) {
      if (plans_[p].visit <= day) today.push_back(p);
    }
    for (const engine::Person p : today) {
      if (plans_[p].gone) continue;
      if (plans_[p].anniversary <= day) {
        plans_[p].anniversary = model.next_anniversary(p, day);
        const auto midnight = static_cast<engine::Time>(day);
        clocks_.change_rates(p, midnight, model.rates(p, midnight));
      }
      bool stays = true;
      while (stays) {
        const auto [t, k] = clocks_.next(p);
        if (t >= static_cast<engine::Time>(day + 1)) break;
        stays = model.fire(p, k, t);
        if (!stays) {
          if (plans_[p].visit <= day) plans_[p].visit = never;
          continue;
        }
        const unsigned fired = clocks_.count_firing(p, k);
        clocks_.change_rates(p, t, model.rates(p, t));
        clocks_.restart(p, k, t, random::clock_threshold(seed_, model.uid(p), k, fired));
      }
      if (stays) schedule(p, day + 1);
    }
  }

 private:
  static constexpr engine::RunDay never = 1 << 30;
  struct Plan {
    engine::RunDay anniversary, visit;
    bool gone;
  };
  random::WorldSeed seed_;
  engine::Clocks<count> clocks_;
  std::vector<Plan> plans_;
};

constexpr std::size_t clocks = 5;

template <class People>
struct Crowd {
  explicit Crowd(std::uint32_t number) : seed(random::WorldSeed::of(number, 0, 0)), people(seed) {
    for (int i = 0; i < 400; ++i) enter(0.0F, 0);
  }

  void enter(engine::Time t, engine::RunDay earliest) {
    const auto p = static_cast<engine::Person>(factor.size());
    factor.push_back(1.0F);
    people.enter(*this, p, t, rates(p, t), earliest + static_cast<int>(p * 37 % 700));
    people.schedule(p, earliest);
  }
  engine::Clocks<clocks>::Rates rates(engine::Person p, engine::Time t) const {
    const float age = 1.0F + t * 0.001F;
    return {0.1F * factor[p], 0.02F, 0.0F, 0.004F * age, p % 3 == 0 ? 0.0F : 0.001F * factor[p]};
  }
  bool fire(engine::Person p, std::uint32_t clock, engine::Time t) {
    log.emplace_back(p, clock, std::bit_cast<std::uint32_t>(t), day);
    random::Stream stream(seed, p, random::Purpose::test, static_cast<std::uint32_t>(log.size()));
    const auto other = static_cast<engine::Person>(stream.bits() % factor.size());
    const std::uint32_t what = stream.bits() % 16;
    if (what < 6) {
      factor[p] = static_cast<float>(stream.uniform(0.0, 4.0));
    } else if (what < 12) {
      // Up to several hundred times as fast, so that many move to today and tomorrow.
      factor[other] = static_cast<float>(std::exp(stream.uniform(-6.0, 6.0)));
      people.refresh(*this, other, t, day + 1);
    } else if (what == 12 && other != p) {
      people.leave(other);
    } else if (what == 13) {
      if (stream.chance(0.5)) people.leave(p);
      return false;  // the others stand still; who touches them later wakes them
    } else if (factor.size() < 4000) {
      enter(t, day + 1);
    }
    return true;
  }
  std::uint64_t uid(engine::Person p) const { return p; }
  engine::RunDay next_anniversary(engine::Person p, engine::RunDay today) {
    log.emplace_back(p, 99U, 0U, today);
    return today + 365 + static_cast<int>(p % 400);  // some beyond the wheel
  }

  random::WorldSeed seed;
  People people;
  std::vector<float> factor;
  std::vector<std::tuple<engine::Person, std::uint32_t, std::uint32_t, engine::RunDay>> log;
  engine::RunDay day = 0;
};

}  // namespace

TEST_CASE("the engine does what a plain loop over everybody does, to the bit") {
  std::size_t happenings = 0;
  for (std::uint32_t number = 1; number <= 6; ++number) {
    Crowd<engine::People<clocks>> fast(number);
    Crowd<PlainPeople<clocks>> plain(number);
    for (engine::RunDay day = 0; day < 700; ++day) {
      fast.day = plain.day = day;
      fast.people.run_day(fast, day);
      plain.people.run_day(plain, day);
      REQUIRE(fast.log.size() == plain.log.size());
    }
    CHECK(fast.log == plain.log);
    happenings += fast.log.size();
  }
  CHECK(happenings > 100000);
}
