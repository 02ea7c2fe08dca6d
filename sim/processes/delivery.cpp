#include "processes/delivery.hpp"

#include <algorithm>
#include <cmath>

#include "processes/case_update.hpp"
#include "processes/continuity.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/way_of_working.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::StaffTime;
using model::Unit;

namespace {

constexpr double busiest = 3.0;       // beyond, staff cannot be busier
constexpr float missed_step = 0.05F;  // of shares missed: cases need no update for less

double total_of(const ByNeed& hours) {
  double sum = 0.0;
  for (const double h : hours) sum += std::max(h, 0.0);
  return sum;
}

double fte(const model::ByOccupation& staff) {
  double sum = 0.0;
  for (const float positions : staff) sum += static_cast<double>(positions);
  return sum;
}

/// What is left of a unit's direct time for what is granted.
double time_left(const World& world, std::size_t unit) {
  const config::Config& config = world.config();
  const bool visits = config.units[unit].hours == config::UnitHours::visits;
  return (visits ? config.delivery.matched_share : 1.0) * (1.0 - config.delivery.meetings_share) *
         (1.0 - training_time(config));
}

/// What a unit is short of once `filled` more hours are there.
double take(double& gap, double most) {
  const double taken = std::clamp(most, 0.0, gap);
  gap -= taken;
  return taken;
}

/// Staff of units with time to spare help those that are short, in proportion to what is short.
void lend(std::vector<Unit>& units, double shared_share) {
  double spare = 0.0;
  double gap = 0.0;
  const auto short_of = [](const Unit& u) { return total_of(u.granted) - u.week.present; };
  for (const Unit& u : units) {
    if (!has_posts(u)) continue;
    (short_of(u) > 0.0 ? gap : spare) += std::abs(short_of(u));
  }
  const double lent = std::min(spare * shared_share, gap);
  if (lent <= 0.0) return;
  for (Unit& u : units) {
    if (!has_posts(u)) continue;
    const double here = short_of(u);
    u.week.shared = here > 0.0 ? lent * here / gap : lent * here / spare;
  }
}

/// How the hours of a week come about, as of the staff of this week and what is granted now.
void staff_unit(const World& world, std::size_t index, Unit& u) {
  const config::Delivery& rules = world.config().delivery;
  StaffTime& week = u.week;
  const double granted = total_of(u.granted);
  double gap = std::max(granted - week.present - week.shared, 0.0);
  const double at_work = fte(u.present);
  const double hours_of_fte = at_work > 0.0 ? week.present / at_work : 0.0;
  const double part_time = std::max(static_cast<double>(u.people) - at_work, 0.0);
  week.extra = take(gap, rules.extra_shift_share * part_time * hours_of_fte);
  week.overtime = take(gap, rules.overtime_share * week.present);
  week.agency = take(gap, rules.agency_share * direct_hours(world, index, u.posts));
  week.given = granted - gap;
  // An hour with residents takes more than an hour of work.
  const double paid = world.config().workforce.staffing.weekly_hours * fte(u.posts) /
                      std::max(direct_hours(world, index, u.posts), 1e-9);
  week.premium_nok = rules.hour_cost * paid *
                     (week.overtime * rules.overtime_premium + week.agency * rules.agency_premium);
}

/// Works out what is given on a day, and adds it to the days delivered.
void settle(World& world, base::Day day) {
  const config::Delivery& rules = world.config().delivery;
  std::vector<Unit>& units = world.state.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& u = units[i];
    u.week = {};
    if (!has_posts(u)) continue;
    u.week.present = std::max(direct_hours(world, i, u.present) * time_left(world, i) -
                                  static_cast<double>(u.coordination_hours),
                              0.0);
  }
  if (rules.shared_share > 0.0) lend(units, rules.shared_share);
  ByNeed weight{};
  for (std::size_t need = 0; need < weight.size(); ++need) weight[need] = rules.falls_away(need);
  auto& ring = world.state.delivered.before;
  const std::size_t today = model::DeliveredDays::row(day);
  const std::size_t next = model::DeliveredDays::row(day + 1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& u = units[i];
    if (has_posts(u)) {
      staff_unit(world, i, u);
      u.delivered_share = share_by_severity(u.granted, u.week.given, weight);
    } else {
      u.delivered_share.fill(1.0);
    }
    for (std::size_t need = 0; need < weight.size(); ++need) {
      ring[next][i][need] = ring[today][i][need] + u.delivered_share[need];
    }
  }
}

