#include "processes/hospital.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "processes/allocation.hpp"
#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/end_of_life.hpp"
#include "processes/offers.hpp"
#include "processes/services.hpp"
#include "processes/stays.hpp"
#include "processes/user_groups.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::HospitalStay;
using model::Resident;
using model::ResidentId;
using model::ServiceIndex;
using model::Spell;

namespace {

std::size_t table_age(const World& world, const Resident& who) {
  return static_cast<std::size_t>(std::min(world.age(who), config::oldest_age));
}

/// Heap order: the first to end on top, for equal days in an order that depends on nothing else.
bool ends_later(const Spell& a, const Spell& b) {
  if (a.until != b.until) return a.until > b.until;
  return a.who != b.who ? a.who.index > b.who.index : a.kind > b.kind;
}

base::Day& end_of(World& world, ResidentId who, Spell::Kind kind) {
  return world.state.spell_ends[who.index][static_cast<std::size_t>(kind)];
}

}  // namespace

int length_of_stay(double mean, double cv, random::Stream& draws) {
  return std::clamp(base::whole_days(random::lognormal(mean, cv, draws.normal())), 1, 365);
}

void begin_spell(World& world, ResidentId who, Spell::Kind kind, double days) {
  auto& ends = world.state.spell_ends;
  if (ends.size() < world.state.residents.size()) ends.resize(world.state.residents.capacity());
  const base::Day until = world.today() + std::max(base::whole_days(days), 1);
  end_of(world, who, kind) = until;
  world.state.spells.push_back({who, until, kind});
  std::ranges::push_heap(world.state.spells, ends_later);
}

