// Residents who could be won as volunteers in care, and those who are. A small vector beside the
// residents: one in four of them stands in it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/day.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::model {

struct Volunteer {
  ResidentId who;
  CaseId visits;            // whose visitor this is, where everybody has one of her own
  base::Day since = never;  // a volunteer since; never: somebody who could be won
  float open = 1.0F;        // own number: could be won when below the share in force
  float left = 0.0F;        // of a unit exponential: until she begins, or stops
  float ward = 0.0F;        // own number: whether the ward is prepared for her
  std::uint16_t begun = 0;  // times: keys the draws
  ServiceIndex activity = no_service;
  bool trained = false;
  bool present = false;  // not in hospital, when the month was last looked at

  [[nodiscard]] bool active() const { return since != never; }
};

struct Volunteering {
  std::vector<Volunteer> people;
  std::size_t known = 0;    // residents looked through so far
  float open_share = 0.0F;  // the share they were looked through with
  std::size_t active = 0;
  /// What trained volunteers of each activity can do until the month is looked at again.
  std::array<float, max_services> hours_per_week{};
  std::array<float, max_services> room{};  // persons
  float formal_at_start = 0.0F;            // staff hours a week per resident of 80 and over
  float residents_80plus = 0.0F;           // counted once a year
};

}  // namespace carestair::model
