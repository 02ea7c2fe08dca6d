// Time-limited stays (korttidsopphold): which one a resident would have, and why.
//
// A stay is offered after a hospital stay or at a review (respite for the family), as its
// `offered_at` says, and to share `interim` of those who wait for a permanent place. Several kinds
// may draw on one pool of beds.
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

enum class StayReason { waiting_for_place, discharge, review };

/// The lowest stay that suits the resident, is offered for this reason and accepted; one with room
/// before one without. no_service when there is none.
model::ServiceIndex stay_for(const World& world, const model::Resident& who, StayReason reason);

/// The stay a case holds, or no_service.
model::ServiceIndex held_stay(const World& world, const model::CareCase& c);

}  // namespace carestair::processes
