#include "processes/housing.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/services.hpp"
#include "processes/staircase.hpp"
#include "processes/travel.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using config::ServiceForm;
using model::CareCase;
using model::Dwelling;
using model::Holding;
using model::HomeZone;
using model::Resident;
using model::ResidentId;
using model::ServiceIndex;

namespace {

/// The occasion of a draw: ages come first, then decisions about a tenancy by need level.
constexpr std::uint32_t tenancy_occasion = 200;

double advised(double share, double ratio) { return 1.0 + share * (ratio - 1.0); }

double within_a_year(double rate) { return 1.0 - std::exp(-rate); }

bool lives_with(const World& world, const Resident& who, ResidentId partner) {
  return partner.valid() && world.at(partner).here() &&
         world.at(partner).dwelling == who.dwelling && model::at_home(who.dwelling);
}

void record_move(World& world, const Resident& who, Dwelling to) {
  world.record(model::EventKind::moved_dwelling, who, model::index(who.dwelling), model::index(to));
}

/// Lives here from now on; hours in use are weighed by the new way.
void settle(World& world, ResidentId id, Dwelling dwelling, HomeZone zone) {
  Resident& who = world.at(id);
  const float before = travel_weight(world, who);
  CareCase* c = who.care_case.valid() ? &world.at(who.care_case) : nullptr;
  if (c != nullptr && c->held > 0) book_case(world, *c);
  who.dwelling = dwelling;
  who.zone = zone;
  world.touch(id);
  if (c != nullptr && c->held > 0) weigh_again(world, *c, before);
}

/// Both of a couple live in this home from now on.
void change_household(World& world, ResidentId id, Dwelling dwelling, HomeZone zone) {
  const ResidentId partner = world.at(id).partner;
  const bool together = lives_with(world, world.at(id), partner);
  change_home(world, id, dwelling, zone);
  if (!together) return;
  change_home(world, partner, dwelling, zone);
  household_changed(world, partner);
}

/// Share of those whom a tenancy is offered who want it.
double willing(const ServiceRule& rule, const Resident& who) {
  double share = rule.moves_anyway;
  if (who.dwelling == Dwelling::unsuitable_home) share = std::max(share, rule.moves_if_unsuitable);
  if (who.lonely) share = std::max(share, rule.moves_if_lonely);
  if (who.zone == HomeZone::far) share = std::max(share, rule.moves_if_far);
  return share;
}

bool is_tenancy(const World& world, const Holding& h) {
  return world.rules().services.rules[h.service].form == ServiceForm::dwelling;
}

}  // namespace

const Holding* tenancy_of(const World& world, const CareCase& c) {
  for (const Holding& h : c.in_use()) {
    if (is_tenancy(world, h)) return &h;
  }
  return nullptr;
}

void change_home(World& world, ResidentId id, Dwelling dwelling, HomeZone zone) {
  if (world.at(id).dwelling != dwelling) record_move(world, world.at(id), dwelling);
  settle(world, id, dwelling, zone);
}

void birthday_housing(World& world, ResidentId id) {
  const config::Housing& rules = world.config().housing;
  const Resident& who = world.at(id);
  const int age = world.age(who);
  if (age < rules.from_age || who.dwelling != Dwelling::unsuitable_home) return;
  random::Stream draws =
      world.stream(who, random::Purpose::housing, static_cast<std::uint32_t>(age));
  const double adapt = draws.uniform();
  const double move = draws.uniform();
  const double centre = draws.uniform();
  const double counselling = advised(rules.counselling_share, rules.counselling_ratio);
  const double adapts = rules.adaptation_rate(model::index(who.need)) * counselling *
                        advised(rules.grant_share, rules.grant_ratio);
  const double couple = lives_with(world, who, who.partner) ? 0.5 : 1.0;
  if (adapt < within_a_year(adapts)) {
    world.state.ledger.adaptation_cost_nok[model::age_group(age)] +=
        static_cast<float>(rules.adaptation_cost);
    book_adaptation(world, rules.adaptation_cost);
    world.record(model::EventKind::home_adapted, who);
    world.explain(who, [] { return std::string("has the home adapted"); });
    change_household(world, id, Dwelling::suitable_home, who.zone);
  } else if (move < within_a_year(rules.move_rate * counselling * couple)) {
    const bool to_centre = centre < rules.move_to_centre_share;
    world.explain(who, [&] {
      return fmt::format("moves to a home that suits{}", to_centre ? " in the centre" : "");
    });
    change_household(world, id, Dwelling::suitable_home, to_centre ? HomeZone::centre : who.zone);
  } else {
    return;
  }
  need_changed(world, id);
}

bool consider_moving(World& world, CareCase& c) {
  const Resident& who = world.at(c.resident);
  // Whoever waits for a place with staff, or is in hospital, does not move meanwhile.
  if (!model::ordinary_home(who.dwelling) || who.in_hospital) return false;
  if (c.place.service != model::no_service || c.find(model::no_service) == nullptr) return false;
  const ServiceTables& services = world.rules().services;
  if (services.tenancies.empty()) return false;
  const double wish = world
                          .stream(who, random::Purpose::housing,
                                  tenancy_occasion + static_cast<std::uint32_t>(who.need))
                          .uniform();
  for (const ServiceIndex service : services.tenancies) {
    const ServiceRule& rule = services.rules[service];
    if (wish >= willing(rule, who)) continue;
    if (!eligible(world, rule, who) || free_capacity(world, service) < 1.0F) continue;
    world.explain(
        who, [&] { return fmt::format("moves to {}", world.config().services[service].title); });
    start_service(world, c, service, 0.0F);
    return true;
  }
  return false;
}

void move_in_tenants(World& world, ResidentId id, Dwelling dwelling) {
  change_household(world, id, dwelling, HomeZone::centre);
}

void leave_tenancy(World& world, ResidentId id, ServiceIndex service) {
  const ResidentId partner = world.at(id).partner;
  const Dwelling dwelling = world.rules().services.rules[service].dwelling;
  if (partner.valid() && world.at(partner).here() && world.at(partner).dwelling == dwelling) {
    CareCase& theirs = world.at(world.open_case(partner));
    if (tenancy_of(world, theirs) != nullptr) return;
    if (theirs.find(model::no_service) != nullptr) {
      update_case(world, theirs);
      start_service(world, theirs, service, 0.0F);
      return;
    }
    change_home(world, partner, Dwelling::suitable_home, world.at(partner).zone);
  }
  if (world.at(id).dwelling == dwelling) {
    change_home(world, id, Dwelling::suitable_home, world.at(id).zone);
  }
}

void end_tenancy(World& world, CareCase& c) {
  for (Holding& h : c.in_use()) {
    if (is_tenancy(world, h)) end_service(world, c, h);
  }
}

void share_home(World& world, ResidentId her, ResidentId him) {
  settle(world, him, world.at(her).dwelling, world.at(her).zone);
}

void leave_others_tenancy(World& world, ResidentId id) {
  const Resident& who = world.at(id);
  if (!model::at_home(who.dwelling) || model::ordinary_home(who.dwelling)) return;
  if (who.care_case.valid() && tenancy_of(world, world.at(who.care_case)) != nullptr) return;
  change_home(world, id, Dwelling::suitable_home, draw_zone(world, who));
}

}  // namespace carestair::processes
