// What an outside program sees after find_package(carestair): a header, a compiled function, the
// version.
#include <fmt/format.h>

#include "base/day.hpp"
#include "base/version.hpp"

int main() {
  using namespace carestair;
  const auto day = base::parse_day("2024-02-29");
  fmt::print("carestair {} ({}) knows {}\n", base::version_string, base::git_commit,
             day ? base::to_string(*day) : "nothing");
  return day ? 0 : 1;
}
