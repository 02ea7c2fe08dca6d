#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "processes/staff_pay.hpp"
#include "processes/workforce.hpp"
#include "random/stream.hpp"

namespace carestair::processes {

namespace {

constexpr std::size_t leader_post = model::index(model::Occupation::leader);

float daily(double per_year) { return static_cast<float>(per_year / base::days_per_year); }

/// Hours a week that a service with a capacity takes; negative when it has none.
float funded(const ServiceRule& rule, float course_hours) {
  constexpr float none = std::numeric_limits<float>::max();
  using enum config::ServiceForm;
  if (rule.form == technology) return 0.0F;  // frees hours, and has none of its own
  if (rule.form == hours) return rule.hours_capacity < none ? rule.hours_capacity : -1.0F;
  if (rule.capacity >= none) return -1.0F;
  return rule.capacity * (rule.form == course ? course_hours : rule.staff_hours);
}

/// What a post of a unit gives, and what differs in the unit from others.
UnitRule posts_of(const config::Unit& unit, const config::Config& config, float productive_share) {
  const config::Staffing& staffing = config.workforce.staffing;
  const auto weekly = static_cast<float>(staffing.weekly_hours);
  UnitRule rule;
  rule.key = random::key_of(unit.id);
  rule.fte = static_cast<float>(unit.fte);
  rule.extra_fte = static_cast<float>(unit.extra_fte);
  rule.sick_leave_ratio = static_cast<float>(unit.sick_leave_ratio);
  rule.quit_ratio = static_cast<float>(unit.quit_ratio);
  rule.hiring_ratio = static_cast<float>(unit.hiring_ratio);
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    if (o == leader_post) continue;
    rule.mix[o] = static_cast<float>(unit.mix(o));
    float share = 1.0F;
    if (unit.hours == config::UnitHours::visits) {
      share = static_cast<float>(staffing.direct_share(o));
    } else if (unit.hours == config::UnitHours::posts) {
      share = 1.0F / productive_share;
    }
    rule.hours_at_work[o] = weekly * share * static_cast<float>(unit.granted_ratio);
    rule.hours_per_post += rule.mix[o] * rule.hours_at_work[o] * productive_share;
  }
  model::ByOccupation usual{};
  for (std::size_t o = 0; o < usual.size(); ++o) usual[o] = static_cast<float>(unit.usual_mix(o));
  rule.usual_pay =
      static_cast<float>(pay_for_direct_hour(config.delivery, usual, rule.hours_at_work));
  rule.hour_cost = rule.usual_pay * weekly / productive_share;
  return rule;
}

/// Hours that the services of unit `u` fund.
void fund(UnitRule& rule, std::size_t u, const ServiceTables& services,
          float course_hours_per_week) {
  float priced_hours = 0.0F;
  float price_of_hours = 0.0F;
  for (std::size_t s = 0; s < services.rules.size(); ++s) {
    const ServiceRule& service = services.rules[s];
    // What draws on another service's capacity is funded there.
    if (service.unit != u || service.pool != s) continue;
    if (service.form == config::ServiceForm::place) {
      rule.housed.push_back(static_cast<model::ServiceIndex>(s));
    }
    const float hours = funded(service, course_hours_per_week);
    if (hours >= 0.0F) {
      rule.funded_hours += hours;
      if (service.cost_per_hour > 0.0F) {
        priced_hours += hours;
        price_of_hours += hours * service.cost_per_hour;
      }
    } else {
      rule.unlimited.push_back(static_cast<model::ServiceIndex>(s));
    }
  }
  rule.unused_hour_cost = rule.hour_cost;
  if (priced_hours > 0.0F) {
    rule.unused_hour_cost = std::min(rule.hour_cost, price_of_hours / priced_hours);
  }
}

}  // namespace

WorkforceTables::WorkforceTables(const config::Config& config, const ServiceTables& services,
                                 float course_hours_per_week) {
  const config::Workforce& w = config.workforce;
  const double weeks = base::days_per_year / 7.0;
  productive_share =
      static_cast<float>(w.staffing.productive_hours / (w.staffing.weekly_hours * weeks));
  for (const config::Unit& unit : config.units) {
    UnitRule rule = posts_of(unit, config, productive_share);
    fund(rule, units.size(), services, course_hours_per_week);
    units.push_back(std::move(rule));
  }
  least_post = static_cast<float>(w.staffing.least_post);
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    const double share = w.sick_leave.share(o);
    sick_rate[o] = static_cast<float>(share / (1.0 - share) / w.sick_leave.spell_days);
    quit_rate[o] = daily(w.quits.rate(o));
    fill_rate[o] = daily(w.recruitment.hiring_ratio / w.recruitment.time_to_fill(o));
    supply_log[o] = static_cast<float>(std::log(w.recruitment.supply_2040(o)));
  }
  const double variance = std::log(1.0 + w.sick_leave.spell_cv * w.sick_leave.spell_cv);
  spell_log_sd = static_cast<float>(std::sqrt(variance));
  spell_log_mean = static_cast<float>(std::log(w.sick_leave.spell_days) - 0.5 * variance);
  summer_weeks = static_cast<float>(w.leave.holiday_weeks * w.leave.summer_share);
  const double other = w.leave.holiday_weeks * (1.0 - w.leave.summer_share) + w.leave.other_weeks;
  other_away = static_cast<float>(
      std::min(1.0, other / (weeks - w.leave.holiday_weeks * w.leave.summer_share)));
  summer_first_week = static_cast<int>(w.leave.summer_first_week);
  summer_last_week = static_cast<int>(w.leave.summer_last_week);
  parental_rate = daily(w.leave.parental_rate);
  for (const config::Training& t : w.training) training_keys.push_back(random::key_of(t.id));
}

}  // namespace carestair::processes
