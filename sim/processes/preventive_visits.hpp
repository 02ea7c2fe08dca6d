// Preventive home visits (forebyggende hjemmebesøk): offered around a birthday from a certain age
// on to those who live at home. A visit detects: for some years afterwards help is sought sooner
// (config seeking.visited_ratio). What trials found of other effects stands with the service
// (config services.<visit>.effects: nothing on mortality or function) and fades from the visit on.
// Config section `preventive_visits`.
#pragma once

#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// On a birthday: the offer, whether it is accepted, and the visit.
void offer_preventive_visit(World& world, model::ResidentId id);

}  // namespace carestair::processes
