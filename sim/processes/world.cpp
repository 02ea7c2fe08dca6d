#include "processes/world.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "processes/acute.hpp"
#include "processes/births.hpp"
#include "processes/buildings.hpp"
#include "processes/care_start.hpp"
#include "processes/carer_burden.hpp"
#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/cognition.hpp"
#include "processes/delivery.hpp"
#include "processes/function.hpp"
#include "processes/hidden_problems.hpp"
#include "processes/hospital.hpp"
#include "processes/households.hpp"
#include "processes/housing.hpp"
#include "processes/kin.hpp"
#include "processes/language.hpp"
#include "processes/loneliness.hpp"
#include "processes/migration.hpp"
#include "processes/mortality.hpp"
#include "processes/offers.hpp"
#include "processes/past_year.hpp"
#include "processes/preventive_visits.hpp"
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/technology.hpp"
#include "processes/travel.hpp"
#include "processes/volunteers.hpp"
#include "processes/way_of_working.hpp"
#include "processes/workforce.hpp"

namespace carestair::processes {

using model::ResidentId;

namespace {

/// Calendar year of a day, right to within a day of New Year from 1970 to 2100.
constexpr int year_of(base::Day day) { return 1970 + (day.number * 4 + 2) / 1461; }

}  // namespace

World::World(model::State initial, Policy policy, random::WorldSeed seed, const Period& period)
    : state(std::move(initial)),
      policy_(std::move(policy)),
      rules_(policy_.front().rules),
      seed_(seed),
      period_(period),
      phases_(std::make_shared<engine::Phases>(
          period.first, period.end,
          static_cast<int>(rules_->config.allocation.meeting_interval_days))),
      next_rules_(1),
      people_(seed) {
  make_room();
  state.arrived.assign(state.residents.size(), period.first);
  state.left.assign(state.residents.size(), model::never);
  state.carer_of.assign(state.residents.size(), model::CarerId{});
  settle_zones(*this);
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    const auto person = static_cast<engine::Person>(i);
    model::Resident& who = state.residents[i];
    draw_hidden_problems(*this, who, 0);
    people_.enter(*this, who.uid, 0.0F, rates(person, 0.0F),
                  run_day_of(base::birthday(who.birth, age(who) + (who.birth <= today() ? 1 : 0))));
  }
  open_and_close_buildings(*this);
  begin_way_of_working(*this);
  start_care(*this);
  start_volunteers(*this);
  start_workforce(*this);
  begin_delivery(*this);
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    const auto person = static_cast<engine::Person>(i);
    state.residents[i].touched = false;
    people_.refresh(*this, person, 0.0F, 0);
  }
  touched_.clear();
}

Life World::life_of(const model::Resident& who, engine::RunDay day) const {
  const int age = base::age_in_years(who.birth, period_.first + day);
  const int year = year_of(base::birthday(who.birth, age)) - rules_->function.first_year;
  return {who, static_cast<std::size_t>(std::min(age, config::oldest_age)), model::index(who.sex),
          static_cast<std::size_t>(std::max(year, 0))};
}

