// Help from partner and children. A partner at home who is well enough meets a share of each
// need up to the hours one person can give; children who help give hours by distance, to the
// needs that visitors can meet. Formal care cut does not make family give more.
// All in hours a week. Config section `informal`.
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// What partner and kin meet of `need`, by type. `ratio` multiplies their hours: what support of
/// carers does (rate `informal` of a service's effects).
model::NeedVector informal_help(const World& world, const model::Resident& who,
                                const model::NeedVector& need, float ratio = 1.0F);

}  // namespace carestair::processes
