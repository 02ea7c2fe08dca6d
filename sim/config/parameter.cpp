#include "config/parameter.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/distribution.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

/// The mapping form of a number, to show to those who wrote it plain.
std::string mapping_form(std::string_view value, std::string_view unit) {
  return fmt::format("write `{{value: {}, unit: {}, source: <id>, kind: <kind>}}`", value,
                     unit.empty() ? "count" : unit);
}

/// Splits "4 weeks" into its number and its unit.
std::optional<Node> split_unit(const Node& node) {
  const std::size_t space = node.text.find(' ');
  if (node.quoted || space == std::string::npos) return std::nullopt;
  const std::string_view number = std::string_view(node.text).substr(0, space);
  const std::string_view unit = std::string_view(node.text).substr(space + 1);
  if (!parse_number(number) || !base::find_unit(unit)) return std::nullopt;
  Node mapping = Node::at(node.position, Node::Kind::mapping);
  Node value = node;
  value.text = number;
  Node name = node;
  name.text = unit;
  name.position.column += static_cast<int>(space) + 1;
  mapping.entries.push_back(Entry{"value", node.position, std::move(value)});
  mapping.entries.push_back(Entry{"unit", name.position, std::move(name)});
  return mapping;
}

void check_value(double value, const Node& node, const std::string& address, const NumberSpec& spec,
                 bool whole, double factor, std::string_view written_unit,
                 base::Diagnostics& faults) {
  const std::string as_canonical =
      factor != 1.0
          ? fmt::format("{} {} = {} {}", node.text, written_unit, to_short(value), spec.unit)
          : node.text;
  if (whole && value != std::round(value)) {
    faults.add(node.position, node.length(),
               fmt::format("`{}` must be a whole number, not {}", address, as_canonical));
    return;
  }
  if (const std::string fault = range_fault(value, spec.min, spec.max, spec.unit); !fault.empty()) {
    faults.add(node.position, node.length(),
               fmt::format("`{}` is {}, {}", address, as_canonical, fault), std::string(spec.doc));
  }
}

base::Diagnostic wrong_order(const std::string& address, const Node& low, const Node& high) {
  return {.position = low.position,
          .message = fmt::format("`{}` has a low end of {} above its high end of {}", address,
                                 low.text, high.text),
          .length = low.length(),
          .notes = {base::Note{high.position, "the high end", high.length()}}};
}

/// What can be said of a range when the value, or the unit, is at fault.
void check_order(const Node& node, const std::string& address, base::Diagnostics& faults) {
  const auto end = [&](const char* key) -> std::optional<double> {
    const Entry* entry = node.find(key);
    if (entry == nullptr) return std::nullopt;
    return read_number(entry->value, fmt::format("`{}.{}`", address, key), faults);
  };
  const auto low = end("low");
  const auto high = end("high");
  if (low && high && *low > *high) {
    faults.add(wrong_order(address, node.find("low")->value, node.find("high")->value));
  }
}

/// A range must hold the value; it may not leave what the field allows.
void read_range(const Node& node, const NumberSpec& spec, double factor, Evidence& evidence,
                base::Diagnostics& faults) {
  const Entry* low = node.find("low");
  const Entry* high = node.find("high");
  if (low == nullptr && high == nullptr) return;
  if (low == nullptr || high == nullptr) {
    const Entry* given = low != nullptr ? low : high;
    faults.add(given->key_position, given->key_length(),
               fmt::format("`{}` gives `{}` without `{}`", evidence.address, given->key,
                           low != nullptr ? "high" : "low"));
    return;
  }
  const auto bound = [&](const Entry& entry, double& into) {
    const auto number =
        read_number(entry.value, fmt::format("`{}.{}`", evidence.address, entry.key), faults);
    if (!number) return;
    into = base::convert(*number, factor);
    if (const std::string fault = range_fault(into, spec.min, spec.max, spec.unit);
        !fault.empty()) {
      faults.add(
          entry.value.position, entry.value.length(),
          fmt::format("`{}.{}` is {}, {}", evidence.address, entry.key, entry.value.text, fault));
    }
  };
  bound(*low, evidence.low);
  bound(*high, evidence.high);
  const Entry* value = node.find("value");
  if (evidence.low > evidence.high) {
    faults.add(wrong_order(evidence.address, low->value, high->value));
  } else if (evidence.value < evidence.low || evidence.value > evidence.high) {
    const Entry& end = evidence.value < evidence.low ? *low : *high;
    faults.add(base::Diagnostic{
        .position = value->value.position,
        .message = fmt::format("`{}` is {}, outside its own range {} to {}", evidence.address,
                               value->value.text, low->value.text, high->value.text),
        .length = value->value.length(),
        .notes = {base::Note{end.value.position, "the range ends here", end.value.length()}}});
  }
}

}  // namespace

