#include "processes/services.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <string_view>

#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/housing.hpp"
#include "processes/loneliness.hpp"
#include "processes/travel.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::EventKind;
using model::Holding;
using model::ServiceIndex;

namespace {

/// Draws for a service are keyed by its name: they stay when other services come or go.
std::uint32_t key_of(std::string_view id) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char letter : id) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  return hash;
}

}  // namespace

ServiceTables::ServiceTables(const std::vector<config::Service>& services) {
  constexpr float unlimited = std::numeric_limits<float>::max();
  for (const config::Service& s : services) {
    ServiceRule rule;
    rule.form = s.form;
    rule.step = s.step;
    rule.min_age = s.min_age;
    rule.max_age = s.max_age;
    rule.need_levels = s.need_levels;
    rule.cognition = s.cognition;
    rule.user_groups = s.user_groups;
    rule.only_if = s.only_if;
    rule.offered_at = s.offered_at;
    rule.uptake = static_cast<float>(s.uptake);
    rule.key = key_of(s.id);
    rule.least_hours = static_cast<float>(s.least_hours_per_week);
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      rule.cover[type] = static_cast<float>(s.cover(type));
    }
    rule.min_hours = static_cast<float>(s.min_hours_per_week);
    rule.max_hours = s.max_hours_per_week > 0 ? static_cast<float>(s.max_hours_per_week) : 168.0F;
    rule.staff_hours = static_cast<float>(s.staff_hours_per_week);
    rule.stay_days = base::whole_days(s.stay_days);
    rule.interim = static_cast<float>(s.interim);
    rule.capacity = s.capacity < 0 ? unlimited : static_cast<float>(s.capacity);
    rule.hours_capacity = s.hours_capacity < 0 ? unlimited : static_cast<float>(s.hours_capacity);
    rule.cost_per_hour = static_cast<float>(s.cost_per_hour);
    rule.cost_per_day = static_cast<float>(s.cost_per_month / base::days_per_month +
                                           s.cost_per_year / base::days_per_year);
    rule.cost_per_start = static_cast<float>(s.cost_per_start);
    rule.dwelling = s.dwelling;
    rule.moves_if_unsuitable = s.moves_if_unsuitable;
    rule.moves_if_lonely = s.moves_if_lonely;
    rule.moves_if_far = s.moves_if_far;
    rule.moves_anyway = s.moves_anyway;
    for (const config::Effect& e : s.effects) {
      rule.effects.push_back({e.on, static_cast<float>(e.ratio),
                              static_cast<float>(e.fade_years * base::days_per_year)});
    }
    const auto index = static_cast<ServiceIndex>(rules.size());
    const auto pool = std::ranges::find(services, s.pool, &config::Service::id);
    rule.pool = pool == services.end() ? index : static_cast<ServiceIndex>(pool - services.begin());
    const auto replaced = std::ranges::find(services, s.replaces, &config::Service::id);
    if (replaced != services.end()) {
      rule.replaces = static_cast<ServiceIndex>(replaced - services.begin());
    }
    if (s.form == config::ServiceForm::course) course = index;
    if (s.form == config::ServiceForm::visit) visit = index;
    if (s.form == config::ServiceForm::acute_bed) acute_bed = index;
    const bool for_the_dying = (s.only_if >> model::index(config::Condition::terminal) & 1U) != 0U;
    if (s.form == config::ServiceForm::hours && for_the_dying) palliative = index;
    rules.push_back(std::move(rule));
  }
  ascending.resize(rules.size());
  std::iota(ascending.begin(), ascending.end(), ServiceIndex{0});
  std::stable_sort(ascending.begin(), ascending.end(),
                   [&](ServiceIndex a, ServiceIndex b) { return rules[a].step < rules[b].step; });
  for (std::size_t k = 0; k < ascending.size(); ++k) {
    ServiceRule& rule = rules[ascending[k]];
    rule.order = k;
    const ServiceSet bit = ServiceSet{1} << k;
    if (rule.form == config::ServiceForm::technology) devices |= bit;
    if (rule.form == config::ServiceForm::dwelling) tenancies.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::place) places.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::stay) stays.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::offer && rule.uptake > 0.0F && rule.capacity >= 1.0F) {
      for (std::size_t occasion = 0; occasion < offers.size(); ++occasion) {
        if ((rule.offered_at >> occasion & 1U) != 0U) offers[occasion] |= bit;
      }
    }
    if (is_home_step(rule)) home_steps |= bit;
    for (std::size_t need = 0; need < model::need_level_count; ++need) {
      for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
        const bool may = (rule.need_levels >> need & rule.cognition >> stage & 1U) != 0U;
        if (may) by_state_[need][stage] |= bit;
      }
    }
    for (int age = rule.min_age; age <= std::min(rule.max_age, config::oldest_age); ++age) {
      by_age_[static_cast<std::size_t>(age)] |= bit;
    }
  }
}

