// Every random decision has a name, so that no decision shares draws with another. Names are
// added at the end and never reordered: their numbers are part of the reproducibility promise.
#pragma once

#include <cstdint>

namespace carestair::random {

enum class Purpose : std::uint16_t {
  // 0..63: the clocks of the engine, by clock number.
  clock_first = 0,
  clock_last = 63,
  // Synthetic population.
  birth_day = 64,
  pairing,
  frailty,
  need_at_start,
  cognition_at_start,
  diagnosis_at_start,
  dwelling_at_start,
  illness_at_start,
  income_at_start,
  loneliness_at_start,
  preference_at_start,
  served_at_start,
  children,
  child_place,
  child_life,
  // Demography.
  newborn,
  in_mover_count,
  in_mover,
  partner_choice,
  separation,
  child_moved_to,
  loneliness_change,
  // Care.
  habit,
  offer,
  acceptance,
  completion,
  course_stop,
  interim_offer,
  visit_offer,
  visit_acceptance,
  reaction,
  first_review,
  // Burn-in: state of the person who takes the place of one who died.
  replacement,
  // Tests and benchmarks.
  test,
  // Added later, in the order they came.
  child_helps,
  episode,
  fall,
  user_group,
  terminal_phase,
  place_of_death,
  hidden_problem,
  detection,
  loneliness,
  behaviour,
  mastery,
  language,
  home_zone,
  housing,
  service_offer,
  service_use,
  judgement,
  carer,
  care_tie,
  friend_helps,
  building,
  volunteer,
  post,
  employee,
  sick_leave,
  parental_leave,
  quit,
  vacancy,
  training,
  parameter
};

/// The purpose of an engine clock.
constexpr Purpose clock_purpose(unsigned clock) { return static_cast<Purpose>(clock); }

}  // namespace carestair::random
