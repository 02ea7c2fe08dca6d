// One person's day: birthdays first, then every clock that runs out, in order of time. What a
// clock means is the model's; the engine knows rates, thresholds and days.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <vector>

#include "engine/clocks.hpp"
#include "engine/time.hpp"
#include "engine/wheel.hpp"
#include "random/stream.hpp"

namespace carestair::engine {

/// What the engine asks of a model of people:
/// - rates(person, t): rates of all clocks that hold from t on (by value or const reference);
/// - fire(person, clock, t): what happens when a clock runs out; false when the person leaves;
/// - uid(person): whose stream the next threshold comes from;
/// - next_anniversary(person, day): first day after `day` on which rates change with age;
/// - prefetch(person), if there is one: asks the memory for a person's state before the visit.
template <class Model, std::size_t Count>
concept LivesOnClocks = requires(Model model, Person person, std::uint32_t clock, Time t,
                                 RunDay day) {
  { model.rates(person, t) } -> std::convertible_to<typename Clocks<Count>::Rates>;
  { model.fire(person, clock, t) } -> std::convertible_to<bool>;
  { model.uid(person) } -> std::convertible_to<std::uint64_t>;
  { model.next_anniversary(person, day) } -> std::convertible_to<RunDay>;
};

/// Where thresholds come from: the person, the clock and how often it has fired, nothing else.
class KeyedThresholds {
 public:
  explicit KeyedThresholds(random::WorldSeed seed) : seed_(seed) {}
  float operator()(std::uint64_t uid, unsigned clock, unsigned fired) const {
    return random::clock_threshold(seed_, uid, clock, fired);
  }

 private:
  random::WorldSeed seed_;
};

/// Clocks and calendar of a world's people. `Thresholds` is another than the keyed one only in the
/// benchmark of what keys cost.
template <std::size_t Count, class Thresholds = KeyedThresholds>
class People {
 public:
  using Rates = typename Clocks<Count>::Rates;

  explicit People(random::WorldSeed seed = {}) : threshold_(seed) {}

  void reserve(std::size_t people) {
    clocks_.reserve(people);
    wheel_.reserve(people);
    today_.reserve(people);
  }

  /// A person enters at time t: every clock gets its first threshold.
  template <class Model>
  Person enter(Model& model, std::uint64_t uid, Time t, const Rates& rates, RunDay anniversary) {
    const Person person = clocks_.add(rates);
    for (std::size_t k = 0; k < Count; ++k) {
      clocks_.restart(person, k, t, threshold_(uid, static_cast<unsigned>(k), 0));
    }
    clocks_.appointment(person) = {Wheel::nowhere, anniversary};
    today_.resize(clocks_.size());
    wheel_.make_room(clocks_.size());
    static_cast<void>(model);
    return person;
  }

  /// Puts a person who has entered, or whose rates changed, on the day of the next event;
  /// never before `earliest`.
  void schedule(Person person, RunDay earliest) {
    schedule(person, earliest, clocks_.earliest(person));
  }

  /// Recomputes a person's rates at time t (the state has changed) and moves the next event.
  template <class Model>
  void refresh(Model& model, Person person, Time t, RunDay earliest) {
    schedule(person, earliest, clocks_.change_rates(person, t, model.rates(person, t)));
  }

  /// A person leaves for good: nothing happens any more, not even later the same day.
  void leave(Person person) {
    take_away(person);
    clocks_.appointment(person) = {gone, 0};
  }

  /// Lets all clocks and anniversaries of one day happen. Returns the number of events.
  template <class Model>
  requires LivesOnClocks<Model, Count> std::uint64_t run_day(Model& model, RunDay day) {
    std::uint32_t due = 0;
    // Asking for everybody's lines first lets the memory fetch them all at once.
    wheel_.take(day, [&](Person person) {
      today_[due++] = person;
      clocks_.prefetch(person);
      if constexpr (requires { model.prefetch(person); }) model.prefetch(person);
    });
    events_ = 0;
    for (std::uint32_t i = 0; i < due; ++i) live(model, today_[i], day);
    return events_;
  }

  [[nodiscard]] const Clocks<Count>& clocks() const { return clocks_; }
  [[nodiscard]] std::size_t size() const { return clocks_.size(); }
  static constexpr std::size_t bytes_per_person =
      Clocks<Count>::bytes_per_person + Wheel::bytes_per_entry + sizeof(Person);

 private:
  static constexpr Wheel::Place gone = 0xffffffffU;
  static constexpr Time left = -1.0F;

  template <class Model>
  void live(Model& model, Person person, RunDay day) {
    auto& appointment = clocks_.appointment(person);
    if (appointment.place == gone) [[unlikely]]
      return;
    // Elsewhere only when an event of another has just moved the appointment.
    if (wheel_.in_list_taken(appointment.place)) appointment.place = Wheel::nowhere;
    Time due = 0.0F;
    if (appointment.anniversary <= day) {
      ++events_;
      appointment.anniversary = model.next_anniversary(person, day);
      const auto t = static_cast<Time>(day);
      due = clocks_.change_rates(person, t, model.rates(person, t));
    } else {
      due = clocks_.earliest(person);
    }
    if (due < static_cast<Time>(day + 1)) due = fire_until(model, person, due, day + 1);
    if (due != left) schedule(person, day + 1, due);
  }

  /// Lets clocks fire, in order of time, as long as one is due before `end`. Returns when the next
  /// one is due, or `left`.
  template <class Model>
  [[gnu::noinline]] Time fire_until(Model& model, Person person, Time due, RunDay end) {
    do {
      const std::uint32_t clock = clocks_.clock_due_at(person, due);
      ++events_;
      if (!model.fire(person, clock, due)) return left;
      // The draw is slow, and the other clocks need not wait for it.
      const float threshold =
          threshold_(model.uid(person), clock, clocks_.count_firing(person, clock));
      const Time others = clocks_.change_rates_after(person, clock, due, model.rates(person, due));
      due = std::min(others, clocks_.restart(person, clock, due, threshold));
    } while (due < static_cast<Time>(end));
    return due;
  }

  void schedule(Person person, RunDay earliest, Time due) {
    auto& appointment = clocks_.appointment(person);
    // As floats, because a due time may lie beyond the range of days; days below 2^24 are exact.
    const Time first = std::min(due, static_cast<Time>(appointment.anniversary));
    const RunDay day = std::max(static_cast<RunDay>(first), earliest);
    if (appointment.place != Wheel::nowhere) {
      if (appointment.place == gone) return;
      if (wheel_.same_list(appointment.place, day)) return;
      take_away(person);
    }
    appointment.place = wheel_.add(person, day);
  }

  void take_away(Person person) {
    const Wheel::Place place = clocks_.appointment(person).place;
    if (place == Wheel::nowhere || place == gone) return;
    const std::uint32_t moved = wheel_.remove(place);
    if (moved != Wheel::nobody) clocks_.appointment(moved).place = place;
  }

  Thresholds threshold_;
  Clocks<Count> clocks_;
  Wheel wheel_;
  std::uint64_t events_ = 0;   // of the day being lived
  std::vector<Person> today_;  // room for everybody; the first few are due today
};

}  // namespace carestair::engine
