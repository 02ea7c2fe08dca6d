#include "config/reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"
#include "config/table_reader.hpp"

namespace carestair::config {

Reader::Reader(const Node& root, std::filesystem::path folder, const KnownSources& sources,
               base::Diagnostics& faults)
    : folder_(std::move(folder)), sources_(sources), faults_(faults) {
  frames_.push_back(Frame{.name = "", .node = &root, .position = root.position});
  // Read by the loader, but known to "did you mean".
  frames_.back().known = {"include", "sources", "scenarios", "structures", "experiment"};
}

std::string Reader::address_of(std::string_view key) const {
  std::string address;
  for (const Frame& frame : frames_) {
    if (!frame.name.empty()) address += frame.name + ".";
  }
  return address + std::string(key);
}

std::string Reader::section_name() const {
  std::string name = address_of("");
  if (!name.empty()) name.pop_back();
  return name;
}

const Node* Reader::take(std::string_view key) {
  Frame& frame = frames_.back();
  frame.known.emplace_back(key);
  const std::string address = address_of(key);
  declared_.insert(address);
  const Entry* entry = frame.mode == Mode::written ? frame.node->find(key) : nullptr;
  if (entry == nullptr) {
    if (!is_optional()) frame.missing.emplace_back(key);
    return nullptr;
  }
  if (entry->value.refused) return nullptr;
  if (entry->value.is_null()) {
    faults_.add(entry->key_position, entry->key_length(), fmt::format("`{}` has no value", address),
                is_optional() ? "leave it out to keep the default" : "");
    return nullptr;
  }
  places[address] = Place{entry->value.position, entry->value.length()};
  return &entry->value;
}

void Reader::wrong_type(const Node& node, const std::string& address, std::string_view wanted,
                        std::string hint) {
  faults_.add(node.position, node.length(),
              fmt::format("`{}` must be {}, not {}", address, wanted, node.describe()),
              std::move(hint));
}

void Reader::number_of(std::string_view key, double& value, const NumberSpec& spec, bool whole) {
  const Node* node = take(key);
  const std::string address = address_of(key);
  if (node != nullptr) {
    const auto read = read_parameter(*node, address, spec, whole, sources_, faults_);
    if (!read) return;
    value = read->value;
    // A default of nothing claims nothing, also where a result has written it out.
    if (read->is_default && value == 0.0) return;
    if (is_worth_keeping(*read, spec)) evidence.push_back(*read);
  } else if (spec.evidence && value != 0.0 &&
             (is_optional() || frames_.back().mode == Mode::defaulted) &&
             in_range(value, spec.min, spec.max)) {
    Evidence own;
    own.address = address;
    own.value = value;
    own.unit = own.written_unit = spec.unit;
    own.written = to_text(value);
    own.kind = Kind::assumption;
    own.note = default_note;
    own.is_default = true;
    evidence.push_back(std::move(own));
  }
}

void Reader::number(std::string_view key, double& value, const NumberSpec& spec) {
  number_of(key, value, spec, false);
}

void Reader::integer(std::string_view key, int& value, const NumberSpec& spec) {
  NumberSpec narrowed = spec;
  narrowed.min = std::max(spec.min, static_cast<double>(std::numeric_limits<int>::min()));
  narrowed.max = std::min(spec.max, static_cast<double>(std::numeric_limits<int>::max()));
  double number = value;
  number_of(key, number, narrowed, true);
  value = static_cast<int>(number);
}

void Reader::flag(std::string_view key, bool& value, std::string_view doc) {
  const Node* node = take(key);
  if (node == nullptr) return;
  if (const auto read =
          node->is_scalar() && !node->quoted ? parse_flag(node->text) : std::nullopt) {
    value = *read;
  } else {
    const bool yes = node->text == "yes" || node->text == "on" || node->text == "True";
    const bool no = node->text == "no" || node->text == "off" || node->text == "False";
    wrong_type(*node, address_of(key), "true or false",
               yes  ? "write true"
               : no ? "write false"
                    : std::string(doc));
  }
}

void Reader::text(std::string_view key, std::string& value, std::string_view doc) {
  const Node* node = take(key);
  if (node == nullptr) return;
  if (node->is_scalar()) {
    value = node->text;
  } else {
    wrong_type(*node, address_of(key), "a text", std::string(doc));
  }
}

void Reader::date(std::string_view key, base::Day& value, std::string_view) {
  const Node* node = take(key);
  if (node == nullptr) return;
  if (const auto day = node->is_scalar() ? base::parse_day(node->text) : std::nullopt) {
    value = *day;
  } else {
    wrong_type(*node, address_of(key), "a date", "write year, month and day: 2025-01-31");
  }
}

void Reader::table(std::string_view key, Table& value, const TableSpec& spec) {
  const Node* node = take(key);
  if (node == nullptr) return;
  auto read = read_table(*node, address_of(key), spec, folder_, sources_, faults_);
  if (!read) return;
  value = std::move(read->table);
  evidence.push_back(std::move(read->evidence));
}

void Reader::choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                          std::string_view) {
  const Node* node = take(key);
  if (node == nullptr) return;
  const std::vector<std::string> words(names.begin(), names.end());
  if (!node->is_scalar()) {
    wrong_type(*node, address_of(key), "a word", "one of: " + listed(words));
    return;
  }
  const auto at = std::ranges::find(words, node->text);
  if (at == words.end()) {
    faults_.add(node->position, node->length(),
                fmt::format("`{}` cannot be {}", address_of(key), quote(node->text)),
                did_you_mean(node->text, words));
    return;
  }
  index = static_cast<int>(at - words.begin());
}

void Reader::choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
                     std::string_view) {
  const Node* node = take(key);
  if (node == nullptr) return;
  const std::vector<std::string> words(names.begin(), names.end());
  if (node->is_scalar() && node->text == "all") {
    bits = (1u << names.size()) - 1u;
    return;
  }
  if (!node->is_sequence()) {
    wrong_type(*node, address_of(key), "a list", "some of: " + listed(words) + "; or `all`");
    return;
  }
  unsigned read = 0;
  for (const Node& item : node->items) {
    if (item.refused) continue;
    const auto at = item.is_scalar() ? std::ranges::find(words, item.text) : words.end();
    if (at == words.end()) {
      faults_.add(item.position, item.length(),
                  fmt::format("`{}` cannot hold {}", address_of(key),
                              item.is_scalar() ? quote(item.text) : item.describe()),
                  did_you_mean(item.text, words));
      continue;
    }
    const unsigned bit = 1u << (at - words.begin());
    if ((read & bit) != 0) {
      faults_.add(item.position, item.length(),
                  fmt::format("{} is given twice in `{}`", quote(item.text), address_of(key)));
    }
    read |= bit;
  }
  bits = read;
}

}  // namespace carestair::config
