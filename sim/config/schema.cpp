#include <cmath>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/units.hpp"
#include "config/evidence.hpp"
#include "config/reference.hpp"
#include "config/table.hpp"

namespace carestair::config {
namespace {

using Json = nlohmann::ordered_json;

Json ref(const char* name) { return Json{{"$ref", std::string("#/$defs/") + name}}; }

Json closed_object() {
  return Json{{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
}

/// Definitions that every parameter shares.
Json definitions() {
  Json defs;
  defs["source"] = {
      {"description", "One id of the `sources` at the top level, or a list of them"},
      {"oneOf", Json::array({Json{{"type", "string"}},
                             Json{{"type", "array"}, {"items", Json{{"type", "string"}}}}})}};
  defs["kind"] = {{"description", "How the number is known"}, {"enum", kind_names}};
  defs["note"] = {{"description", "Anything a reader should know"}, {"type", "string"}};
  Json families = Json::array();
  using Of = Distribution::Family;
  for (const Of family :
       {Of::normal, Of::lognormal, Of::beta, Of::uniform, Of::triangular, Of::gamma}) {
    Json form = closed_object();
    form["properties"]["type"] = {{"const", family_name(family)}};
    Json required = Json::array({"type"});
    for (const std::string_view argument : argument_names(family)) {
      form["properties"][std::string(argument)] = {{"type", "number"}};
      required.push_back(argument);
    }
    form["required"] = required;
    families.push_back(form);
  }
  defs["distribution"] = {{"oneOf", families}};
  Json source = closed_object();
  for (const char* key : {"title", "publisher", "url", "note"}) {
    source["properties"][key] = {{"type", "string"}};
  }
  source["properties"]["year"] = {{"type", Json::array({"integer", "string"})}};
  source["required"] = {"title"};
  defs["source_entry"] = source;
  Json change = closed_object();
  change["description"] = "A dated change of one address";
  change["properties"]["at"] = {{"type", "string"}, {"format", "date"}};
  change["properties"]["until"] = {
      {"type", "string"}, {"format", "date"}, {"description", "Where a ramp ends"}};
  change["properties"]["address"] = {{"type", "string"},
                                     {"description",
                                      "For example services.reablement.capacity, or "
                                      "mortality.rate[age=80..110,sex=female]"}};
  change["properties"]["set"] = {{"description", "The new value"}};
  change["properties"]["scale"] = {{"type", "number"}, {"description", "A factor"}};
  change["properties"]["add"] = {{"type", "number"}, {"description", "What is added"}};
  change["properties"]["ramp"] = {
      {"type", "number"}, {"description", "The value on `until`, reached in a straight line"}};
  change["properties"]["unit"] = {{"type", "string"}};
  change["properties"]["source"] = ref("source");
  change["properties"]["note"] = ref("note");
  change["required"] = {"at", "address"};
  defs["change"] = change;
  Json scenario = closed_object();
  scenario["properties"]["title"] = {{"type", "string"}};
  scenario["properties"]["question"] = {{"type", "string"}};
  Json expected = closed_object();
  for (const char* key : {"indicator", "direction"}) {
    expected["properties"][key] = {{"type", "string"}};
  }
  expected["properties"]["source"] = ref("source");
  expected["properties"]["note"] = ref("note");
  scenario["properties"]["expected"] = expected;
  scenario["properties"]["extends"] = {
      {"description", "Scenarios whose changes come first"},
      {"oneOf", Json::array({Json{{"type", "string"}},
                             Json{{"type", "array"}, {"items", Json{{"type", "string"}}}}})}};
  scenario["properties"]["changes"] = {{"type", "array"}, {"items", ref("change")}};
  scenario["required"] = {"title"};
  defs["scenario"] = scenario;
  const Json patterns{
      {"oneOf", Json::array({Json{{"type", "string"}},
                             Json{{"type", "array"}, {"items", Json{{"type", "string"}}}}})}};
  Json experiment = closed_object();
  experiment["description"] = "Values of parameters world after world: docs/scenarios.md";
  experiment["properties"]["draws"] = {
      {"description", "How many, or a table of values: a column an address, a row a draw"},
      {"type", Json::array({"integer", "string", "object"})}};
  experiment["properties"]["sampling"] = {{"enum", {"random", "latin_hypercube"}}};
  experiment["properties"]["sweep"] = {{"description",
                                        "one_at_a_time, a table of points, or levels of addresses, "
                                        "every combination of which is run"},
                                       {"type", Json::array({"string", "object"})}};
  experiment["properties"]["vary"] = patterns;
  experiment["properties"]["fix"] = patterns;
  defs["experiment"] = experiment;
  return defs;
}

class Schema : public Visitor {
 public:
  Json root = closed_object();

  Schema() { open_.push_back(&root); }

  void number(std::string_view key, double&, const NumberSpec& spec) override {
    add_number(key, "number", spec);
  }
  void integer(std::string_view key, int&, const NumberSpec& spec) override {
    add_number(key, "integer", spec);
  }
  void flag(std::string_view key, bool&, std::string_view doc) override {
    add(key, {{"type", "boolean"}}, doc);
  }
  void text(std::string_view key, std::string&, std::string_view doc) override {
    add(key, {{"type", Json::array({"string", "number"})}}, doc);
  }
  void date(std::string_view key, base::Day&, std::string_view doc) override {
    add(key, {{"type", "string"}, {"format", "date"}}, doc);
  }
  void table(std::string_view key, Table&, const TableSpec& spec) override {
    Json table = parameter(spec.unit);
    table["properties"]["table"] = {{"type", "string"}, {"description", "A CSV file"}};
    table["properties"]["csv"] = {{"type", "string"}, {"description", "The rows themselves"}};
    table["properties"]["values"] = {{"type", Json::array({"object", "number"})},
                                     {"description", "Levels and their values, nested"}};
    table["required"] = {"unit"};
    std::string axes;
    for (const Axis axis : spec.axes) {
      axes += (axes.empty() ? "by " : ", ") + std::string(axis_name(axis));
    }
    add(key, table, std::string(spec.doc) + " (table " + axes + ")");
  }
  void choices(std::string_view key, unsigned&, std::span<const std::string_view> names,
               std::string_view doc) override {
    const Json list{{"type", "array"}, {"uniqueItems", true}, {"items", Json{{"enum", names}}}};
    add(key, {{"oneOf", Json::array({list, Json{{"const", "all"}}})}}, doc);
  }

 protected:
  void choice_index(std::string_view key, int&, std::span<const std::string_view> names,
                    std::string_view doc) override {
    add(key, {{"enum", names}}, doc);
  }
  bool begin_group(std::string_view key, std::string_view doc) override {
    open_.push_back(&add(key, closed_object(), doc));
    return true;
  }
  void end_group() override { open_.pop_back(); }
  std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                     std::string_view doc) override {
    Json map{{"type", "object"},
             {"propertyNames", Json{{"pattern", "^[a-z0-9][a-z0-9_]*$"}}},
             {"additionalProperties", closed_object()}};
    open_.push_back(&add(key, std::move(map), doc)["additionalProperties"]);
    return ids;
  }
  bool begin_entry(std::string_view) override { return true; }
  void end_entry() override {}
  void end_map() override { open_.pop_back(); }
  [[nodiscard]] bool wants_prototype() const override { return true; }

 private:
  Json& add(std::string_view key, Json schema, std::string_view doc) {
    // Nothing is "required" for the editor: any file may leave it to one that it includes, or to
    // one that includes it.
    const char* note = is_optional() ? "" : doc.empty() ? "required" : " (required)";
    if (!doc.empty() || !is_optional()) schema["description"] = std::string(doc) + note;
    Json& place = (*open_.back())["properties"][std::string(key)];
    place = std::move(schema);
    return place;
  }

  /// The mapping form, without the value itself.
  static Json parameter(std::string_view unit) {
    Json form = closed_object();
    const std::string_view canonical = unit.empty() ? "count" : unit;
    form["properties"]["unit"] = {{"type", "string"}, {"examples", base::units_like(canonical)}};
    form["properties"]["source"] = ref("source");
    form["properties"]["kind"] = ref("kind");
    form["properties"]["note"] = ref("note");
    return form;
  }

  void add_number(std::string_view key, const char* type, const NumberSpec& spec) {
    Json form = parameter(spec.unit);
    Json value{{"type", "number"}};
    form["properties"]["value"] = value;
    form["properties"]["low"] = value;
    form["properties"]["high"] = value;
    form["properties"]["distribution"] = ref("distribution");
    std::string doc(spec.doc);
    if (!spec.unit.empty()) doc += (doc.empty() ? "[" : " [") + std::string(spec.unit) + "]";
    if (spec.evidence) {
      form["required"] = {"value", "unit", "kind"};
      add(key, form, doc);
      return;
    }
    form["required"] = {"value"};
    Json plain{{"type", type}};
    if (std::isfinite(spec.min)) plain["minimum"] = spec.min;
    if (std::isfinite(spec.max)) plain["maximum"] = spec.max;
    const Json with_unit{{"type", "string"}, {"pattern", "^[-+0-9.eE]+ [a-zA-Z_0-9]+$"}};
    add(key, {{"oneOf", Json::array({plain, with_unit, form})}}, doc);
  }

  std::vector<Json*> open_;
};

}  // namespace

std::string json_schema_of(const Fields& fields, std::string_view title) {
  Schema schema;
  schema.root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema.root["title"] = title;
  fields(schema);
  Json& properties = schema.root["properties"];
  properties["include"] = {
      {"description", "Files to begin from; what this file says wins"},
      {"oneOf", Json::array({Json{{"type", "string"}},
                             Json{{"type", "array"}, {"items", Json{{"type", "string"}}}}})}};
  properties["sources"] = {{"type", "object"}, {"additionalProperties", ref("source_entry")}};
  properties["experiment"] = ref("experiment");
  properties["scenarios"] = {{"type", "object"}, {"additionalProperties", ref("scenario")}};
  properties["structures"] = {
      {"description",
       "Other ways the world may work, in each of which every scenario is lived too"},
      {"type", "object"},
      {"additionalProperties", ref("scenario")}};
  schema.root["$defs"] = definitions();
  return schema.root.dump(2) + "\n";
}

}  // namespace carestair::config
