// Clocks: every chance in a life. A clock holds a unit-exponential threshold drawn once; time
// consumes it at the current hazard rate, and at zero the clock fires.
//
// Stored is not what remains but when it would run out at the current rate, and that rate: when
// the rate changes from r to r' at time t, the due time becomes t + (due - t) r / r'. What remains
// of the threshold, (due - t) r, is thereby kept. A clock whose rate does not change is not
// touched at all, to the bit: looking at a resident never changes her life.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/contract.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

/// Rates of all clocks of a person. Padded to whole vectors of four, so that a change of rates
/// is a handful of vector instructions; the padding stands still.
template <std::size_t Count>
inline constexpr std::size_t padded_count = (Count + 3) / 4 * 4;

template <std::size_t Count>
class Clocks {
 public:
  static constexpr std::size_t count = Count;
  static constexpr std::size_t padded = padded_count<Count>;
  using Rates = std::array<RatePerDay, padded>;

  struct Next {
    Time due;
    std::uint32_t clock;
  };

  void reserve(std::size_t people) {
    lines_.reserve(people);
    fired_.reserve(people);
  }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

  /// Adds a person whose clocks all stand still; start each with restart().
  Person add(const Rates& rates) {
    Line line;
    for (std::size_t k = 0; k < padded; ++k) {
      line.rate[k] = rates[k] > least_rate ? rates[k] : least_rate;
      line.due[k] = std::numeric_limits<Time>::infinity();
    }
    lines_.push_back(line);
    fired_.push_back({});
    return static_cast<Person>(lines_.size() - 1);
  }

  /// Gives clock k of a person a new threshold at time t.
  void restart(Person person, std::size_t k, Time t, float threshold) {
    Line& line = lines_[person];
    line.due[k] = t + threshold / line.rate[k];
  }

  /// Sets the rates that hold from time t on; remaining thresholds stay.
  void change_rates(Person person, Time t, const Rates& rates) {
    Line& line = lines_[person];
    for (std::size_t k = 0; k < padded; ++k) {
      const float now = line.rate[k];
      const float then = rates[k] > least_rate ? rates[k] : least_rate;
      const float moved = t + (line.due[k] - t) * (now / then);
      line.due[k] = now == then ? line.due[k] : moved;
      line.rate[k] = then;
    }
  }

  /// When the first clock fires.
  [[nodiscard]] Time earliest(Person person) const {
    const Line& line = lines_[person];
    std::array<Time, 4> least{line.due[0], line.due[1], line.due[2], line.due[3]};
    for (std::size_t k = 4; k < padded; k += 4) {
      for (std::size_t j = 0; j < 4; ++j) {
        least[j] = line.due[k + j] < least[j] ? line.due[k + j] : least[j];
      }
    }
    const Time a = least[1] < least[0] ? least[1] : least[0];
    const Time b = least[3] < least[2] ? least[3] : least[2];
    return b < a ? b : a;
  }

  /// The clock that fires first, and when; the lowest number among equals.
  [[nodiscard]] Next next(Person person) const {
    const Line& line = lines_[person];
    const Time due = earliest(person);
    std::uint32_t k = 0;
    while (line.due[k] != due) ++k;
    return {due, k};
  }

  void prefetch(Person person) const { __builtin_prefetch(&lines_[person]); }

  /// How often clock k has fired; counting one more firing.
  std::uint16_t count_firing(Person person, std::size_t k) { return ++fired_[person][k]; }
  [[nodiscard]] std::uint16_t fired(Person person, std::size_t k) const {
    return fired_[person][k];
  }

  [[nodiscard]] RatePerDay rate(Person person, std::size_t k) const {
    return lines_[person].rate[k];
  }
  [[nodiscard]] Time due(Person person, std::size_t k) const { return lines_[person].due[k]; }

  static constexpr std::size_t bytes_per_person = 2 * padded * sizeof(float) + Count * 2;

 private:
  struct alignas(16) Line {
    std::array<Time, padded> due;
    std::array<RatePerDay, padded> rate;
  };

  std::vector<Line> lines_;
  // Apart from the lines: read only when a clock fires.
  std::vector<std::array<std::uint16_t, Count>> fired_;
};

}  // namespace carestair::engine
