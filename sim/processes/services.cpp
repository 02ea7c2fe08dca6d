#include "processes/services.hpp"

#include <algorithm>
#include <limits>

#include "processes/buildings.hpp"
#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/delivery.hpp"
#include "processes/economy.hpp"
#include "processes/households.hpp"
#include "processes/housing.hpp"
#include "processes/loneliness.hpp"
#include "processes/travel.hpp"
#include "processes/volunteer_hours.hpp"
#include "processes/volunteers.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::EventKind;
using model::Holding;
using model::ServiceIndex;

float free_capacity(const World& world, ServiceIndex service) {
  const auto& rules = world.rules().services.rules;
  const ServiceRule& rule = rules[service];
  float own =
      capacity_of(world, service) * staffing_of(world, rule) - world.state.use[service].persons;
  if (rule.volunteer_hours > 0.0F) {
    own = std::min(own, world.state.volunteering.room[service] - world.state.use[service].persons);
  }
  if (rule.pool == service) return own;
  return std::min(own, capacity_of(world, rule.pool) - world.state.use[rule.pool].persons);
}

float free_hours(const World& world, ServiceIndex service, const model::Resident& who) {
  const auto& rules = world.rules().services.rules;
  const ServiceRule& rule = rules[service];
  const float staffing = staffing_of(world, rule);
  const auto left = [&](ServiceIndex of) {
    return rules[of].hours_capacity * staffing - world.state.use[of].hours_per_week;
  };
  float working_time = left(service);
  if (rule.pool != service) working_time = std::min(working_time, left(rule.pool));
  return working_time / travel_weight(world, who);
}

const ServiceRule& rule_of(const World& world, const Holding& h) {
  return world.rules().services.rules[h.service];
}

float weight_of(const World& world, const CareCase& c, const ServiceRule& rule) {
  return rule.form == config::ServiceForm::hours ? travel_weight(world, world.at(c.resident))
                                                 : 1.0F;
}

namespace {

/// Beside what the allocation office grants: offers, and what residents have bought themselves.
bool is_beside(const World& world, const Holding& h) {
  return h.own || rule_of(world, h).form == config::ServiceForm::offer;
}

void count_hours(World& world, const CareCase& c, const Holding& h, float working_time) {
  const ServiceRule& rule = rule_of(world, h);
  world.state.use[h.service].hours_per_week += working_time;
  if (rule.pool != h.service) world.state.use[rule.pool].hours_per_week += working_time;
  draw_on_staff(world, c, h, working_time);
}

void count_in_use(World& world, const CareCase& c, const Holding& h, float sign) {
  if (h.own) return;
  const ServiceRule& rule = rule_of(world, h);
  const auto count = [&](ServiceIndex service) {
    model::ServiceUse& use = world.state.use[service];
    (h.overflow ? use.overflow_persons : use.persons) += sign;
  };
  count(h.service);
  if (rule.pool != h.service) count(rule.pool);
  count_hours(world, c, h, sign * h.hours_per_week * weight_of(world, c, rule));
}

void move_to(World& world, model::ResidentId id, model::Dwelling dwelling) {
  const model::Resident& who = world.at(id);
  if (who.dwelling == dwelling) return;
  change_home(world, id, dwelling, who.zone);
  if (!model::at_home(dwelling)) {
    moved_to_place(world, id);
    leave_volunteering(world, id);
  }
  // A spouse left at home lives alone from now on, and no longer helps here.
  if (who.partner.valid()) household_changed(world, who.partner);
  tell_cared_for(world, id);
}

/// Back from a place: to the partner's home when there is one.
void move_back(World& world, model::ResidentId id) {
  const model::Resident& who = world.at(id);
  const model::ResidentId partner = who.partner;
  const bool waits =
      partner.valid() && world.at(partner).here() && model::at_home(world.at(partner).dwelling);
  if (waits) {
    change_home(world, id, world.at(partner).dwelling, world.at(partner).zone);
  } else {
    change_home(world, id, model::Dwelling::suitable_home, who.zone);
  }
  if (partner.valid()) household_changed(world, partner);
  tell_cared_for(world, id);
}

}  // namespace

