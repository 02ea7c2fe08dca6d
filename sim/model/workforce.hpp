// Those who work in the care services: every employee a person, in units that give services.
#pragma once

#include <array>
#include <cstdint>

#include "base/day.hpp"
#include "model/care.hpp"
#include "model/levels.hpp"

namespace carestair::model {

/// Index into the configured list of units (config::Config::units).
using UnitIndex = std::uint8_t;
inline constexpr UnitIndex no_unit = 0xff;
inline constexpr std::size_t max_units = 16;

using ByOccupation = std::array<float, occupation_count>;

/// One who is employed. Identity and draws are keyed by `uid`, which is that of the post's holder
/// in turn, so that the same person is hired in every scenario in which the post is filled.
struct Employee {
  std::uint64_t uid = 0;
  base::Day birth;
  base::Day hired;
  base::Day absent_until = never;  // never: at work
  float position = 1.0F;           // share of a full-time post
  UnitIndex unit = no_unit;
  Occupation occupation = Occupation::assistant;
  Sex sex = Sex::female;
};

/// A unit in this week and today.
struct Unit {
  // What the workforce sets each week from who is employed and who is at work, in FTE.
  ByOccupation posts{};     // the budget in force
  ByOccupation employed{};  // positions of all who are employed
  ByOccupation present{};   // of those at work this week
  float people = 0.0F;      // employees at work this week

  // What the delivery of services sets each day from what is granted and who is present.
  std::array<float, need_level_count>
      granted{};  // working hours a week, by the need of who gets it
  std::array<float, need_level_count> delivered_share{1.0F, 1.0F, 1.0F, 1.0F};
  float overtime_hours = 0.0F;  // a week
  float agency_hours = 0.0F;    // a week
  float workload = 1.0F;        // granted over what those present can give, of the last months
};

}  // namespace carestair::model
