// What the mechanisms count while a month passes. Plain sums that the recorder reads and clears;
// stocks are not here, they are read from the state at the end of the month.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/day.hpp"
#include "model/care.hpp"
#include "model/levels.hpp"
#include "model/money.hpp"
#include "model/workforce.hpp"

namespace carestair::model {

/// What may happen to a resident; the codes of the optional event log and of the flows.
enum class EventKind : std::uint8_t {
  born,
  moved_in,
  moved_out,
  died,
  partnered,
  separated,
  widowed,
  need_up,
  need_down,
  cognition_changed,
  diagnosed,
  applied,
  assessed,
  refused,
  service_started,
  service_ended,
  waiting_started,
  waiting_ended,
  moved_dwelling,
  course_completed,
  preventive_visit,
  treated_at_home,
  admitted_hospital,
  admitted_acute_bed,
  readmitted,
  hip_fracture,
  function_lost,
  discharged,
  offer_taken,
  offer_left,
  terminal_phase,  // begins
  home_adapted,
  carer_withdrew,  // from caring for this resident
  volunteer_started,
  volunteer_stopped,
  volunteer_once  // a single effort
};
inline constexpr std::size_t event_kind_count = 36;
inline constexpr std::array<const char*, event_kind_count> event_kind_names{"born",
                                                                            "moved_in",
                                                                            "moved_out",
                                                                            "died",
                                                                            "partnered",
                                                                            "separated",
                                                                            "widowed",
                                                                            "need_up",
                                                                            "need_down",
                                                                            "cognition_changed",
                                                                            "diagnosed",
                                                                            "applied",
                                                                            "assessed",
                                                                            "refused",
                                                                            "service_started",
                                                                            "service_ended",
                                                                            "waiting_started",
                                                                            "waiting_ended",
                                                                            "moved_dwelling",
                                                                            "course_completed",
                                                                            "preventive_visit",
                                                                            "treated_at_home",
                                                                            "admitted_hospital",
                                                                            "admitted_acute_bed",
                                                                            "readmitted",
                                                                            "hip_fracture",
                                                                            "function_lost",
                                                                            "discharged",
                                                                            "offer_taken",
                                                                            "offer_left",
                                                                            "terminal_phase",
                                                                            "home_adapted",
                                                                            "carer_withdrew",
                                                                            "volunteer_started",
                                                                            "volunteer_stopped",
                                                                            "volunteer_once"};

/// One line of the optional event log. `from` and `to` are levels or services, by kind.
struct Event {
  std::uint64_t uid;
  base::Day day;
  EventKind kind;
  std::uint8_t from;
  std::uint8_t to;
};

/// Sums over the current month. Axes in the order [service][age group] or [age group][sex].
struct Ledger {
  using ByGroup = std::array<float, age_group_count>;
  std::array<ByGroup, max_services> staff_hours{};
  std::array<ByGroup, max_services> cost_nok{};
  std::array<ByGroup, max_services> starts{};
  std::array<ByGroup, max_services> ends{};
  std::array<ByGroup, max_services> overflow_days{};
  std::array<float, max_services> wait_days_ended{};  // days waited by those whose wait ended
  std::array<float, max_services> waits_ended{};
  /// Moves from home to a place with staff, by the hours a week had at home before.
  std::array<std::array<float, hours_band_count>, max_services> admissions{};
  ByGroup unmet_hours{};
  ByGroup informal_hours{};
  std::array<float, need_type_count> informal_by_type{};
  ByGroup hospital_days{};
  ByGroup discharge_ready_days{};
  ByGroup discharge_charge_nok{};
  ByGroup caught_cost_nok{};  // of episodes treated at home
  ByGroup adaptation_cost_nok{};
  ByGroup travel_hours{};  // staff on the way to visits
  Money money;             // by payer and account
  /// User fees by service and income class.
  std::array<std::array<float, income_count>, max_services> fees_nok{};
  ByGroup carer_sick_days{};                          // by the carer's age
  std::array<float, max_services> volunteer_hours{};  // given
  std::array<float, max_services> volunteer_hours_offered{};
  /// Full-time posts times weeks, [unit][occupation][state].
  std::array<std::array<std::array<float, staff_state_names.size()>, occupation_count>, max_units>
      staff_weeks{};
  std::array<std::array<float, staff_move_names.size()>, occupation_count> staff_moves{};
  /// Employees times weeks, [unit][occupation][position size].
  std::array<std::array<std::array<float, position_size_count>, occupation_count>, max_units>
      employee_weeks{};
  std::array<ByGroup, max_services> undelivered_hours{};
  std::array<StaffTime, max_units> staff_time{};
  /// What units cost, NOK: what they give within capacity, at its price, and what their staff cost
  /// beyond it.
  std::array<std::array<double, unit_account_count>, max_units> unit_nok{};
  /// People whom residents at home meet in four weeks, [age group][need level].
  std::array<std::array<float, need_level_count>, age_group_count> carers_met{};
  std::array<std::array<std::array<float, sex_count>, age_group_count>, event_kind_count> events{};
  /// [place][wish][age group][with dementia]
  std::array<std::array<std::array<std::array<float, 2>, age_group_count>, death_wish_count>,
             place_of_death_count>
      deaths{};

  void clear() { *this = Ledger{}; }

  void count_staff(StaffMove move, Occupation occupation) {
    staff_moves[index(occupation)][index(move)] += 1.0F;
  }
};

}  // namespace carestair::model