bool in_range(double value, double min, double max) {
  return std::isfinite(value) && value >= min && value <= max;
}

std::string range_fault(double value, double min, double max, std::string_view unit) {
  const std::string_view shown = unit == "count" ? "" : unit;
  const std::string_view gap = shown.empty() ? "" : " ";
  if (value < min) {
    return fmt::format("below the smallest allowed value {}{}{}", to_text(min), gap, shown);
  }
  if (value > max) {
    return fmt::format("above the largest allowed value {}{}{}", to_text(max), gap, shown);
  }
  return std::isfinite(value) ? std::string() : "not a finite number";
}

std::string range_in_words(double min, double max, std::string_view unit) {
  const std::string_view shown = unit == "count" ? "" : unit;
  return fmt::format("from {} to {}{}{}", to_text(min), to_text(max), shown.empty() ? "" : " ",
                     shown);
}

std::string operand_hint(const std::string& text, std::string_view key) {
  if (parse_number(text)) return "remove the quotes";
  const std::size_t space = text.find(' ');
  if (space != std::string::npos && parse_number(text.substr(0, space)) &&
      base::find_unit(text.substr(space + 1))) {
    return key == "scale" ? fmt::format("`scale` multiplies: it has no unit")
                          : fmt::format("write `{{{}: {}, unit: {}}}`", key, text.substr(0, space),
                                        text.substr(space + 1));
  }
  if (key == "scale" && text.ends_with('%')) {
    return "`scale` multiplies: 1.1 is 10 % more, 0.9 is 10 % less";
  }
  return number_hint(text, key);
}

std::optional<double> read_number(const Node& node, const std::string& what,
                                  base::Diagnostics& faults) {
  if (node.refused) return std::nullopt;
  if (node.is_scalar()) {
    const auto number = parse_number(node.text);
    if (number && !node.quoted) return number;
    faults.add(node.position, node.length(),
               fmt::format("{} must be a number, not the text {}", what, quote(node.text)),
               number ? "remove the quotes" : number_hint(node.text));
  } else {
    faults.add(node.position, node.length(),
               fmt::format("{} must be a number, not {}", what, node.describe()));
  }
  return std::nullopt;
}

std::optional<double> read_unit(const Node& parameter, std::string_view canonical,
                                std::string& written, base::Diagnostics& faults) {
  if (!canonical.empty() && !base::find_unit(canonical)) {
    throw std::logic_error(fmt::format("unit {} of a field is not in base/units.cpp", canonical));
  }
  const Entry* unit = parameter.find("unit");
  written = canonical;
  if (unit == nullptr) return 1.0;
  const Node& name = unit->value;
  if (name.refused) return std::nullopt;
  if (!name.is_scalar()) {
    faults.add(name.position, name.length(),
               "`unit` must be a unit such as `years`, not " + name.describe());
    return std::nullopt;
  }
  written = name.text;
  const std::string_view wanted = canonical.empty() ? "count" : canonical;
  if (const auto factor = base::conversion(name.text, wanted)) return factor;
  const std::vector<std::string> fitting = base::units_like(wanted);
  if (!base::find_unit(name.text)) {
    std::string best = nearest(name.text, fitting);
    if (best.empty()) best = nearest(name.text, base::common_units());
    faults.add(name.position, name.length(), fmt::format("unknown unit {}", quote(name.text)),
               !best.empty() ? fmt::format("did you mean `{}`?", best)
                             : "units that fit: " + listed(fitting));
  } else {
    faults.add(
        name.position, name.length(),
        fmt::format("the unit {} does not fit: this is measured in `{}`", quote(name.text), wanted),
        "units that fit: " + listed(fitting));
  }
  return std::nullopt;
}

std::string nearest_absent(const Entry& entry, const Node& mapping,
                           std::vector<std::string> known) {
  std::erase_if(known, [&](const std::string& key) {
    const Entry* given = mapping.find(key);
    return given != nullptr && given->key_position.source == entry.key_position.source;
  });
  return nearest(entry.key, known);
}

