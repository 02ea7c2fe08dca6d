#include "processes/case_update.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

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
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/user_groups.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Holding;
using model::NeedVector;
using model::RateName;

NeedVector unmet_after(const World& world, const CareCase& c, const NeedVector& residual) {
  NeedVector left = residual;
  if (c.held == 0) return left;
  // In the order of their steps, whatever order they were granted in.
  const ServiceTables& tables = world.rules().services;
  ServiceSet held = 0;
  for (const Holding& h : c.in_use()) held |= ServiceSet{1} << tables.rules[h.service].order;
  for (; held != 0U; held &= held - 1U) {
    const model::ServiceIndex service = tables.ascending[std::countr_zero(held)];
    const ServiceRule& rule = tables.rules[service];
    if (rule.form == config::ServiceForm::hours) {
      give_hours(left, rule.cover, c.find(service)->hours_per_week);
    } else {
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        left[type] *= 1.0F - rule.cover[type];
      }
    }
  }
  return left;
}

namespace {

/// What the services held, those whose effect fades and a reablement course do to rates.
model::Ratios service_ratios(const World& world, const CareCase& c) {
  model::Ratios ratios = model::no_change;
  const ServiceTables& tables = world.rules().services;
  for (const Holding& h : c.in_use()) {
    for (const ServiceRule::Effect& e : tables.rules[h.service].effects) {
      ratios[model::index(e.on)] *= e.ratio;
    }
  }
  for (const model::Faded& f : c.faded) {
    if (f.service == model::no_service || c.find(f.service) != nullptr) continue;
    for (const ServiceRule::Effect& e : tables.rules[f.service].effects) {
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

/// Whether all are equal, as they nearly always are: compared without stopping at the first.
bool equal(const model::Ratios& a, const model::Ratios& b) {
  bool same = true;
  for (std::size_t k = 0; k < a.size(); ++k) same &= a[k] == b[k];
  return same;
}

/// Sets what the case does to rates, given what services do; true when any of it has changed.
bool set_ratios(World& world, CareCase& c, model::Ratios ratios) {
  model::Resident& who = world.at(c.resident);
  ratios[model::index(RateName::seeking)] *= seeking_ratio(world, c);
  apply_user_group(world, who, ratios);
  apply_language(world.config().language, c, ratios);
  apply_staff(world, c, ratios);
  const float need = model::total(c.need);
  if (need > 0.0F) {
    const float share = std::min(1.0F, (model::total(c.unmet) + c.undelivered) / need);
    ratios[model::index(RateName::decline)] *=
        1.0F + (static_cast<float>(world.config().function.unmet_ratio) - 1.0F) * share;
  }
  const auto of = [&](RateName rate) { return ratios[model::index(rate)]; };
  const bool same = equal(c.ratios, ratios) && who.decline_ratio == of(RateName::decline) &&
                    who.recovery_ratio == of(RateName::recovery) &&
                    who.death_ratio == of(RateName::death) &&
                    who.seeking_ratio == of(RateName::seeking);
  c.ratios = ratios;
  who.decline_ratio = of(RateName::decline);
  who.recovery_ratio = of(RateName::recovery);
  who.death_ratio = of(RateName::death);
  who.seeking_ratio = of(RateName::seeking);
  return !same;
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
  const model::Ratios ratios = service_ratios(world, c);
  arrange_care(world, c);
  c.informal = informal_help(world, c, ratios[model::index(RateName::informal)]);
  NeedVector residual = c.need;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    residual[type] = std::max(residual[type] - c.informal[type], 0.0F);
  }
  c.unmet = unmet_after(world, c, residual);
  c.undelivered = hours_missed(world, c);
  if (set_ratios(world, c, ratios)) world.touch(c.resident);
  set_appointment(world, c);
}

void staff_changed(World& world, CareCase& c) {
  c.undelivered = hours_missed(world, c);
  if (set_ratios(world, c, service_ratios(world, c))) world.touch(c.resident);
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
  if (c.receives_any() && model::total(c.unmet) > before + worth_asking_hours) notice(world, c);
}

void review_by(World& world, CareCase& c, base::Day day) {
  c.next_review = std::min(c.next_review, day);
  set_appointment(world, c);
}

void set_appointment(World& world, CareCase& c) {
  base::Day next = c.next_review;
  for (const Holding& h : c.in_use()) next = std::min(next, h.until);
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

}  // namespace carestair::processes