namespace {

void set(Resident& who, Spell::Kind kind, bool on) {
  switch (kind) {
    case Spell::Kind::after_discharge:
      who.after_discharge = on;
      who.followed_up = on && who.followed_up;
      break;
    case Spell::Kind::recovering: who.recovering = on; break;
    case Spell::Kind::hip_fracture: who.hip_fracture = on; break;
    case Spell::Kind::before_last_days:
    case Spell::Kind::terminal: break;  // more than a mark: see end_spells
  }
}

/// Raises the need by what the stay has cost.
void lose_function(World& world, const HospitalStay& stay) {
  const config::Hospital& rules = world.config().hospital;
  Resident& who = world.at(stay.who);
  int levels = 0;
  if (stay.hip) {
    levels = stay.loss < rules.hip_loss_two_share                          ? 2
             : stay.loss < rules.hip_loss_two_share + rules.hip_loss_share ? 1
                                                                           : 0;
  } else {
    double share = rules.loss_share(table_age(world, who));
    if (stay.acute_bed) share *= world.config().acute_beds.loss_ratio;
    levels = stay.loss < share ? 1 : 0;
  }
  const auto from = static_cast<int>(model::index(who.need));
  const int to = std::min(from + levels, static_cast<int>(model::need_level_count) - 1);
  if (to == from) return;
  who.need = static_cast<model::NeedLevel>(to);
  if (from == 0) learn_user_group(world, stay.who);
  who.recovering = true;
  world.touch(stay.who);
  begin_spell(world, stay.who, Spell::Kind::recovering, rules.recovery_days);
  world.record(model::EventKind::function_lost, who, static_cast<std::size_t>(from),
               static_cast<std::size_t>(to));
  world.explain(who, [&] {
    return fmt::format("has lost function: need of assistance from {} to {}",
                       model::need_level_names[static_cast<std::size_t>(from)],
                       model::need_level_names[static_cast<std::size_t>(to)]);
  });
  need_changed(world, stay.who);
}

void discharge(World& world, const HospitalStay& stay) {
  Resident& who = world.at(stay.who);
  const config::Acute& rules = world.config().acute;
  who.in_hospital = false;
  tell_cared_for(world, stay.who);
  who.after_discharge = true;
  who.followed_up = model::at_home(who.dwelling) && stay.follow_up < rules.follow_up_share;
  begin_spell(world, stay.who, Spell::Kind::after_discharge, rules.window_days);
  if (stay.acute_bed) {
    model::CareCase& c = world.at(who.care_case);
    if (model::Holding* bed = c.find(world.rules().services.acute_bed); bed != nullptr) {
      end_service(world, c, *bed);
    }
    update_case(world, c);
  }
  world.record(model::EventKind::discharged, who);
  world.explain(who, [&] {
    const int days = world.today() - stay.since;
    return fmt::format("is discharged after {} day{}{}", days, days == 1 ? "" : "s",
                       who.followed_up ? ", followed up by nurse and doctor" : "");
  });
  make_offers(world, stay.who, config::Occasion::discharge);
  world.touch(stay.who);
}

/// Whether the municipality is told before discharge, so that care can begin.
bool notified(const World& world, const HospitalStay& stay) {
  const Resident& who = world.at(stay.who);
  // Who lives where staff is goes back there.
  if (!model::at_home(who.dwelling) || who.need_in_effect() == model::NeedLevel::none) return false;
  if (who.care_case.valid() && world.at(who.care_case).receives_any()) return true;
  return stay.notice < world.config().hospital.notice_share(table_age(world, who));
}

/// The short-term stay wanted before home, or no_service.
ServiceIndex wanted_stay(const World& world, const HospitalStay& stay) {
  const Resident& who = world.at(stay.who);
  const bool wants = who.need_in_effect() >= model::NeedLevel::moderate &&
                     stay.short_stay < world.config().hospital.short_stay_share;
  return wants ? stay_for(world, who, StayReason::discharge) : model::no_service;
}

/// Lets the allocation office decide, unless what is wanted is known to be full. True when the
/// patient can leave.
bool try_to_leave(World& world, const HospitalStay& stay) {
  if (world.today() < stay.decided_from) return false;
  const Resident& who = world.at(stay.who);
  const model::CaseId id = who.care_case;
  model::CareCase& c = world.at(id);
  const auto has_bed = [&] {
    return place_of(world, c) != nullptr || held_stay(world, c) != model::no_service;
  };
  if (has_bed()) return true;
  // Waits for a place: the weekly meeting decides.
  const auto waits_for_place = [&c] { return c.in_queue && c.place.service != model::no_service; };
  if (waits_for_place()) return false;
  const int waited = world.today() - stay.decided_from;
  const ServiceIndex short_stay = wanted_stay(world, stay);
  const bool stay_first = short_stay != model::no_service &&
                          waited < base::whole_days(world.config().hospital.short_stay_wait_days);
  if (stay_first && free_capacity(world, short_stay) < 1.0F) return false;
  enqueue(world, c, stay_first ? model::Request::discharge_to_stay : model::Request::discharge);
  decide(world, c);
  if (!c.in_queue) std::erase(world.state.queue, id);
  return !waits_for_place() || has_bed();
}

/// True when the stay is over.
bool end_treatment(World& world, HospitalStay& stay) {
  lose_function(world, stay);
  if (!notified(world, stay)) return true;
  stay.ready = true;
  stay.decided_from = world.today();
  const config::Hospital& rules = world.config().hospital;
  if (rules.day_charge <= 0.0 && stay.uncharged < rules.uncharged_wait_share) {
    stay.decided_from = world.today() + base::whole_days(rules.uncharged_wait_days);
  }
  model::CareCase& c = world.at(world.open_case(stay.who));
  update_case(world, c);
  return try_to_leave(world, stay);
}

/// Counts a day that is spent in bed, and what it costs the municipality.
void count_day(World& world, const HospitalStay& stay) {
  if (stay.acute_bed) return;  // booked as a service
  const Resident& who = world.at(stay.who);
  const std::size_t group = model::age_group(world.age(who));
  model::Ledger& ledger = world.state.ledger;
  ledger.hospital_days[group] += 1.0F;
  const config::Economy& economy = world.config().economy;
  const double level = price_level_on(world, world.today());
  ledger.money.spend(model::Payer::hospital, model::Account::hospital_stays,
                     level * (stay.ready ? economy.discharge_ready_day : economy.hospital_day));
  if (!stay.ready) return;
  const auto charge = static_cast<float>(level * world.config().hospital.day_charge);
  ledger.money.transfer(model::Account::discharge_charge, model::Payer::municipality,
                        model::Payer::hospital, static_cast<double>(charge));
  ledger.discharge_ready_days[group] += 1.0F;
  ledger.discharge_charge_nok[group] += charge;
  world.at(who.care_case).totals.cost_nok += charge;
}

}  // namespace

bool acute_bed_free(const World& world, const Resident& who) {
  const ServiceIndex bed = world.rules().services.acute_bed;
  return bed != model::no_service && free_capacity(world, bed) >= 1.0F &&
         eligible(world, world.rules().services.rules[bed], who);
}

