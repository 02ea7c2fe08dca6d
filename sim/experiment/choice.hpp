// Which parameters an experiment varies: `vary` and `fix` held against what the configuration has.
#pragma once

#include <string>
#include <vector>

#include "config/experiment.hpp"
#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "config/vary.hpp"

namespace carestair::experiment {

/// The numbers and tables of a configuration, to choose from. `loaded` must outlive it.
class Choice {
 public:
  Choice(const config::LoadResult<config::Config>& loaded, base::Diagnostics& faults);
  Choice(const Choice&) = delete;
  Choice& operator=(const Choice&) = delete;

  /// Those chosen that have a range; tables among them without one go to `without_range`.
  std::vector<const config::Field*> with_range(const config::Experiment& experiment,
                                               std::vector<std::string>& without_range);

  /// A field drawn within its range; a table by its position.
  static config::Varied drawn(const config::Field& field);

  /// A parameter named outright, whatever its range: a number, the factor of a table or of cells
  /// of it, or the position of a table within its range.
  config::Varied named(const config::Written& name);

 private:
  void fault(const config::Written& at, std::string message, std::string hint = {});
  void check_pattern(const config::Written& pattern, bool to_vary);
  [[nodiscard]] std::vector<std::string> addresses() const;

  base::Diagnostics& faults_;
  std::vector<config::Field> fields_;
};

}  // namespace carestair::experiment
