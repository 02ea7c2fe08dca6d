// The one way to include Catch2: version 2 (Debian 12, Ubuntu 22.04) and version 3 (later ones)
// keep their headers and some names in different places. Matchers are used by their version 3
// names.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#elif __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
namespace Catch::Matchers {
inline auto ContainsSubstring(const std::string& text,
                              CaseSensitive::Choice how = CaseSensitive::Yes) {
  return Contains(text, how);
}
}  // namespace Catch::Matchers
#else
#error "Catch2 is missing: run scripts/install-dependencies.sh --dev"
#endif
