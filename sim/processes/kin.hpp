// Parents and children. One Kin entry stands in the chains of both parents; children who live
// elsewhere are known by birth, distance and the day they will die, and go on counting as family.
#pragma once

#include "model/kin.hpp"
#include "model/state.hpp"

namespace carestair::processes {

class World;

/// Calls visit(const Kin&) for every child in a parent's chain, the dead ones too, latest first.
template <class Visit>
void for_each_child(const model::State& state, const model::Resident& parent, Visit&& visit) {
  for (model::KinId child = parent.first_child; child.valid();
       child = state.next_child(parent, child)) {
    visit(state.at(child));
  }
}

/// Puts a resident into the chains of the mother and, when he is a man, of her partner.
void join_family(World& world, model::ResidentId child, model::ResidentId mother,
                 model::ResidentId father, model::Distance distance);

/// Looks at the cases of a resident's mother and father again, and of her partner: they may have
/// lost, or gained, a helper or company.
void tell_parents(World& world, model::ResidentId child);

/// Tells the family that a resident has died or moved out: a child elsewhere from now on lives in
/// the region or far away until a death drawn from the life table; a dead child helps nobody.
/// The parents' cases are looked at again.
void child_gone(World& world, model::ResidentId gone, model::Presence how);

/// On the birthday on which children move out of their parents' home (config
/// households.oldest_child_at_home_years), to a home of their own in the municipality.
void leave_parents(World& world, model::ResidentId child);

}  // namespace carestair::processes
