#include "processes/delivery.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::StaffTime;
using model::Unit;

namespace {

constexpr double busiest = 3.0;  // beyond, staff cannot be busier

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

/// Full-time positions of those who are not leaders.
double fte_led(const model::ByOccupation& staff) {
  return fte(staff) - static_cast<double>(staff[model::index(model::Occupation::leader)]);
}

/// What is left of a unit's direct time for what is granted.
double time_left(const World& world, std::size_t unit) {
  const config::Config& config = world.config();
  const bool visits = config.units[unit].hours == config::UnitHours::visits;
  return (visits ? config.delivery.matched_share : 1.0) * (1.0 - config.delivery.meetings_share) *
         (1.0 - training_time(config));
}

/// Takes up to `most` hours off the gap; what was taken.
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

/// What a week of posts beyond the hours costs, NOK. Their time that meets what is granted is in
/// the price of hours; for the rest nobody else pays.
double cost_of_idle_posts(const World& world, std::size_t index, const Unit& u, double granted) {
  const double share = share_beyond(world, index, u);
  if (share <= 0.0) return 0.0;
  const double posts = fte_led(u.posts);
  const double beyond = u.week.present * share;
  const double without = u.week.present - beyond + u.week.shared;
  const double used = std::clamp(granted - without, 0.0, beyond);
  const double idle = beyond > 0.0 ? 1.0 - used / beyond : 1.0;
  const double filled = std::min(fte_led(u.employed) / posts, 1.0);
  return idle * share * posts * filled * world.config().workforce.staffing.weekly_hours *
         world.config().delivery.hour_cost;
}

/// What a week of funded time costs that nothing granted asks for, NOK. The price of hours given
/// holds what is left over at the usual load; posts beyond the hours have an account of their own.
double cost_of_unused_time(const World& world, std::size_t index, const Unit& u, double granted) {
  const config::Delivery& rules = world.config().delivery;
  if (rules.unused_time_paid <= 0.0) return 0.0;
  const double funded = u.week.present * (1.0 - share_beyond(world, index, u));
  const double here = funded + std::min(u.week.shared, 0.0);
  const double unused = std::max(rules.usual_load * here - granted, 0.0);
  return rules.unused_time_paid * unused *
         static_cast<double>(world.rules().workforce.units[index].unused_hour_cost);
}

/// How the hours of a week come about, as of the staff of this week and what is granted now.
void staff_unit(const World& world, std::size_t index, Unit& u) {
  const config::Delivery& rules = world.config().delivery;
  StaffTime& week = u.week;
  const double granted = total_of(u.granted);
  double gap = std::max(granted - week.present - week.shared, 0.0);
  const double at_work = fte(u.present);
  const double hours_of_fte = at_work > 0.0 ? week.present / at_work : 0.0;
  const double part_time = std::max(static_cast<double>(u.people + u.stand_ins) - at_work, 0.0);
  week.extra = take(gap, rules.extra_shift_share * part_time * hours_of_fte);
  week.overtime = take(gap, rules.overtime_share * week.present);
  const double direct = direct_hours(world, index, u.posts);
  week.agency = take(gap, rules.agency_share * direct);
  week.given = granted - gap;
  // An hour with residents takes more than an hour of work; leaders work no more hours for it. The
  // price of hours holds leave and absence, which such hours have none of.
  const double booked = 1.0 / static_cast<double>(world.rules().workforce.productive_share);
  const double paid =
      direct > 0.0 ? world.config().workforce.staffing.weekly_hours * fte_led(u.posts) / direct
                   : 0.0;
  week.premium_nok = rules.hour_cost * paid *
                         (week.overtime * (1.0 + rules.overtime_premium - booked) +
                          week.agency * (1.0 + rules.agency_premium - booked)) +
                     cost_of_idle_posts(world, index, u, granted);
  week.unused_nok = cost_of_unused_time(world, index, u, granted);
}

/// Works out what is given on a day, where it is not what it was, and adds it to the days
/// delivered.
void settle(World& world, base::Day day) {
  const config::Delivery& rules = world.config().delivery;
  std::vector<Unit>& units = world.state.units;
  // What is lent depends on all units.
  const bool lending = rules.shared_share > 0.0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& u = units[i];
    u.renew = u.renew || lending;
    if (!u.renew) continue;
    u.week = {};
    if (!has_posts(u)) continue;
    u.week.present = std::max(direct_hours(world, i, u.present) * time_left(world, i) -
                                  static_cast<double>(u.coordination_hours),
                              0.0);
  }
  if (lending) lend(units, rules.shared_share);
  ByNeed weight{};
  for (std::size_t need = 0; need < weight.size(); ++need) weight[need] = rules.falls_away(need);
  auto& ring = world.state.delivered.before;
  const std::size_t today = model::DeliveredDays::row(day);
  const std::size_t next = model::DeliveredDays::row(day + 1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& u = units[i];
    if (std::exchange(u.renew, false)) {
      u.delivered_share.fill(1.0);
      if (has_posts(u)) {
        staff_unit(world, i, u);
        u.delivered_share = share_by_severity(u.granted, u.week.given, weight);
      }
    }
    for (std::size_t need = 0; need < weight.size(); ++need) {
      ring[next][i][need] = ring[today][i][need] + u.delivered_share[need];
    }
  }
}

