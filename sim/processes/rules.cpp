#include "processes/rules.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "processes/age_profile.hpp"
#include "processes/life_table_norm.hpp"

namespace carestair::processes {

namespace {

/// The norm of the life table also holds what acute stays and hip fractures do.
std::vector<float> with_acute_illness(std::vector<float> norm, const AcuteTables& acute) {
  std::ranges::transform(norm, acute.excess_death, norm.begin(), std::multiplies<>{});
  return norm;
}

}  // namespace

std::shared_ptr<const Rules> make_rules(const config::Config& config, base::Day first,
                                        base::Day last, const Rules* before) {
  auto rules = std::make_shared<Rules>();
  rules->config = config;
  const int first_year = base::to_date(first).year;
  const int last_year = base::to_date(last).year;
  rules->health = synth::HealthTables(config);
  rules->mortality = MortalityTables(config, rules->health, first_year, last_year);
  rules->demography = DemographyTables(config);
  rules->function = FunctionTables(config, rules->health, first_year, last_year);
  rules->cognition = CognitionTables(config, first_year, last_year);
  rules->travel = TravelTables(config.travel);
  rules->acute = AcuteTables(config, rules->health, first_year, last_year);
  rules->mortality.hip_fracture_ratio = static_cast<float>(config.hospital.hip_death_ratio);
  // A morbidity regime says how illness goes with the life table, not what moves deaths.
  // So does the pace at which deaths fall: it moves the age at which people are ill.
  const auto shifts = [&](const config::Config& of) {
    return age_shifts(of.morbidity, of.mortality, first_year, last_year);
  };
  const bool same_lives = before != nullptr && shifts(before->config) == shifts(config);
  if (same_lives && rules->mortality.relative == before->mortality.relative) {
    rules->mortality.normalise(before->mortality.norm);
  } else {
    const Rules& lives = same_lives ? *before : *rules;
    rules->mortality.normalise(with_acute_illness(
        life_table_norm(rules->mortality, lives.function, lives.cognition, lives.health),
        lives.acute));
  }
  rules->hidden_problems = HiddenProblemTables(config, rules->health, first_year);
  // What a dated change does to hidden problems is held against the means before it.
  if (before != nullptr) rules->hidden_problems.inverse_mean = before->hidden_problems.inverse_mean;
  rules->needs = NeedTables(config);
  rules->user_groups = UserGroupTables(config.user_groups, rules->health.groups(),
                                       before != nullptr ? &before->user_groups : nullptr);
  rules->seeking = SeekingTables(config.seeking);
  rules->services = ServiceTables(config.services, config.units, config.economy.fees.uptake_ratio);
  for (const config::Facility& facility : config.facilities) {
    const auto of = std::ranges::find(config.services, facility.service, &config::Service::id);
    // Places are those of the buildings that are open: see buildings.hpp.
    rules->services.rules[static_cast<std::size_t>(of - config.services.begin())].capacity = 0.0F;
  }
  rules->economy = EconomyTables(config.economy, first_year, last_year);
  rules->behaviour =
      before != nullptr ? before->behaviour : BehaviourTables(config.behaviour, rules->services);
  const auto& organisations = config.reablement.organisations;
  const auto name =
      config::reablement_model_names[static_cast<std::size_t>(config.reablement.model)];
  const auto found = std::ranges::find(organisations, name, &config::ReablementOrganisation::id);
  if (found == organisations.end()) {
    throw std::invalid_argument("reablement.organisations does not describe the model in force");
  }
  rules->organisation = static_cast<std::size_t>(found - organisations.begin());
  rules->workforce =
      WorkforceTables(config, rules->services, static_cast<float>(found->team_hours_per_week));
  return rules;
}

}  // namespace carestair::processes