void book_staff_time(World& world) {
  const double day = 1.0 / 7.0;
  const double months = 1.0 / world.config().delivery.workload_days;
  for (std::size_t i = 0; i < world.state.units.size(); ++i) {
    Unit& u = world.state.units[i];
    if (!has_posts(u)) continue;
    StaffTime& sum = world.state.ledger.staff_time[i];
    sum.present += u.week.present * day;
    sum.shared += u.week.shared * day;
    sum.extra += u.week.extra * day;
    sum.overtime += u.week.overtime * day;
    sum.agency += u.week.agency * day;
    sum.given += u.week.given * day;
    const double premium = u.week.premium_nok * day * wage_level_on(world, world.today());
    sum.premium_nok += premium;
    world.state.ledger.money.spend(model::Payer::municipality, model::Account::staffing_premium,
                                   premium);
    const double granted = total_of(u.granted);
    const double load = granted < busiest * u.week.present ? granted / u.week.present : busiest;
    // Where nobody is helped the work is what it usually is.
    const double now = granted > 0.0 ? load / world.config().delivery.usual_load : 1.0;
    u.workload +=
        static_cast<float>((now - static_cast<double>(u.workload)) * (1.0 - std::exp(-months)));
  }
}

}  // namespace

ByNeed share_by_severity(const ByNeed& granted, double hours, const ByNeed& weight) {
  ByNeed share{};
  double gap = -hours;
  double weighted = 0.0;
  for (std::size_t need = 0; need < share.size(); ++need) {
    share[need] = 1.0;
    gap += std::max(granted[need], 0.0);
    weighted += std::max(granted[need], 0.0) * weight[need];
  }
  if (gap <= 0.0) return share;
  // Where nothing is left the rest falls on the others: at most once for each need.
  for (std::size_t round = 0; round < share.size() && weighted > 0.0; ++round) {
    const double l = gap / weighted;
    std::size_t emptied = share.size();
    for (std::size_t need = 0; need < share.size(); ++need) {
      const bool open = share[need] > 0.0 && granted[need] > 0.0;
      if (open && l * weight[need] >= 1.0 &&
          (emptied == share.size() || weight[need] > weight[emptied])) {
        emptied = need;
      }
    }
    if (emptied == share.size()) {
      for (std::size_t need = 0; need < share.size(); ++need) {
        if (share[need] > 0.0) share[need] = 1.0 - l * weight[need];
      }
      break;
    }
    share[emptied] = 0.0;
    gap -= granted[emptied];
    weighted -= granted[emptied] * weight[emptied];
  }
  // A need that nobody here has may have been pushed below nothing.
  for (double& s : share) s = std::max(s, 0.0);
  return share;
}

double direct_hours(const World& world, std::size_t unit, const model::ByOccupation& staff) {
  const model::ByOccupation& hours = world.rules().workforce.units[unit].hours_at_work;
  double sum = 0.0;
  for (std::size_t o = 0; o < hours.size(); ++o) {
    sum += static_cast<double>(staff[o]) * static_cast<double>(hours[o]);
  }
  return sum;
}

bool has_posts(const Unit& unit) { return fte(unit.posts) > 0.0; }

void begin_delivery(World& world) { settle(world, world.today()); }

void share_staff_time(World& world) {
  book_staff_time(world);
  settle(world, world.today() + 1);
}

void draw_on_staff(World& world, const CareCase& c, const Holding& h, float hours) {
  if (h.own || h.overflow) return;
  const ServiceRule& rule = rule_of(world, h);
  if (rule.unit >= world.state.units.size()) return;
  world.state.units[rule.unit].granted[model::index(c.level)] += static_cast<double>(hours);
}

void draw_on_staff_as(World& world, const CareCase& c, model::NeedLevel level) {
  if (c.held == 0 || c.level == level) return;
  for (const Holding& h : c.in_use()) {
    if (h.own || h.overflow) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.unit >= world.state.units.size()) continue;
    const auto hours = static_cast<double>(h.hours_per_week * weight_of(world, c, rule));
    auto& granted = world.state.units[rule.unit].granted;
    granted[model::index(c.level)] -= hours;
    granted[model::index(level)] += hours;
  }
}

float share_given(const World& world, const CareCase& c, const Holding& h, base::Day from,
                  base::Day until) {
  const ServiceRule& rule = rule_of(world, h);
  if (rule.unit >= world.state.units.size() || h.overflow) return 1.0F;
  const auto& before = world.state.delivered.before;
  const std::size_t need = model::index(c.level);
  const double days = before[model::DeliveredDays::row(until)][rule.unit][need] -
                      before[model::DeliveredDays::row(from)][rule.unit][need];
  return static_cast<float>(days / static_cast<double>(until - from));
}

