#include "processes/seeking.hpp"

#include <algorithm>
#include <cmath>

#include "processes/allocation.hpp"
#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/mastery.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

SeekingTables::SeekingTables(const config::Seeking& seeking) {
  for (std::size_t level = 0; level < model::need_level_count; ++level) {
    base[level] = static_cast<float>(seeking.base_rate(level) / base::days_per_year);
  }
}

bool is_sound(const World& world, const model::NeedVector& unmet, float leniency) {
  const model::NeedVector& bound = world.rules().needs.sound;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    if (unmet[type] > bound[type] * leniency) return false;
  }
  return true;
}

namespace {

base::Day visit_ends(const World& world, const model::CareCase& c) {
  if (c.visited == model::never) return model::never;
  return c.visited + base::whole_days(world.config().seeking.visited_years * base::days_per_year);
}

}  // namespace

float seeking_ratio(const World& world, const model::CareCase& c) {
  const config::Seeking& rules = world.config().seeking;
  const auto worth_asking = static_cast<float>(rules.asks_again_hours);
  const bool sound = c.undelivered < worth_asking && is_sound(world, c.unmet);
  if (c.in_queue || (c.receives_any() && sound)) return 0.0F;
  const float unmet = model::total(c.unmet) + c.undelivered;
  if (unmet < c.left_unmet + worth_asking) return 0.0F;
  const model::Resident& who = world.at(c.resident);
  const double hours = std::min<double>(unmet, rules.unmet_hours_max);
  double ratio = std::pow(rules.unmet_ratio_per_hour, hours);
  ratio *= std::max(1.0 - world.config().mastery.seeking * mastery_above_middle(world, c), 0.0);
  if (lives_alone(world, who)) ratio *= rules.living_alone_ratio;
  if (model::has_dementia(who.cognition)) {
    ratio *= who.diagnosed ? rules.diagnosed_dementia_ratio : rules.undiagnosed_dementia_ratio;
  }
  if (c.visited != model::never && world.today() < visit_ends(world, c)) {
    ratio *= rules.visited_ratio;
  }
  return static_cast<float>(ratio);
}

base::Day visit_fades(const World& world, const model::CareCase& c) {
  const base::Day end = visit_ends(world, c);
  return end > world.today() ? end : model::never;
}

void Seeking::fire(World& world, model::ResidentId id) {
  const model::CaseId case_id = world.open_case(id);
  model::CareCase& c = world.at(case_id);
  const model::Resident& who = world.at(id);
  if (c.in_queue) return;
  world.record(model::EventKind::applied, who, model::index(who.need));
  world.explain(who, [] { return std::string("applies for help"); });
  update_case(world, c);
  enqueue(world, c, model::Request::application);
}

}  // namespace carestair::processes
