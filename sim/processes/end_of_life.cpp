#include "processes/end_of_life.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "processes/allocation.hpp"
#include "processes/case_update.hpp"
#include "processes/economy.hpp"
#include "processes/hospital.hpp"
#include "processes/reablement.hpp"
#include "processes/services.hpp"
#include "processes/stays.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::PlaceOfDeath;
using model::Resident;
using model::ResidentId;
using model::Spell;

namespace {

/// What is drawn about the last days of a resident, once and for all.
struct LastDays {
  double wish = 0.0;  // uniform numbers
  double referred = 0.0;
  double hospital = 0.0;
  random::Stream draws;  // and lengths

  LastDays(const World& world, const Resident& who)
      : draws(world.stream(who, random::Purpose::place_of_death)) {
    wish = draws.uniform();
    referred = draws.uniform();
    hospital = draws.uniform();
  }
};

/// Whether a service is in use that may not be configured.
bool holds(const World& world, const Resident& who, model::ServiceIndex service) {
  return service != model::no_service && who.care_case.valid() &&
         world.at(who.care_case).find(service) != nullptr;
}

bool in_short_stay(const World& world, const Resident& who) {
  return who.care_case.valid() && held_stay(world, world.at(who.care_case)) != model::no_service;
}

bool has_staff_around(const World& world, const Resident& who) {
  return !model::at_home(who.dwelling) || in_short_stay(world, who);
}

/// Hospital or doctor tell the municipality, or the services that come already see it.
void ask_for_help(World& world, ResidentId id, bool referred) {
  const Resident& who = world.at(id);
  if (who.in_hospital || !model::at_home(who.dwelling)) return;  // seen there, or on discharge
  CareCase& c = world.at(who.care_case);
  break_off_course(world, c);
  if (c.receives_any()) {
    enqueue(world, c, model::Request::need_changed);
  } else if (referred) {
    world.record(model::EventKind::applied, who, model::index(who.need));
    world.explain(who, [] { return std::string("is referred to the municipality for care"); });
    enqueue(world, c, model::Request::application);
  }
}

/// Share taken to hospital, of those with staff around them and of others.
double hospital_share(const World& world, const Resident& who, double at_home) {
  const config::EndOfLife& rules = world.config().end_of_life;
  if (has_staff_around(world, who)) return rules.hospital_share_institution;
  return model::has_dementia(who.cognition) ? at_home * rules.dementia_hospital_ratio : at_home;
}

double share_in_last_days(const World& world, const Resident& who) {
  const config::EndOfLife& rules = world.config().end_of_life;
  const double share = hospital_share(world, who, rules.hospital_share_home);
  if (!holds(world, who, world.rules().services.palliative)) return share;
  return 1.0 - std::min((1.0 - share) * rules.palliative_home_ratio, 1.0);
}

/// Whether there is the care, and enough of the presence, that dying at home takes.
bool can_die_at_home(const World& world, const CareCase& c) {
  using enum model::NeedType;
  const config::Table& sound = world.config().allocation.sound_hours;
  const auto within = [&](model::NeedType type, double hours) {
    return c.unmet[model::index(type)] <= static_cast<float>(hours);
  };
  return within(personal_care, sound(model::index(personal_care))) &&
         within(nursing, sound(model::index(nursing))) &&
         within(supervision, world.config().end_of_life.home_supervision_hours);
}

/// Asks for a bed in a short-term stay; true when there is one.
bool finds_bed(World& world, CareCase& c) {
  const model::ServiceIndex stay = stay_for(world, world.at(c.resident), StayReason::discharge);
  if (stay == model::no_service || free_capacity(world, stay) < 1.0F) return false;
  const model::CaseId id = world.at(c.resident).care_case;
  enqueue(world, c, model::Request::discharge_to_stay);
  decide(world, c);
  if (!c.in_queue) std::erase(world.state.queue, id);
  return has_staff_around(world, world.at(c.resident));
}

}  // namespace

