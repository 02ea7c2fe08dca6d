#include "processes/carer_burden.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "processes/carer_records.hpp"
#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/family_future.hpp"
#include "processes/informal.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::Carer;
using model::CarerId;
using model::Relation;
using model::Tie;
using model::TieId;

namespace {

constexpr float top_of_scale = 88.0F;
constexpr float months_a_year = 12.0F;

float hours_of(const World& world, const Carer& carer) {
  float hours = 0.0F;
  for (TieId t = carer.first_tie; t.valid(); t = world.state.at(t).next_of_carer) {
    hours += model::total(world.state.at(t).given);
  }
  return hours;
}

bool lives_together(const World& world, const Tie& tie) {
  if (tie.relation <= Relation::parent) return true;
  const Carer& carer = world.state.at(tie.carer);
  return tie.relation == Relation::child &&
         world.state.at(carer.kin).distance == model::Distance::same_household;
}

void withdraw(World& world, TieId id) {
  Tie& tie = world.state.at(id);
  const model::Resident& who = world.at(world.at(tie.cared_for).resident);
  tie.withdrawn = true;
  world.record(model::EventKind::carer_withdrew, who, model::index(tie.relation));
  world.explain(who, [&] {
    return fmt::format("{} can no more (burden {:.0f} of 88) and gives up most of the help",
                       words_of(world.state.at(tie.carer), tie.relation), tie.burden);
  });
}

/// Burden and patience of each tie; true when a carer gives up.
bool bear_a_month(World& world, CarerId id, float hours, float pace) {
  const config::CarerBurden& rules = world.config().informal.burden;
  const auto cut = static_cast<float>(rules.burdened_from);
  bool burdened = false;
  bool gives_up = false;
  for (TieId t = world.state.at(id).first_tie; t.valid(); t = world.state.at(t).next_of_carer) {
    Tie& tie = world.state.at(t);
    tie.burden += (burden_target(world, tie, hours) - tie.burden) * pace;
    if (tie.burden < cut || model::total(tie.given) <= 0.0F) continue;
    burdened = true;
    if (tie.withdrawn) continue;
    const double rate =
        rules.withdrawal_rate * std::pow(rules.withdrawal_ratio_per_point, tie.burden - cut);
    tie.patience -= static_cast<float>(rate) / months_a_year;
    if (tie.patience > 0.0F) continue;
    withdraw(world, t);
    gives_up = true;
  }
  Carer& carer = world.state.at(id);
  if (carer.burdened != burdened && carer.resident.valid()) world.touch(carer.resident);
  carer.burdened = burdened;
  return gives_up;
}

/// What caring costs in working life.
void book_work(World& world, Carer& carer, float hours) {
  carer.work_lost = 0.0F;
  const config::Informal& rules = world.config().informal;
  if (hours <= 0.0F || !carer.in_work) return;
  const double share = rules.work_lost_per_hour(model::index(carer.sex));
  carer.work_lost = std::min(1.0F, static_cast<float>(share) * hours);
  if (!carer.burdened) return;
  const std::size_t group = model::age_group(base::age_in_years(carer.birth, world.today()));
  world.state.ledger.carer_sick_days[group] +=
      static_cast<float>(rules.burden.sick_days_per_year) / months_a_year;
}

/// Only age, and the needs of several, change an offer without an event.
bool may_agree_otherwise(const World& world, const Carer& carer) {
  return world.today() >= carer.agreed_until ||
         world.state.at(carer.first_tie).next_of_carer.valid();
}

/// A child elsewhere whose day has come.
bool has_died(const World& world, const Carer& carer) {
  return carer.kin.valid() && !carer.resident.valid() &&
         world.state.at(carer.kin).death <= world.today();
}

}  // namespace

Strain strain_of(const World& world, model::ResidentId id) {
  const CarerId carer = world.state.carer_of[id.index];
  if (!carer.valid() || !world.state.at(carer).burdened) return {};
  const config::CarerBurden& rules = world.config().informal.burden;
  return {static_cast<float>(rules.decline_ratio), static_cast<float>(rules.death_ratio)};
}

float burden_target(const World& world, const Tie& tie) {
  return burden_target(world, tie, hours_of(world, world.state.at(tie.carer)));
}

float burden_target(const World& world, const Tie& tie, float hours) {
  const model::CareCase& c = world.at(tie.cared_for);
  if (model::total(tie.given) <= 0.0F) return 0.0F;
  const config::CarerBurden& rules = world.config().informal.burden;
  const Carer& carer = world.state.at(tie.carer);
  const float years =
      static_cast<float>(world.today() - tie.since) / static_cast<float>(base::days_per_year);
  double points = rules.base + rules.sd * static_cast<double>(carer.nature) +
                  rules.per_hour * static_cast<double>(hours) +
                  rules.per_supervision_hour *
                      static_cast<double>(tie.given[model::index(model::NeedType::supervision)]) +
                  rules.per_year * std::min(static_cast<double>(years), rules.years_most);
  if (c.behaviour.symptoms) points += rules.symptoms;
  if (lives_together(world, tie)) points += rules.living_together;
  return std::clamp(static_cast<float>(points) * c.ratio(model::RateName::burden), 0.0F,
                    top_of_scale);
}

void tend_family_care(World& world) {
  model::FamilyCare& all = world.state.family_care;
  const float factor = all.factor;
  look_at_the_future(world);
  const bool everybody = std::exchange(all.renew, false) || all.factor != factor;
  const auto months = static_cast<float>(world.config().informal.burden.adapt_months);
  const float pace = 1.0F - std::exp(-1.0F / months);
  for (std::size_t i = 0; i < world.state.carers.size(); ++i) {
    const CarerId id(i);
    if (!world.state.at(id).first_tie.valid()) continue;
    if (has_died(world, world.state.at(id))) {
      world.state.at(world.state.at(id).kin).dead = true;
      stop_caring(world, id);
      continue;
    }
    if (everybody || may_agree_otherwise(world, world.state.at(id))) agree_on_offers(world, id);
    const float hours = hours_of(world, world.state.at(id));
    if (bear_a_month(world, id, hours, pace)) agree_on_offers(world, id);
    book_work(world, world.state.at(id), hours);
  }
}

}  // namespace carestair::processes
