// Hours, days and money of what a case holds, booked from the day they were booked up to.
#include <algorithm>

#include "processes/delivery.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/staff_pay.hpp"
#include "processes/travel.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;

namespace {

/// What is the same for all that is booked up to a day.
struct Booking {
  base::Day until;
  float prices;
  double wages;
  double carer_hour;  // NOK
};

Booking booking_until(const World& world, base::Day until) {
  const double wages = wage_level_on(world, until - 1);
  return {.until = until,
          .prices = static_cast<float>(price_level_on(world, until - 1)),
          .wages = wages,
          .carer_hour = world.config().economy.carer_hour * wages};
}

void book_until(World& world, CareCase& c, Holding& h, const Booking& b, std::size_t group) {
  const base::Day from = h.accounted;
  if (from >= b.until) return;
  h.accounted = b.until;
  const auto days = static_cast<float>(b.until - from);
  const ServiceRule& rule = rule_of(world, h);
  model::Ledger& ledger = world.state.ledger;
  if (h.own) {
    const float cost = b.prices * days * rule.cost_per_day;
    ledger.money.spend(model::Payer::user, model::Account::private_devices,
                       static_cast<double>(cost));
    return;
  }
  float hours = 0.0F;
  float working_time = 0.0F;
  float saved = 0.0F;  // in the price of days, of hours that nobody was paid for
  if (h.hours_per_week != 0.0F) {
    const float granted = h.hours_per_week * days / 7.0F;
    hours = granted * share_given(world, c, h, from, b.until);
    if (const float missed = granted - hours; missed > 0.0F) {
      ledger.undelivered_hours[h.service][group] += missed;
      if (rule.cost_per_hour == 0.0F) {
        saved = std::min(missed * world.rules().workforce.units[rule.unit].hour_cost,
                         days * rule.cost_per_day);
      }
      if (meets_need(rule)) {
        ledger.unmet_hours[group] += missed;
        c.totals.unmet_hours += missed;
      }
    }
    working_time = hours;
    if (rule.form == config::ServiceForm::hours) {
      const TravelTables& travel = world.rules().travel;
      const auto zone = model::index(zone_of(world.at(c.resident)));
      working_time *= travel.weight[zone];
      ledger.travel_hours[group] += hours * travel.on_road[zone];
      c.totals.home_hours += hours;
    } else if (rule.form == config::ServiceForm::course) {
      c.totals.home_hours += hours;
    }
    ledger.staff_hours[h.service][group] += hours;
  }
  const float level =
      h.overflow ? b.prices : price_level_of(world, rule, b.prices, static_cast<float>(b.wages));
  const float ordinary =
      level * (working_time * rule.cost_per_hour + days * rule.cost_per_day - saved);
  float cost = ordinary;
  book_cost(world, c, rule.pays_family ? model::Account::carer_pay : model::Account::services,
            static_cast<double>(ordinary));
  if (!h.overflow) book_to_unit(world, rule, static_cast<double>(ordinary));
  if (h.overflow) {
    cost *= static_cast<float>(world.config().allocation.overflow_cost_ratio);
    book_cost(world, c, model::Account::overflow, static_cast<double>(cost - ordinary));
    ledger.overflow_days[h.service][group] += days;
  }
  ledger.cost_nok[h.service][group] += cost;
  c.totals.cost_nok += cost;
  if (rule.form == config::ServiceForm::place) c.totals.place_days += days;
  if (has_fee(rule)) {
    book_fee(world, c, h, {.from = from, .until = b.until, .hours = hours, .cost = ordinary},
             b.wages);
  }
}

/// By the age at which it began: birthdays are booked like every other day on which lives change.
std::size_t group_of(const World& world, const CareCase& c, base::Day from) {
  return model::age_group(base::age_in_years(world.at(c.resident).birth, from));
}

/// Books a case of which something counts.
void book_counting(World& world, CareCase& c, const Booking& b) {
  const auto days = static_cast<float>(b.until - c.accounted);
  const std::size_t group = group_of(world, c, c.accounted);
  for (Holding& h : c.in_use()) book_until(world, c, h, b, group);
  if (c.place.service != model::no_service || c.course.service != model::no_service) {
    c.totals.waiting_days += days;
  }
  if (c.level == model::NeedLevel::extensive) c.totals.extensive_days += days;
  const float weekly_need = model::total(c.need);
  if (weekly_need <= 0.0F) return;
  const float unmet = model::total(c.unmet) * days / 7.0F;
  const float informal = model::total(c.informal) * days / 7.0F;
  model::Ledger& ledger = world.state.ledger;
  ledger.unmet_hours[group] += unmet;
  ledger.informal_hours[group] += informal;
  for (std::size_t type = 0; type < c.informal.size(); ++type) {
    ledger.informal_by_type[type] += c.informal[type] * days / 7.0F;
  }
  ledger.money.spend(model::Payer::family, model::Account::carers_time,
                     static_cast<double>(informal) * b.carer_hour);
  c.totals.unmet_hours += unmet;
  c.totals.informal_hours += informal;
}

}  // namespace

void book(World& world, CareCase& c, Holding& holding) {
  const Booking b = booking_until(world, world.today() + 1);
  book_until(world, c, holding, b, group_of(world, c, holding.accounted));
}

void book_case(World& world, CareCase& c) { book_case(world, c, world.today() + 1); }

void book_case(World& world, CareCase& c, base::Day until) {
  if (c.accounted == model::never) {
    c.accounted = until;
    world.state.open_cases.insert(world.at(c.resident).care_case);
  }
  // Holdings are never booked less far than their case.
  if (c.accounted >= until) return;
  if (c.counts()) book_counting(world, c, booking_until(world, until));
  c.accounted = until;
}

void book_all(World& world, base::Day until) {
  const Booking b = booking_until(world, until);
  for (const model::CaseId id : world.state.open_cases) {
    CareCase& c = world.at(id);
    if (c.accounted >= until) continue;
    if (c.counts()) book_counting(world, c, b);
    c.accounted = until;
  }
}

}  // namespace carestair::processes
