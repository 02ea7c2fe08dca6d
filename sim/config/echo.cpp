#include "config/echo.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/table_writer.hpp"
#include "config/yaml_writer.hpp"

namespace carestair::config {
namespace {

class Echo : public Visitor {
 public:
  explicit Echo(const std::vector<Evidence>& evidence) {
    for (const Evidence& entry : evidence) evidence_[entry.address] = &entry;
  }

  std::string text_so_far;

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    write_number(key, value, spec);
  }
  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    write_number(key, value, spec);
  }
  void flag(std::string_view key, bool& value, std::string_view) override {
    line(key, value ? "true" : "false");
  }
  void text(std::string_view key, std::string& value, std::string_view) override {
    line(key, in_quotes(value));
  }
  void date(std::string_view key, base::Day& value, std::string_view) override {
    line(key, base::to_string(value));
  }

  void table(std::string_view key, Table& value, const TableSpec& spec) override {
    if (value.empty()) return;  // an optional table that was left out
    const Evidence* known = find(key);
    const std::string margin(indent(), ' ');
    text_so_far += fmt::format("{}{}:\n", margin, plain_word(key));
    text_so_far += fmt::format("{}  unit: {}\n", margin, spec.unit);
    MappingWriter about;
    if (known != nullptr) {
      if (!known->sources.empty()) {
        text_so_far += fmt::format("{}  source: {}\n", margin, flow_list(known->sources));
      }
      if (known->kind)
        text_so_far += fmt::format("{}  kind: {}\n", margin, kind_name(*known->kind));
      if (!known->note.empty()) {
        text_so_far += fmt::format("{}  note: {}\n", margin, in_quotes(known->note));
      }
    }
    text_so_far += margin + "  csv: |\n";
    const std::string csv =
        to_csv(value, known != nullptr ? known->table.get() : nullptr, spec.every_age);
    for (std::size_t from = 0; from < csv.size();) {
      const std::size_t end = csv.find('\n', from);
      text_so_far += margin + "    " + csv.substr(from, end - from + 1);
      from = end + 1;
    }
  }

  void choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
               std::string_view) override {
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1u) != 0) list += (list.empty() ? "" : ", ") + plain_word(names[i]);
    }
    line(key, "[" + list + "]");
  }

 protected:
  void choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                    std::string_view) override {
    if (index >= 0 && static_cast<std::size_t>(index) < names.size()) {
      line(key, plain_word(names[static_cast<std::size_t>(index)]));
    }
  }
  bool begin_group(std::string_view key, std::string_view) override {
    open(key);
    return true;
  }
  void end_group() override { close(); }
  std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                     std::string_view) override {
    open(key);
    return ids;
  }
  bool begin_entry(std::string_view id) override {
    open(id);
    return true;
  }
  void end_entry() override { close(); }
  void end_map() override { close(); }

 private:
  struct Section {
    std::string address;
    std::size_t body = 0;  // where its content begins in the text
  };

  [[nodiscard]] std::size_t indent() const { return 2 * sections_.size(); }

  [[nodiscard]] std::string address_of(std::string_view key) const {
    return sections_.empty() ? std::string(key) : sections_.back().address + "." + std::string(key);
  }

  [[nodiscard]] const Evidence* find(std::string_view key) const {
    const auto found = evidence_.find(address_of(key));
    return found == evidence_.end() ? nullptr : found->second;
  }

  void line(std::string_view key, const std::string& value) {
    text_so_far += fmt::format("{}{}: {}\n", std::string(indent(), ' '), plain_word(key), value);
  }

  void open(std::string_view key) {
    std::string address = address_of(key);
    text_so_far += fmt::format("{}{}:\n", std::string(indent(), ' '), plain_word(key));
    sections_.push_back({std::move(address), text_so_far.size()});
  }

  void close() {
    if (text_so_far.size() == sections_.back().body) {
      text_so_far.pop_back();
      text_so_far += " {}\n";
    }
    sections_.pop_back();
  }

  void write_number(std::string_view key, double value, const NumberSpec& spec) {
    if (!in_range(value, spec.min, spec.max)) return;  // means "not set"
    const Evidence* known = find(key);
    if (known == nullptr && (spec.unit.empty() || spec.unit == "count") && !spec.evidence) {
      line(key, to_text(value));
      return;
    }
    MappingWriter mapping;
    mapping.add("value", to_text(value));
    mapping.add("unit", std::string(spec.unit));
    if (known != nullptr) {
      if (known->has_range()) {
        mapping.add("low", to_text(known->low));
        mapping.add("high", to_text(known->high));
      }
      if (known->distribution) mapping.add("distribution", distribution(*known->distribution));
      if (!known->sources.empty()) mapping.add("source", flow_list(known->sources));
      if (known->kind) mapping.add("kind", std::string(kind_name(*known->kind)));
      mapping.add_text("note", known->note);
    } else if (spec.evidence) {
      mapping.add("kind", std::string(kind_name(Kind::assumption)));
      mapping.add_text("note", default_note);
    }
    text_so_far += mapping.write(key, indent());
  }

  static std::string distribution(const Distribution& d) {
    std::string out = fmt::format("{{type: {}", family_name(d.family));
    const auto names = argument_names(d.family);
    for (std::size_t i = 0; i < names.size(); ++i) {
      out += fmt::format(", {}: {}", names[i], to_text(d.arguments[i]));
    }
    return out + "}";
  }

  std::map<std::string, const Evidence*, std::less<>> evidence_;
  std::vector<Section> sections_;
};

