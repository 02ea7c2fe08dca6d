#include "processes/case_update.hpp"

#include <algorithm>
#include <array>

#include "processes/behaviour.hpp"
#include "processes/carers.hpp"
#include "processes/continuity.hpp"
#include "processes/delivery.hpp"
#include "processes/fading.hpp"
#include "processes/households.hpp"
#include "processes/informal.hpp"
#include "processes/kin.hpp"
#include "processes/language.hpp"
#include "processes/mastery.hpp"
#include "processes/needs.hpp"
#include "processes/package.hpp"
#include "processes/past_year.hpp"
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/user_groups.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::NeedVector;
using model::RateName;

namespace {

/// What services do to rates: those held, those whose effect fades, and a reablement course.
model::Ratios service_ratios(const World& world, const CareCase& c, const Package& package) {
  model::Ratios ratios = package.ratios;
  const ServiceTables& tables = world.rules().services;
  for (const model::Faded& f : c.faded) {
    if (f.service == model::no_service) continue;
    const ServiceRule& rule = tables.rules[f.service];
    if ((package.services >> rule.order & 1U) != 0U || has_faded(f, rule, world.today())) continue;
    for (const ServiceRule::Effect& e : rule.effects) {
      ratios[model::index(e.on)] *= faded_ratio(e.ratio, f.ended, e.fade_days, world.today());
    }
  }
  if (c.reabled != model::never) {
    const config::Reablement& rules = world.config().reablement;
    const auto fade_days = static_cast<float>(rules.fade_years * base::days_per_year);
    const auto decline = static_cast<float>(rules.function_decline_ratio);
    const auto recovery = static_cast<float>(rules.function_recovery_ratio);
    ratios[model::index(RateName::decline)] *=
        faded_ratio(decline, c.reabled, fade_days, world.today());
    ratios[model::index(RateName::recovery)] *=
        faded_ratio(recovery, c.reabled, fade_days, world.today());
  }
  return ratios;
}

/// Those that clocks read from the case, beside what stands in the resident (World::rates).
constexpr std::array of_clocks{RateName::diagnosis, RateName::acute, RateName::fall,
                               RateName::readmission};

/// Sets the hours missed and what the case does to rates, given what services do, and marks the
/// resident when a clock runs by what has changed: what is only asked now and then moves none.
void set_ratios(World& world, CareCase& c, const Package& package, model::Ratios ratios) {
  model::Resident& who = world.at(c.resident);
  c.undelivered = package.missed_hours;
  ratios[model::index(RateName::seeking)] *= seeking_ratio(world, c);
  apply_user_group(world, who, ratios);
  apply_language(world.config().language, c, ratios);
  if (package.unit != model::no_unit) apply_staff(world.state.units[package.unit].ratios, ratios);
  const float need = model::total(c.need);
  if (need > 0.0F) {
    const float share = std::min(1.0F, (model::total(c.unmet) + c.undelivered) / need);
    const FunctionTables& tables = world.rules().function;
    ratios[model::index(RateName::decline)] *=
        (1.0F + tables.unmet_excess * share) / tables.usual_unmet[model::index(who.need)];
  }
  const auto of = [&](RateName rate) { return ratios[model::index(rate)]; };
  const bool same =
      std::ranges::all_of(of_clocks, [&](RateName rate) { return c.ratio(rate) == of(rate); }) &&
      who.decline_ratio == of(RateName::decline) && who.recovery_ratio == of(RateName::recovery) &&
      who.death_ratio == of(RateName::death) && who.seeking_ratio == of(RateName::seeking);
  const auto other = [&](RateName rate) { return c.ratio(rate) != of(rate); };
  if (std::ranges::any_of(model::yearly_rates, other)) keep_past_year(world, c);
  c.ratios = ratios;
  if (same) return;
  who.decline_ratio = of(RateName::decline);
  who.recovery_ratio = of(RateName::recovery);
  who.death_ratio = of(RateName::death);
  who.seeking_ratio = of(RateName::seeking);
  world.touch(c.resident);
}

/// Puts the case on the day of whatever comes next for it; `first_end` of what it holds.
void set_appointment(World& world, CareCase& c, base::Day first_end) {
  base::Day next = std::min(c.next_review, first_end);
  next = std::min(next, next_fade_step(world, c));
  next = std::min(next, visit_fades(world, c));
  // What is due today stays due until it is kept.
  if (c.appointment == world.today() && world.appointments_open()) next = world.today();
  if (next == c.appointment && next > world.today()) return;  // it stands
  c.appointment = next;
  if (next != model::never) {
    world.appoint(world.at(c.resident).care_case, next);
  } else {
    world.cancel_appointment(world.at(c.resident).care_case);
  }
}

/// The services notice after a while that a recipient's day has changed.
void notice(World& world, CareCase& c) {
  const int days = base::whole_days(world.config().allocation.reaction_days);
  if (c.request == model::Request::none) c.request = model::Request::need_changed;
  review_by(world, c, world.today() + std::max(days, 1));
}

}  // namespace

