// The one table of what is recorded: name, unit, axes, meaning. Recorder, file, reports and the
// documentation all read it, so that a number cannot mean different things in different places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "record/axes.hpp"

namespace carestair::record {

/// Order is that of the file; append, never reorder.
enum class Indicator : std::uint8_t {
  population,
  living_alone,
  persons_by_cognition,
  residents_by_dwelling,
  recipients,
  recipients_any,
  home_users,
  home_hours_granted,
  waiting,
  overflow_persons,
  capacity,
  events,
  staff_hours,
  cost,
  starts,
  ends,
  overflow_days,
  waits_ended,
  wait_days_ended,
  unmet_hours,
  informal_hours,
  hospital_days,
  discharge_ready_days,
  discharge_charge,
  treated_at_home_cost,
  recipients_by_group,
  persons_with_problem,
  lonely,
  dementia_behaviour,
  deaths,
  admissions_by_hours,
  home_adaptation_cost,
  travel_hours,
  money,
  user_fees,
  carers,
  carer_hours,
  carer_work_lost,
  carer_sick_leave,
  qaly,
  volunteers,
  volunteer_hours,
  volunteer_hours_offered,
  staff_weeks,
  staff_moves,
  undelivered_hours,
  carers_met,
  unit_hours,
  unit_cost,
  employee_weeks,
  employees_by_age,
  informal_hours_by_type
};
inline constexpr std::size_t indicator_count = 52;

/// Stocks are read at the end of a month, flows are summed over it.
enum class Kind : std::uint8_t { stock, flow };

/// How the numbers are stored, in memory and in the file alike.
enum class Storage : std::uint8_t {
  u16,  // counts of recipients and events: at most 65 535 a cell, checked
  u32,  // counts that may include every resident of a city
  f32   // hours, days and money
};

struct Definition {
  Indicator indicator;
  std::string_view name;
  std::string_view unit;
  Kind kind;
  Storage storage;
  std::span<const Axis> axes;
  std::string_view long_name;
  std::string_view counts;  // what exactly is counted, in a sentence or two
};

/// All definitions, in the order of Indicator.
std::span<const Definition> definitions();
const Definition& definition(Indicator indicator);

/// Numbers of one month: the product of its axes.
std::size_t cells(const Definition& definition, const Sizes& sizes);

std::string_view kind_name(Kind kind);
/// Type in the file: uint16, uint32 or float32.
std::string_view storage_name(Storage storage);

/// The definitions and the axes as Markdown tables, for docs/file-format.md.
std::string indicator_reference();

}  // namespace carestair::record
