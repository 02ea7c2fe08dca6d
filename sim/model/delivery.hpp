// What staff who are present give of what is granted: hours of a week, days delivered, what
// continuity and competence mean, and how far mastery is the way of working.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/day.hpp"
#include "model/levels.hpp"

namespace carestair::model {

/// By the need of who is helped.
using ByNeed = std::array<double, need_level_count>;
/// By `Competence`.
using ByCompetence = std::array<double, competence_count>;

/// Index into the configured list of units (config::Config::units).
using UnitIndex = std::uint8_t;
inline constexpr UnitIndex no_unit = 0xff;
inline constexpr std::size_t max_units = 16;

/// Working hours that come about, and what they cost beyond ordinary ones.
struct StaffTime {
  double present = 0.0;   // what those at work can give
  double shared = 0.0;    // lent by other units
  double extra = 0.0;     // extra shifts of part-timers
  double overtime = 0.0;  // of those at work
  double agency = 0.0;
  double given = 0.0;    // to residents
  double lacking = 0.0;  // not given though there is time: nobody there has the competence
  double premium_nok = 0.0;
  double unused_nok = 0.0;  // pay for time that nothing granted asks for

  /// In the order of staff_time_names.
  [[nodiscard]] std::array<double, 7> hours() const {
    return {present, shared, extra, overtime, agency, given, lacking};
  }
  [[nodiscard]] double supply() const { return present + shared + extra + overtime + agency; }
};

inline constexpr std::array<std::string_view, 7> staff_time_names{
    "present", "shared", "extra", "overtime", "agency", "given", "lacking_competence"};
/// Place of what nobody there has the competence for among them.
inline constexpr std::size_t lacking_competence = 6;

/// What continuity and competence do to rates of those whom a unit helps at home, and anywhere.
struct StaffRatios {
  float detection = 1.0F;
  float admission = 1.0F;
  float decline = 1.0F;

  friend bool operator==(const StaffRatios&, const StaffRatios&) = default;
};

/// Shares of what is granted that are given, by what the task needs and by need.
using DeliveredShares = std::array<ByNeed, competence_count>;

/// Delivered shares summed over days, by day in a ring: what is held is booked every month.
struct DeliveredDays {
  static constexpr std::size_t ring = 64;
  std::array<std::array<DeliveredShares, max_units>, ring> before{};

  [[nodiscard]] static std::size_t row(base::Day day) {
    return static_cast<std::size_t>(static_cast<std::uint32_t>(day.number)) % ring;
  }
};

/// How far help to self-help is how staff work, 0 to 1.
struct WayOfWorking {
  double permeation = 0.0;
  double at_start = 0.0;
};

}  // namespace carestair::model