World::Rates World::rates(engine::Person person, engine::Time t) const {
  const model::Resident& who = state.residents[person];
  const Life life = life_of(who, static_cast<engine::RunDay>(t));
  const Rules& rules = *rules_;
  Rates r{};
  const auto at = [&r](Clock clock) -> engine::RatePerDay& {
    return r[static_cast<std::size_t>(clock)];
  };
  const model::CareCase* c = who.care_case.valid() ? &state.at(who.care_case) : nullptr;
  const ProblemFactors problems = rules.hidden_problems.factors(life);
  const Strain strain = strain_of(*this, ResidentId(person));
  at(Clock::death) = Mortality::rate(rules.mortality, life) * problems.death * strain.death;
  at(Clock::need_up) = Function::rate_up(rules.function, life) * problems.decline * strain.decline;
  at(Clock::need_down) = Function::rate_down(rules.function, life);
  at(Clock::cognition_up) = Cognition::rate_up(rules.cognition, life);
  at(Clock::cognition_back) = Cognition::rate_back(rules.cognition, life);
  at(Clock::diagnosis) = Cognition::rate_diagnosis(rules.cognition, life, c);
  at(Clock::seeking) = Seeking::rate(rules.seeking, life);
  at(Clock::acute) = Acute::rate(rules.acute, life, c, problems.acute);
  at(Clock::fall) = Falls::rate(rules.acute, life, c) * problems.fall;
  // During the burn-in the population stays as the table has it, its own years younger.
  if (period_.first + static_cast<int>(t) >= period_.report_from) {
    at(Clock::birth) = Births::rate(rules.demography, life);
    at(Clock::union_change) = Households::rate(rules.demography, life);
    at(Clock::move_out) = Migration::rate(rules.demography, life);
  }
  return r;
}

bool World::fire(engine::Person person, std::uint32_t clock, engine::Time t) {
  const ResidentId id(person);
  switch (static_cast<Clock>(clock)) {
    case Clock::death: return Mortality::fire(*this, id, t);
    case Clock::need_up: Function::fire_up(*this, id); break;
    case Clock::need_down: Function::fire_down(*this, id); break;
    case Clock::cognition_up: Cognition::fire_up(*this, id); break;
    case Clock::cognition_back: Cognition::fire_back(*this, id); break;
    case Clock::diagnosis: Cognition::fire_diagnosis(*this, id); break;
    case Clock::seeking: Seeking::fire(*this, id); break;
    case Clock::birth: Births::fire(*this, id, t); break;
    case Clock::union_change: Households::fire(*this, id); break;
    case Clock::move_out: return Migration::fire(*this, id, t);
    case Clock::acute: Acute::fire(*this, id); break;
    case Clock::fall: Falls::fire(*this, id); break;
    case Clock::count: break;
  }
  return true;
}

engine::RunDay World::next_anniversary(engine::Person person, engine::RunDay) {
  const ResidentId id(person);
  const int years = age(at(id));
  birthday_illness(*this, id);
  leave_parents(*this, id);
  birthday_housing(*this, id);
  offer_preventive_visit(*this, id);
  birthday_hidden_problems(*this, id);
  birthday_loneliness(*this, id);
  if (const model::CaseId c = at(id).care_case; c.valid()) begin_year(*this, at(c));
  if (const model::CaseId c = at(id).care_case; c.valid()) end_unsuited_offers(*this, at(c));
  buy_devices(*this, id);
  make_offers(*this, id, config::Occasion::birthday);
  const model::Resident& who = at(id);
  if (who.care_case.valid() && at(who.care_case).accounted != model::never) {
    family_changed(at(who.care_case));  // kin elsewhere are looked at once a year
    update_case(*this, at(who.care_case));
  }
  return run_day_of(base::birthday(who.birth, years + 1));
}

ResidentId World::add_resident(const model::Resident& who, engine::Time t) {
  const ResidentId id(state.residents.size());
  state.residents.push_back(who);
  state.residents.back().touched = false;
  state.residents.back().zone =
      who.mother.valid() && at(who.mother).here() ? at(who.mother).zone : draw_zone(*this, who);
  draw_hidden_problems(*this, state.residents.back(), 0);
  state.arrived.push_back(today());
  state.left.push_back(model::never);
  state.carer_of.emplace_back();
  const engine::Person person = id.index;
  people_.enter(*this, who.uid, t, rates(person, t),
                run_day_of(base::birthday(who.birth, age(who) + 1)));
  people_.schedule(person, run_day_ + 1);
  return id;
}

void World::remove_resident(ResidentId id, model::Presence how, engine::Time) {
  end_care(*this, id);
  leave_hospital(*this, id);
  leave_volunteering(*this, id);
  at(id).presence = how;
  state.left[id.index] = today();
  people_.leave(id.index);
  stop_caring(*this, id, how == model::Presence::moved_out);
  partner_gone(*this, id, how);
  child_gone(*this, id, how);
}

