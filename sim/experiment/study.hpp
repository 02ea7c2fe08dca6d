// A study: a configuration read, checked and turned into policies that worlds can live under.
// Everything that can be wrong is found here, before anything runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "processes/rules.hpp"
#include "processes/world.hpp"
#include "synth/tables.hpp"

namespace carestair::experiment {

/// One scenario of a study, with the rules in force from each day of change on.
struct ScenarioPlan {
  std::string id;
  std::string title;
  std::string question;
  processes::Policy policy;
};

struct Study {
  config::LoadResult<config::Config> loaded;
  processes::Period period;
  synth::Tables population;             // prepared once, drawn from in every replication
  std::vector<ScenarioPlan> scenarios;  // the first is the baseline

  [[nodiscard]] const config::Config& config() const { return loaded.root; }
  [[nodiscard]] std::size_t residents() const;  // in the synthetic population
};

/// Settings of the command line that take the place of those in the file; negative: as written.
struct Overrides {
  int replications = -1;
  int seed = -1;
};

/// Reads and checks a configuration. Throws base::UserError with everything that is wrong.
Study plan_study(const std::filesystem::path& path, const Overrides& overrides = {});

}  // namespace carestair::experiment
