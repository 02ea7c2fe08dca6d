// Units that give services, and those who work in them.
#pragma once

#include <string>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Unit {
  std::string id;
  std::string title;
  std::string norwegian;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.text("norwegian", norwegian, "the Norwegian term");
  }
};

// clang-format on

}  // namespace carestair::config
