// One person's day: birthdays first, then every clock that runs out, in order of time. What a
// clock means is the model's; the engine knows rates, thresholds and days.
#pragma once

#include <concepts>
#include <cstdint>

#include "engine/calendar.hpp"
#include "engine/clocks.hpp"
#include "engine/time.hpp"
#include "random/stream.hpp"

namespace carestair::engine {

/// What the engine asks of a model of people:
/// - rates(person, t): rates of all clocks that hold from t on;
/// - fire(person, clock, t): what happens when a clock runs out; false when the person leaves;
/// - uid(person): whose stream the next threshold comes from;
/// - anniversary(person): next day (after the one asked for) on which rates change with age.
template <class Model, std::size_t Count>
concept LivesOnClocks = requires(Model model, Person person, std::uint32_t clock, Time t, RunDay day) {
  { model.rates(person, t) } -> std::convertible_to<typename Clocks<Count>::Rates>;
  { model.fire(person, clock, t) } -> std::convertible_to<bool>;
  { model.uid(person) } -> std::convertible_to<std::uint64_t>;
  { model.next_anniversary(person, day) } -> std::convertible_to<RunDay>;
};

/// Clocks and calendar of a world's people.
template <std::size_t Count>
class People {
 public:
  using Rates = typename Clocks<Count>::Rates;

  explicit People(random::WorldSeed seed = {}) : seed_(seed) {}

  void reserve(std::size_t people) {
    clocks_.reserve(people);
    calendar_.reserve(people);
    anniversaries_.reserve(people);
  }

  /// A person enters at time t: every clock gets its first threshold.
  template <class Model>
  Person enter(Model& model, std::uint64_t uid, Time t, const Rates& rates, RunDay anniversary) {
    const Person person = clocks_.add(rates);
    for (std::size_t k = 0; k < Count; ++k) {
      clocks_.restart(person, k, t,
                      random::clock_threshold(seed_, uid, static_cast<unsigned>(k), 0));
    }
    anniversaries_.push_back(anniversary);
    static_cast<void>(model);
    return person;
  }

  /// Puts a person who has entered, or whose rates changed, on the day of the next event;
  /// never before `earliest`.
  void schedule(Person person, RunDay earliest) {
    const Time due = clocks_.earliest(person);
    RunDay day = anniversaries_[person];
    // Compared as floats first: a due time may lie beyond the range of days.
    if (due < static_cast<float>(day)) day = static_cast<RunDay>(due);
    calendar_.put(person, day < earliest ? earliest : day);
  }

  /// Recomputes a person's rates at time t (the state has changed) and moves the next event.
  template <class Model>
  void refresh(Model& model, Person person, Time t, RunDay earliest) {
    clocks_.change_rates(person, t, model.rates(person, t));
    schedule(person, earliest);
  }

  void leave(Person person) { calendar_.remove(person); }

  /// Lets all clocks and anniversaries of one day happen. Returns the number of events.
  template <class Model>
    requires LivesOnClocks<Model, Count>
  std::uint64_t run_day(Model& model, RunDay day) {
    std::uint64_t events = 0;
    const auto& today = calendar_.take(day);
    for (std::size_t i = 0; i < today.size(); ++i) {
      if (i + 2 < today.size()) clocks_.prefetch(today[i + 2]);
      events += live(model, today[i], day);
    }
    return events;
  }

  [[nodiscard]] const Clocks<Count>& clocks() const { return clocks_; }
  [[nodiscard]] std::size_t size() const { return clocks_.size(); }
  static constexpr std::size_t bytes_per_person =
      Clocks<Count>::bytes_per_person + 16 + sizeof(RunDay);

 private:
  template <class Model>
  std::uint64_t live(Model& model, Person person, RunDay day) {
    std::uint64_t events = 0;
    if (anniversaries_[person] == day) {
      anniversaries_[person] = model.next_anniversary(person, day);
      const auto t = static_cast<Time>(day);
      clocks_.change_rates(person, t, model.rates(person, t));
      ++events;
    }
    const auto tomorrow = static_cast<Time>(day + 1);
    while (clocks_.earliest(person) < tomorrow) {
      const auto next = clocks_.next(person);
      ++events;
      if (!model.fire(person, next.clock, next.due)) return events;
      const unsigned fired = clocks_.count_firing(person, next.clock);
      clocks_.restart(person, next.clock, next.due,
                      random::clock_threshold(seed_, model.uid(person), next.clock, fired));
      clocks_.change_rates(person, next.due, model.rates(person, next.due));
    }
    schedule(person, day + 1);
    return events;
  }

  random::WorldSeed seed_;
  Clocks<Count> clocks_;
  Calendar calendar_;
  std::vector<RunDay> anniversaries_;
};

}  // namespace carestair::engine