namespace {

/// `{set: 0,8}` is read as `set: 0` and a key `8`: the number that was meant, with its key.
std::string decimal_comma(const Node& mapping, const Entry& entry) {
  const std::string digits = entry.key.substr(0, entry.key.find_first_of(" %"));
  const std::string rest = entry.key.substr(digits.size());
  const bool percent = rest == "%" || rest == " %";
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return {};
  if (!entry.value.is_null() || !(rest.empty() || percent)) return {};
  const auto at = static_cast<std::size_t>(&entry - mapping.entries.data());
  if (at == 0) return {};
  const Entry& before = mapping.entries[at - 1];
  if (!before.value.is_scalar() || before.value.quoted || !parse_number(before.value.text))
    return {};
  return fmt::format("{}: {}.{}{}", before.key, before.value.text, digits,
                     percent ? ", unit: percent" : "");
}

}  // namespace

UnknownKeys check_keys(const Node& parameter, const std::vector<std::string>& known,
                       const std::string& address, base::Diagnostics& faults) {
  UnknownKeys unknown;
  for (const Entry& entry : parameter.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    if (const std::string meant = decimal_comma(parameter, entry); !meant.empty()) {
      faults.add(
          entry.key_position, entry.key_length(),
          fmt::format("a comma ends the number before {} in `{}`", quote(entry.key), address),
          fmt::format("use a decimal point, as in `{}`; digits have no separators", meant));
      unknown.any = true;
      continue;
    }
    const std::string best = nearest_absent(entry, parameter, known);
    faults.add(entry.key_position, entry.key_length(),
               fmt::format("unknown key {} in `{}`", quote(entry.key), address),
               best.empty() ? "known: " + listed(known) : fmt::format("did you mean `{}`?", best));
    unknown.any = true;
    if (!best.empty()) unknown.meant.push_back(best);
  }
  return unknown;
}

std::optional<Evidence> read_parameter(const Node& node, const std::string& address,
                                       const NumberSpec& spec, bool whole,
                                       const KnownSources& sources, base::Diagnostics& faults) {
  if (node.refused) return std::nullopt;
  if (const auto split = node.is_scalar() ? split_unit(node) : std::nullopt) {
    return read_parameter(*split, address, spec, whole, sources, faults);
  }
  const std::size_t before = faults.size();
  Evidence evidence;
  evidence.address = address;
  evidence.position = node.position;
  evidence.unit = spec.unit;
  evidence.written_unit = spec.unit;

  if (!node.is_mapping()) {
    const auto number = read_number(node, fmt::format("`{}`", address), faults);
    if (!number) return std::nullopt;
    evidence.value = *number;
    evidence.written = node.text;
    check_value(*number, node, address, spec, whole, 1.0, spec.unit, faults);
    if (spec.evidence) {
      faults.add(node.position, node.length(),
                 fmt::format("`{}` is evidence: it needs a unit, a source and a kind", address),
                 mapping_form(node.text, spec.unit));
    }
    return faults.size() > before ? std::nullopt : std::optional(evidence);
  }

  static const std::vector<std::string> keys{"value", "low",    "high", "distribution",
                                             "unit",  "source", "kind", "note"};
  const UnknownKeys unknown = check_keys(node, keys, address, faults);
  const auto factor = read_unit(node, spec.unit, evidence.written_unit, faults);
  const Origin origin = read_origin(node, sources, faults);
  if (spec.evidence) require_evidence(address, node, origin, spec.unit, faults);
  evidence.sources = origin.sources;
  evidence.kind = origin.kind;
  evidence.note = origin.note;
  evidence.is_default = origin.note == default_note && origin.sources.empty();

  const Entry* value = node.find("value");
  if (value == nullptr) {
    if (!unknown.stand_for("value")) {
      faults.add(node.position, 1, fmt::format("`{}` lacks a `value`", address),
                 mapping_form("<number>", spec.unit));
    }
    check_order(node, address, faults);
    return std::nullopt;
  }
  const auto number = read_number(value->value, fmt::format("`{}`", address), faults);
  if (!number || !factor) {
    check_order(node, address, faults);
    return std::nullopt;
  }
  evidence.value = base::convert(*number, *factor);
  evidence.written = value->value.text;
  check_value(evidence.value, value->value, address, spec, whole, *factor, evidence.written_unit,
              faults);
  read_range(node, spec, *factor, evidence, faults);
  if (const Entry* distribution = node.find("distribution")) {
    evidence.distribution =
        read_distribution(distribution->value, address, spec, *factor, evidence.value, faults);
  }
  return faults.size() > before ? std::nullopt : std::optional(std::move(evidence));
}

bool is_worth_keeping(const Evidence& evidence, const NumberSpec& spec) {
  return spec.evidence || evidence.kind || !evidence.sources.empty() || !evidence.note.empty() ||
         evidence.has_range() || evidence.distribution;
}

}  // namespace carestair::config
