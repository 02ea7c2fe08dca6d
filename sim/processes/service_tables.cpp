#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <string_view>

#include "processes/households.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::ServiceIndex;

namespace {

/// What a service says of itself; what it names of others is found by ServiceTables.
ServiceRule service_rule(const config::Service& s, double fee_uptake) {
  constexpr float unlimited = std::numeric_limits<float>::max();
  ServiceRule rule;
  rule.form = s.form;
  rule.step = s.step;
  rule.min_age = s.min_age;
  rule.max_age = s.max_age;
  rule.need_levels = s.need_levels;
  rule.cognition = s.cognition;
  rule.user_groups = s.user_groups;
  rule.only_if = s.only_if;
  rule.offered_at = s.offered_at;
  const bool has_fee = s.fee != config::FeeRule::none || s.fee_per_month > 0.0;
  rule.uptake = static_cast<float>(has_fee ? s.uptake * fee_uptake : s.uptake);
  rule.key = static_cast<std::uint32_t>(random::key_of(s.id));
  rule.least_hours = static_cast<float>(s.least_hours_per_week);
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    rule.cover[type] = static_cast<float>(s.cover(type));
  }
  rule.min_hours = static_cast<float>(s.min_hours_per_week);
  rule.max_hours = s.max_hours_per_week > 0 ? static_cast<float>(s.max_hours_per_week) : 168.0F;
  rule.staff_hours = static_cast<float>(s.staff_hours_per_week);
  rule.stay_days = base::whole_days(s.stay_days);
  rule.interim = static_cast<float>(s.interim);
  rule.capacity = s.capacity < 0 ? unlimited : static_cast<float>(s.capacity);
  rule.hours_capacity = s.hours_capacity < 0 ? unlimited : static_cast<float>(s.hours_capacity);
  rule.cost_per_hour = static_cast<float>(s.cost_per_hour);
  rule.cost_per_day = static_cast<float>(s.cost_per_month / base::days_per_month +
                                         s.cost_per_year / base::days_per_year);
  rule.cost_per_start = static_cast<float>(s.cost_per_start);
  const auto shares = s.competence_shares();
  const auto educated = static_cast<float>(shares[0]);
  const auto college = static_cast<float>(shares[1]);
  rule.tasks = {1.0F - educated, educated - college, college};
  rule.fee = s.fee;
  rule.fee_per_day = static_cast<float>(s.fee_per_month / base::days_per_month);
  rule.dwelling = s.dwelling;
  rule.moves_if_unsuitable = s.moves_if_unsuitable;
  rule.moves_if_lonely = s.moves_if_lonely;
  rule.moves_if_far = s.moves_if_far;
  rule.moves_anyway = s.moves_anyway;
  rule.volunteer_hours = static_cast<float>(s.volunteer_hours_per_week);
  rule.volunteer_weight = static_cast<float>(s.volunteer_weight);
  rule.own_volunteer = s.own_volunteer;
  rule.pays_family = s.pays_family;
  for (const config::Effect& e : s.effects) {
    const ServiceRule::Effect effect{e.on, static_cast<float>(e.ratio),
                                     static_cast<float>(e.fade_years * base::days_per_year)};
    rule.effects.push_back(effect);
    rule.ratios[model::index(e.on)] *= effect.ratio;
    rule.longest_fade_days = std::max(rule.longest_fade_days, effect.fade_days);
  }
  return rule;
}

}  // namespace

