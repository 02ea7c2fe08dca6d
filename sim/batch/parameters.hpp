// Every parameter a configuration has, as a flat list: what it is, what it may be and what it is
// now. Made from the declarations, so it cannot lag behind them.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "config/address.hpp"
#include "config/sections/config.hpp"

namespace carestair::batch {

struct Parameter {
  std::string address;
  config::ParameterType type = config::ParameterType::number;
  std::string unit;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::vector<std::string> words;  // of a choice
  std::string axes;                // of a table
  std::string meaning;
  std::string value;  // as text; empty when not set or of a declaration
};

/// The parameters of a configuration with their values.
std::vector<Parameter> parameters_of(const config::Config& config);

/// The declarations: entries of maps stand as `*`, there are no values.
std::vector<Parameter> declared_parameters();

/// "0 to 1", "at least 0", "one of a, b"; empty when anything goes.
std::string allowed(const Parameter& parameter);

/// A value, to eight digits, with its unit as words: "4 persons", "90 %", "0.8".
std::string with_unit(const std::string& value, const std::string& unit);

}  // namespace carestair::batch
