#include "processes/continuity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "processes/delivery.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::Occupation;

namespace {

constexpr double four_weeks = 28.0;
constexpr double almost_surely = 1.0 - 1e-12;

double share_unskilled(const model::ByOccupation& staff) {
  double all = 0.0;
  for (std::size_t k = 0; k < staff.size(); ++k) {
    if (k != model::index(Occupation::leader)) all += static_cast<double>(staff[k]);
  }
  return all > 0.0 ? static_cast<double>(staff[model::index(Occupation::assistant)]) / all : -1.0;
}

bool at_the_door(const ServiceRule& rule) {
  return rule.form == config::ServiceForm::hours && rule.unit != model::no_unit;
}

}  // namespace

const config::RosterPattern& roster_pattern(const config::Continuity& rules) {
  const auto name = config::roster_names[static_cast<std::size_t>(rules.roster)];
  return *std::ranges::find(rules.rosters, name, &config::RosterPattern::id);
}

Roster roster_of(const config::Continuity& rules, const model::Unit& unit) {
  const config::RosterPattern& pattern = roster_pattern(rules);
  // Those who stand in work positions like those of whom they stand in for.
  const auto stand_ins = static_cast<double>(unit.stand_ins);
  double employed = -stand_ins;
  for (const float positions : unit.present) employed += static_cast<double>(positions);
  const auto people = static_cast<double>(unit.people);
  const double position = people > 0.0 && employed > 0.0 ? std::min(employed / people, 1.0) : 1.0;
  const double faces = people + stand_ins / position;
  return {.people = std::max(std::min(rules.team_fte / position, faces), 1.0),
          .shifts_per_day = pattern.shifts_per_day,
          .primary = rules.primary_contact_share,
          .repeat = pattern.repeat_share};
}

MetAtTheDoor::MetAtTheDoor(const Roster& roster)
    : roster_(roster),
      // Without a primary contact the one set apart for it is one of the team like the others.
      team_(roster.primary > 0.0 ? roster.people - 1.0 : roster.people),
      log_not_contact_(std::log1p(-std::min(roster.primary, almost_surely))),
      log_not_one_(team_ > 1.0 ? std::log1p(-1.0 / team_) : 0.0) {}

double MetAtTheDoor::operator()(double visits_per_week) const {
  const double draws = four_weeks * std::min(visits_per_week / 7.0, roster_.shifts_per_day);
  const double contact = roster_.primary > 0.0 ? -std::expm1(draws * log_not_contact_) : 0.0;
  if (team_ <= 1.0) return std::min(contact + team_, draws);
  const double drawn = draws * (1.0 - roster_.primary) * (1.0 - roster_.repeat);
  return contact - team_ * std::expm1(drawn * log_not_one_);
}

model::StaffRatios staff_ratios(const config::Continuity& rules, const model::Unit& unit,
                                bool at_home) {
  if (!has_posts(unit)) return {};
  double halvings = 0.0;
  if (at_home) {
    const double met =
        std::round(MetAtTheDoor(roster_of(rules, unit))(rules.usual_visits_per_week));
    halvings = std::log2(rules.usual_carers / std::max(met, 1.0));
  }
  // In whole steps of five points: lives are not looked at again for a post more or less.
  double tens = 0.0;
  if (const double unskilled = share_unskilled(unit.present); unskilled >= 0.0) {
    const double half_tens = std::round((unskilled - rules.usual_unskilled_share) / 0.05);
    tens = 0.5 * half_tens;
  }
  const auto ratio = [&](double halved, double per_ten) {
    return static_cast<float>(std::pow(halved, halvings) * std::pow(per_ten, tens));
  };
  return {.detection = ratio(rules.halved_detection, rules.unskilled_detection),
          .admission = ratio(rules.halved_admission, rules.unskilled_admission),
          .decline = ratio(1.0, rules.unskilled_decline)};
}

void apply_staff(const model::StaffRatios& staff, model::Ratios& ratios) {
  ratios[model::index(model::RateName::detection)] *= staff.detection;
  ratios[model::index(model::RateName::admission)] *= staff.admission;
  ratios[model::index(model::RateName::decline)] *= staff.decline;
}

void count_carers_met(World& world) {
  const auto& units = world.state.units;
  std::array<std::optional<MetAtTheDoor>, model::max_units> met_by{};
  bool any = false;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!has_posts(units[i])) continue;
    met_by[i].emplace(roster_of(world.config().continuity, units[i]));
    any = true;
  }
  if (!any) return;
  const double visits_an_hour = 60.0 / world.config().travel.visit_minutes;
  for (const model::CaseId id : world.state.holding_cases) {
    const model::CareCase& c = world.at(id);
    double met = 0.0;
    for (const model::Holding& h : c.in_use()) {
      if (h.own || h.hours_per_week <= 0.0F) continue;
      const ServiceRule& rule = rule_of(world, h);
      if (!at_the_door(rule) || !met_by[rule.unit]) continue;
      met += (*met_by[rule.unit])(static_cast<double>(h.hours_per_week) * visits_an_hour);
    }
    if (met <= 0.0) continue;
    const std::size_t group = model::age_group(world.age(world.at(c.resident)));
    world.state.ledger.carers_met[group][model::index(c.level)] += static_cast<float>(met);
  }
}

}  // namespace carestair::processes
