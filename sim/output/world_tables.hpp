// The datasets to which every world adds one chunk, and how a world is turned into those chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "output/encoded_world.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

/// How the numbers of a table are stored.
enum class NumberType : std::uint8_t { u16, u32, f32, f64 };

/// One dataset of /indicators or /persons. Its dimensions are scenario, replication, municipality
/// and then `dimensions`; the numbers of one world are one chunk.
struct WorldTable {
  const char* group;
  std::string name;
  NumberType type;
  std::vector<std::string> dimensions;
  std::vector<std::size_t> shape;
  std::string unit;  // empty: see outcome_unit
  std::string long_name;
  std::string description;
  std::string cell_methods;  // empty outside /indicators
  bool may_miss = false;     // holds NaN
};
std::vector<WorldTable> world_tables(std::size_t months, const record::Sizes& sizes);

/// A table of /persons: counts or sums by age group and sex, or by age group, sex and outcome.
struct PersonTableInfo {
  std::string_view name;
  bool by_outcome;
  bool real;  // float64, else uint32
  std::string_view meaning;
};
std::span<const PersonTableInfo> person_table_infos();

}  // namespace carestair::output
