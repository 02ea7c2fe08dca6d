// One configuration from several files: `include` lists files to begin from; what the including
// file says wins. Every value keeps the place where it was written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/node.hpp"

namespace carestair::config {

struct Composition {
  Node root;
  std::filesystem::path folder;    // nothing outside it is read
  std::vector<std::string> files;  // every YAML file read, once, in the order met
  std::vector<std::string> laid;   // the same in the order laid over each other, last word last
  bool complete = true;            // false: a file could not be read, so values may be missing
};

/// Reads the main file and all it includes. With `text` the main file need not be there: it is read
/// as if this stood in it. Faults are added to `faults`; when a file
/// cannot be read at all, `complete` is false.
Composition compose(const std::filesystem::path& main_file, const std::optional<std::string>& text,
                    base::Diagnostics& faults);

/// Lays `over` upon `under`: mappings merge, everything else replaces. A parameter (a mapping with
/// `value`, `table`, `values` or `csv`) replaces as a whole, so that a new value never keeps the
/// source of the old one; an explicit `null` removes.
void lay_over(Node& under, Node over);

}  // namespace carestair::config