void book_staff_time(World& world) {
  const double day = 1.0 / 7.0;
  const double pace = 1.0 - std::exp(-1.0 / world.config().delivery.workload_days);
  const double wages = wage_level_on(world, world.today());
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
    const double premium = u.week.premium_nok * day * wages;
    sum.premium_nok += premium;
    model::Money& money = world.state.ledger.money;
    money.spend(model::Payer::municipality, model::Account::staffing_premium, premium);
    money.spend(model::Payer::municipality, model::Account::unused_time,
                u.week.unused_nok * day * wages);
    const double granted = total_of(u.granted);
    const double load = granted < busiest * u.week.present ? granted / u.week.present : busiest;
    // Where nobody is helped the work is what it usually is.
    const double now = granted > 0.0 ? load / world.config().delivery.usual_load : 1.0;
    u.workload += static_cast<float>((now - static_cast<double>(u.workload)) * pace);
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

double share_beyond(const World& world, std::size_t unit, const Unit& u) {
  const auto extra = static_cast<double>(world.rules().workforce.units[unit].extra_fte);
  const double posts = fte_led(u.posts);
  return extra > 0.0 && posts > 0.0 ? std::min(extra / posts, 1.0) : 0.0;
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
  Unit& unit = world.state.units[rule.unit];
  unit.granted[model::index(c.level)] += static_cast<double>(hours);
  unit.renew = true;
}

void draw_on_staff_as(World& world, const CareCase& c, model::NeedLevel level) {
  if (c.held == 0 || c.level == level) return;
  for (const Holding& h : c.in_use()) {
    if (h.own || h.overflow) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.unit >= world.state.units.size()) continue;
    const auto hours = static_cast<double>(h.hours_per_week * weight_of(world, c, rule));
    Unit& unit = world.state.units[rule.unit];
    unit.granted[model::index(c.level)] -= hours;
    unit.granted[model::index(level)] += hours;
    unit.renew = true;
  }
}

float share_given(const World& world, const CareCase& c, const Holding& h, base::Day from,
                  base::Day until) {
  const ServiceRule& rule = rule_of(world, h);
  if (rule.unit >= world.state.units.size() || h.overflow) return 1.0F;
  // What is held is booked every month, so that the ring still knows the first of these days.
  CARE_EXPECTS(from < until && until - from < static_cast<int>(model::DeliveredDays::ring));
  const auto& before = world.state.delivered.before;
  const std::size_t need = model::index(c.level);
  const double days = before[model::DeliveredDays::row(until)][rule.unit][need] -
                      before[model::DeliveredDays::row(from)][rule.unit][need];
  return static_cast<float>(days / static_cast<double>(until - from));
}

float staffing_of(const World& world, const ServiceRule& rule) {
  const bool of_hours = rule.form == config::ServiceForm::hours;
  if (rule.unit >= world.state.units.size() || !of_hours) return 1.0F;
  return world.state.units[rule.unit].staffed;
}

}  // namespace carestair::processes
