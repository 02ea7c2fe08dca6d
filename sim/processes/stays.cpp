#include "processes/stays.hpp"

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::ServiceIndex;

namespace {

bool is_offered(const World& world, const ServiceRule& rule, const model::Resident& who,
                StayReason reason) {
  const auto at = [&](config::Occasion occasion) {
    return (rule.offered_at >> model::index(occasion) & 1U) != 0U && takes_up(world, rule, who);
  };
  switch (reason) {
    case StayReason::waiting_for_place:
      return rule.interim > 0.0F &&
             world.stream(who, random::Purpose::interim_offer).uniform() < rule.interim;
    case StayReason::discharge: return at(config::Occasion::discharge);
    case StayReason::review: return at(config::Occasion::assessment);
  }
  return false;
}

}  // namespace

ServiceIndex stay_for(const World& world, const model::Resident& who, StayReason reason) {
  const ServiceTables& tables = world.rules().services;
  ServiceIndex suits = model::no_service;
  for (const ServiceIndex stay : tables.stays) {
    const ServiceRule& rule = tables.rules[stay];
    if (!eligible(world, rule, who) || !is_offered(world, rule, who, reason)) continue;
    if (free_capacity(world, stay) >= 1.0F) return stay;
    if (suits == model::no_service) suits = stay;
  }
  return suits;
}

ServiceIndex held_stay(const World& world, const model::CareCase& c) {
  for (const ServiceIndex stay : world.rules().services.stays) {
    if (c.find(stay) != nullptr) return stay;
  }
  return model::no_service;
}

}  // namespace carestair::processes
