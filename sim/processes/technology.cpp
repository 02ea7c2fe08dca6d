#include "processes/technology.hpp"

#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

// Occasions of Purpose::service_use: 0 for the allocator, the key of a device for mastering it,
// and these added to key and age for the questions asked every year.
constexpr std::uint32_t in_use = 1000;
constexpr std::uint32_t buying = 2000;

double draw_for(const World& world, const model::Resident& who, std::uint32_t occasion) {
  return world.stream(who, random::Purpose::service_use, occasion).uniform();
}

std::uint32_t this_year(const World& world, const ServiceRule& rule, const model::Resident& who) {
  return rule.key + static_cast<std::uint32_t>(world.age(who));
}

}  // namespace

bool considers_technology(const World& world, const model::Resident& who) {
  return draw_for(world, who, 0) < world.config().technology.considered_share;
}

bool masters_device(const World& world, const ServiceRule& rule, const model::Resident& who) {
  const config::Technology& rules = world.config().technology;
  const double decades = (base::to_date(who.birth).year - 1940) / 10.0;
  return draw_for(world, who, rule.key) <
         rules.accepted_share + rules.accepted_per_decade * decades;
}

bool is_in_working_use(const World& world, const ServiceRule& rule, const model::Resident& who) {
  const double draw = draw_for(world, who, in_use + this_year(world, rule, who));
  const double rate = world.config().technology.stops_per_year;
  return draw < 1.0 - rate || draw < std::exp(-rate);  // the first is cheap and narrower
}

float lost_hours(const World& world, const ServiceRule& rule, const model::NeedVector& left) {
  float freed = 0.0F;
  for (std::size_t type = 0; type <= model::index(model::NeedType::nursing); ++type) {
    freed += left[type] * rule.cover[type];
  }
  return freed * (1.0F - static_cast<float>(world.config().technology.realisation));
}

void buy_devices(World& world, model::ResidentId id) {
  const config::Technology& rules = world.config().technology;
  if (rules.bought_per_year <= 0.0 || !model::at_home(world.at(id).dwelling)) return;
  const ServiceTables& tables = world.rules().services;
  ServiceSet devices = tables.devices & tables.suiting(world.at(id), world.age(world.at(id)));
  for (; devices != 0U; devices &= devices - 1U) {
    const model::ServiceIndex device = tables.ascending[std::countr_zero(devices)];
    const ServiceRule& rule = tables.rules[device];
    const model::Resident& who = world.at(id);
    if (!eligible(world, rule, who)) continue;
    const double rate = rules.bought_per_year * rules.bought_ratio(model::index(who.income));
    const double draw = draw_for(world, who, buying + this_year(world, rule, who));
    if (draw >= rate || draw >= 1.0 - std::exp(-rate)) continue;  // the first is cheap and wider
    if (!masters_device(world, rule, who)) continue;
    model::CareCase& c = world.at(world.open_case(id));
    if (c.find(device) != nullptr) continue;
    if (start_service(world, c, device, 0.0F, Provision::bought) == nullptr) continue;
    update_case(world, c);
    world.explain(who,
                  [&] { return fmt::format("buys: {}", world.config().services[device].title); });
  }
}

}  // namespace carestair::processes
