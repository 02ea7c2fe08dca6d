// Loneliness comes and goes. On a birthday, with the two rates constant over the year,
//
//   begins = q T,  ends = (1 - q) T,  T = 1 - exp(-(o + e)),  q = o / (o + e)
//   e = end * services(loneliness_end) * own gain of volunteers
//   o = end * s / (1 - s) * services(loneliness_onset) * hidden problems
//
// services() is what they did since the birthday before (past_year.hpp). s is the share lonely
// among those who live like this: alone, with others, in a place with staff. Without services and
// problems it is kept exactly. When company changes (partner found or lost, moving to a place)
// loneliness is drawn anew with the share of the new life. What loneliness does stands in
// function.hpp. Config section `loneliness`; shares in `initial`.
#pragma once

#include <cstdint>

#include "model/resident.hpp"
#include "random/purpose.hpp"

namespace carestair::processes {

class World;

/// Chances over a year.
struct LonelyYear {
  double begins = 0.0;
  double ends = 0.0;
};

/// For a share lonely, its rate of ending a year, and what changes the two rates.
LonelyYear lonely_year(double share, double end, double onset_ratio, double end_ratio);

/// Share lonely among those who live as the resident does.
double lonely_share(const World& world, const model::Resident& who);

/// Company has changed. One uniform number an occasion, whatever it has changed to: whoever is not
/// lonely alone is not lonely together either when that is less common.
void redraw_loneliness(World& world, model::ResidentId id, random::Purpose purpose,
                       std::uint32_t occasion);

/// Lives in staffed housing or a nursing home from today.
void moved_to_place(World& world, model::ResidentId id);

/// On a birthday: becomes lonely, or is so no longer.
void birthday_loneliness(World& world, model::ResidentId id);

}  // namespace carestair::processes
