// Posts: as many as the hours take that the configuration funds,
//     full-time posts = hours of the unit's services / hours that a post of its mix gives,
// split by its mix of occupations, and leaders by their span. A budget that grows opens posts,
// which have to be filled; one that is cut closes vacant posts, and others when their holder
// leaves.
#pragma once

#include <array>

#include "model/workforce.hpp"

namespace carestair::processes {

class World;

/// Full-time posts by unit and occupation, as they are or as they should be.
using PostTable = std::array<model::ByOccupation, model::max_units>;

/// Posts that the budget in force pays for; leaders go by `headcount`, of posts by unit.
PostTable budget_of(const World& world, const std::array<float, model::max_units>& headcount);

/// Opens and closes posts until they meet the budget.
void meet_budget(World& world);

/// The holder has left: the post is vacant, closed, or its hours go to colleagues.
void vacate(World& world, model::Post& post);

}  // namespace carestair::processes
