// A model of people for tests: everybody walks over a few states, and clock k leads to state k.
// Small enough that what should come out can be worked out with a pencil or a matrix exponential.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "engine/day.hpp"

namespace test {

using namespace carestair;

struct Happening {
  std::uint64_t uid;
  std::uint32_t clock;
  engine::Time t;
  friend bool operator==(const Happening& a, const Happening& b) {
    return a.uid == b.uid && a.clock == b.clock && std::memcmp(&a.t, &b.t, sizeof a.t) == 0;
  }
};

inline constexpr engine::RunDay no_anniversary = 1 << 22;

/// `rate[from][to]` is the daily rate; people leave when they reach a state in `last`.
template <std::size_t States>
class Chain {
 public:
  using Matrix = std::array<std::array<double, States>, States>;
  using People = engine::People<States>;
  using Rates = typename People::Rates;

  explicit Chain(const Matrix& rate, std::uint32_t seed = 1)
      : rate_(rate), people_(random::WorldSeed::of(seed, 0, 0)) {}

  engine::Person enter(std::uint64_t uid, std::size_t state, engine::Time t = 0.0F,
                       engine::RunDay earliest = 0) {
    uids_.push_back(uid);
    states.push_back(state);
    const auto person = static_cast<engine::Person>(states.size() - 1);
    people_.enter(*this, uid, t, rates(person, t), no_anniversary);
    people_.schedule(person, earliest);
    return person;
  }

  void run_to(engine::RunDay end) {
    for (; day < end; ++day) events += people_.run_day(*this, day);
  }

  void refresh(engine::Person person, engine::Time t) { people_.refresh(*this, person, t, day); }

  [[nodiscard]] std::vector<double> occupancy() const {
    std::vector<double> count(States);
    for (const std::size_t state : states) count[state] += 1;
    return count;
  }

  // What the engine asks.
  [[nodiscard]] Rates rates(engine::Person person, engine::Time) const {
    Rates rates{};
    for (std::size_t k = 0; k < States; ++k) {
      rates[k] = static_cast<float>(rate_[states[person]][k]);
    }
    return rates;
  }
  bool fire(engine::Person person, std::uint32_t clock, engine::Time t) {
    log.push_back({uids_[person], clock, t});
    states[person] = clock;
    return true;
  }
  [[nodiscard]] std::uint64_t uid(engine::Person person) const { return uids_[person]; }
  [[nodiscard]] engine::RunDay next_anniversary(engine::Person, engine::RunDay) const {
    return no_anniversary;
  }
  [[nodiscard]] const People& people() const { return people_; }

  std::vector<std::size_t> states;
  std::vector<Happening> log;
  engine::RunDay day = 0;
  std::uint64_t events = 0;

 private:
  Matrix rate_;
  People people_;
  std::vector<std::uint64_t> uids_;
};

}  // namespace test
