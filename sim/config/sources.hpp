// The registry of sources at the root of a configuration, and the `source`/`kind` keys that
// refer to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"

namespace carestair::config {

/// Reads `sources: {id: {title, publisher?, year?, url?, note?}}`.
std::vector<Source> read_sources(const Node& node, base::Diagnostics& faults);

/// What `source` may name. When a file could not be read, its sources are missing as well: then
/// nothing is said of ids that are not known, since that file is the fault.
struct KnownSources {
  KnownSources(const std::vector<Source>& sources, bool whole = true)  // NOLINT: as a view is
      : all(&sources), complete(whole) {}

  const std::vector<Source>* all;
  bool complete;
};

/// What a parameter says about its origin.
struct Origin {
  std::vector<std::string> sources;
  std::optional<Kind> kind;
  std::string note;
  bool faulty = false;  // something was wrong and has been reported
};

/// Reads `source`, `kind` and `note` of a parameter.
Origin read_origin(const Node& parameter, const KnownSources& known, base::Diagnostics& faults);

/// Checks one source id; false (and a fault) when it is not in the registry.
bool check_source(const std::string& id, const base::SourcePosition& position,
                  const KnownSources& known, base::Diagnostics& faults);

/// Checks a kind word; empty (and a fault) when it is none.
std::optional<Kind> check_kind(const std::string& word, const base::SourcePosition& position,
                               base::Diagnostics& faults);

/// Reports, in one message, what an empirical number or table lacks: a unit, a kind and, but for a
/// reasoned assumption, a source. `node` is its mapping, `unit` its canonical unit.
void require_evidence(const std::string& address, const Node& node, const Origin& origin,
                      std::string_view unit, base::Diagnostics& faults);

}  // namespace carestair::config
