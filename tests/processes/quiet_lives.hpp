// Configurations in which less happens than in life, so that a test sees what it brings about.
#pragma once

#include "config/sections/config.hpp"

namespace carestair::tests {

/// Nobody falls ill or falls, and nothing is balanced for that: decline is then the whole of it, as
/// the forward solution has it.
inline void without_acute_illness(config::Config& config) {
  for (double& ratio : config.function.balance.cells()) ratio = 1.0;
  for (double& rate : config.acute.rate.cells()) rate = 0.0;
  for (double& rate : config.falls.rate.cells()) rate = 0.0;
  for (double& rate : config.acute_beds.additional_rate.cells()) rate = 0.0;
}

/// What is beside the staircase, and devices, are not there.
inline void without_offers_and_devices(config::Config& config) {
  std::erase_if(config.services, [](const config::Service& s) {
    return s.form == config::ServiceForm::offer || s.form == config::ServiceForm::technology;
  });
}

/// Nobody declines, recovers, dies or moves either.
inline void with_quiet_lives(config::Config& config) {
  without_acute_illness(config);
  for (double& rate : config.function.decline.cells()) rate = 0.0;
  for (double& rate : config.function.recovery.cells()) rate = 0.0;
  for (double& rate : config.cognition.progression.cells()) rate = 0.0;
  for (double& rate : config.mortality.rate.cells()) rate = 0.0;
  config.mastery.sd = 0.0;
  for (double& rate : config.migration.out_rate.cells()) rate = 0.0;
  for (double& persons : config.migration.in_per_1000.cells()) persons = 0.0;
}

}  // namespace carestair::tests
