// What volunteers have to give until the month is looked at again, and whom they visit where each
// cared-for has a volunteer of her own.
#pragma once

#include "model/care.hpp"
#include "model/volunteer.hpp"

namespace carestair::processes {

class World;

/// Counts the hours of all, and how many can be served.
void count_hours_offered(World& world);

/// Takes one who stops within the month out of the count.
void count_out(World& world, const model::Volunteer& one);

/// Those who have lost their visitor get another, or none.
void replace_visitors(World& world);

/// A service of one volunteer each begins: one who is free comes to this case from now on.
void match_volunteer(World& world, model::CaseId id, model::ServiceIndex service);
/// It ends: the volunteer is free again.
void release_volunteer(World& world, model::CaseId id, model::ServiceIndex service);

}  // namespace carestair::processes
