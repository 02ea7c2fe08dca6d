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
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "engine/lanes.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

/// Rates are passed in whole lanes of four; what is beyond the last clock is ignored.
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

  /// What the owner of the clocks keeps in the same cache line: where the person stands in the
  /// wheel, and the next day on which rates change with age.
  struct Appointment {
    std::uint32_t place = 0;
    RunDay anniversary = 0;
  };

  void reserve(std::size_t people) { lines_.reserve(people); }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

  /// Adds a person whose clocks all stand still; start each with restart().
  Person add(const Rates& rates) {
    Line line;
    for (std::size_t k = 0; k < Count; ++k) {
      line.rate[k] = rates[k] > least_rate ? rates[k] : least_rate;
      line.due[k] = never;
    }
    lines_.push_back(line);
    return static_cast<Person>(lines_.size() - 1);
  }

  /// Gives clock k of a person a new threshold at time t. Returns when it fires.
  Time restart(Person person, std::size_t k, Time t, float threshold) {
    Line& line = lines_[person];
    const Time due = t + threshold / line.rate[k];
    line.due[k] = due;
    return due;
  }

  /// Sets the rates that hold from time t on; remaining thresholds stay. Returns when the first
  /// clock fires now.
  Time change_rates(Person person, Time t, const Rates& rates) {
    return change<false>(lines_[person], t, rates, 0);
  }

  /// The same when clock k has just fired: it stands still until it is restarted.
  Time change_rates_after(Person person, std::size_t k, Time t, const Rates& rates) {
    return change<true>(lines_[person], t, rates, k);
  }

  /// When the first clock fires.
  [[nodiscard]] Time earliest(Person person) const {
    const Line& line = lines_[person];
    Lanes first = all_lanes(never);
    each_group([&]<std::size_t k>() {
      first = lesser(first, load_lanes<Count - k>(&line.due[k], never));
    });
    return least_lane(first);
  }

  /// The clock that fires first, and when; the lowest number among equals.
  [[nodiscard]] Next next(Person person) const {
    const Time due = earliest(person);
    return {due, clock_due_at(person, due)};
  }

  /// The clock that fires at `due`, the time of the earliest; the lowest number among equals.
  [[nodiscard]] std::uint32_t clock_due_at(Person person, Time due) const {
    const Line& line = lines_[person];
    std::uint32_t clock = 0;
    for (std::uint32_t k = Count; k-- > 0;) clock = line.due[k] == due ? k : clock;
    return clock;
  }

  void prefetch(Person person) const {
    const auto* line = reinterpret_cast<const char*>(&lines_[person]);
    for (std::size_t at = 0; at < sizeof(Line); at += 64) __builtin_prefetch(line + at, 1);
  }

  /// How often clock k has fired; counting one more firing.
  std::uint16_t count_firing(Person person, std::size_t k) { return ++lines_[person].fired[k]; }
  [[nodiscard]] std::uint16_t fired(Person person, std::size_t k) const {
    return lines_[person].fired[k];
  }

  [[nodiscard]] RatePerDay rate(Person person, std::size_t k) const {
    return lines_[person].rate[k];
  }
  [[nodiscard]] Time due(Person person, std::size_t k) const { return lines_[person].due[k]; }

  [[nodiscard]] Appointment& appointment(Person person) { return lines_[person].appointment; }
  [[nodiscard]] const Appointment& appointment(Person person) const {
    return lines_[person].appointment;
  }

 private:
  static constexpr Time never = std::numeric_limits<Time>::infinity();

  /// Everything an event reads: one cache line up to 5 clocks, two up to 12.
  struct alignas(64) Line {
    std::array<Time, Count> due;
    std::array<RatePerDay, Count> rate;
    std::array<std::uint16_t, Count> fired{};
    Appointment appointment;
  };

  template <bool one_stops>
  static Time change(Line& line, Time t, const Rates& rates, std::size_t stopped) {
    Lanes first = all_lanes(never);
    each_group([&]<std::size_t k>() {
      const Lanes due = load_lanes<Count - k>(&line.due[k], never);
      const Lanes now = load_lanes<Count - k>(&line.rate[k], least_rate);
      const Lanes then =
          greater(load_lanes<Count - k>(&rates[k], least_rate), all_lanes(least_rate));
      const Lanes moved = t + (due - t) * (now / then);
      Lanes kept = now == then ? due : moved;
      if constexpr (one_stops) {
        kept = lane_numbers(k) == static_cast<int>(stopped) ? all_lanes(never) : kept;
      }
      store_lanes<Count - k>(kept, &line.due[k]);
      store_lanes<Count - k>(then, &line.rate[k]);
      first = lesser(first, kept);
    });
    return least_lane(first);
  }

  /// Calls visit<k>() for k = 0, 4, 8, ... below Count.
  template <class Visit>
  static void each_group(Visit visit) {
    [&]<std::size_t... group>(std::index_sequence<group...>) {
      (visit.template operator()<group * 4>(), ...);
    }
    (std::make_index_sequence<padded / 4>{});
  }

  std::vector<Line> lines_;

 public:
  static constexpr std::size_t bytes_per_person = sizeof(Line);
};

}  // namespace carestair::engine
