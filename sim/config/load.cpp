#include "config/load.hpp"

#include <optional>

#include "config/compose.hpp"
#include "config/reader.hpp"
#include "config/sha256.hpp"
#include "config/sources.hpp"
#include "config/structure.hpp"
#include "config/yaml_reader.hpp"

namespace carestair::config {
namespace {

/// Takes a root key that is not a section out of the tree.
std::optional<Node> take_out(Node& root, std::string_view key) {
  for (auto at = root.entries.begin(); at != root.entries.end(); ++at) {
    if (at->key != key) continue;
    Node value = std::move(at->value);
    const bool nothing_written = value.is_null() && value.text.empty();
    if (!value.position.known() || nothing_written) value.position = at->key_position;
    root.entries.erase(at);
    return value;
  }
  return std::nullopt;
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
  loaded.laid = std::move(composed.laid);
  loaded.complete = composed.complete;
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
  loaded.base_is_sound = faults.empty();

  if (scenarios) loaded.scenarios = read_scenarios(*scenarios, known, faults);
  if (structures) {
    loaded.structures = read_scenarios(*structures, known, faults, "structures");
    cross(loaded.scenarios, loaded.structures, faults);
  }
  if (experiment) loaded.experiment = read_experiment(*experiment, composed.folder, faults);
  return loaded;
}

void resolve(Loaded& loaded, const Fields& fields) {
  loaded.echo = echo(fields, loaded.evidence, loaded.sources, loaded.scenarios, loaded.structures,
                     loaded.experiment);
  loaded.hash = sha256(loaded.echo);
}

std::vector<Scenario> scenarios_kept(const std::string& echo) {
  base::Diagnostics faults;  // it was sound when it was kept
  NodeBudget budget;
  Node root = read_yaml(std::make_shared<base::SourceText>("configuration", echo), faults, budget);
  const auto scenarios = take_out(root, "scenarios");
  const auto structures = take_out(root, "structures");
  const std::vector<Source> none;
  const KnownSources unknown{none, false};
  if (!scenarios) return {};
  std::vector<Scenario> all = read_scenarios(*scenarios, unknown, faults);
  if (structures) cross(all, read_scenarios(*structures, unknown, faults, "structures"), faults);
  return all;
}

}  // namespace carestair::config
