#include "batch/parameters.hpp"

#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/address_path.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"

namespace carestair::batch {
namespace {

using config::NumberSpec;
using config::ParameterType;
using config::to_text;

std::string joined(const std::vector<std::string>& words, std::string_view by) {
  return fmt::format("{}", fmt::join(words, by));
}

class Lister : public config::PathVisitor {
 public:
  explicit Lister(bool prototype) : prototype_(prototype) {}

  std::vector<Parameter> found;

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    add_number(key, ParameterType::number, value, spec);
  }
  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    add_number(key, ParameterType::integer, value, spec);
  }
  void flag(std::string_view key, bool& value, std::string_view doc) override {
    add(key, ParameterType::flag, doc).value = value ? "true" : "false";
  }
  void text(std::string_view key, std::string& value, std::string_view doc) override {
    add(key, ParameterType::text, doc).value = value;
  }
  void date(std::string_view key, base::Day& value, std::string_view doc) override {
    add(key, ParameterType::date, doc).value = base::to_string(value);
  }
  void table(std::string_view key, config::Table& value, const config::TableSpec& spec) override {
    Parameter& parameter = add(key, ParameterType::table, spec.doc);
    parameter.unit = spec.unit;
    parameter.min = spec.min;
    parameter.max = spec.max;
    for (const config::Axis axis : spec.axes) {
      parameter.axes += (parameter.axes.empty() ? "" : ", ") + std::string(axis_name(axis));
    }
    if (!value.empty()) parameter.value = fmt::format("{} cells", value.cells().size());
  }
  void choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
               std::string_view doc) override {
    Parameter& parameter = add(key, ParameterType::choices, doc);
    parameter.words.assign(names.begin(), names.end());
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1U) != 0) chosen.emplace_back(names[i]);
    }
    parameter.value = joined(chosen, ", ");
  }

 protected:
  void choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                    std::string_view doc) override {
    Parameter& parameter = add(key, ParameterType::choice, doc);
    parameter.words.assign(names.begin(), names.end());
    if (index >= 0 && static_cast<std::size_t>(index) < names.size()) {
      parameter.value = names[static_cast<std::size_t>(index)];
    }
  }
  [[nodiscard]] bool wants_prototype() const override { return prototype_; }

 private:
  Parameter& add(std::string_view key, ParameterType type, std::string_view doc) {
    Parameter parameter;
    parameter.address = address_of(key);
    parameter.type = type;
    parameter.meaning = doc;
    found.push_back(std::move(parameter));
    return found.back();
  }

  void add_number(std::string_view key, ParameterType type, double value, const NumberSpec& spec) {
    Parameter& parameter = add(key, type, spec.doc);
    parameter.unit = spec.unit;
    parameter.min = spec.min;
    parameter.max = spec.max;
    if (config::in_range(value, spec.min, spec.max)) parameter.value = to_text(value);
  }

  bool prototype_;
};

}  // namespace

std::vector<Parameter> parameters_of(const config::Config& config) {
  config::Config copy = config;  // visitors take fields they may change
  Lister lister(false);
  copy.fields(lister);
  return std::move(lister.found);
}

std::vector<Parameter> declared_parameters() {
  config::Config none{};
  Lister lister(true);
  none.fields(lister);
  for (Parameter& parameter : lister.found) parameter.value.clear();
  return std::move(lister.found);
}

std::string allowed(const Parameter& parameter) {
  if (parameter.type == ParameterType::choice) return "one of " + joined(parameter.words, ", ");
  if (parameter.type == ParameterType::choices) return "some of " + joined(parameter.words, ", ");
  const bool from = std::isfinite(parameter.min);
  const bool to = std::isfinite(parameter.max);
  if (from && to) return to_text(parameter.min) + " to " + to_text(parameter.max);
  if (from) return "at least " + to_text(parameter.min);
  if (to) return "at most " + to_text(parameter.max);
  return {};
}

std::string with_unit(const std::string& value, const std::string& unit) {
  const auto number = config::parse_number(value);
  const auto rounded = [](double exact) { return fmt::format("{:.8g}", exact); };
  if (unit == "share" && number) return rounded(100.0 * *number) + " %";
  const std::string text = number ? rounded(*number) : value;
  if (unit.empty() || unit == "share" || unit == "ratio" || unit == "count") return text;
  std::string name = base::as_words(unit);
  if (text == "1" && name.ends_with('s') && name.find(' ') == std::string::npos) name.pop_back();
  return text + " " + name;
}

}  // namespace carestair::batch