std::string change_line(const Change& change) {
  MappingWriter mapping;
  mapping.add("at", base::to_string(change.at));
  if (change.op == Op::ramp) mapping.add("until", base::to_string(change.until));
  mapping.add_text("address", change.address);
  std::vector<std::string> words;
  for (const std::string& word : change.words) words.push_back(in_quotes(word));
  mapping.add(op_name(change.op),
              change.value == change.value ? to_text(change.value) : flow_list(words));
  mapping.add("unit", change.unit);
  if (!change.sources.empty()) mapping.add("source", flow_list(change.sources));
  mapping.add_text("note", change.note);
  return mapping.write_item(6);
}

std::string echo_scenarios(std::string_view section, const std::vector<Scenario>& scenarios) {
  std::string out;
  for (const Scenario& scenario : scenarios) {
    if (!scenario.structure.empty()) continue;  // follows from the section `structures`
    out +=
        fmt::format("  {}:\n    title: {}\n", plain_word(scenario.id), in_quotes(scenario.title));
    if (!scenario.question.empty()) {
      out += fmt::format("    question: {}\n", in_quotes(scenario.question));
    }
    if (scenario.expected) {
      MappingWriter expected;
      expected.add_text("indicator", scenario.expected->indicator);
      expected.add_text("direction", scenario.expected->direction);
      if (!scenario.expected->sources.empty()) {
        expected.add("source", flow_list(scenario.expected->sources));
      }
      expected.add_text("note", scenario.expected->note);
      out += expected.write("expected", 4);
    }
    const bool none = std::ranges::all_of(scenario.changes, &Change::unlived);
    out += none ? "    changes: []\n" : "    changes:\n";
    for (const Change& change : scenario.changes) {
      if (!change.unlived) out += change_line(change);
    }
  }
  return out.empty() ? out : fmt::format("{}:\n{}", section, out);
}

std::string echo_sources(const std::vector<Source>& sources) {
  std::string out;
  for (const Source& source : sources) {
    MappingWriter mapping;
    mapping.add("title", in_quotes(source.title));
    mapping.add_text("publisher", source.publisher);
    mapping.add_text("year", source.year);
    mapping.add_text("url", source.url);
    mapping.add_text("note", source.note);
    out += mapping.write(source.id, 2);
  }
  return out.empty() ? out : "sources:\n" + out;
}

}  // namespace

std::string echo(const Fields& fields, const std::vector<Evidence>& evidence,
                 const std::vector<Source>& sources, const std::vector<Scenario>& scenarios,
                 const std::vector<Scenario>& structures,
                 const std::optional<Experiment>& experiment) {
  Echo writer(evidence);
  fields(writer);
  return writer.text_so_far + (experiment ? echo_experiment(*experiment) : std::string()) +
         echo_scenarios("scenarios", scenarios) + echo_scenarios("structures", structures) +
         echo_sources(sources);
}

}  // namespace carestair::config