void update_case(World& world, CareCase& c) {
  book_case(world, c);
  recompute_case(world, c);
}

void recompute_case(World& world, CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  const config::Reablement& reablement = world.config().reablement;
  const double mastery = mastery_above_middle(world, c);
  const auto managed = static_cast<float>(1.0 - world.config().mastery.hours * mastery);
  const float trained =
      c.reabled == model::never
          ? 1.0F
          : faded_ratio(c.hours_ratio, c.reabled,
                        static_cast<float>(reablement.fade_years * base::days_per_year),
                        world.today());
  draw_on_staff_as(world, c, who.need_in_effect());
  c.level = who.need_in_effect();
  // What an impairment that is no need of assistance takes, nobody counts, case or not.
  c.need = who.in_need() ? need_of(world.rules().needs, who, world.age(who), managed * trained)
                         : NeedVector{};
  c.behaviour = behaviour_of(world, c);
  c.need[model::index(model::NeedType::supervision)] *=
      static_cast<float>(supervision_ratio(world, c));
  forget_faded(world, c);
  const Package package = package_of(world, c);
  const model::Ratios ratios = service_ratios(world, c, package);
  arrange_care(world, c);
  c.informal =
      informal_help(world, c, ratios[model::index(RateName::informal)], package.home_hours);
  NeedVector residual = c.need;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    residual[type] = std::max(residual[type] - c.informal[type], 0.0F);
  }
  c.unmet = unmet_after(world, c, package.services, residual);
  set_ratios(world, c, package, ratios);
  set_appointment(world, c, package.first_end);
}

void staff_changed(World& world, CareCase& c) {
  const Package package = package_of(world, c);
  set_ratios(world, c, package, service_ratios(world, c, package));
}

void effects_faded(World& world, CareCase& c) {
  forget_faded(world, c);
  const Package package = package_of(world, c);
  const model::Ratios ratios = service_ratios(world, c, package);
  const bool help = ratios[model::index(RateName::informal)] != c.ratio(RateName::informal);
  // Need, or who meets it, may be another too.
  if (help || c.reabled != model::never || world.rules_begin_today()) {
    update_case(world, c);
    return;
  }
  set_ratios(world, c, package, ratios);
  set_appointment(world, c, package.first_end);
}

void need_changed(World& world, model::ResidentId id) {
  const model::Resident& who = world.at(id);
  if (who.in_need() || who.care_case.valid()) {
    CareCase& c = world.at(world.open_case(id));
    family_changed(c);
    update_case(world, c);
    if (c.receives_any()) notice(world, c);
  }
  // A partner or parent who is helped, or helps, has a different day too.
  if (who.partner.valid()) household_changed(world, who.partner);
  tell_parents(world, id);
  tell_children_cared_for(world, id);
}

void household_changed(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  if (!who.here() || !who.care_case.valid()) return;
  CareCase& c = world.at(who.care_case);
  const float before = model::total(c.unmet);
  family_changed(c);
  update_case(world, c);
  if (c.receives_any() && model::total(c.unmet) > before) notice(world, c);
}

void help_changed(World& world, model::CaseId id) {
  CareCase& c = world.at(id);
  const model::Resident& who = world.at(c.resident);
  if (!who.here() || who.care_case != id) return;
  const float before = model::total(c.unmet);
  family_changed(c);
  update_case(world, c);
  const auto worth_asking = static_cast<float>(world.config().seeking.asks_again_hours);
  if (c.receives_any() && model::total(c.unmet) > before + worth_asking) notice(world, c);
}

void review_by(World& world, CareCase& c, base::Day day) {
  c.next_review = std::min(c.next_review, day);
  set_appointment(world, c);
}

void set_appointment(World& world, CareCase& c) {
  base::Day first_end = model::never;
  for (const Holding& h : c.in_use()) first_end = std::min(first_end, h.until);
  set_appointment(world, c, first_end);
}

}  // namespace carestair::processes
