#include "config/distribution.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

using Family = Distribution::Family;

constexpr std::array all_families{Family::normal,  Family::lognormal,  Family::beta,
                                  Family::uniform, Family::triangular, Family::gamma};

/// Which arguments carry the unit of the parameter; shapes and logarithms do not.
bool has_unit(Family family, std::size_t argument) {
  switch (family) {
    case Family::lognormal: return argument == 0;
    case Family::beta: return false;
    case Family::gamma: return argument == 1;
    default: return true;
  }
}

/// What is wrong with the arguments, if anything.
std::string argument_fault(const Distribution& d) {
  const auto [a, b, c] = d.arguments;
  switch (d.family) {
    case Family::normal: return b > 0 ? "" : "`sd` must be above 0";
    case Family::lognormal: return a > 0 && b > 0 ? "" : "`median` and `sigma` must be above 0";
    case Family::beta: return a > 0 && b > 0 ? "" : "`alpha` and `beta` must be above 0";
    case Family::uniform: return a < b ? "" : "`low` must be below `high`";
    case Family::triangular:
      return a <= b && b <= c && a < c ? "" : "`low`, `mode`, `high` must rise";
    case Family::gamma: return a > 0 && b > 0 ? "" : "`shape` and `scale` must be above 0";
  }
  return {};
}

}  // namespace

std::optional<Distribution> read_distribution(const Node& node, const std::string& address,
                                              const NumberSpec& spec, double factor, double value,
                                              base::Diagnostics& faults) {
  if (node.refused) return std::nullopt;
  const std::size_t before = faults.size();
  std::vector<std::string> names;
  for (const Family family : all_families) names.emplace_back(family_name(family));
  const Entry* type = node.find("type");
  if (!node.is_mapping() || type == nullptr || !type->value.is_scalar()) {
    faults.add(node.position, node.length(),
               fmt::format("the distribution of `{}` must be a mapping with a `type`", address),
               "write `{type: normal, mean: 1.0, sd: 0.1}`; types: " + one_of(names));
    return std::nullopt;
  }
  const auto at = std::ranges::find(names, type->value.text);
  if (at == names.end()) {
    faults.add(type->value.position, type->value.length(),
               fmt::format("unknown distribution {}", quote(type->value.text)),
               did_you_mean(type->value.text, names));
    return std::nullopt;
  }
  Distribution result;
  result.family = all_families[static_cast<std::size_t>(at - names.begin())];
  const auto arguments = argument_names(result.family);
  std::vector<std::string> keys{"type"};
  keys.insert(keys.end(), arguments.begin(), arguments.end());
  check_keys(node, keys, address + ".distribution", faults);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Entry* argument = node.find(arguments[i]);
    if (argument == nullptr) {
      faults.add(node.position, 1,
                 fmt::format("the {} distribution of `{}` lacks `{}`", *at, address, arguments[i]));
      continue;
    }
    const auto number = read_number(argument->value, fmt::format("`{}`", arguments[i]), faults);
    if (number) {
      result.arguments[i] = base::convert(*number, has_unit(result.family, i) ? factor : 1.0);
    }
  }
  if (faults.size() > before) return std::nullopt;
  if (const std::string fault = argument_fault(result); !fault.empty()) {
    faults.add(node.position, 1,
               fmt::format("the {} distribution of `{}`: {}", *at, address, fault));
    return std::nullopt;
  }
  if (result.family == Family::beta && spec.unit != "share") {
    faults.add(type->value.position, type->value.length(),
               fmt::format("a beta distribution fits a share, but `{}` is measured in `{}`",
                           address, spec.unit),
               "use triangular, or lognormal for what cannot be negative");
    return std::nullopt;
  }
  if (result.family == Family::uniform || result.family == Family::triangular) {
    const double low = result.arguments[0];
    const double high = result.arguments[result.family == Family::uniform ? 1 : 2];
    if (!in_range(low, spec.min, spec.max) || !in_range(high, spec.min, spec.max)) {
      faults.add(
          node.position, 1,
          fmt::format("the distribution of `{}` reaches from {} to {}, beyond the allowed "
                      "{} to {}",
                      address, to_text(low), to_text(high), to_text(spec.min), to_text(spec.max)));
    } else if (value < low || value > high) {
      faults.add(node.position, 1,
                 fmt::format("the distribution of `{}` reaches from {} to {} and leaves out its "
                             "value {}",
                             address, to_text(low), to_text(high), to_text(value)));
    }
  }
  return faults.size() > before ? std::nullopt : std::optional(result);
}

}  // namespace carestair::config
