#include "processes/delivery.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/shortage.hpp"
#include "processes/staff_pay.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::StaffTime;
using model::Unit;

namespace {

constexpr double busiest = 3.0;  // beyond, staff cannot be busier

constexpr std::size_t anybody = model::index(model::Competence::anybody);

double granted_in(const Unit& unit) { return asked_of(unit.granted)[anybody]; }

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

/// Share of hours at work by those who have at least each competence.
ByCompetence shares_of(const ByCompetence& hours) {
  ByCompetence share{};
  for (std::size_t k = 0; k < share.size() && hours[anybody] > 0.0; ++k) {
    share[k] = hours[k] / hours[anybody];
  }
  return share;
}

ByCompetence times(const ByCompetence& hours, double factor) {
  ByCompetence product = hours;
  for (double& h : product) h *= factor;
  return product;
}

/// Staff of units with time to spare help those that are short, in proportion to what is short.
/// Returns the competence of those who help, as shares of their hours.
ByCompetence lend(std::vector<Unit>& units, double shared_share) {
  double spare = 0.0;
  double gap = 0.0;
  ByCompetence helpers{};
  const auto short_of = [](const Unit& u) { return granted_in(u) - u.week.present; };
  for (const Unit& u : units) {
    if (!has_posts(u)) continue;
    const double here = short_of(u);
    (here > 0.0 ? gap : spare) += std::abs(here);
    if (here > 0.0) continue;
    const ByCompetence of = shares_of(u.present_hours);
    for (std::size_t k = 0; k < of.size(); ++k) helpers[k] -= here * of[k];
  }
  const double lent = std::min(spare * shared_share, gap);
  if (lent <= 0.0) return {};
  for (Unit& u : units) {
    if (!has_posts(u)) continue;
    const double here = short_of(u);
    u.week.shared = here > 0.0 ? lent * here / gap : lent * here / spare;
  }
  return times(helpers, 1.0 / spare);
}

/// Hours given by the unit's own staff in their ordinary time, those lent to others apart.
double given_in_ordinary_time(const StaffTime& week) {
  return week.given - week.extra - week.overtime - week.agency - std::max(week.shared, 0.0);
}

/// What a week of posts beyond the hours costs, NOK. Their time that meets what is granted is in
/// the price of hours; for the rest nobody else pays.
double cost_of_idle_posts(const World& world, std::size_t index, const Unit& u) {
  const double share = share_beyond(world, index, u);
  if (share <= 0.0) return 0.0;
  const double posts = fte_led(u.posts);
  const double beyond = u.week.present * share;
  const double others = u.week.present - beyond + std::min(u.week.shared, 0.0);
  const double used = std::clamp(given_in_ordinary_time(u.week) - others, 0.0, beyond);
  const double idle = beyond > 0.0 ? 1.0 - used / beyond : 1.0;
  const double filled = std::min(fte_led(u.employed) / posts, 1.0);
  return idle * share * posts * filled * world.config().workforce.staffing.weekly_hours *
         mean_pay(world, u.posts);
}

/// What a week of funded time costs that nothing granted asks for, NOK. The price of hours given
/// holds what is left over at the usual load; posts beyond the hours have an account of their own.
double cost_of_unused_time(const World& world, std::size_t index, const Unit& u) {
  const config::Delivery& rules = world.config().delivery;
  if (rules.unused_time_paid <= 0.0) return 0.0;
  const double funded = u.week.present * (1.0 - share_beyond(world, index, u));
  const double here = funded + std::min(u.week.shared, 0.0);
  const double unused = std::max(rules.usual_load * here - given_in_ordinary_time(u.week), 0.0);
  return rules.unused_time_paid * unused *
         static_cast<double>(world.rules().workforce.units[index].unused_hour_cost * u.pay);
}

/// How the hours of a week come about, as of the staff of this week and what is granted now, and
/// who goes without. `lent` is the competence of those who help from other units.
void staff_unit(const World& world, std::size_t index, Unit& u, const ByCompetence& lent,
                const ByNeed& weight) {
  const config::Delivery& rules = world.config().delivery;
  StaffTime& week = u.week;
  const ByCompetence asked = asked_of(u.granted);
  const ByCompetence own = shares_of(u.present_hours);
  ByCompetence hours = u.present_hours;
  ByCompetence missing{};
  for (std::size_t k = 0; k < asked.size(); ++k) {
    hours[k] += week.shared * (week.shared > 0.0 ? lent[k] : own[k]);
    missing[k] = asked[k] - hours[k];
  }
  const auto add = [&](const ByCompetence& room) {
    const ByCompetence taken = close_gap(missing, room);
    for (std::size_t k = 0; k < taken.size(); ++k) hours[k] += taken[k];
    return taken[anybody];
  };
  const double at_work = fte(u.present);
  const double part_time = std::max(static_cast<double>(u.people + u.stand_ins) - at_work, 0.0);
  const double unworked = at_work > 0.0 ? part_time / at_work : 0.0;
  week.extra = add(times(u.present_hours, rules.extra_shift_share * unworked));
  week.overtime = add(times(u.present_hours, rules.overtime_share));
  // Those whom an agency sends are nurses.
  const double direct = direct_hours(world, index, u.posts);
  ByCompetence agency{};
  agency.fill(rules.agency_share * direct);
  week.agency = add(agency);
  const double gap = std::max(std::ranges::max(missing), 0.0);
  week.given = asked[anybody] - gap;
  week.lacking = gap - std::max(missing[anybody], 0.0);
  u.delivered = share_by_competence(u.granted, hours, weight);
  // An hour with residents takes more than an hour of work; leaders work no more hours for it. The
  // price of hours holds leave and absence, which such hours have none of.
  const double booked =
      mean_pay(world, u.posts) / static_cast<double>(world.rules().workforce.productive_share);
  const double paid =
      direct > 0.0 ? world.config().workforce.staffing.weekly_hours * fte_led(u.posts) / direct
                   : 0.0;
  const double overtime_hour = mean_pay(world, u.posts) * (1.0 + rules.overtime_premium);
  const double agency_hour =
      rules.hour_cost(model::index(model::Occupation::nurse)) * (1.0 + rules.agency_premium);
  week.premium_nok =
      paid * (week.overtime * (overtime_hour - booked) + week.agency * (agency_hour - booked)) +
      cost_of_idle_posts(world, index, u);
  week.unused_nok = cost_of_unused_time(world, index, u);
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
    u.present_hours = {};
    if (!has_posts(u)) continue;
    const ByCompetence direct = direct_hours_by_competence(world, i, u.present);
    u.week.present = std::max(
        direct[anybody] * time_left(world, i) - static_cast<double>(u.coordination_hours), 0.0);
    u.present_hours = times(shares_of(direct), u.week.present);
  }
  ByCompetence lent{};
  if (lending) lent = lend(units, rules.shared_share);
  ByNeed weight{};
  for (std::size_t need = 0; need < weight.size(); ++need) weight[need] = rules.falls_away(need);
  auto& ring = world.state.delivered.before;
  const std::size_t today = model::DeliveredDays::row(day);
  const std::size_t next = model::DeliveredDays::row(day + 1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& u = units[i];
    if (std::exchange(u.renew, false)) {
      for (ByNeed& share : u.delivered) share.fill(1.0);
      if (has_posts(u)) staff_unit(world, i, u, lent, weight);
    }
    for (std::size_t k = 0; k < u.delivered.size(); ++k) {
      for (std::size_t need = 0; need < weight.size(); ++need) {
        ring[next][i][k][need] = ring[today][i][k][need] + u.delivered[k][need];
      }
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
    sum.lacking += u.week.lacking * day;
    const double premium = u.week.premium_nok * day * wages;
    const double unused = u.week.unused_nok * day * wages;
    model::Money& money = world.state.ledger.money;
    money.spend(model::Payer::municipality, model::Account::staffing_premium, premium);
    money.spend(model::Payer::municipality, model::Account::unused_time, unused);
    auto& costs = world.state.ledger.unit_nok[i];
    costs[model::index(model::UnitAccount::staffing_premium)] += premium;
    costs[model::index(model::UnitAccount::unused_time)] += unused;
    const double granted = granted_in(u);
    const double load = granted < busiest * u.week.present ? granted / u.week.present : busiest;
    // Where nobody is helped the work is what it usually is.
    const double now = granted > 0.0 ? load / world.config().delivery.usual_load : 1.0;
    u.workload += static_cast<float>((now - static_cast<double>(u.workload)) * pace);
  }
}

}  // namespace

