// Configurations in which nobody falls ill or falls.
#pragma once

#include "config/sections/config.hpp"

namespace carestair::tests {

/// Decline is then the whole of it, as the forward solution has it.
inline void without_acute_illness(config::Config& config) {
  for (double& rate : config.acute.rate.cells()) rate = 0.0;
  for (double& rate : config.falls.rate.cells()) rate = 0.0;
  for (double& rate : config.acute_beds.additional_rate.cells()) rate = 0.0;
}

}  // namespace carestair::tests
