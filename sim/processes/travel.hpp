// Where residents live, and what driving takes of the staff's time.
//
//   weight(zone) = (1 + minutes(zone) / visit_minutes) / (1 + usual_minutes / visit_minutes)
//
// is the working time that an hour at the door takes, relative to what it takes on average when the
// run begins: an hour granted far out takes more than one of services.*.hours_capacity and
// cost_per_hour, one in the centre less. Care housing and safety housing stand in the centre. When
// homes move, or the way gets shorter, the hours in use are weighed again.
//
// Acute beds are used less the further away they are:
//   exp(-acute_bed_decline * minutes beyond acute_bed_near_minutes)
#pragma once

#include <array>

#include "config/sections/config.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

struct TravelTables {
  TravelTables() = default;
  explicit TravelTables(const config::Travel& travel);

  using ByZone = std::array<float, model::home_zone_count>;
  ByZone share{};    // of homes, cumulative
  ByZone on_road{};  // hours of driving for an hour at the door
  ByZone weight{};   // see above
};

/// Use of acute beds relative to one that is near.
double acute_bed_use(const config::Travel& travel);

/// The zone that counts: whoever does not live in an ordinary home lives in the centre.
inline model::HomeZone zone_of(const model::Resident& who) {
  return model::ordinary_home(who.dwelling) ? who.zone : model::HomeZone::centre;
}

/// Working time that an hour at the door takes, 1 on average at the start.
float travel_weight(const World& world, const model::Resident& who);

/// Where somebody who comes without a family lives.
model::HomeZone draw_zone(const World& world, const model::Resident& who);

/// Before the first day: everybody lives somewhere, households together.
void settle_zones(World& world);

}  // namespace carestair::processes