float hours_missed(const World& world, const CareCase& c) {
  float hours = 0.0F;
  if (c.held == 0) return hours;
  for (const Holding& h : c.in_use()) {
    if (h.own || h.overflow) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.unit >= world.state.units.size() || !meets_need(rule)) continue;
    hours += h.hours_per_week * world.state.units[rule.unit].missed[model::index(c.level)];
  }
  return hours;
}

float staffing_of(const World& world, const ServiceRule& rule) {
  const bool of_hours = rule.form == config::ServiceForm::hours;
  if (rule.unit >= world.state.units.size() || !of_hours) return 1.0F;
  return world.state.units[rule.unit].staffed;
}

namespace {

/// Employed over posts in direct time, relative to the usual share of vacancies.
float staffed(const World& world, std::size_t index, const Unit& u) {
  if (!has_posts(u)) return 1.0F;
  const double usual = 1.0 - world.config().delivery.usual_vacancy_share;
  return static_cast<float>(direct_hours(world, index, u.employed) /
                            (direct_hours(world, index, u.posts) * usual));
}

/// Shares missed since the month began, in steps; the need levels whose share is another than
/// before.
unsigned count_missed(const World& world, std::size_t index, Unit& u) {
  const base::Day end = world.today() + 1;
  const int days = base::to_date(world.today()).day;
  const auto& before = world.state.delivered.before;
  const base::Day begin = std::max(end - days, world.period().first);
  unsigned changed = 0;
  for (std::size_t need = 0; need < model::need_level_count; ++need) {
    const double given = before[model::DeliveredDays::row(end)][index][need] -
                         before[model::DeliveredDays::row(begin)][index][need];
    const double share = 1.0 - given / static_cast<double>(end - begin);
    const float missed = missed_step * std::round(static_cast<float>(share) / missed_step);
    changed |= missed != u.missed[need] ? 1U << need : 0U;
    u.missed[need] = missed;
  }
  return changed;
}

/// Time lost between services of the same resident.
void count_coordination(World& world) {
  for (Unit& u : world.state.units) u.coordination_hours = 0.0F;
  const auto loss = static_cast<float>(world.config().delivery.coordination_loss);
  if (loss <= 0.0F) return;
  for (const CareCase& c : world.state.cases) {
    if (c.held < 2) continue;
    int services = 0;
    const auto for_staffed = [&](auto&& visit) {
      for (const Holding& h : c.in_use()) {
        if (h.own || h.overflow) continue;
        const ServiceRule& rule = rule_of(world, h);
        const bool by_staff = rule.unit < world.state.units.size();
        if (by_staff && h.hours_per_week > 0.0F) visit(h, rule);
      }
    };
    for_staffed([&](const Holding&, const ServiceRule&) { ++services; });
    for_staffed([&](const Holding& h, const ServiceRule& rule) {
      world.state.units[rule.unit].coordination_hours +=
          loss * h.hours_per_week * static_cast<float>(services - 1);
    });
  }
}

bool visits_homes(const World& world, std::size_t unit) {
  return std::ranges::any_of(world.rules().services.rules, [unit](const ServiceRule& rule) {
    return rule.form == config::ServiceForm::hours && rule.unit == unit;
  });
}

}  // namespace

void take_stock_of_staff(World& world) {
  constexpr unsigned every_need = (1U << model::need_level_count) - 1U;
  std::array<unsigned, model::max_units> changed{};
  unsigned any = 0;
  for (std::size_t i = 0; i < world.state.units.size(); ++i) {
    Unit& u = world.state.units[i];
    const model::StaffRatios ratios =
        staff_ratios(world.config().continuity, u, visits_homes(world, i));
    changed[i] = count_missed(world, i, u) | (ratios != u.ratios ? every_need : 0U);
    any |= changed[i];
    u.ratios = ratios;
    u.staffed = staffed(world, i, u);
  }
  count_coordination(world);
  count_carers_met(world);
  follow_way_of_working(world);
  if (any == 0U) return;
  for (CareCase& c : world.state.cases) {
    if (c.held == 0 || (any >> model::index(c.level) & 1U) == 0U) continue;
    bool concerned = false;
    for (const Holding& h : c.in_use()) {
      const model::UnitIndex unit = rule_of(world, h).unit;
      concerned = concerned ||
                  (unit < changed.size() && (changed[unit] >> model::index(c.level) & 1U) != 0U);
    }
    if (concerned) update_case(world, c);
  }
}

}  // namespace carestair::processes