model::ByCompetence direct_hours_by_competence(const World& world, std::size_t unit,
                                               const model::ByOccupation& staff) {
  const model::ByOccupation& hours = world.rules().workforce.units[unit].hours_at_work;
  model::ByCompetence sum{};
  for (std::size_t o = 0; o < hours.size(); ++o) {
    sum[model::index(model::competence_of(static_cast<model::Occupation>(o)))] +=
        static_cast<double>(staff[o]) * static_cast<double>(hours[o]);
  }
  for (std::size_t k = sum.size(); k-- > 1;) sum[k - 1] += sum[k];
  return sum;
}

double direct_hours(const World& world, std::size_t unit, const model::ByOccupation& staff) {
  return direct_hours_by_competence(world, unit, staff)[anybody];
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

namespace {

void draw_on(Unit& unit, const ServiceRule& rule, model::NeedLevel level, double hours) {
  for (std::size_t k = 0; k < unit.granted.size(); ++k) {
    unit.granted[k][model::index(level)] += hours * static_cast<double>(rule.tasks[k]);
  }
  unit.renew = true;
}

}  // namespace

void draw_on_staff(World& world, const CareCase& c, const Holding& h, float hours) {
  if (h.own || h.overflow) return;
  const ServiceRule& rule = rule_of(world, h);
  if (rule.unit >= world.state.units.size()) return;
  draw_on(world.state.units[rule.unit], rule, c.level, static_cast<double>(hours));
}

void draw_on_staff_as(World& world, const CareCase& c, model::NeedLevel level) {
  if (c.held == 0 || c.level == level) return;
  for (const Holding& h : c.in_use()) {
    if (h.own || h.overflow) continue;
    const ServiceRule& rule = rule_of(world, h);
    if (rule.unit >= world.state.units.size()) continue;
    const auto hours = static_cast<double>(h.hours_per_week * weight_of(world, c, rule));
    Unit& unit = world.state.units[rule.unit];
    draw_on(unit, rule, c.level, -hours);
    draw_on(unit, rule, level, hours);
  }
}

float share_given(const World& world, const CareCase& c, const Holding& h, base::Day from,
                  base::Day until) {
  const ServiceRule& rule = rule_of(world, h);
  if (rule.unit >= world.state.units.size() || h.overflow) return 1.0F;
  // What is held is booked every month, so that the ring still knows the first of these days.
  CARE_EXPECTS(from < until && until - from < static_cast<int>(model::DeliveredDays::ring));
  const auto& before = world.state.delivered.before;
  const model::DeliveredShares& last = before[model::DeliveredDays::row(until)][rule.unit];
  const model::DeliveredShares& first = before[model::DeliveredDays::row(from)][rule.unit];
  const std::size_t need = model::index(c.level);
  double days = 0.0;
  for (std::size_t k = 0; k < rule.tasks.size(); ++k) {
    days += static_cast<double>(rule.tasks[k]) * (last[k][need] - first[k][need]);
  }
  return static_cast<float>(days / static_cast<double>(until - from));
}

float staffing_of(const World& world, const ServiceRule& rule) {
  const bool of_hours = rule.form == config::ServiceForm::hours;
  if (rule.unit >= world.state.units.size() || !of_hours) return 1.0F;
  return world.state.units[rule.unit].staffed;
}

}  // namespace carestair::processes
