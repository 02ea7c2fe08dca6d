#include "batch/changes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "batch/parameters.hpp"
#include "config/address.hpp"
#include "config/scalar.hpp"
#include "experiment/trace_text.hpp"

namespace carestair::batch {
namespace {

using config::Change;
using config::Op;

Parameter find(const config::Config& config, const std::string& address) {
  const std::string path = config::path_of(address);
  for (Parameter& parameter : parameters_of(config)) {
    if (parameter.address == path) return std::move(parameter);
  }
  return {};
}

std::string operand(const Change& change, const std::string& unit) {
  return with_unit(config::to_text(change.value), change.unit.empty() ? unit : change.unit);
}

std::string of_table(const Change& change, const Parameter& before, std::size_t cells) {
  const std::string by = operand(change, before.unit);
  const std::string where =
      fmt::format("in {} of the table", base::counted(static_cast<std::int64_t>(cells), "cell"));
  switch (change.op) {
    case Op::set: return fmt::format("is set to {} {}", by, where);
    case Op::scale:
      return fmt::format("is multiplied by {} {}", config::to_text(change.value), where);
    case Op::add: return fmt::format("goes up by {} {}", by, where);
    case Op::ramp: return fmt::format("goes evenly to {} {}", by, where);
  }
  return {};
}

std::string of_number(const Change& change, const Parameter& before, const Parameter& after) {
  const std::string from_to =
      fmt::format("from {} to {}", with_unit(before.value, before.unit == "share" ? "share" : ""),
                  with_unit(after.value, after.unit));
  switch (change.op) {
    case Op::set:
      return fmt::format(
          "is set to {}, {}", with_unit(after.value, after.unit),
          before.value.empty() ? "was not set" : "was " + with_unit(before.value, before.unit));
    case Op::scale:
      return fmt::format("is multiplied by {}, {}", config::to_text(change.value), from_to);
    case Op::add: {
      Change size = change;
      size.value = std::abs(change.value);
      return fmt::format("goes {} by {}, {}", change.value < 0 ? "down" : "up",
                         operand(size, before.unit), from_to);
    }
    case Op::ramp: return fmt::format("goes evenly {}", from_to);
  }
  return {};
}

std::string sentence(const Change& change, const Parameter& before, const Parameter& after,
                     std::size_t cells) {
  std::string text =
      fmt::format("from {}: {} ", experiment::date_in_words(change.at), change.address);
  if (before.type == config::ParameterType::table) {
    text += of_table(change, before, cells);
  } else if (std::isnan(change.value)) {
    text += fmt::format("is set to {}, was {}", after.value, before.value);
  } else {
    text += of_number(change, before, after);
  }
  if (change.op == Op::ramp) text += " until " + experiment::date_in_words(change.until);
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
    const Parameter before = find(now, change.address);
    const std::size_t cells =
        before.type == config::ParameterType::table ? applier.current(fields).size() : 0;
    applier.apply(fields);
    faults.throw_if_any();
    sentences.push_back(sentence(change, before, find(now, change.address), cells));
  }
  return sentences;
}

}  // namespace carestair::batch
