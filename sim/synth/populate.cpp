#include "synth/populate.hpp"

#include <cstddef>

#include "base/contract.hpp"
#include "synth/family_links.hpp"
#include "synth/family_plan.hpp"
#include "synth/founders.hpp"
#include "synth/persons.hpp"

namespace carestair::synth {
namespace {

/// Room above what is expected: births and in-movers are random, and policies may change them.
constexpr double margin = 1.25;
constexpr double spare = 64.0;

std::size_t room(double expected) { return static_cast<std::size_t>(expected * margin + spare); }

void reserve(const Tables& tables, double years, model::State& state) {
  const double births = tables.births_a_year * years;
  const double in_movers = tables.in_movers_a_year * years;
  const auto residents = static_cast<double>(tables.residents);
  state.residents.reserve(tables.residents + room(births + in_movers));
  state.kin.reserve(room(residents + births + in_movers));
  // One in eight has a case at the start, and about three in a hundred open one in a year.
  state.cases.reserve(room(residents * (0.12 + 0.03 * years)));
  state.queue.reserve(room(residents * 0.02));
}

}  // namespace

model::State populate(const Tables& tables, random::WorldSeed seed, base::Day start,
                      base::Day health_day, double horizon_years, Report* report) {
  CARE_EXPECTS(health_day <= start);
  Report own;
  Report& counted = report != nullptr ? *report : own;
  counted = {};

  model::State state;
  state.units.resize(tables.units);
  reserve(tables, horizon_years, state);
  const Roster roster = make_persons(tables, seed, start, state);
  give_health(tables, seed, health_day, roster, state);
  give_circumstances(tables, seed, start, state);
  counted.couples = make_couples(tables, seed, roster, state);
  std::vector<PlannedChild> plan = plan_families(tables, seed, start, roster, state);
  match_children_at_home(tables, start, roster, state, plan, counted.families);
  match_adult_children(tables, roster, state, plan, counted.families);
  link_families(tables, seed, start, plan, state);
  give_loneliness(tables, seed, start, state);
  return state;
}

model::State populate(const config::Config& config, random::WorldSeed seed, base::Day start,
                      base::Day health_day) {
  return populate(Tables(config), seed, start, health_day);
}

}  // namespace carestair::synth
