// YAML to a Node tree, event by event, with limits: a file made to hurt (aliases that explode,
// endless nesting, giant values) is refused while it is read, before it has cost anything.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "config/node.hpp"

namespace carestair::config {

inline constexpr int deepest_nesting = 32;
inline constexpr std::size_t longest_scalar = 64u << 10;
inline constexpr std::size_t longest_csv_block = 1u << 20;  // a table written inside the YAML
inline constexpr std::size_t most_nodes = 500'000;
inline constexpr std::size_t most_keys = 10'000;  // of one mapping

/// Counts nodes over all files of one configuration.
struct NodeBudget {
  std::size_t left = most_nodes;
};

/// Reads one document. Faults that leave the rest readable are added to `faults`; one that does
/// not ends the reading, and what was read so far is not used (`refused` is set).
Node read_yaml(const std::shared_ptr<const base::SourceText>& text, base::Diagnostics& faults,
               NodeBudget& budget);

}  // namespace carestair::config
