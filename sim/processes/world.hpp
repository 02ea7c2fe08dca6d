// A world: one municipality that lives under a policy. It owns the state, the clocks and the
// calendar, and offers the mechanisms the few operations they share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/day.hpp"
#include "engine/calendar.hpp"
#include "engine/day.hpp"
#include "engine/phases.hpp"
#include "model/state.hpp"
#include "processes/clock.hpp"
#include "processes/life.hpp"
#include "processes/rules.hpp"
#include "random/stream.hpp"

namespace carestair::processes {

/// The days of a run: burn-in from `first`, reported from `report_from` until before `end`.
struct Period {
  base::Day first;
  base::Day report_from;
  base::Day end;
};

class World {
 public:
  using People = engine::People<clock_count>;
  using Rates = People::Rates;

  /// `state` is the synthetic population, `policy` the rules from the first day of the burn-in
  /// on. Clocks of all residents are started, cases opened and services in use handed out
  /// (care_start.hpp).
  World(model::State state, Policy policy, random::WorldSeed seed, const Period& period);

  // --- time -------------------------------------------------------------------------------
  /// Lives one day: see schedule.cpp for what happens, in which order.
  void run_day();
  /// The day that run_day() will live next, or is living.
  [[nodiscard]] base::Day today() const { return period_.first + run_day_; }
  [[nodiscard]] engine::RunDay run_day_number() const { return run_day_; }
  [[nodiscard]] engine::RunDay run_day_of(base::Day day) const { return day - period_.first; }
  /// Instant at which today ends: what the daily, weekly and monthly phases do holds from then.
  [[nodiscard]] engine::Time end_of_today() const {
    return static_cast<engine::Time>(run_day_ + 1);
  }
  /// While burning in nobody is born, moves or is lost: see mortality.hpp.
  [[nodiscard]] bool burning_in() const { return today() < period_.report_from; }
  [[nodiscard]] bool finished() const { return run_day_ >= phases_->days(); }
  [[nodiscard]] const Period& period() const { return period_; }
  /// A month of the reported time has just ended: time to read stocks and the ledger.
  [[nodiscard]] bool month_closed() const { return month_closed_; }

  // --- rules and state --------------------------------------------------------------------
  /// The rules in force today.
  [[nodiscard]] const Rules& rules() const { return *rules_; }
  /// The rules with which the run began.
  [[nodiscard]] const Rules& first_rules() const { return *policy_.front().rules; }
  [[nodiscard]] const config::Config& config() const { return rules_->config; }
  [[nodiscard]] bool rules_begin_today() const { return rules_since_ == run_day_; }
  /// Replaces what is still to come of the policy (a scenario branches off); entries up to today
  /// must agree with the policy lived so far.
  void follow(Policy policy);
  /// First day on which two policies differ; the end of time when they do not.
  [[nodiscard]] static base::Day first_difference(const Policy& a, const Policy& b);

  model::State state;

  [[nodiscard]] model::Resident& at(model::ResidentId id) { return state.at(id); }
  [[nodiscard]] const model::Resident& at(model::ResidentId id) const { return state.at(id); }
  [[nodiscard]] model::CareCase& at(model::CaseId id) { return state.at(id); }
  [[nodiscard]] const model::CareCase& at(model::CaseId id) const { return state.at(id); }
  [[nodiscard]] int age(const model::Resident& who) const {
    return base::age_in_years(who.birth, today());
  }
  [[nodiscard]] model::ResidentId id_of(const model::Resident& who) const {
    return model::ResidentId(static_cast<std::size_t>(&who - state.residents.data()));
  }

  // --- randomness -------------------------------------------------------------------------
  [[nodiscard]] random::WorldSeed seed() const { return seed_; }
  [[nodiscard]] random::Stream stream(const model::Resident& who, random::Purpose purpose,
                                      std::uint32_t count = 0) const {
    return {seed_, who.uid, purpose, count};
  }

  // --- what mechanisms share --------------------------------------------------------------
  /// Adds a resident (newborn or in-mover) at time t and starts the clocks. State vectors have
  /// room reserved; growing them is the one allocation a long run may make.
  model::ResidentId add_resident(const model::Resident& who, engine::Time t);
  /// Takes a resident out of the municipality for good: clocks stop, services end, kin and
  /// partner are told. `how` is dead or moved_out.
  void remove_resident(model::ResidentId id, model::Presence how, engine::Time t);
  /// Marks a resident whose rates may have changed; they are recomputed at the end of the day.
  /// A resident whose own clock is firing needs no mark.
  void touch(model::ResidentId id);
  /// The care case of a resident, opened when there is none.
  model::CaseId open_case(model::ResidentId id);
  /// Next day on which a case wants attention (a course ends, a review is due).
  void appoint(model::CaseId id, base::Day day);
  void cancel_appointment(model::CaseId id);
  /// Whether today's appointments are still to be kept.
  [[nodiscard]] bool appointments_open() const { return appointments_.open_day() <= run_day_; }

  /// Counts an event, and writes it to the event log when that is on.
  void record(model::EventKind kind, const model::Resident& who, std::size_t from = 0,
              std::size_t to = 0);
  [[nodiscard]] bool traced(const model::Resident& who) const {
    return who.uid == state.traced_uid && state.traced_uid != 0;
  }
  /// Adds a line to the trace of the resident who is traced; `text` is called only then.
  template <class Text>
  void explain(const model::Resident& who, Text&& text) {
    if (traced(who)) [[unlikely]]
      state.trace.push_back({today(), std::forward<Text>(text)()});
  }

  /// Rate of a clock as it was last worked out, per day.
  [[nodiscard]] engine::RatePerDay clock_rate(model::ResidentId id, Clock clock) const {
    return people_.clocks().rate(id.index, static_cast<std::size_t>(clock));
  }

  [[nodiscard]] std::uint64_t events_lived() const { return events_; }

  // --- what the engine asks (see engine::LivesOnClocks) -----------------------------------
  [[nodiscard]] Rates rates(engine::Person person, engine::Time t) const;
  bool fire(engine::Person person, std::uint32_t clock, engine::Time t);
  [[nodiscard]] std::uint64_t uid(engine::Person person) const {
    return state.residents[person].uid;
  }
  engine::RunDay next_anniversary(engine::Person person, engine::RunDay day);
  void prefetch(engine::Person person) const { __builtin_prefetch(&state.residents[person], 1); }

 private:
  friend class Schedule;

  [[nodiscard]] Life life_of(const model::Resident& who, engine::RunDay day) const;
  /// Works all rates and cases out again, from the start of today on: rules have changed.
  void refresh_everybody();
  /// Makes room for a year's births and in-movers.
  void make_room();

  Policy policy_;
  std::shared_ptr<const Rules> rules_;
  random::WorldSeed seed_;
  Period period_;
  std::shared_ptr<const engine::Phases> phases_;
  engine::RunDay run_day_ = 0;
  std::size_t next_rules_ = 0;  // in policy_
  engine::RunDay rules_since_ = 0;
  bool month_closed_ = false;
  People people_;
  engine::Calendar appointments_;
  std::vector<model::ResidentId> touched_;
  std::uint64_t events_ = 0;
};

}  // namespace carestair::processes
