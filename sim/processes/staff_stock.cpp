// The end of a month seen from the staff: what residents missed, how the units are staffed, and
// what follows for those they help.
#include <algorithm>
#include <array>
#include <cmath>

#include "processes/case_update.hpp"
#include "processes/continuity.hpp"
#include "processes/delivery.hpp"
#include "processes/services.hpp"
#include "processes/way_of_working.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::Unit;

namespace {

constexpr float missed_step = 0.05F;  // of shares missed: cases need no update for less

/// Employed over posts in direct time, relative to the usual share of vacancies. Posts beyond the
/// hours fill vacancies and are none themselves: while they stand empty nobody is granted less.
float staffed(const World& world, std::size_t index, const Unit& u) {
  if (!has_posts(u)) return 1.0F;
  const double usual = 1.0 - world.config().delivery.usual_vacancy_share;
  const double beyond = share_beyond(world, index, u);
  const double posts = direct_hours(world, index, u.posts) * (1.0 - beyond);
  double employed = direct_hours(world, index, u.employed);
  if (beyond > 0.0) employed = std::min(employed, posts);
  return posts > 0.0 ? static_cast<float>(employed / (posts * usual)) : 1.0F;
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
    // Of all that is granted now, whatever it needs of who gives it.
    double granted = 0.0;
    double given = 0.0;
    const auto count = [&](std::size_t k, double hours) {
      granted += hours;
      given += hours * (before[model::DeliveredDays::row(end)][index][k][need] -
                        before[model::DeliveredDays::row(begin)][index][k][need]);
    };
    for (std::size_t k = 0; k < u.granted.size(); ++k) count(k, std::max(u.granted[k][need], 0.0));
    if (granted <= 0.0) count(model::index(model::Competence::anybody), 1.0);
    const double share = 1.0 - given / (granted * static_cast<double>(end - begin));
    const float missed = missed_step * std::round(static_cast<float>(share) / missed_step);
    changed |= missed != u.missed[need] ? 1U << need : 0U;
    u.missed[need] = missed;
  }
  return changed;
}

/// Time lost between services of the same resident.
void count_coordination(World& world) {
  const auto loss = static_cast<float>(world.config().delivery.coordination_loss);
  for (Unit& u : world.state.units) {
    u.renew = u.renew || loss > 0.0F || u.coordination_hours > 0.0F;
    u.coordination_hours = 0.0F;
  }
  if (loss <= 0.0F) return;
  for (const model::CaseId id : world.state.holding_cases) {
    const CareCase& c = world.at(id);
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
  for (const model::CaseId id : world.state.holding_cases) {
    CareCase& c = world.at(id);
    if ((any >> model::index(c.level) & 1U) == 0U) continue;
    bool concerned = false;
    for (const Holding& h : c.in_use()) {
      const model::UnitIndex unit = rule_of(world, h).unit;
      concerned = concerned ||
                  (unit < changed.size() && (changed[unit] >> model::index(c.level) & 1U) != 0U);
    }
    if (concerned) staff_changed(world, c);
  }
}

}  // namespace carestair::processes
