#include "processes/offers.hpp"

#include <bit>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/services.hpp"
#include "processes/technology.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

/// Those of some services that suit a resident. Offers are for those at home, unless they are made
/// for those who live where staff is.
ServiceSet suiting(const World& world, const model::Resident& who, ServiceSet some) {
  const ServiceSet staffed = world.rules().services.in_staffed_home;
  return eligible(world, who, some & (model::at_home(who.dwelling) ? ~staffed : staffed));
}

}  // namespace

void make_offers(World& world, model::ResidentId id, config::Occasion occasion) {
  const ServiceTables& tables = world.rules().services;
  bool any = false;
  ServiceSet offers = suiting(world, world.at(id), tables.offers[model::index(occasion)]);
  for (; offers != 0U; offers &= offers - 1U) {
    const model::ServiceIndex service = tables.ascending[std::countr_zero(offers)];
    const ServiceRule& rule = tables.rules[service];
    const model::Resident& who = world.at(id);
    if (free_capacity(world, service) < 1.0F) continue;
    // Draws are slow: none is made for what she has.
    if (who.care_case.valid() && world.at(who.care_case).find(service) != nullptr) continue;
    if (!takes_up(world, rule, who)) continue;
    model::CareCase& c = world.at(world.open_case(id));
    if (start_service(world, c, service, rule.staff_hours) == nullptr) continue;
    any = true;
    world.explain(
        who, [&] { return fmt::format("takes up: {}", world.config().services[service].title); });
  }
  if (any) update_case(world, world.at(world.at(id).care_case));
}

bool end_unsuited_offers(World& world, model::CareCase& c) {
  if (c.beside == 0) return false;
  bool any = false;
  const model::Resident& who = world.at(c.resident);
  for (model::Holding& h : c.in_use()) {
    const ServiceRule& rule = world.rules().services.rules[h.service];
    const bool offer = rule.form == config::ServiceForm::offer;
    if (!offer && !h.own) continue;
    const bool usable = offer ? suiting(world, who, ServiceSet{1} << rule.order) != 0U
                              : model::at_home(who.dwelling) && eligible(world, rule, who) &&
                                    is_in_working_use(world, rule, who);
    if (usable) continue;
    end_service(world, c, h);
    any = true;
  }
  return any;
}

}  // namespace carestair::processes
