#include "config/load.hpp"

#include <optional>

#include "config/address.hpp"
#include "config/compose.hpp"
#include "config/reader.hpp"
#include "config/sha256.hpp"
#include "config/sources.hpp"
#include "config/structure.hpp"

namespace carestair::config {
namespace {

/// Takes a root key that is not a section out of the tree.
std::optional<Node> take_out(Node& root, std::string_view key) {
  for (auto at = root.entries.begin(); at != root.entries.end(); ++at) {
    if (at->key != key) continue;
    Node value = std::move(at->value);
    if (!value.position.known()) value.position = at->key_position;
    root.entries.erase(at);
    return value;
  }
  return std::nullopt;
}

/// With other faults around, scenarios cannot be tried out; that their addresses exist can be told.
void check_addresses(const std::vector<Scenario>& scenarios, const Fields& fields,
                     base::Diagnostics& faults) {
  for (const Scenario& scenario : scenarios) {
    for (const Change& change : scenario.changes) {
      base::Diagnostics own;
      check_address(change, fields, own);
      faults.add_new(own);
    }
  }
}

}  // namespace

Place locate(const Places& places, const std::string& address) {
  for (std::string at = address; !at.empty();) {
    if (const auto found = places.find(at); found != places.end()) return found->second;
    const std::size_t dot = at.rfind('.');
    at.resize(dot == std::string::npos ? 0 : dot);
  }
  return {};
}

Loaded read_configuration(const std::filesystem::path& path, const std::optional<std::string>& text,
                          const Fields& fields, base::Diagnostics& faults) {
  Loaded loaded;
  Composition composed = compose(path, text, faults);
  loaded.files = std::move(composed.files);
  const auto sources = take_out(composed.root, "sources");
  const auto scenarios = take_out(composed.root, "scenarios");
  const auto structures = take_out(composed.root, "structures");
  const auto experiment = take_out(composed.root, "experiment");
  if (sources) loaded.sources = read_sources(*sources, faults);

  const KnownSources known{loaded.sources, composed.complete};
  Reader reader(composed.root, composed.folder, known, faults);
  fields(reader);
  reader.finish();
  loaded.evidence = std::move(reader.evidence);
  loaded.places = std::move(reader.places);

  if (scenarios) loaded.scenarios = read_scenarios(*scenarios, known, faults);
  if (structures) {
    loaded.structures = read_scenarios(*structures, known, faults, "structures");
    cross(loaded.scenarios, loaded.structures, faults);
  }
  if (experiment) loaded.experiment = read_experiment(*experiment, composed.folder, faults);
  if (!faults.empty() && composed.complete) check_addresses(loaded.scenarios, fields, faults);
  if (faults.empty()) {
    loaded.echo = echo(fields, loaded.evidence, loaded.sources, loaded.scenarios, loaded.structures,
                       loaded.experiment);
    loaded.hash = sha256(loaded.echo);
  }
  return loaded;
}

}  // namespace carestair::config
