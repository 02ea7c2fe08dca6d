// Who is at work: every employee a person with holidays, sick leave, parental leave, quits and a
// retirement. Sick leave comes in spells: at work, a spell begins at the rate
//     share / (1 - share) / mean length · ratios of workload, full time, leader span and unit
// so that under usual conditions the configured share is on sick leave. Every Monday the week to
// come is worked out; what is left of each chance is consumed by the rate in force.
#pragma once

#include <cstdint>
#include <vector>

#include "config/sections/config.hpp"
#include "model/workforce.hpp"
#include "processes/services.hpp"

namespace carestair::processes {

class World;

/// A unit in the form the weeks read. Hours are those of its services a week.
struct UnitRule {
  std::uint64_t key = 0;
  model::ByOccupation hours_at_work{};  // that one full-time at work gives
  model::ByOccupation mix{};
  float hours_per_post = 0.0F;  // that a full-time post of the mix is reckoned to give
  float funded_hours = 0.0F;    // of services with a capacity
  std::vector<model::ServiceIndex> unlimited;  // services whose hours are funded as they are given
  std::vector<model::ServiceIndex> housed;     // services with places: those in buildings, too
  float usual_pay = 0.0F;         // NOK for an hour with the usual mix, see staff_pay.hpp
  float hour_cost = 0.0F;         // NOK that an hour granted takes in pay, absence included
  float unused_hour_cost = 0.0F;  // the same, at most what an hour given costs
  float fte = -1.0F;              // negative: what the hours take
  float extra_fte = 0.0F;
  float sick_leave_ratio = 1.0F;
  float quit_ratio = 1.0F;
  float hiring_ratio = 1.0F;
};

struct WorkforceTables {
  WorkforceTables() = default;
  WorkforceTables(const config::Config& config, const ServiceTables& services,
                  float course_hours_per_week);

  std::vector<UnitRule> units;
  float productive_share = 1.0F;    // of working hours that a post is reckoned to be at work
  float least_post = 0.0F;          // in full-time posts
  model::ByOccupation sick_rate{};  // per day at work
  float spell_log_mean = 0.0F;
  float spell_log_sd = 0.0F;
  float summer_weeks = 0.0F;         // in one block
  int summer_first_week = 0;         // of the year, in which blocks begin
  int summer_last_week = 0;          // in which the last of them end
  float other_away = 0.0F;           // share of the weeks outside that block
  float parental_rate = 0.0F;        // per day
  model::ByOccupation quit_rate{};   // per day
  model::ByOccupation fill_rate{};   // per day, in 2020
  model::ByOccupation supply_log{};  // log of the rate in 2040 over that in 2020
  std::vector<std::uint64_t> training_keys;
};

/// Employs those who work at the start. Does nothing where the population has no units.
void start_workforce(World& world);

/// Works out the week from today on: who leaves, which posts are opened and filled, who is at work.
void begin_staff_week(World& world);

/// Completed and further years of an employee today.
double age_of(const World& world, const model::Employee& who);

}  // namespace carestair::processes
