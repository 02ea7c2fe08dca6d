#include "processes/offers.hpp"

#include <bit>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/services.hpp"
#include "processes/technology.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

/// Offers are for those at home, unless they are made for those who live where staff is.
bool lives_where_offered(const ServiceRule& rule, const model::Resident& who) {
  const bool in_staffed_home =
      (rule.only_if >> model::index(config::Condition::in_staffed_home) & 1U) != 0U;
  return model::at_home(who.dwelling) != in_staffed_home;
}

bool suits(const World& world, const ServiceRule& rule, const model::Resident& who) {
  return lives_where_offered(rule, who) && eligible(world, rule, who);
}

}  // namespace

void make_offers(World& world, model::ResidentId id, config::Occasion occasion) {
  const ServiceTables& tables = world.rules().services;
  bool any = false;
  ServiceSet offers = tables.offers[model::index(occasion)];
  offers &= tables.suiting(world.at(id), world.age(world.at(id)));
  for (; offers != 0U; offers &= offers - 1U) {
    const model::ServiceIndex service = tables.ascending[std::countr_zero(offers)];
    const ServiceRule& rule = tables.rules[service];
    if (free_capacity(world, service) < 1.0F) continue;
    const model::Resident& who = world.at(id);
    if (!suits(world, rule, who) || !takes_up(world, rule, who)) continue;
    model::CareCase& c = world.at(world.open_case(id));
    if (c.find(service) != nullptr) continue;
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
  for (model::Holding& h : c.holdings) {
    if (h.service == model::no_service) continue;
    const ServiceRule& rule = world.rules().services.rules[h.service];
    const bool offer = rule.form == config::ServiceForm::offer;
    if (!offer && !h.own) continue;
    const bool usable = offer ? suits(world, rule, who)
                              : model::at_home(who.dwelling) && eligible(world, rule, who) &&
                                    is_in_working_use(world, rule, who);
    if (usable) continue;
    end_service(world, c, h);
    any = true;
  }
  return any;
}

}  // namespace carestair::processes
