// What an hour of the staff takes in pay, by occupation. Prices of services hold for the mix of
// occupations that is usual in their unit. With other occupations employed, the part of a price
// that is wages follows what an hour granted takes in pay:
//
//   pay   = sum over employed: FTE * hour_cost / sum over employed: FTE * direct hours of an FTE
//   price = configured * (1 + wage_share * (wage level * pay / usual pay - 1))
//
// Who stands in in a vacancy costs what those employed do. Config `delivery.hour_cost`,
// `units.*.usual_mix`.
#pragma once

#include <cstddef>

#include "model/workforce.hpp"
#include "processes/workforce.hpp"

namespace carestair::processes {

class World;
struct ServiceRule;

/// NOK an hour of work, social costs included, of these staff, leaders apart; 0 without any.
double mean_pay(const World& world, const model::ByOccupation& staff);

/// NOK of pay for a direct hour of these staff; 0 where nobody gives any.
double pay_for_direct_hour(const config::Delivery& rules, const model::ByOccupation& staff,
                           const model::ByOccupation& hours_at_work);

/// What an hour granted takes in pay with those employed, relative to the usual mix.
float relative_pay(const World& world, std::size_t unit);

/// Level of the price of a service on a day on which prices and wages have these levels.
float price_level_of(const World& world, const ServiceRule& rule, float prices, float wages);

}  // namespace carestair::processes
