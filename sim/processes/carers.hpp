// Who cares for whom: ties between those with need at home and those who help them. Partners and
// parents who live there, children who help (a share of them, drawn once for every child), and a
// friend or neighbour (a share). One carer may care for several, who share the hours by their need.
#pragma once

#include "model/carer.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Sees to it that a case has the ties that family, need and home give it: new ones begin today,
/// others end. Depends on state and rules alone; when it changes nothing, nothing is drawn.
void arrange_care(World& world, model::CareCase& c);

/// The family of a resident with a case has changed: ties are arranged when it is next updated.
inline void family_changed(model::CareCase& c) { c.family_known = false; }

/// Agrees anew on what a carer has for each cared-for. Cases whose offer has changed are updated,
/// except `busy`, which its caller is updating.
void agree_on_offers(World& world, model::CarerId id, model::CaseId busy = {});

/// Ends all ties of a case.
void end_ties(World& world, model::CareCase& c);
/// Ends all ties of a carer: has died, or begins anew in the burn-in. One who has moved away goes
/// on as a child elsewhere. Those cared for are looked at again.
void stop_caring(World& world, model::CarerId id, bool moved_away = false);
void stop_caring(World& world, model::ResidentId id, bool moved_away = false);

/// A carer has changed (gone to hospital or a place, or come back): looks at those cared for again.
void tell_cared_for(World& world, model::ResidentId id);
/// The same for own children alone: the others are told by family.
void tell_children_cared_for(World& world, model::ResidentId id);

}  // namespace carestair::processes