void admit(World& world, ResidentId id, Cause cause, random::Stream& draws) {
  const config::Config& config = world.config();
  const config::Hospital& rules = config.hospital;
  HospitalStay stay{.who = id, .since = world.today(), .treated = world.today()};
  stay.hip = cause == Cause::hip_fracture;
  stay.acute_bed = cause == Cause::mild_illness;
  stay.dying = cause == Cause::last_days;
  {
    Resident& who = world.at(id);
    const double mean = stay.hip         ? rules.hip_mean_days
                        : stay.acute_bed ? config.acute_beds.mean_days
                                         : rules.mean_days(table_age(world, who));
    stay.treated =
        stay.since +
        length_of_stay(mean, stay.acute_bed ? config.acute_beds.days_cv : rules.days_cv, draws);
    for (float* draw :
         {&stay.loss, &stay.notice, &stay.short_stay, &stay.follow_up, &stay.uncharged}) {
      *draw = static_cast<float>(draws.uniform());
    }
    if (who.after_discharge) world.record(model::EventKind::readmitted, who);
    who.in_hospital = true;
    if (stay.hip) {
      who.hip_fracture = true;
      world.record(model::EventKind::hip_fracture, who);
      begin_spell(world, id, Spell::Kind::hip_fracture, rules.hip_death_days);
    }
    world.record(
        stay.acute_bed ? model::EventKind::admitted_acute_bed : model::EventKind::admitted_hospital,
        who);
    world.explain(who, [&] {
      return std::string(cause == Cause::hip_fracture   ? "breaks a hip and is taken to hospital"
                         : cause == Cause::fall         ? "falls and is taken to hospital"
                         : cause == Cause::mild_illness ? "falls ill: a municipal acute bed"
                         : cause == Cause::last_days    ? "is taken to hospital for the last days"
                                                        : "falls acutely ill: hospital");
    });
  }
  if (stay.acute_bed) {
    model::CareCase& c = world.at(world.open_case(id));
    update_case(world, c);
    const ServiceIndex bed = world.rules().services.acute_bed;
    start_service(world, c, bed, world.rules().services.rules[bed].staff_hours);
    update_case(world, c);  // she is in good hands: no reason to apply
  }
  world.state.stays.push_back(stay);
  tell_cared_for(world, id);
}

void treat_at_home(World& world, ResidentId id) {
  const Resident& who = world.at(id);
  const auto cost =
      static_cast<float>(price_level_on(world, world.today()) * world.config().acute.caught_cost);
  world.state.ledger.money.spend(model::Payer::municipality, model::Account::treated_at_home,
                                 static_cast<double>(cost));
  world.state.ledger.caught_cost_nok[model::age_group(world.age(who))] += cost;
  world.at(world.open_case(id)).totals.cost_nok += cost;
  world.record(model::EventKind::treated_at_home, who);
  world.explain(who,
                [] { return std::string("falls acutely ill: caught early, treated at home"); });
}

void attend_hospital(World& world) {
  // Nobody is admitted meanwhile, so the list does not grow under our hands.
  auto& stays = world.state.stays;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < stays.size(); ++i) {
    HospitalStay stay = stays[i];
    if (!world.at(stay.who).in_hospital) continue;  // dead or moved away
    const bool treated = world.today() >= stay.treated && !stay.dying;
    if (treated && (stay.ready ? try_to_leave(world, stay) : end_treatment(world, stay))) {
      discharge(world, stay);
      continue;
    }
    count_day(world, stay);
    stays[kept++] = stay;
  }
  stays.resize(kept);
}

void end_spells(World& world) {
  auto& spells = world.state.spells;
  while (!spells.empty() && spells.front().until <= world.today()) {
    std::ranges::pop_heap(spells, ends_later);
    const Spell spell = spells.back();
    spells.pop_back();
    // A later stay may have begun the same anew, or the person is gone.
    if (end_of(world, spell.who, spell.kind) != spell.until || !world.at(spell.who).here())
      continue;
    if (spell.kind == Spell::Kind::before_last_days) {
      begin_last_days(world, spell.who);
      continue;
    }
    if (spell.kind == Spell::Kind::terminal) {
      const model::PlaceOfDeath place = place_of_dying(world, world.at(spell.who));
      Mortality::die(world, spell.who, place, world.end_of_today());
      world.touch(spell.who);  // in the burn-in a newcomer lives on
      continue;
    }
    set(world.at(spell.who), spell.kind, false);
    world.touch(spell.who);
    // What has not come back by now stays lost: time to look at the help again.
    if (spell.kind == Spell::Kind::recovering) need_changed(world, spell.who);
  }
}

void stay_until_death(World& world, ResidentId id) {
  for (HospitalStay& stay : world.state.stays) {
    if (stay.who == id) stay.dying = true;
  }
}

void leave_hospital(World& world, ResidentId id) {
  Resident& who = world.at(id);
  who.in_hospital = who.after_discharge = who.followed_up = who.recovering = who.hip_fracture =
      who.terminal = who.wishes_home = false;
  if (id.index < world.state.spell_ends.size()) world.state.spell_ends[id.index] = {};
}

}  // namespace carestair::processes
