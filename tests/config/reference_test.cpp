#include "config/reference.hpp"

#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "toy.hpp"

using namespace carestair::config;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("the reference has a row a parameter") {
  const std::string page = reference<toy::Root>();
  CHECK_THAT(page, ContainsSubstring(
                       "| `allocation.strictness` | number | share | 0 to 1 | required | yes | "
                       "how strictly LEON is followed |"));
  CHECK_THAT(page, ContainsSubstring("| `services.*.capacity` | number | persons | 0 to 1000000 | "
                                     "default: not set | yes | persons at the same time |"));
  CHECK_THAT(page, ContainsSubstring("| `mortality.rate` | table by age × sex | per_year |"));
  CHECK_THAT(page, ContainsSubstring("## `services.*.effects.*`"));
}

TEST_CASE("the schema is JSON and describes every level") {
  const auto schema = nlohmann::json::parse(json_schema<toy::Root>("Toy"));
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  const auto& sections = schema["properties"];
  CHECK(sections["allocation"]["properties"]["strictness"]["properties"]["kind"]["$ref"] ==
        "#/$defs/kind");
  const auto& service = sections["services"]["additionalProperties"]["properties"];
  CHECK(service["form"]["enum"].size() == 3);
  CHECK(service["effects"]["additionalProperties"]["properties"].contains("ratio"));
  CHECK(sections["simulation"]["properties"]["replications"]["oneOf"][0]["maximum"] == 1000);
  CHECK(sections.contains("include"));
  CHECK(schema["$defs"]["distribution"]["oneOf"].size() == 6);
  CHECK(schema["additionalProperties"] == false);
}

TEST_CASE("every reference inside the schema has a definition") {
  const auto schema = nlohmann::json::parse(json_schema<toy::Root>("Toy"));
  const auto visit = [&](const auto& self, const nlohmann::json& node) -> void {
    if (node.is_object() && node.contains("$ref")) {
      const std::string name =
          node["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
      CHECK(schema["$defs"].contains(name));
    }
    if (node.is_structured()) {
      for (const auto& child : node) self(self, child);
    }
  };
  visit(visit, schema);
}
