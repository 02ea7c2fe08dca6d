// Loading a configuration: one call, all faults at once.
//
//   #include "config/load.hpp"
//   #include "config/sections/config.hpp"
//
//   const auto loaded = config::load<config::Config>("configs/selbu.yaml");  // throws UserError
//   loaded.root.mortality.rate(80, 1);
//   for (const config::Scenario& scenario : loaded.scenarios) {
//     for (const auto& stage : config::timeline(loaded.root, scenario.changes)) {
//       // stage.config is in force from stage.from on; the first from the beginning
//     }
//   }
//   loaded.evidence;          // what every number rests on
//   loaded.echo, loaded.hash; // the resolved configuration as YAML, and its SHA-256
//
// A root is a default-constructible struct with `void fields(Visitor&)`; it may also have
// `void check(Issues&) const` for checks across parameters. `base::UserError::what()` is the whole
// message for the user.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/echo.hpp"
#include "config/evidence.hpp"
#include "config/experiment.hpp"
#include "config/issues.hpp"
#include "config/scenario.hpp"
#include "config/timeline.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// All that is not the root struct itself.
struct Loaded {
  std::vector<Scenario> scenarios;   // each also in every structure (structure.hpp)
  std::vector<Scenario> structures;  // written like scenarios
  std::optional<Experiment> experiment;
  std::vector<Source> sources;
  std::vector<Evidence> evidence;
  Places places;                   // where each address was written
  std::vector<std::string> files;  // YAML files read
  std::string echo;
  std::string hash;
};

template <class Root>
struct LoadResult : Loaded {
  Root root{};
};

/// Reads the files and fills the fields; faults are gathered, nothing is thrown.
Loaded read_configuration(const std::filesystem::path& path, const std::optional<std::string>& text,
                          const Fields& fields, base::Diagnostics& faults);

/// Loads a configuration with everything it includes, and tries out every scenario. With `text` the
/// file need not be there: it is read as if this stood in it.
template <class Root>
LoadResult<Root> load(const std::filesystem::path& path,
                      const std::optional<std::string>& text = std::nullopt) {
  LoadResult<Root> result;
  base::Diagnostics faults;
  const Fields fields = [&result](Visitor& v) { result.root.fields(v); };
  static_cast<Loaded&>(result) = read_configuration(path, text, fields, faults);
  if (faults.empty()) check_root(result.root, result.places, faults);
  if (faults.empty()) {
    for (const Scenario& scenario : result.scenarios) {
      base::Diagnostics own;
      timeline(result.root, scenario.changes, own);
      faults.add_new(own);
    }
  }
  faults.throw_if_any();
  return result;
}

}  // namespace carestair::config