bool begin_terminal_phase(World& world, ResidentId id) {
  const config::EndOfLife& rules = world.config().end_of_life;
  Resident& who = world.at(id);
  const auto age = static_cast<std::size_t>(std::min(world.age(who), config::oldest_age));
  random::Stream draws = world.stream(who, random::Purpose::terminal_phase);
  if (draws.uniform() >= rules.terminal_share(age)) return false;
  const int days = length_of_stay(rules.phase_days, rules.phase_cv, draws);
  LastDays last(world, who);
  const int last_days = length_of_stay(rules.last_days, rules.phase_cv, last.draws);
  who.terminal = true;
  who.wishes_home =
      who.dwelling != model::Dwelling::nursing_home && last.wish < rules.wish_home_share;
  begin_spell(world, id, Spell::Kind::terminal, days);
  world.record(model::EventKind::terminal_phase, who);
  world.explain(who, [&] {
    return fmt::format("is not expected to live long{}",
                       who.wishes_home ? "; wishes to die at home" : "");
  });
  need_changed(world, id);
  ask_for_help(world, id, last.referred < rules.referred_share);
  if (last_days < days) {
    begin_spell(world, id, Spell::Kind::before_last_days, days - last_days);
  } else {
    begin_last_days(world, id);
  }
  return true;
}

void begin_last_days(World& world, ResidentId id) {
  const Resident& who = world.at(id);
  if (who.in_hospital) {
    stay_until_death(world, id);
    return;
  }
  const auto to_hospital = [&] {
    random::Stream draws = world.stream(who, random::Purpose::place_of_death, 1);
    admit(world, id, Cause::last_days, draws);
    world.touch(id);
  };
  if (LastDays(world, who).hospital < share_in_last_days(world, who)) {
    to_hospital();
    return;
  }
  if (has_staff_around(world, who)) return;
  CareCase& c = world.at(world.open_case(id));
  update_case(world, c);
  const bool home = can_die_at_home(world, c);
  if (who.wishes_home && home) {
    world.explain(who, [] { return std::string("stays at home for the last days, as wished"); });
  } else if (finds_bed(world, c)) {
    world.explain(who, [] { return std::string("is given a short-term bed for the last days"); });
  } else if (!home) {
    to_hospital();
  }
}

PlaceOfDeath place_of_dying(const World& world, const Resident& who) {
  if (who.in_hospital) {
    return holds(world, who, world.rules().services.acute_bed) ? PlaceOfDeath::acute_bed
                                                               : PlaceOfDeath::hospital;
  }
  if (who.dwelling == model::Dwelling::nursing_home) return PlaceOfDeath::nursing_home;
  if (in_short_stay(world, who)) return PlaceOfDeath::short_term_stay;
  if (who.dwelling == model::Dwelling::care_housing_24h) return PlaceOfDeath::care_housing_24h;
  return PlaceOfDeath::home;
}

PlaceOfDeath sudden_death(World& world, ResidentId id) {
  const config::EndOfLife& rules = world.config().end_of_life;
  const Resident& who = world.at(id);
  const double share = hospital_share(world, who, rules.sudden_hospital_share);
  if (who.in_hospital || LastDays(world, who).hospital >= share) return place_of_dying(world, who);
  world.record(model::EventKind::admitted_hospital, who);
  model::Ledger& ledger = world.state.ledger;
  ledger.hospital_days[model::age_group(world.age(who))] +=
      static_cast<float>(rules.sudden_hospital_days);
  ledger.money.spend(model::Payer::hospital, model::Account::hospital_stays,
                     price_level_on(world, world.today()) * rules.sudden_hospital_days *
                         world.config().economy.hospital_day);
  return PlaceOfDeath::hospital;
}

void count_death(World& world, const Resident& who, PlaceOfDeath place) {
  using enum model::DeathWish;
  const bool asked = who.terminal && who.dwelling != model::Dwelling::nursing_home;
  const model::DeathWish wish = !asked ? not_asked : who.wishes_home ? home : not_home;
  world.state.ledger.deaths[model::index(place)][model::index(wish)][model::age_group(
      world.age(who))][model::has_dementia(who.cognition) ? 1 : 0] += 1.0F;
}

std::string_view words_of(PlaceOfDeath place) {
  switch (place) {
    case PlaceOfDeath::home: return "at home";
    case PlaceOfDeath::care_housing_24h: return "in staffed housing";
    case PlaceOfDeath::nursing_home: return "in the nursing home";
    case PlaceOfDeath::short_term_stay: return "in a short-term bed";
    case PlaceOfDeath::acute_bed: return "in the municipal acute bed";
    case PlaceOfDeath::hospital: return "in hospital";
  }
  return "";
}

}  // namespace carestair::processes
