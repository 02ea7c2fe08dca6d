// The home: decided on its own, after the help that is given there.
//
// Ordinary homes. On birthdays from housing.from_age on an unsuitable home may be adapted, or left
// for one that suits:
//   adapts  1 - exp(-adaptation_rate(need) * advised(counselling) * advised(grant))
//   moves   1 - exp(-move_rate * advised(counselling)), half of it for each of a couple
//   advised(x) = 1 + share(x) * (ratio(x) - 1)
// Draws are keyed by person and age and compared with the share in force.
//
// Tenancies (services of form `dwelling`: care housing without staff, safety housing). Home
// services come there, and the package of help is decided without them. Then whoever lives in an
// ordinary home, and has a reason, is offered the lowest that is free: the share who want one is
// the largest of services.*.moves_if_unsuitable, moves_if_lonely, moves_if_far that applies and
// moves_anyway. A couple moves together; the tenancy ends with a place with staff, and passes to a
// partner who stays.
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// The resident lives here from now on: hours in use are weighed by the new way. Whoever calls
/// tells the case and the partner.
void change_home(World& world, model::ResidentId id, model::Dwelling dwelling,
                 model::HomeZone zone);

/// On a birthday: the home may be adapted or left.
void birthday_housing(World& world, model::ResidentId id);

/// After a decision about help: moves to a tenancy if there is a reason and one is free. True when
/// somebody has moved.
bool consider_moving(World& world, model::CareCase& c);

/// Moves the household of a new tenant in.
void move_in_tenants(World& world, model::ResidentId id, model::Dwelling dwelling);
/// A tenancy has ended: it passes to a partner who lives there, or the tenant moves out.
void leave_tenancy(World& world, model::ResidentId id, model::ServiceIndex service);
/// Ends the tenancy of a case, if it has one.
void end_tenancy(World& world, model::CareCase& c);
/// He moves in with her: no move of its own, a union is one.
void share_home(World& world, model::ResidentId her, model::ResidentId him);
/// Moves somebody out of a tenancy that is another's (a couple has separated).
void leave_others_tenancy(World& world, model::ResidentId id);

/// The tenancy a case holds, if any.
const model::Holding* tenancy_of(const World& world, const model::CareCase& c);

}  // namespace carestair::processes
