// Hours, days and money of what a case holds, booked from the day they were booked up to.
#include "processes/delivery.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/travel.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;

namespace {

void book_until(World& world, CareCase& c, Holding& holding, base::Day until, std::size_t group) {
  const auto days = static_cast<float>(until - holding.accounted);
  if (days <= 0.0F) return;
  const ServiceRule& rule = rule_of(world, holding);
  Delivered delivered{.from = holding.accounted, .until = until};
  holding.accounted = until;
  const auto level = static_cast<float>(price_level_on(world, until - 1));
  if (holding.own) {
    delivered.cost = level * days * rule.cost_per_day;
    book_money(world, c, holding, delivered);
    return;
  }
  const float granted = holding.hours_per_week * days / 7.0F;
  const float hours = granted * share_given(world, c, holding, delivered.from, until);
  if (const float missed = granted - hours; missed > 0.0F) {
    world.state.ledger.undelivered_hours[holding.service][group] += missed;
    if (meets_need(rule)) {
      world.state.ledger.unmet_hours[group] += missed;
      c.totals.unmet_hours += missed;
    }
  }
  const float working_time = hours * weight_of(world, c, rule);
  float cost = level * (working_time * rule.cost_per_hour + days * rule.cost_per_day);
  delivered.hours = hours;
  delivered.cost = cost;
  if (rule.form == config::ServiceForm::hours) {
    const auto zone = model::index(zone_of(world.at(c.resident)));
    world.state.ledger.travel_hours[group] += hours * world.rules().travel.on_road[zone];
  }
  if (holding.overflow) {
    cost *= static_cast<float>(world.config().allocation.overflow_cost_ratio);
    delivered.overflow = cost - delivered.cost;
    world.state.ledger.overflow_days[holding.service][group] += days;
  }
  world.state.ledger.staff_hours[holding.service][group] += hours;
  world.state.ledger.cost_nok[holding.service][group] += cost;
  c.totals.cost_nok += cost;
  book_money(world, c, holding, delivered);
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
  if (c.accounted == model::never) {
    c.accounted = until;
    world.state.open_cases.insert(world.at(c.resident).care_case);
  }
  const auto days = static_cast<float>(until - c.accounted);
  // Holdings are never booked less far than their case.
  if (days <= 0.0F) return;
  if (!c.counts()) {
    c.accounted = until;
    return;
  }
  const std::size_t group = group_of(world, c);
  for (Holding& h : c.in_use()) book_until(world, c, h, until, group);
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
  const double price = world.config().economy.carer_hour * wage_level_on(world, until - 1);
  world.state.ledger.money.spend(model::Payer::family, model::Account::carers_time,
                                 static_cast<double>(informal) * price);
  c.totals.unmet_hours += unmet;
  c.totals.informal_hours += informal;
}

}  // namespace carestair::processes
