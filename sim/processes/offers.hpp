// Offers beside the care staircase: what nobody has to apply for. Learning and mastery courses,
// exercise groups, meeting places, memory team, follow-up after hospital, support of family carers
// and the like are services of form `offer`, made on the occasions their `offered_at` names.
//
// One whom an offer suits takes it up when her number for this offer at this age is below `uptake`
// and there is room; nobody waits for one. It ends after `stay_days`, or when it no longer suits.
#pragma once

#include "config/sections/services.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Makes the offers of an occasion. The case, opened when something is taken up, is updated.
void make_offers(World& world, model::ResidentId id, config::Occasion occasion);

/// Ends offers and devices bought that suit no longer; true when there were any.
bool end_unsuited_offers(World& world, model::CareCase& c);

}  // namespace carestair::processes
