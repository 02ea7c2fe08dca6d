// A study: a configuration read, checked and turned into policies that worlds can live under.
// Everything that can be wrong is found here, before anything runs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "experiment/draws.hpp"
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
  Draws draws;                          // of the section `experiment`; one without it

  [[nodiscard]] const config::Config& config() const { return loaded.root; }
  [[nodiscard]] std::size_t residents() const;  // in the synthetic population

  /// Worlds of each scenario: replications of every draw, those of a draw one after the other.
  [[nodiscard]] int replications() const {
    return static_cast<int>(draws.count()) * config().simulation.replications;
  }
  [[nodiscard]] std::size_t draw_of(int replication) const {
    return static_cast<std::size_t>(replication / config().simulation.replications);
  }
  /// Who lives in a replication, and by which chance: the points of a sweep share them.
  [[nodiscard]] int chance_of(int replication) const {
    return draws.same_worlds() ? replication % config().simulation.replications : replication;
  }
};

/// What the worlds of one draw share: the population they begin with, the rules of every scenario
/// and what a year of life is worth. Nobody writes to it.
struct Prepared {
  synth::Tables population;
  std::vector<processes::Policy> policies;
  std::vector<float> utility;  // see processes/quality_of_life.hpp
};

/// Builds it. Of a study without an experiment: what plan_study made.
std::shared_ptr<const Prepared> prepare(const Study& study, std::size_t draw);

/// Settings that take the place of those in the file; negative or empty: as written.
struct Overrides {
  int replications = -1;
  int seed = -1;
  std::vector<std::string> scenarios = {};  // ids; the baseline stays in any case
};

/// Reads and checks a configuration: the file, or `text` as if it stood there. Throws
/// base::UserError with everything that is wrong.
Study plan_study(const std::filesystem::path& path, const Overrides& overrides = {},
                 const std::optional<std::string>& text = std::nullopt);

}  // namespace carestair::experiment
