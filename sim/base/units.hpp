// Units of measurement: a name is a dimension and a factor to that dimension's first unit.
// Parameters are written in whatever unit their source used and converted once, on reading.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carestair::base {

/// What can be counted or measured. Calendar time (how long something lasts) and working time
/// (hours and minutes of help) are kept apart: 24 hours of help are not a day. A share, a ratio
/// of two rates and a plain count are apart too: mixing them up is a common slip.
enum class Quantity {
  calendar_time,
  working_time,
  money,
  person,
  place,
  post,
  visit,
  course,
  device,
  distance,
  count,
  calendar_year,
  share,
  ratio,
  score,
  logarithm
};
inline constexpr std::size_t quantity_count = 16;

/// Exponents of the quantities: NOK_per_hour is money^1 working_time^-1.
using Dimension = std::array<int, quantity_count>;

struct Unit {
  Dimension dimension{};
  double factor = 1.0;
};

/// A unit by name: a simple one (`years`, `kNOK`, `percent`) or `a_per_b[_per_c]` of simple ones
/// (`hours_per_week`, `NOK_per_place_year`, `places_per_1000_persons`); empty when unknown.
std::optional<Unit> find_unit(std::string_view name);

/// Factor from unit `from` to unit `to`; empty when either is unknown or dimensions differ.
std::optional<double> conversion(std::string_view from, std::string_view to);

/// `value` times `factor`; a factor that is one over a whole number divides instead, so that 0.9
/// per 1000 is 0.0009 and not 0.0009000000000000001.
double convert(double value, double factor);

/// Names of the usual units of the same dimension, itself first, for messages and editors.
std::vector<std::string> units_like(std::string_view name);

/// Usual unit names, for "did you mean".
const std::vector<std::string>& common_units();

}  // namespace carestair::base
