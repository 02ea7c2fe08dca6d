// Delivery: hours granted are given by the staff who are present. Each day, for each unit, in
// working hours a week:
//
//   present  = sum over occupations: FTE at work * direct hours of an FTE * time left for it,
//              of which that of visits must also fall when help is needed
//   short    = granted - present, closed in turn by staff of other units who have time to spare,
//              extra shifts of part-timers, overtime and agency, each within its bound
//   what is still short falls away by competence and by severity: processes/shortage.hpp
//
// All of this is counted for those who have at least each competence: assistants do not close what
// nurses are short of. What is granted is known by unit, competence and need at any time:
// `count_in_use` adds and takes away. Booking multiplies hours by the shares delivered on the days
// they stand for. A unit without posts is one whose staff are not modelled: it gives all that is
// granted. Places and services beyond capacity are staffed by others. Config section `delivery`.
#pragma once

#include <array>
#include <vector>

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "model/care.hpp"
#include "model/workforce.hpp"

namespace carestair::processes {

class World;
struct ServiceRule;

/// Direct hours a week that these staff give when they are at work: of those who have at least each
/// competence, and of all.
model::ByCompetence direct_hours_by_competence(const World& world, std::size_t unit,
                                               const model::ByOccupation& staff);
double direct_hours(const World& world, std::size_t unit, const model::ByOccupation& staff);

/// Share of a unit's posts, leaders apart, that are beyond what its hours take (`extra_fte`).
double share_beyond(const World& world, std::size_t unit, const model::Unit& u);

/// Whether the staff of a unit are modelled.
bool has_posts(const model::Unit& unit);

/// At the start, when all is granted: what is given on the first day.
void begin_delivery(World& world);

/// Daily: books today's staff time and works out what is given tomorrow.
void share_staff_time(World& world);

/// Monthly: what has not been given, how well units are staffed, how many people come to the door;
/// cases for whom this is another step than before are worked out again.
void take_stock_of_staff(World& world);

/// Adds hours of work, or takes them away, to what the unit of a service held is to give.
void draw_on_staff(World& world, const model::CareCase& c, const model::Holding& h, float hours);
/// The need of a case is another from today on.
void draw_on_staff_as(World& world, const model::CareCase& c, model::NeedLevel level);

/// Of what a case was granted, the share given from a day until before another.
float share_given(const World& world, const model::CareCase& c, const model::Holding& h,
                  base::Day from, base::Day until);

/// How much of the configured capacity of hours the staff employed allow.
float staffing_of(const World& world, const ServiceRule& rule);

}  // namespace carestair::processes
