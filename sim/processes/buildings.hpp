// Places as buildings: worn facilities close, projects open years after they were planned, some
// come to nothing, and what is built is paid for over its life.
//
//   opens    = planned (or when `after` is in use) + k * every_years + lag,   k = 0 .. times - 1
//   lag      ~ lognormal(lag_years, lag_cv), drawn by project; a uniform number by project is
//              compared with cancelled_share, another with buildings.grant_takeup
//   closes   = opened + life_years, or when what replaces it opens; a facility whose condition has
//              been judged: start of the report + remaining_years
//   a year   = cost_per_place * places * i / (1 - (1 + i)^-life_years)
//   grant    = grant_share * min(cost_per_place, grant_cap) of it, spread in the same way; when a
//              project closes before grant_tie_years what is left of the tie is paid back
#pragma once

#include "config/sections/buildings.hpp"
#include "model/care.hpp"

namespace carestair::processes {

class World;

/// Persons a service has room for today: the capacity of the rules where there are no facilities of
/// it, else the places of those that are open; and what projects have added or taken away.
float capacity_of(const World& world, model::ServiceIndex service);

/// The same when the run began, as configured: what there was of a kind that is there no more.
float capacity_at_first(const World& world, model::ServiceIndex service);

/// Cost of a loan of 1 in a year, over `years` at `interest`.
double annuity(double interest, double years);

/// On the first day of a month: worn places close, projects open and close what they replace.
void open_and_close_buildings(World& world);
/// On the last day of a month: what is built is paid for.
void pay_for_buildings(World& world);

}  // namespace carestair::processes
