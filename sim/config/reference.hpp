// What can be configured, generated from the declarations: a reference page for people and a JSON
// Schema for editors.
#pragma once

#include <string>
#include <string_view>

#include "config/echo.hpp"

namespace carestair::config {

/// Markdown: a table a section, a row a parameter (address, type, unit, range, default, meaning).
std::string reference_of(const Fields& fields);

/// JSON Schema, draft 2020-12.
std::string json_schema_of(const Fields& fields, std::string_view title);

template <class Root>
std::string reference() {
  Root root{};
  return reference_of([&root](Visitor& v) { root.fields(v); });
}

template <class Root>
std::string json_schema(std::string_view title) {
  Root root{};
  return json_schema_of([&root](Visitor& v) { root.fields(v); }, title);
}

}  // namespace carestair::config