float free_capacity(const World& world, ServiceIndex service) {
  const auto& rules = world.rules().services.rules;
  const ServiceRule& rule = rules[service];
  const float own = rule.capacity - world.state.use[service].persons;
  if (rule.pool == service) return own;
  return std::min(own, rules[rule.pool].capacity - world.state.use[rule.pool].persons);
}

float free_hours(const World& world, ServiceIndex service, const model::Resident& who) {
  const auto& rules = world.rules().services.rules;
  const ServiceRule& rule = rules[service];
  float working_time = rule.hours_capacity - world.state.use[service].hours_per_week;
  if (rule.pool != service) {
    working_time = std::min(
        working_time, rules[rule.pool].hours_capacity - world.state.use[rule.pool].hours_per_week);
  }
  return working_time / travel_weight(world, who);
}

bool eligible(const World& world, const ServiceRule& rule, const model::Resident& who) {
  const int age = world.age(who);
  if (age < rule.min_age || age > rule.max_age) return false;
  if ((rule.need_levels >> model::index(who.need_in_effect()) & 1U) == 0U) return false;
  if (who.terminal && rule.form == config::ServiceForm::course) return false;
  if ((rule.cognition >> model::index(who.cognition) & 1U) == 0U) return false;
  if ((rule.user_groups >> model::index(who.group) & 1U) == 0U) return false;
  if (rule.only_if == 0U) return true;
  const auto holds = [&](config::Condition condition) {
    switch (condition) {
      case config::Condition::living_alone: return lives_alone(world, who);
      case config::Condition::has_carer:
        return who.care_case.valid() && model::total(world.at(who.care_case).informal) > 0.0F;
      case config::Condition::lonely: return bool{who.lonely};
      case config::Condition::diagnosed: return bool{who.diagnosed};
      case config::Condition::undiagnosed:
        return model::has_dementia(who.cognition) && !who.diagnosed;
      case config::Condition::after_discharge: return bool{who.after_discharge};
      case config::Condition::recovering: return bool{who.recovering};
      case config::Condition::unsuitable_home:
        return who.dwelling == model::Dwelling::unsuitable_home;
      case config::Condition::terminal: return bool{who.terminal};
      case config::Condition::in_staffed_home: return !model::at_home(who.dwelling);
      case config::Condition::several_illnesses: return who.illness_count >= 2;
    }
    return false;
  };
  for (unsigned left = rule.only_if; left != 0U; left &= left - 1U) {
    if (!holds(static_cast<config::Condition>(std::countr_zero(left)))) return false;
  }
  return true;
}

bool takes_up(const World& world, const ServiceRule& rule, const model::Resident& who) {
  if (rule.uptake >= 1.0F) return true;
  const bool anew =
      rule.form == config::ServiceForm::offer || rule.form == config::ServiceForm::stay;
  const std::uint32_t occasion =
      anew ? rule.key + static_cast<std::uint32_t>(world.age(who)) : rule.key;
  return world.stream(who, random::Purpose::service_offer, occasion).uniform() <
         static_cast<double>(rule.uptake);
}