void recount_use(World& world, const Rules& before) {
  const std::vector<ServiceRule>& rules = world.rules().services.rules;
  const bool same =
      world.rules().travel.weight == before.travel.weight &&
      std::ranges::equal(rules, before.services.rules, [](const auto& a, const auto& b) {
        return a.pool == b.pool && a.unit == b.unit && a.staff_hours == b.staff_hours &&
               a.tasks == b.tasks;
      });
  if (same) return;
  for (std::size_t service = 0; service < rules.size(); ++service) world.state.use[service] = {};
  for (model::Unit& unit : world.state.units) unit.granted = {};
  for (const model::CaseId id : world.state.holding_cases) {
    CareCase& c = world.at(id);
    for (Holding& h : c.in_use()) {
      const ServiceRule& rule = rule_of(world, h);
      const ServiceRule& old = before.services.rules[h.service];
      // Hours at home, courses and what devices cost in time are granted case by case.
      using enum config::ServiceForm;
      const bool by_rule = rule.form != hours && rule.form != course && rule.form != technology;
      if (by_rule && !h.own && rule.staff_hours != old.staff_hours) {
        h.hours_per_week = rule.staff_hours;
      }
      count_in_use(world, c, h, 1.0F);
    }
  }
}

void weigh_again(World& world, const CareCase& c, float before) {
  const float after = travel_weight(world, world.at(c.resident));
  for (const Holding& h : c.in_use()) {
    if (h.own) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.form != config::ServiceForm::hours) continue;
    count_hours(world, c, h, h.hours_per_week * (after - before));
  }
}

const Holding* place_of(const World& world, const CareCase& c) {
  for (const Holding& h : c.in_use()) {
    if (rule_of(world, h).form == config::ServiceForm::place) return &h;
  }
  return nullptr;
}

float home_hours(const World& world, const CareCase& c) {
  float hours = 0.0F;
  for (const Holding& h : c.in_use()) {
    if (rule_of(world, h).form == config::ServiceForm::hours) hours += h.hours_per_week;
  }
  return hours;
}

bool has_staff_hours(const World& world, const CareCase& c) {
  for (const Holding& h : c.in_use()) {
    if (rule_of(world, h).form == config::ServiceForm::hours) return true;
  }
  return false;
}

model::Holding* start_service(World& world, CareCase& c, ServiceIndex service, float hours,
                              Provision provision) {
  Holding* slot = c.find(model::no_service);
  if (slot == nullptr) return nullptr;  // no package holds more
  const ServiceRule& rule = world.rules().services.rules[service];
  const model::Resident& who = world.at(c.resident);
  *slot = {.service = service,
           .overflow = provision == Provision::overflow,
           .own = provision == Provision::bought,
           .hours_per_week = hours,
           .since = world.today(),
           .until = model::never,
           .accounted = world.today() + 1};
  const bool beside = is_beside(world, *slot);
  if (c.held++ == 0) world.state.holding_cases.insert(who.care_case);
  c.beside += beside ? 1U : 0U;
  if (rule.stay_days > 0) slot->until = world.today() + rule.stay_days;
  count_in_use(world, c, *slot, 1.0F);
  const std::size_t group = model::age_group(world.age(who));
  world.state.ledger.starts[service][group] += 1.0F;
  if (!slot->own) book_start(world, c, service, rule.cost_per_start);
  world.record(beside ? EventKind::offer_taken : EventKind::service_started, who, 0, service);
  if (rule.own_volunteer) match_volunteer(world, who.care_case, service);
  if (rule.form == config::ServiceForm::dwelling) {
    move_in_tenants(world, c.resident, rule.dwelling);
  } else if (rule.form == config::ServiceForm::place) {
    c.placed_at = c.level;
    move_to(world, c.resident, rule.dwelling);
    end_tenancy(world, c);
  }
  return slot;
}

void take_into_capacity(World& world, CareCase& c, Holding& holding) {
  book(world, c, holding);
  count_in_use(world, c, holding, -1.0F);
  holding.overflow = false;
  count_in_use(world, c, holding, 1.0F);
}