ServiceTables::ServiceTables(const std::vector<config::Service>& services,
                             const std::vector<config::Unit>& units, double fee_uptake) {
  for (const config::Service& s : services) {
    ServiceRule rule = service_rule(s, fee_uptake);
    const auto index = static_cast<ServiceIndex>(rules.size());
    const auto pool = std::ranges::find(services, s.pool, &config::Service::id);
    rule.pool = pool == services.end() ? index : static_cast<ServiceIndex>(pool - services.begin());
    const auto unit = std::ranges::find(units, s.unit, &config::Unit::id);
    if (unit != units.end()) rule.unit = static_cast<model::UnitIndex>(unit - units.begin());
    const auto replaced = std::ranges::find(services, s.replaces, &config::Service::id);
    if (replaced != services.end()) {
      rule.replaces = static_cast<ServiceIndex>(replaced - services.begin());
    }
    if (s.form == config::ServiceForm::course) course = index;
    if (s.form == config::ServiceForm::visit) visit = index;
    if (s.form == config::ServiceForm::acute_bed) acute_bed = index;
    const bool for_the_dying = (s.only_if >> model::index(config::Condition::terminal) & 1U) != 0U;
    if (s.form == config::ServiceForm::hours && for_the_dying) palliative = index;
    if (rule.volunteer_hours > 0.0F) with_volunteers.push_back(index);
    rules.push_back(std::move(rule));
  }
  ascending.resize(rules.size());
  std::iota(ascending.begin(), ascending.end(), ServiceIndex{0});
  std::stable_sort(ascending.begin(), ascending.end(),
                   [&](ServiceIndex a, ServiceIndex b) { return rules[a].step < rules[b].step; });
  for (std::size_t k = 0; k < ascending.size(); ++k) {
    ServiceRule& rule = rules[ascending[k]];
    rule.order = static_cast<unsigned>(k);
    const ServiceSet bit = ServiceSet{1} << k;
    if (rule.form == config::ServiceForm::technology) devices |= bit;
    if (rule.form == config::ServiceForm::course) courses |= bit;
    if (rule.form == config::ServiceForm::dwelling) tenancies.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::place) places.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::stay) stays.push_back(ascending[k]);
    if (rule.form == config::ServiceForm::offer && rule.uptake > 0.0F && rule.capacity >= 1.0F) {
      for (std::size_t occasion = 0; occasion < offers.size(); ++occasion) {
        if ((rule.offered_at >> occasion & 1U) != 0U) offers[occasion] |= bit;
      }
    }
    if (is_home_step(rule)) home_steps |= bit;
    for (std::size_t need = 0; need < model::need_level_count; ++need) {
      for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
        const bool may = (rule.need_levels >> need & rule.cognition >> stage & 1U) != 0U;
        if (may) by_state_[need][stage] |= bit;
      }
    }
    const auto last_age = static_cast<int>(by_age_.size()) - 1;
    for (int age = rule.min_age; age <= std::min(rule.max_age, last_age); ++age) {
      by_age_[static_cast<std::size_t>(age)] |= bit;
    }
    for (std::size_t group = 0; group < by_group_.size(); ++group) {
      if ((rule.user_groups >> group & 1U) != 0U) by_group_[group] |= bit;
    }
    if (rule.only_if != 0U || rule.own_volunteer) conditional |= bit;
    if ((rule.only_if >> model::index(config::Condition::in_staffed_home) & 1U) != 0U) {
      in_staffed_home |= bit;
    }
  }
}

namespace {

bool holds(const World& world, const model::Resident& who, config::Condition condition) {
  switch (condition) {
    case config::Condition::living_alone: return lives_alone(world, who);
    case config::Condition::has_carer:
      return who.care_case.valid() && model::total(world.at(who.care_case).informal) > 0.0F;
    case config::Condition::lonely: return who.lonely;
    case config::Condition::diagnosed: return who.diagnosed;
    case config::Condition::undiagnosed:
      return model::has_dementia(who.cognition) && !who.diagnosed;
    case config::Condition::after_discharge: return who.after_discharge;
    case config::Condition::recovering: return who.recovering;
    case config::Condition::unsuitable_home:
      return who.dwelling == model::Dwelling::unsuitable_home;
    case config::Condition::terminal: return who.terminal;
    case config::Condition::in_staffed_home: return !model::at_home(who.dwelling);
    case config::Condition::several_illnesses: return who.illness_count >= 2;
  }
  return false;
}

/// Whether all holds of a resident that a service asks for.
bool meets_conditions(const World& world, const ServiceRule& rule, const model::Resident& who) {
  if (rule.own_volunteer && who.volunteer) return false;  // visits others
  for (unsigned left = rule.only_if; left != 0U; left &= left - 1U) {
    if (!holds(world, who, static_cast<config::Condition>(std::countr_zero(left)))) return false;
  }
  return true;
}

}  // namespace

ServiceSet eligible(const World& world, const model::Resident& who, ServiceSet some) {
  const ServiceTables& tables = world.rules().services;
  some &= tables.suiting(who, world.age(who)) & tables.of_group(who.group);
  if (who.terminal) some &= ~tables.courses;
  for (ServiceSet left = some & tables.conditional; left != 0U; left &= left - 1U) {
    const ServiceRule& rule = tables.rules[tables.ascending[std::countr_zero(left)]];
    if (!meets_conditions(world, rule, who)) some &= ~(left & ~(left - 1U));
  }
  return some;
}

bool eligible(const World& world, const ServiceRule& rule, const model::Resident& who) {
  const ServiceTables& tables = world.rules().services;
  const ServiceSet suits = tables.suiting(who, world.age(who)) & tables.of_group(who.group);
  if ((suits >> rule.order & 1U) == 0U) return false;
  if (who.terminal && rule.form == config::ServiceForm::course) return false;
  return meets_conditions(world, rule, who);
}

bool takes_up(const World& world, const ServiceRule& rule, const model::Resident& who) {
  if (rule.uptake >= 1.0F) return true;
  const bool anew =
      rule.form == config::ServiceForm::offer || rule.form == config::ServiceForm::stay;
  const std::uint32_t occasion =
      anew ? rule.key + static_cast<std::uint32_t>(world.age(who)) : rule.key;
  return world.stream(who, random::Purpose::service_offer, occasion).uniform() <
         static_cast<double>(rule.uptake);
}

}  // namespace carestair::processes
