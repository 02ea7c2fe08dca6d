// Volunteers in care. Each is a resident: in every scenario that reaches her she begins, and what
// she wants to do is her own. Looked at once a month, of length T in years:
//
//   coordinator   hours for follow-up F = min(H, f V), the rest recruits
//   begin         n = w (b P + r (H - F) weeks) a month, of these a share s 67 and over
//                 hazard of one who could be won = n s / P_old, n (1 - s) / P_young
//   stop          hazard = T (p h_followed + (1 - p) h_without) k / w,  p = F / (f V)
//   w             (staff hours granted per resident 80+ / the same at the start) ^ follows_formal
//
// V volunteers, P residents who could be won and are none, k a ratio where the ward is not
// prepared. Hazards consume unit-exponential thresholds drawn once for each beginning. One who
// dies, moves, comes to need care or to live where staff is stops too. Services with
// `volunteer_hours_per_week` take persons only as far as volunteers' hours reach; where each has
// a volunteer of her own, she loses the service when her visitor stops and no other is free.
// Config section `volunteers`.
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Volunteers when the run begins, trained and unmatched.
void start_volunteers(World& world);

/// The last day of a month: hours are booked; volunteers begin, are trained, matched, and stop.
void coordinate_volunteers(World& world);

/// Leaves the municipality, dies or moves to a place with staff: stops today.
void leave_volunteering(World& world, model::ResidentId id);

}  // namespace carestair::processes
