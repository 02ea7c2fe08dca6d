#include "config/reference.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "config/address_path.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string range(double min, double max) {
  if (std::isinf(min) && std::isinf(max)) return "";
  if (std::isinf(max)) return "at least " + to_text(min);
  if (std::isinf(min)) return "at most " + to_text(max);
  return fmt::format("{} to {}", to_text(min), to_text(max));
}

class ReferencePage : public PathVisitor {
 public:
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const Section& section : sections_) {
      if (section.rows.empty() && section.doc.empty()) continue;
      out += section.address.empty()
                 ? "## Top level\n\n"
                 : fmt::format("## `{}`\n\n{}\n\n", section.address, section.doc);
      if (section.rows.empty()) continue;
      out +=
          "| parameter | type | unit | range | given | evidence | meaning |\n"
          "|---|---|---|---|---|---|---|\n" +
          section.rows + "\n";
    }
    return out;
  }

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    const bool set = in_range(value, spec.min, spec.max);
    row(key, "number", spec.unit, range(spec.min, spec.max), set ? to_text(value) : "not set",
        spec.evidence, spec.doc);
  }
  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    const bool set = in_range(value, spec.min, spec.max);
    row(key, "whole number", spec.unit, range(spec.min, spec.max),
        set ? std::to_string(value) : "not set", spec.evidence, spec.doc);
  }
  void flag(std::string_view key, bool& value, std::string_view doc) override {
    row(key, "true or false", "", "", value ? "true" : "false", false, doc);
  }
  void text(std::string_view key, std::string& value, std::string_view doc) override {
    row(key, "text", "", "", value.empty() ? "empty" : value, false, doc);
  }
  void date(std::string_view key, base::Day& value, std::string_view doc) override {
    row(key, "date", "", "", base::to_string(value), false, doc);
  }
  void table(std::string_view key, Table&, const TableSpec& spec) override {
    std::string axes;
    for (const Axis axis : spec.axes) {
      axes += (axes.empty() ? "" : " × ") + std::string(axis_name(axis));
    }
    row(key, "table by " + axes, spec.unit, range(spec.min, spec.max), "none", true, spec.doc);
  }
  void choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
               std::string_view doc) override {
    std::string chosen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1u) != 0) chosen += (chosen.empty() ? "" : ", ") + std::string(names[i]);
    }
    row(key, "some of " + words(names), "", "", chosen.empty() ? "none" : chosen, false, doc);
  }

 protected:
  void choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                    std::string_view doc) override {
    const bool set = index >= 0 && static_cast<std::size_t>(index) < names.size();
    row(key, "one of " + words(names), "", "",
        set ? std::string(names[static_cast<std::size_t>(index)]) : "not set", false, doc);
  }
  bool begin_group(std::string_view key, std::string_view doc) override {
    PathVisitor::begin_group(key, doc);
    sections_.push_back({address_of_section(), described(doc), {}});
    open_.push_back(sections_.size() - 1);
    return true;
  }
  void end_group() override {
    open_.pop_back();
    PathVisitor::end_group();
  }
  std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                     std::string_view doc) override {
    map_doc_ = described(doc) + " `*` stands for the name of an entry.";
    return PathVisitor::begin_map(key, std::move(ids), doc);
  }
  bool begin_entry(std::string_view id) override {
    PathVisitor::begin_entry(id);
    sections_.push_back({address_of_section(), map_doc_, {}});
    open_.push_back(sections_.size() - 1);
    return true;
  }
  void end_entry() override {
    open_.pop_back();
    PathVisitor::end_entry();
  }
  [[nodiscard]] bool wants_prototype() const override { return true; }

 private:
  struct Section {
    std::string address;
    std::string doc;
    std::string rows;
  };

  static std::string words(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) {
      out += (out.empty() ? "`" : ", `") + std::string(name) + "`";
    }
    return out;
  }

  [[nodiscard]] std::string described(std::string_view doc) const {
    std::string out(doc);
    if (!out.empty()) out += ".";
    if (is_optional()) out += " May be left out.";
    return out;
  }

  [[nodiscard]] std::string address_of_section() const {
    std::string address = address_of("");
    if (!address.empty()) address.pop_back();
    return address;
  }

  void row(std::string_view key, const std::string& type, std::string_view unit,
           const std::string& allowed, const std::string& standard, bool evidence,
           std::string_view doc) {
    sections_[open_.back()].rows +=
        fmt::format("| `{}` | {} | {} | {} | {} | {} | {} |\n", address_of(key), cell(type),
                    cell(unit), allowed, is_optional() ? "default: " + cell(standard) : "required",
                    evidence ? "yes" : "", cell(doc));
  }

  std::vector<Section> sections_{{"", "", ""}};
  std::vector<std::size_t> open_{0};
  std::string map_doc_;
};

}  // namespace

std::string reference_of(const Fields& fields) {
  ReferencePage reference;
  fields(reference);
  return reference.text();
}

}  // namespace carestair::config