void World::touch(ResidentId id) {
  model::Resident& who = at(id);
  if (who.touched || !who.here()) return;
  who.touched = true;
  touched_.push_back(id);
}

model::CaseId World::open_case(ResidentId id) {
  model::Resident& who = at(id);
  if (!who.care_case.valid()) {
    who.care_case = model::CaseId(state.cases.size());
    model::CareCase c;
    c.resident = id;
    c.level = who.need_in_effect();
    c.mastery = static_cast<float>(stream(who, random::Purpose::mastery).normal());
    c.other_language = speaks_another_language(config().language, who,
                                               stream(who, random::Purpose::language).uniform());
    CARE_EXPECTS(state.cases.size() < state.cases.capacity());  // references into it are held
    state.cases.push_back(c);
  }
  return who.care_case;
}

void World::appoint(model::CaseId id, base::Day day) {
  // Today is still possible until today's appointments are kept.
  appointments_.put(id.index, std::max(run_day_of(day), appointments_.open_day()));
}

void World::cancel_appointment(model::CaseId id) { appointments_.remove(id.index); }

void World::record(model::EventKind kind, const model::Resident& who, std::size_t from,
                   std::size_t to) {
  state.ledger
      .events[static_cast<std::size_t>(kind)][model::age_group(age(who))][model::index(who.sex)] +=
      1.0F;
  if (state.log_events) [[unlikely]] {
    state.events.push_back(
        {who.uid, today(), kind, static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to)});
  }
}

void World::follow(Policy policy) {
  policy_ = std::move(policy);
  make_room();  // a copied world has no spare room of its own
}

base::Day World::first_difference(const Policy& a, const Policy& b) {
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (a[i].from != b[i].from) return std::min(a[i].from, b[i].from);
    if (a[i].rules != b[i].rules) return a[i].from;
  }
  if (a.size() == b.size()) return model::never;
  return a.size() > both ? a[both].from : b[both].from;
}

void World::refresh_everybody() {
  for (model::CareCase& c : state.cases) family_changed(c);
  state.family_care.renew = true;
  const auto now = static_cast<engine::Time>(run_day_);
  for (const model::CaseId id : state.open_cases) {
    model::CareCase& c = at(id);
    // Who is looked at today anyway sees the new rules then, and nobody's effects move a day.
    const model::Resident& who = at(c.resident);
    if (c.appointment == today()) continue;
    if (base::birthday(who.birth, age(who)) == today()) continue;
    recompute_case(*this, c);
  }
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    if (!state.residents[i].here()) continue;
    people_.refresh(*this, static_cast<engine::Person>(i), now, run_day_);
  }
}

namespace {

/// Room for `more` entries; when there is none it is made for several times as many, and for one a
/// resident.
template <class Entry>
void make_room_in(std::vector<Entry>& entries, std::size_t more, std::size_t residents) {
  if (entries.capacity() - entries.size() > more) return;
  entries.reserve(std::max(entries.size() + 4 * more, residents + more));
}

}  // namespace

void World::make_room() {
  // A year brings far fewer newborns, in-movers, cases and ties than this. Each vector for itself:
  // how much room one of them happens to have says nothing of the others, and references into
  // them are held while others are added.
  const std::size_t residents = state.residents.size();
  const std::size_t year = residents / 8 + 200;
  const auto in_each = [&](auto&... entries) { (make_room_in(entries, year, residents), ...); };
  in_each(state.residents, state.arrived, state.left, state.carer_of, state.kin);
  in_each(state.cases, state.queue, state.order, touched_);
  state.open_cases.reserve(state.cases.capacity());
  state.holding_cases.reserve(state.cases.capacity());
  in_each(state.carers, state.free_carers, state.ties, state.free_ties);
  people_.reserve(state.residents.capacity());
}

}  // namespace carestair::processes
