#include "processes/workforce.hpp"

#include <algorithm>
#include <cmath>

#include "processes/continuity.hpp"
#include "processes/posts.hpp"
#include "processes/recruitment.hpp"
#include "processes/staff_absence.hpp"
#include "processes/staff_pay.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::Employee;
using model::Occupation;
using model::Post;
using model::StaffMove;

namespace {

constexpr std::size_t leader = model::index(Occupation::leader);
/// What quits.young_ratio, old_ratio and small_position_ratio are ratios of.
constexpr double young_until = 30.0;
constexpr double old_from = 50.0;
constexpr float small_position = 0.5F;

/// Ratios of a unit this week, by which rates of its employees differ from usual.
struct Conditions {
  float sick = 1.0F;
  float quit = 1.0F;
};

using ByUnit = std::array<Conditions, model::max_units>;

Conditions conditions_of(const World& world, std::size_t u) {
  const config::Workforce& w = world.config().workforce;
  const model::Unit& unit = world.state.units[u];
  const auto within = [](float x, double least, double most) {
    return std::clamp(x, static_cast<float>(least), static_cast<float>(most));
  };
  const config::WorkingConditions& seen = w.conditions;
  const float load =
      10.0F * (within(unit.workload, seen.least_workload, seen.most_workload) - 1.0F);
  const auto usual = static_cast<float>(w.sick_leave.usual_span);
  const float span =
      unit.span > 0.0F ? 0.1F * (within(unit.span, seen.least_span, seen.most_span) - usual) : 0.0F;
  const auto ratio = [&](double by_load, double by_span) {
    return std::pow(static_cast<float>(by_load), load) *
           std::pow(static_cast<float>(by_span), span);
  };
  const UnitRule& rule = world.rules().workforce.units[u];
  Conditions conditions{
      ratio(w.sick_leave.workload_ratio, w.sick_leave.span_ratio) * rule.sick_leave_ratio,
      ratio(w.quits.workload_ratio, w.quits.span_ratio) * rule.quit_ratio};
  // The roster is that of those who visit.
  if (world.config().units[u].hours == config::UnitHours::visits) {
    const config::RosterPattern& roster = roster_pattern(world.config().continuity);
    conditions.sick *= static_cast<float>(roster.sick_leave_ratio);
    conditions.quit *= static_cast<float>(roster.quit_ratio);
  }
  return conditions;
}

ByUnit conditions_of(const World& world) {
  ByUnit conditions;
  for (std::size_t u = 0; u < world.state.units.size(); ++u) {
    conditions[u] = conditions_of(world, u);
  }
  return conditions;
}

/// Retires or leaves for other work in the days to come.
bool leaves(World& world, Employee& who, float conditions, float days) {
  const config::Quits& quits = world.config().workforce.quits;
  const double age = age_of(world, who);
  const auto count = [&](StaffMove move) {
    world.state.ledger.count_staff(move, who.occupation);
    return true;
  };
  if (age >= quits.retirement_age + quits.retirement_sd * static_cast<double>(who.retires)) {
    return count(StaffMove::retired);
  }
  if (world.today() < who.bound_until) return false;
  double rate = conditions * world.rules().workforce.quit_rate[model::index(who.occupation)];
  if (age < young_until) rate *= quits.young_ratio;
  if (age >= old_from) rate *= quits.old_ratio;
  if (who.position < small_position) rate *= quits.small_position_ratio;
  who.until_quit -= days * static_cast<float>(rate);
  return who.until_quit <= 0.0F && count(StaffMove::quit);
}

/// Who is at work in the days to come, by unit.
void work(World& world, const ByUnit& conditions, float days) {
  const WorkforceTables& tables = world.rules().workforce;
  const config::Workforce& w = world.config().workforce;
  const auto substitutes = static_cast<float>(w.leave.summer_substitutes);
  const auto educated = static_cast<float>(w.leave.summer_educated);
  const float acting = static_cast<float>(w.recruitment.acting_share) * tables.productive_share;
  const Holidays holidays(tables, world.today());
  for (model::Unit& unit : world.state.units) {
    unit.employed = unit.present = unit.sick = {};
    unit.people = unit.headcount = unit.stand_ins = 0.0F;
    unit.renew = true;
  }
  const auto stand_in = [](model::Unit& unit, float positions, float health_workers) {
    unit.present[model::index(Occupation::health_worker)] += positions * health_workers;
    unit.present[model::index(Occupation::assistant)] += positions * (1.0F - health_workers);
    unit.stand_ins += positions;
  };
  for (Post& post : world.state.staff.posts) {
    model::Unit& unit = world.state.units[post.unit];
    if (post.state == Post::State::vacant && post.occupation != Occupation::leader) {
      stand_in(unit, acting * post.size, 0.0F);
    }
    if (post.state != Post::State::filled) continue;
    Employee& who = post.holder;
    const std::size_t o = model::index(who.occupation);
    const DaysAway away = live_days(world, who, conditions[post.unit].sick, days);
    const float here = 1.0F - (away.sick + away.parental) / days;
    const Holiday holiday = holidays(who.uid);
    unit.employed[o] += who.position;
    unit.sick[o] += who.position * away.sick / days;
    unit.present[o] += who.position * here * (1.0F - holiday.share);
    if (holiday.summer && o != leader) {
      stand_in(unit, substitutes * who.position * here * holiday.share, educated);
    }
    unit.people += here > 0.0F && holiday.share < 1.0F ? 1.0F : 0.0F;
    unit.headcount += 1.0F;
    world.state.ledger.employee_weeks[post.unit][o][model::position_size(who.position)] +=
        days / 7.0F;
  }
}

/// Employees a leader: of those employed, or, without any, as many as can be. Unknown where a post
/// would be too small to be filled: such a unit is led from another, like any other.
void lead(const World& world, model::Unit& unit) {
  const auto most = static_cast<float>(world.config().workforce.conditions.most_span);
  const float leaders = unit.employed[leader];
  unit.span = leaders > 0.0F ? (unit.headcount - leaders) / leaders : most;
  if (unit.posts[leader] < world.rules().workforce.least_post) unit.span = 0.0F;
}

void count_week(World& world, float days) {
  for (std::size_t u = 0; u < world.state.units.size(); ++u) {
    const model::Unit& unit = world.state.units[u];
    for (std::size_t o = 0; o < model::occupation_count; ++o) {
      auto& weeks = world.state.ledger.staff_weeks[u][o];
      const std::array fte{unit.posts[o], unit.employed[o], unit.sick[o], unit.present[o]};
      for (std::size_t s = 0; s < fte.size(); ++s) weeks[s] += fte[s] * days / 7.0F;
    }
  }
}

void live_staff_days(World& world, const ByUnit& conditions, float days) {
  work(world, conditions, days);
  for (std::size_t u = 0; u < world.state.units.size(); ++u) {
    lead(world, world.state.units[u]);
    world.state.units[u].pay = relative_pay(world, u);
  }
  count_week(world, days);
}

}  // namespace

