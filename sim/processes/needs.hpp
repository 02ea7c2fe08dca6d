// From need level to hours of need, by type of help, before anybody helps:
//
//   need(type) = [ hours(age, level, type) * group(level, type) * unsuitable(type)
//                  + added(cognition, type) ] * r(type) + terminal(type)
//
// group(level, type) is what sets a user group apart at 18-66 (user_groups.hpp).
// unsuitable(type) applies in an ordinary home that gets in the way; r(type) is, for practical
// help, personal care and nursing, what mastery leaves to be done (mastery.hpp) times what a
// reablement course has left (1 without a course), and 1 for the other types. terminal(type) is
// what a terminal phase adds (end_of_life.hours); the level is then at least moderate. All in hours
// a week. Config section `needs`.
#pragma once

#include <vector>

#include "config/sections/config.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

struct NeedTables {
  NeedTables() = default;
  explicit NeedTables(const config::Config& config);

  std::vector<model::NeedVector> hours;        // [age][need level]
  std::vector<model::NeedVector> added;        // [cognition]
  std::vector<model::NeedVector> group_ratio;  // [need level][user group], 18-66
  model::NeedVector unsuitable_ratio{};
  model::NeedVector terminal{};
  model::NeedVector sound{};  // most that may be left unmet
};

/// Hours a week a resident of this age needs; `hours_ratio` is r of those types: mastery times the
/// course, not the course alone as in CareCase.
model::NeedVector need_of(const NeedTables& tables, const model::Resident& who, int age,
                          float hours_ratio);

}  // namespace carestair::processes
