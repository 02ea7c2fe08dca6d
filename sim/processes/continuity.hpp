// Continuity and competence: how many people come to a resident's door in four weeks, and what they
// have learnt.
//
//   draws   = 28 * min(visits a week / 7, shifts a day)
//   others  = draws * (1 - primary) * (1 - repeat)
//   N       = staff of a team / mean position, at most those at work in the unit
//   carers  = 1 - (1 - primary)^draws + (N - 1) * (1 - (1 - 1/(N - 1))^others)
//
// `primary` is the share of visits kept for the primary contact, `repeat` the share given by one
// who came the day before. Any of the others is as likely to come as another.
//
// With k halvings of the carers a resident with usual visits meets, and u tens of points more staff
// without health education than is usual, both in steps,
//
//   ratio of a rate = halved^k * unskilled^u
//
// for hidden problems found, acute illness that goes on to a bed, and decline (u alone). Continuity
// counts for services at home alone. Config section `continuity`.
#pragma once

#include "config/sections/delivery.hpp"
#include "model/care.hpp"
#include "model/workforce.hpp"

namespace carestair::processes {

class World;

/// Who may come to a door.
struct Roster {
  double people = 0.0;          // N
  double shifts_per_day = 0.0;  // in whose course a resident may be visited
  double primary = 0.0;
  double repeat = 0.0;
};

/// The roster in force, as it is configured.
const config::RosterPattern& roster_pattern(const config::Continuity& rules);

Roster roster_of(const config::Continuity& rules, const model::Unit& unit);

/// Expected number of different people in four weeks for one with so many visits a week.
class MetAtTheDoor {
 public:
  explicit MetAtTheDoor(const Roster& roster);
  double operator()(double visits_per_week) const;

 private:
  Roster roster_;
  double team_;  // beside the primary contact
  double log_not_contact_;
  double log_not_one_;
};

/// What the staff at work in a unit mean for rates of those it helps.
model::StaffRatios staff_ratios(const config::Continuity& rules, const model::Unit& unit,
                                bool at_home);

/// Multiplies the ratios of a case by what the staff who see most of it mean for them.
void apply_staff(const model::StaffRatios& staff, model::Ratios& ratios);

/// Monthly: people met by all who have staff at home.
void count_carers_met(World& world);

}  // namespace carestair::processes
