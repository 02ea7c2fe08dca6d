// Mastery as the way of working (hverdagsmestring): how far it has permeated those who help, 0
// to 1.
//
//   dm/dt = gain * training * a * (1 - m) - decay * (1 - a) * m - turnover * m
//   a     = min(1, share of leaders who follow up * usual span / employees a leader)
//
// Training that no leader follows up hardly turns what is done, old habits come back where nobody
// attends to them, and newcomers bring none of it. The start is the steady state of the
// configuration, so that little moves until training, leaders or staff do. With m0 its level when
// the report begins, the share of cases for whom reablement is thought of is
//
//   s * m / m0                              where m is below m0
//   s + (1 - s) * (m - m0) / (1 - m0)       where it is above
//
// s: `allocation.reablement_offer_share`. Config section `way_of_working`.
#pragma once

#include "config/sections/config.hpp"

namespace carestair::processes {

class World;

/// How much of a training's use is kept by leaders, 0 to 1; `span` in employees a leader.
double anchoring(const config::WayOfWorking& rules, double span);

/// Where permeation stays, with the usual turnover and leaders who can follow up.
double steady_permeation(const config::WayOfWorking& rules);

/// Permeation after so many years of the same conditions.
double permeation_after(const config::WayOfWorking& rules, double permeation, double span,
                        double turnover, double years);

/// Share of working time that training takes beyond what is usual.
double training_time(const config::Config& config);

/// Share of those whom reablement suits for whom it is thought of now.
double offer_share(const World& world);

/// At the start: the steady state.
void begin_way_of_working(World& world);
/// Monthly.
void follow_way_of_working(World& world);

}  // namespace carestair::processes