void change_hours(World& world, CareCase& c, Holding& holding, float hours) {
  book(world, c, holding);
  count_in_use(world, c, holding, -1.0F);
  holding.hours_per_week = hours;
  count_in_use(world, c, holding, 1.0F);
}

void end_service(World& world, CareCase& c, Holding& holding) {
  book(world, c, holding);
  const ServiceRule& rule = rule_of(world, holding);
  const model::Resident& who = world.at(c.resident);
  count_in_use(world, c, holding, -1.0F);
  world.state.ledger.ends[holding.service][model::age_group(world.age(who))] += 1.0F;
  const bool beside = is_beside(world, holding);
  world.record(beside ? EventKind::offer_left : EventKind::service_ended, who, holding.service, 0);
  begin_fading(world, c, holding.service, world.today());
  const ServiceIndex ended = holding.service;
  if (rule.own_volunteer) release_volunteer(world, who.care_case, ended);
  holding = Holding{};
  if (--c.held == 0) world.state.holding_cases.erase(who.care_case);
  c.beside -= beside ? 1U : 0U;
  if (rule.form == config::ServiceForm::place && who.here()) move_back(world, c.resident);
  if (rule.form == config::ServiceForm::dwelling) leave_tenancy(world, c.resident, ended);
}

double granted_hours_per_week(const World& world) {
  double hours = 0.0;
  const auto& rules = world.rules().services.rules;
  for (std::size_t s = 0; s < rules.size(); ++s) {
    if (rules[s].pool == s) hours += static_cast<double>(world.state.use[s].hours_per_week);
  }
  return hours;
}

void end_care(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  if (!who.care_case.valid()) return;
  CareCase& c = world.at(who.care_case);
  book_case(world, c);
  for (Holding& h : c.in_use()) end_service(world, c, h);
  if (c.place.service != model::no_service) end_waiting(world, c, c.place);
  if (c.course.service != model::no_service) end_waiting(world, c, c.course);
  settle_year(world, c);
  c.request = model::Request::none;
  c.request_since = c.next_review = c.visited = c.reabled = c.last_course = c.appointment =
      model::never;
  c.faded = {};
  c.hours_ratio = 1.0F;
  c.left_unmet = -1.0F;
  end_ties(world, c);
  c.need = c.informal = c.unmet = {};
  c.undelivered = 0.0F;
  c.accounted = model::never;  // closed until the case is updated again
  world.state.open_cases.erase(who.care_case);
  world.cancel_appointment(who.care_case);
}

void begin_fading(const World& world, CareCase& c, ServiceIndex service, base::Day day) {
  if (world.rules().services.rules[service].longest_fade_days <= 0.0F) return;
  // When there is no room to remember one more, it takes the place of the one that ended first.
  const auto age = [&](const model::Faded& f) {
    if (f.service == service) return std::numeric_limits<int>::max();
    return f.service == model::no_service ? std::numeric_limits<int>::max() - 1 : day - f.ended;
  };
  *std::ranges::max_element(c.faded, {}, age) = {service, day};
}

void start_waiting(World& world, CareCase& c, model::Waiting& waiting, ServiceIndex service) {
  if (waiting.service == service) return;
  if (waiting.service != model::no_service) {
    // Another kind of place will do now, but she has waited since before.
    world.record(EventKind::waiting_ended, world.at(c.resident), waiting.service, 0);
    waiting.service = service;
  } else {
    book_case(world, c);  // days until now were none of waiting
    waiting = {service, world.today()};
  }
  world.record(EventKind::waiting_started, world.at(c.resident), 0, service);
}

void end_waiting(World& world, CareCase& c, model::Waiting& waiting) {
  book_case(world, c);
  const auto days = static_cast<float>(world.today() - waiting.since);
  world.state.ledger.wait_days_ended[waiting.service] += days;
  world.state.ledger.waits_ended[waiting.service] += 1.0F;
  world.record(EventKind::waiting_ended, world.at(c.resident), waiting.service, 0);
  waiting = {};
}

}  // namespace carestair::processes
