// The axes along which results are told apart inside one world: their names in the file and the
// names of their levels. Services and units are named by the configuration.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/carer.hpp"
#include "model/ledger.hpp"
#include "model/levels.hpp"

namespace carestair::record {

enum class Axis : std::uint8_t {
  service,
  age_group,
  sex,
  need_level,
  cognition,
  diagnosed,
  has_dementia,
  dwelling,
  hours_band,
  event_kind,
  user_group,
  hidden_problem,
  detected,
  behaviour,
  place_of_death,
  death_wish,
  payer,
  account,
  income,
  relation,
  burdened,
  unit,
  occupation,
  staff_state,
  staff_move,
  staff_time,
  position_size,
  staff_age,
  need_type,
  unit_account
};
inline constexpr std::array all_axes{Axis::service,      Axis::age_group,  Axis::sex,
                                     Axis::need_level,   Axis::cognition,  Axis::diagnosed,
                                     Axis::has_dementia, Axis::dwelling,   Axis::hours_band,
                                     Axis::event_kind,   Axis::user_group, Axis::hidden_problem,
                                     Axis::detected,     Axis::behaviour,  Axis::place_of_death,
                                     Axis::death_wish,   Axis::payer,      Axis::account,
                                     Axis::income,       Axis::relation,   Axis::burdened,
                                     Axis::unit,         Axis::occupation, Axis::staff_state,
                                     Axis::staff_move,   Axis::staff_time, Axis::position_size,
                                     Axis::staff_age,    Axis::need_type,  Axis::unit_account};

using model::hours_band;
using model::hours_band_count;

/// How dementia is met; somebody may count under several.
inline constexpr std::size_t behaviour_count = 4;

/// Name of the axis; also the name of its dimension in the file.
std::string_view axis_name(Axis axis);
/// What the levels of the axis mean, one sentence.
std::string_view axis_meaning(Axis axis);
/// Names of the levels; empty for services and units, which the configuration names.
std::span<const std::string_view> axis_levels(Axis axis);
/// How many services and units the configuration has. Without units one stands in, of nobody.
struct Sizes {
  std::size_t services = 0;
  std::size_t units = 1;

  friend bool operator==(const Sizes&, const Sizes&) = default;
};

/// Number of levels, given how many services and units the configuration has.
std::size_t axis_size(Axis axis, const Sizes& sizes);

}  // namespace carestair::record
