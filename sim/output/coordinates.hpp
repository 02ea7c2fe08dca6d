// The texts along the dimensions of a result: labels, titles and what they mean.
#pragma once

#include <string>
#include <vector>

#include "output/run_description.hpp"

namespace carestair::output {

/// One text a level of a dimension. The labels of a dimension have its name.
struct Coordinate {
  std::string dimension;
  std::string name;
  std::vector<std::string> texts;
  std::string long_name;

  [[nodiscard]] bool is_label() const { return name == dimension; }
};

/// Each in the order of the file.
std::vector<Coordinate> scenario_coordinates(const RunDescription& run);
std::vector<Coordinate> municipality_coordinates(const RunDescription& run);
/// Axes of indicators, and outcomes of persons.
std::vector<Coordinate> axis_coordinates(const RunDescription& run);

}  // namespace carestair::output
