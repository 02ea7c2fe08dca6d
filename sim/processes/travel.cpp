#include "processes/travel.hpp"

#include <algorithm>
#include <cmath>

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::HomeZone;

TravelTables::TravelTables(const config::Travel& travel) {
  const double usual = 1.0 + travel.usual_minutes / travel.visit_minutes;
  double sum = 0.0;
  for (std::size_t zone = 0; zone < model::home_zone_count; ++zone) {
    const double way = travel.minutes(zone) / travel.visit_minutes;
    sum += travel.home_zone(zone);
    share[zone] = static_cast<float>(sum);
    on_road[zone] = static_cast<float>(way);
    weight[zone] = static_cast<float>((1.0 + way) / usual);
  }
}

double acute_bed_use(const config::Travel& travel) {
  const double beyond = std::max(travel.acute_bed_minutes - travel.acute_bed_near_minutes, 0.0);
  return std::exp(-travel.acute_bed_decline * beyond);
}

float travel_weight(const World& world, const model::Resident& who) {
  return world.rules().travel.weight[model::index(zone_of(who))];
}

HomeZone draw_zone(const World& world, const model::Resident& who) {
  const auto& share = world.rules().travel.share;
  const double u = world.stream(who, random::Purpose::home_zone).uniform();
  std::size_t zone = 0;
  while (zone + 1 < model::home_zone_count && u >= share[zone]) ++zone;
  return static_cast<HomeZone>(zone);
}

void settle_zones(World& world) {
  auto& residents = world.state.residents;
  for (model::Resident& who : residents) who.zone = draw_zone(world, who);
  for (model::Resident& who : residents) {
    if (who.sex == model::Sex::male && who.partner.valid()) who.zone = world.at(who.partner).zone;
  }
  const int leaving = world.rules().demography.households.leaving_home;
  for (model::Resident& who : residents) {
    const bool with_mother = who.mother.valid() && world.at(who.mother).here();
    if (with_mother && !who.partner.valid() && world.age(who) < leaving)
      who.zone = world.at(who.mother).zone;
  }
}

}  // namespace carestair::processes