double age_of(const World& world, const Employee& who) {
  return static_cast<double>(world.today() - who.birth) / base::days_per_year;
}

void start_workforce(World& world) {
  if (world.state.units.empty()) return;
  model::Staff& staff = world.state.staff;
  for (const std::uint64_t key : world.rules().workforce.training_keys) {
    staff.until_trainee.push_back(random::threshold(world.seed(), key, random::Purpose::training));
  }
  staff.trained.assign(staff.until_trainee.size(), 0);
  meet_budget(world);
  for (Post& post : staff.posts) {
    if (post.state == Post::State::vacant) hire(world, post, true);
  }
  // Until the first Monday.
  const int days = (7 - (world.today() - base::to_day({1970, 1, 5})) % 7) % 7;
  if (days > 0) live_staff_days(world, conditions_of(world), static_cast<float>(days));
}

void begin_staff_week(World& world) {
  if (world.state.units.empty()) return;
  constexpr float week = 7.0F;
  meet_budget(world);
  const ByUnit conditions = conditions_of(world);
  for (Post& post : world.state.staff.posts) {
    if (post.state != Post::State::filled) continue;
    if (leaves(world, post.holder, conditions[post.unit].quit, week)) vacate(world, post);
  }
  train(world, week);
  fill_vacancies(world, week);
  live_staff_days(world, conditions, week);
}

}  // namespace carestair::processes
