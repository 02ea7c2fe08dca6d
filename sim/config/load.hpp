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
#include "config/dates.hpp"
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
  std::vector<std::string> laid;  // the files as they were laid over each other, the last word last
  bool complete = true;           // false: a file could not be read
  bool base_is_sound = false;     // the base configuration has no fault: changes can be tried on it
};

template <class Root>
struct LoadResult : Loaded {
  Root root{};
};

/// Reads the files and fills the fields; faults are gathered, nothing is thrown.
Loaded read_configuration(const std::filesystem::path& path, const std::optional<std::string>& text,
                          const Fields& fields, base::Diagnostics& faults);

/// Writes echo and hash of what was read without fault.
void resolve(Loaded& loaded, const Fields& fields);

/// The scenarios of a configuration as it is kept in a result, each in every structure. What cannot
/// be read any more is left out.
std::vector<Scenario> scenarios_kept(const std::string& echo);

/// Tries out every scenario; on a base that has faults, what of the changes stands alone.
template <class Root>
void try_scenarios(const LoadResult<Root>& loaded, base::Diagnostics& faults) {
  Root root = loaded.root;
  const Fields fields = [&root](Visitor& v) { root.fields(v); };
  for (const Scenario& scenario : loaded.scenarios) {
    base::Diagnostics own;
    if (loaded.base_is_sound) {
      timeline(root, scenario.changes, own);
    } else {
      for (const Change& change : scenario.changes) check_change(change, fields, own);
    }
    faults.add_new(own);
  }
}

/// Loads a configuration with everything it includes, and tries out every scenario. With `text` the
/// file need not be there: it is read as if this stood in it. All that is wrong goes to `faults`.
template <class Root>
LoadResult<Root> load(const std::filesystem::path& path, const std::optional<std::string>& text,
                      base::Diagnostics& faults) {
  LoadResult<Root> result;
  const Fields fields = [&result](Visitor& v) { result.root.fields(v); };
  static_cast<Loaded&>(result) = read_configuration(path, text, fields, faults);
  if constexpr (Dated<Root>) {
    const LivedDays lived = result.root.lived();
    check_dates(result.scenarios, lived, result.places, result.laid, faults);
    check_dates(result.structures, lived, result.places, result.laid, faults);
  }
  if (result.base_is_sound) {
    base::Diagnostics own;
    check_root(result.root, result.places, own);
    result.base_is_sound = own.empty();
    faults.add_new(own);
  }
  // What an unread file would have said is not known: its addresses may be there.
  if (result.complete) try_scenarios(result, faults);
  if (faults.empty()) resolve(result, fields);
  return result;
}

/// The same, throwing UserError.
template <class Root>
LoadResult<Root> load(const std::filesystem::path& path,
                      const std::optional<std::string>& text = std::nullopt) {
  base::Diagnostics faults;
  auto result = load<Root>(path, text, faults);
  faults.throw_if_any();
  return result;
}

}  // namespace carestair::config