namespace {

const ServiceRule& rule_of(const World& world, const Holding& h) {
  return world.rules().services.rules[h.service];
}

/// Beside what the allocation office grants: offers, and what residents have bought themselves.
bool is_beside(const World& world, const Holding& h) {
  return h.own || rule_of(world, h).form == config::ServiceForm::offer;
}

/// Working time that an hour of this service takes, the way to the door included.
float weight_of(const World& world, const CareCase& c, const ServiceRule& rule) {
  return rule.form == config::ServiceForm::hours ? travel_weight(world, world.at(c.resident))
                                                 : 1.0F;
}

void count_hours(World& world, const ServiceRule& rule, ServiceIndex service, float working_time) {
  world.state.use[service].hours_per_week += working_time;
  if (rule.pool != service) world.state.use[rule.pool].hours_per_week += working_time;
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
  count_hours(world, rule, h.service, sign * h.hours_per_week * weight_of(world, c, rule));
}

void move_to(World& world, model::ResidentId id, model::Dwelling dwelling) {
  const model::Resident& who = world.at(id);
  if (who.dwelling == dwelling) return;
  change_home(world, id, dwelling, who.zone);
  if (!model::at_home(dwelling)) moved_to_place(world, id);
  // A spouse left at home lives alone from now on, and no longer helps here.
  if (who.partner.valid()) household_changed(world, who.partner);
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
}

}  // namespace

