// Reablement (hverdagsrehabilitering): a course of some weeks in which a team trains with the
// resident before compensating help is given. What it does afterwards to the hours of help
// needed is kept apart from what it does to function, as trials do: the first has been found in
// some of them, the second in none. Both fade. Config section `reablement`.
#pragma once

#include "model/care.hpp"

namespace carestair::processes {

class World;

/// Whether a case has waited for a course as long as anybody does (reablement.most_wait_days).
bool course_wait_is_over(const World& world, const model::CareCase& c);

/// Whether a course may help this case: new need of practical help or personal care, no course
/// within config reablement.repeat_after_years.
bool course_suits(const World& world, const model::CareCase& c, const model::NeedVector& left);

/// Hours of the team per resident and week in the way it is organised.
float course_hours_per_week(const World& world);

/// Starts a course: team hours, and the day it ends.
void start_course(World& world, model::CareCase& c);

/// A course under way is broken off: training is of no use any more.
void break_off_course(World& world, model::CareCase& c);

/// A course has run its time: if it was completed its effects begin.
void end_course(World& world, model::CareCase& c, model::Holding& holding);

}  // namespace carestair::processes
