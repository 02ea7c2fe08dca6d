#include "batch/changes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/units.hpp"
#include "batch/parameters.hpp"
#include "config/address.hpp"
#include "config/scalar.hpp"
#include "experiment/trace_text.hpp"

namespace carestair::batch {
namespace {

using config::Change;
using config::Op;

/// What a change speaks of, before or after it: a parameter, or cells of a table.
struct Told {
  Parameter parameter;
  std::vector<double> cells;  // of a table

  [[nodiscard]] bool is_table() const { return parameter.type == config::ParameterType::table; }
  [[nodiscard]] bool is_one_value() const {
    return !is_table() || std::ranges::adjacent_find(cells, std::not_equal_to<>()) == cells.end();
  }
};

Told look(const config::Config& config, const Change& change, config::ChangeApplier& applier,
          const config::Fields& fields) {
  Told told;
  const std::string path = config::path_of(change.address);
  for (Parameter& parameter : parameters_of(config)) {
    if (parameter.address == path) told.parameter = std::move(parameter);
  }
  if (told.is_table()) told.cells = applier.current(fields);
  return told;
}

std::string operand(const Change& change, const std::string& unit) {
  return with_unit(config::to_text(change.value), change.unit.empty() ? unit : change.unit);
}

/// "40 persons", or of cells that differ "10 to 30 %".
std::string value_of(const Told& told) {
  const std::string& unit = told.parameter.unit;
  if (!told.is_table()) return with_unit(told.parameter.value, unit);
  const auto [low, high] = std::ranges::minmax(told.cells);
  const auto rounded = [](double number) { return fmt::format("{:.4g}", number); };
  if (low == high) return with_unit(rounded(low), unit);
  return fmt::format("{} to {}", rounded(unit == "share" ? 100.0 * low : low),
                     with_unit(rounded(high), unit));
}

/// ", from 40 to 36 persons"; of cells that differ ": 10 to 30 % become 8 to 28 %".
std::string from_to(const Told& before, const Told& after) {
  if (!before.is_one_value() || !after.is_one_value()) {
    return fmt::format(": {} become {}", value_of(before), value_of(after));
  }
  Told bare = before;
  if (bare.parameter.unit != "share") bare.parameter.unit.clear();
  return fmt::format(", from {} to {}", value_of(bare), value_of(after));
}

/// How much is added, without its sign. Of a share it is told in percentage points: "2 percent" of
/// what there is would be something else.
std::string added(const Change& change, const std::string& unit) {
  Change size = change;
  size.value = std::abs(change.value);
  const auto factor = unit == "share" && !change.unit.empty() ? base::conversion(change.unit, unit)
                                                              : std::optional<double>(1.0);
  if (unit != "share" || !factor) return operand(size, unit);
  const std::string points = fmt::format("{:.8g}", 100.0 * base::convert(size.value, *factor));
  return points + (points == "1" ? " percentage point" : " percentage points");
}

std::string scaled(double factor) {
  if (factor <= 0.0 || factor >= 2.0 || factor == 1.0) {
    return "is multiplied by " + config::to_text(factor);
  }
  return fmt::format("{} by {:.6g} %", factor < 1.0 ? "falls" : "rises",
                     100.0 * std::abs(factor - 1.0));
}

std::string of_numbers(const Change& change, const Told& before, const Told& after) {
  const std::string& unit = before.parameter.unit;
  const std::string where =
      before.is_table()
          ? fmt::format(" in {} of the table",
                        base::counted(static_cast<std::int64_t>(before.cells.size()), "cell"))
          : "";
  switch (change.op) {
    case Op::set:
      return fmt::format(
          "is set to {}{}, {}", value_of(after), where,
          before.parameter.value.empty() ? "was not set" : "was " + value_of(before));
    case Op::scale: return scaled(change.value) + where + from_to(before, after);
    case Op::add:
      return fmt::format("{} by {}{}{}", change.value < 0 ? "falls" : "rises", added(change, unit),
                         where, from_to(before, after));
    case Op::ramp:
      return before.is_table() ? fmt::format("goes evenly to {}{}, from {}", value_of(after), where,
                                             value_of(before))
                               : "goes evenly" + from_to(before, after).substr(1);
  }
  return {};
}

/// The day, and what the period makes of it.
std::string when(const Change& change, const config::LivedDays& lived) {
  std::string text = "from " + experiment::date_in_words(change.at);
  if (change.at >= lived.end) return text + ", when the run has ended, so that it does nothing";
  return change.at < lived.reported ? text + ", in the burn-in already" : text;
}

std::string sentence(const Change& change, const Told& before, const Told& after,
                     const config::LivedDays& lived) {
  std::string text = fmt::format("{}: {} ", when(change, lived), change.address);
  if (std::isnan(change.value)) {
    text += fmt::format("is set to {}, was {}", after.parameter.value, before.parameter.value);
  } else {
    text += of_numbers(change, before, after);
  }
  if (change.op == Op::ramp) {
    text += " until " + experiment::date_in_words(change.until);
    if (change.at < lived.end && change.until > lived.end) {
      text += ", of which the part to " + experiment::date_in_words(lived.end - 1) + " is lived";
    }
  }
  if (!change.note.empty()) text += fmt::format(" ({})", change.note);
  return text;
}

}  // namespace

std::vector<std::string> changes_in_words(const config::Config& config,
                                          const config::Scenario& scenario) {
  std::vector<Change> changes = scenario.changes;
  std::ranges::stable_sort(changes, {}, &Change::at);
  config::Config now = config;
  const config::Fields fields = [&now](config::Visitor& v) { now.fields(v); };
  std::vector<std::string> sentences;
  for (const Change& change : changes) {
    base::Diagnostics faults;
    config::ChangeApplier applier(change, faults);
    const Told before = look(now, change, applier, fields);
    applier.apply(fields);
    faults.throw_if_any();
    sentences.push_back(
        sentence(change, before, look(now, change, applier, fields), config.lived()));
  }
  return sentences;
}

}  // namespace carestair::batch