void recount_use(World& world, const Rules& before) {
  const std::vector<ServiceRule>& rules = world.rules().services.rules;
  const bool same =
      world.rules().travel.weight == before.travel.weight &&
      std::ranges::equal(rules, before.services.rules, [](const auto& a, const auto& b) {
        return a.pool == b.pool && a.staff_hours == b.staff_hours;
      });
  if (same) return;
  for (std::size_t service = 0; service < rules.size(); ++service) world.state.use[service] = {};
  for (CareCase& c : world.state.cases) {
    for (Holding& h : c.holdings) {
      if (h.service == model::no_service) continue;
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
  for (const Holding& h : c.holdings) {
    if (h.service == model::no_service || h.own) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.form != config::ServiceForm::hours) continue;
    count_hours(world, rule, h.service, h.hours_per_week * (after - before));
  }
}

const Holding* place_of(const World& world, const CareCase& c) {
  for (const Holding& h : c.holdings) {
    if (h.service != model::no_service && rule_of(world, h).form == config::ServiceForm::place) {
      return &h;
    }
  }
  return nullptr;
}

float home_hours(const World& world, const CareCase& c) {
  float hours = 0.0F;
  for (const Holding& h : c.holdings) {
    if (h.service == model::no_service) continue;
    if (rule_of(world, h).form == config::ServiceForm::hours) hours += h.hours_per_week;
  }
  return hours;
}

bool has_staff_hours(const World& world, const CareCase& c) {
  return std::ranges::any_of(c.holdings, [&](const Holding& h) {
    return h.service != model::no_service && rule_of(world, h).form == config::ServiceForm::hours;
  });
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
  ++c.held;
  c.beside += beside ? 1U : 0U;
  if (rule.stay_days > 0) slot->until = world.today() + rule.stay_days;
  count_in_use(world, c, *slot, 1.0F);
  const std::size_t group = model::age_group(world.age(who));
  world.state.ledger.starts[service][group] += 1.0F;
  if (!slot->own) {
    world.state.ledger.cost_nok[service][group] += rule.cost_per_start;
    c.totals.cost_nok += rule.cost_per_start;
  }
  world.record(beside ? EventKind::offer_taken : EventKind::service_started, who, 0, service);
  if (rule.form == config::ServiceForm::dwelling) {
    move_in_tenants(world, c.resident, rule.dwelling);
  } else if (rule.form == config::ServiceForm::place) {
    move_to(world, c.resident, rule.dwelling);
    end_tenancy(world, c);
  }
  return slot;
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
  holding = Holding{};
  --c.held;
  c.beside -= beside ? 1U : 0U;
  if (rule.form == config::ServiceForm::place && who.here()) move_back(world, c.resident);
  if (rule.form == config::ServiceForm::dwelling) leave_tenancy(world, c.resident, ended);
}

void end_care(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  if (!who.care_case.valid()) return;
  CareCase& c = world.at(who.care_case);
  book_case(world, c);
  for (Holding& h : c.holdings) {
    if (h.service != model::no_service) end_service(world, c, h);
  }
  if (c.place.service != model::no_service) end_waiting(world, c, c.place);
  if (c.course.service != model::no_service) end_waiting(world, c, c.course);
  c.request = model::Request::none;
  c.request_since = c.next_review = c.visited = c.reabled = c.last_course = c.appointment =
      model::never;
  c.faded = {};
  c.hours_ratio = 1.0F;
  c.left_unmet = -1.0F;
  c.need = c.informal = c.unmet = {};
  c.accounted = model::never;  // closed until the case is updated again
  world.cancel_appointment(who.care_case);
}

void begin_fading(const World& world, CareCase& c, ServiceIndex service, base::Day day) {
  const auto& effects = world.rules().services.rules[service].effects;
  if (std::ranges::none_of(effects, [](const auto& e) { return e.fade_days > 0.0F; })) return;
  // When there is no room to remember one more, it takes the place of the one that ended first.
  const auto age = [&](const model::Faded& f) {
    if (f.service == service) return std::numeric_limits<int>::max();
    return f.service == model::no_service ? std::numeric_limits<int>::max() - 1 : day - f.ended;
  };
  *std::ranges::max_element(c.faded, {}, age) = {service, day};
}

void start_waiting(World& world, CareCase& c, model::Waiting& waiting, ServiceIndex service) {
  if (waiting.service == service) return;
  if (waiting.service != model::no_service) end_waiting(world, c, waiting);
  waiting = {service, world.today()};
  world.record(EventKind::waiting_started, world.at(c.resident), 0, service);
}

void end_waiting(World& world, CareCase& c, model::Waiting& waiting) {
  const auto days = static_cast<float>(world.today() - waiting.since);
  world.state.ledger.wait_days_ended[waiting.service] += days;
  world.state.ledger.waits_ended[waiting.service] += 1.0F;
  world.record(EventKind::waiting_ended, world.at(c.resident), waiting.service, 0);
  waiting = {};
}

namespace {

void book_until(World& world, CareCase& c, Holding& holding, base::Day until, std::size_t group) {
  const auto days = static_cast<float>(until - holding.accounted);
  if (days <= 0.0F) return;
  holding.accounted = until;
  if (holding.own) return;
  const ServiceRule& rule = rule_of(world, holding);
  const float hours = holding.hours_per_week * days / 7.0F;
  const float working_time = hours * weight_of(world, c, rule);
  float cost = working_time * rule.cost_per_hour + days * rule.cost_per_day;
  if (rule.form == config::ServiceForm::hours) {
    const auto zone = model::index(zone_of(world.at(c.resident)));
    world.state.ledger.travel_hours[group] += hours * world.rules().travel.on_road[zone];
  }
  if (holding.overflow) {
    cost *= static_cast<float>(world.config().allocation.overflow_cost_ratio);
    world.state.ledger.overflow_days[holding.service][group] += days;
  }
  world.state.ledger.staff_hours[holding.service][group] += hours;
  world.state.ledger.cost_nok[holding.service][group] += cost;
  c.totals.cost_nok += cost;
  if (rule.form == config::ServiceForm::place) {
    c.totals.place_days += days;
  } else if (rule.form == config::ServiceForm::hours || rule.form == config::ServiceForm::course) {
    c.totals.home_hours += hours;
  }
}

std::size_t group_of(const World& world, const CareCase& c) {
  return model::age_group(world.age(world.at(c.resident)));
}

}  // namespace

void book(World& world, CareCase& c, Holding& holding) {
  book_until(world, c, holding, world.today() + 1, group_of(world, c));
}

void book_case(World& world, CareCase& c) { book_case(world, c, world.today() + 1); }

void book_case(World& world, CareCase& c, base::Day until) {
  if (c.accounted == model::never) c.accounted = until;
  const auto days = static_cast<float>(until - c.accounted);
  // Holdings are never booked less far than their case.
  if (days <= 0.0F) return;
  if (!c.counts()) {
    c.accounted = until;
    return;
  }
  const std::size_t group = group_of(world, c);
  if (c.held > 0) {
    for (Holding& h : c.holdings) {
      if (h.service != model::no_service) book_until(world, c, h, until, group);
    }
  }
  c.accounted = until;
  if (c.place.service != model::no_service || c.course.service != model::no_service) {
    c.totals.waiting_days += days;
  }
  if (c.level == model::NeedLevel::extensive) c.totals.extensive_days += days;
  const float weekly_need = model::total(c.need);
  if (weekly_need <= 0.0F) return;
  const float unmet = model::total(c.unmet) * days / 7.0F;
  const float informal = model::total(c.informal) * days / 7.0F;
  world.state.ledger.unmet_hours[group] += unmet;
  world.state.ledger.informal_hours[group] += informal;
  c.totals.unmet_hours += unmet;
  c.totals.informal_hours += informal;
}

}  // namespace carestair::processes
