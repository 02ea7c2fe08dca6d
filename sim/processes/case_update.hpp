// What follows for a case when something about the resident has changed: need, informal help,
// what is left unmet, and what that does to rates. The result depends on state and rules alone,
// so that an update too many never changes a life.
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Need level or cognition has changed. Opens a case when needed; a recipient is noticed by the
/// services after a while (config allocation.reaction_days) and reviewed.
void need_changed(World& world, model::ResidentId id);

/// Partner, kin or dwelling has changed.
void household_changed(World& world, model::ResidentId id);

/// What family carers have for a case has changed.
void help_changed(World& world, model::CaseId id);

/// Works need, informal help, unmet hours and rate ratios out again, and marks the resident for
/// new rates.
void update_case(World& world, model::CareCase& c);
/// The same without booking what has been given until now: the caller has done so.
void recompute_case(World& world, model::CareCase& c);
/// The staff of a case give another share of its hours, or are others than before: hours missed and
/// rate ratios alone follow. What was given until now is booked already.
void staff_changed(World& world, model::CareCase& c);

/// Effects of services have faded a step: need and the help it gets follow only where they depend
/// on that, rate ratios always.
void effects_faded(World& world, model::CareCase& c);

/// Asks for a review by the services no later than `day`.
void review_by(World& world, model::CareCase& c, base::Day day);

/// Puts the case on the day of whatever comes next for it.
void set_appointment(World& world, model::CareCase& c);

}  // namespace carestair::processes
