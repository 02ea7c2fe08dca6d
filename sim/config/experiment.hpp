// The section `experiment`: which parameters take which values, world after world. Values come from
// what is known of each parameter (draws), from levels (sweep) or from a table made elsewhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/node.hpp"

namespace carestair::config {

/// A word of the section, and where it was written.
struct Written {
  std::string text;
  base::SourcePosition position = {};
};

/// Where draws fall: anywhere, or one in each of equally likely strips of every parameter.
enum class Sampling { random, latin_hypercube };

struct Experiment {
  /// Addresses, sections, or patterns in which `*` stands for anything. Nothing: all.
  std::vector<Written> vary;
  std::vector<Written> fix;  // taken out of those again

  int draws = 0;
  Sampling sampling = Sampling::random;

  bool one_at_a_time = false;  // low and high end of each parameter, the others as written

  struct Levels {
    Written address;
    std::vector<double> values;
    std::vector<Written> written;  // the same, each where it stands
  };
  std::vector<Levels> grid;  // every combination

  struct Given {
    std::vector<Written> addresses;         // one a column
    std::vector<std::vector<double>> rows;  // one a draw
    bool sweep = false;                     // points that share their worlds' chance
  };
  Given given;

  base::SourcePosition position;
};

/// Reads `experiment: {draws: 100 | file.csv | {csv: ...}, sampling?, vary?, fix?}` or
/// `experiment: {sweep: one_at_a_time | file.csv | {csv: ...} | {address: [levels]}, vary?, fix?}`.
/// Addresses are checked later, against the configuration.
std::optional<Experiment> read_experiment(const Node& node, const std::filesystem::path& folder,
                                          base::Diagnostics& faults);

/// The section as YAML that is read back the same; a table stands in it as a block.
std::string echo_experiment(const Experiment& experiment);

}  // namespace carestair::config
