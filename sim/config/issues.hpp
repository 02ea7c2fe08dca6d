// Checks across parameters: a root struct may have `void check(Issues&) const` and report what no
// single field can know (shares that must sum to 1, a name that must exist elsewhere).
#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"
#include "config/reader.hpp"

namespace carestair::config {

class Issues {
 public:
  using Locate = std::function<Place(const std::string& address)>;

  Issues(Locate locate, std::string prefix, base::Diagnostics& faults)
      : locate_(std::move(locate)), prefix_(std::move(prefix)), faults_(faults) {}

  /// Reported where the parameter (or its section) was written.
  void add(const std::string& address, const std::string& message, std::string hint = {}) {
    const Place place = locate_(address);
    faults_.add(place.position, place.length, prefix_ + message, std::move(hint));
  }

 private:
  Locate locate_;
  std::string prefix_;
  base::Diagnostics& faults_;
};

/// Where an address, or the nearest section above it, was written.
Place locate(const Places& places, const std::string& address);

template <class Root>
concept Checked = requires(const Root& root, Issues& issues) {
  root.check(issues);
};

/// Runs the root's own checks, all faults told at one place (that of the change that caused them).
template <class Root>
void check_root(const Root& root, const Place& place, const std::string& prefix,
                base::Diagnostics& faults) {
  if constexpr (Checked<Root>) {
    Issues issues([&](const std::string&) { return place; }, prefix, faults);
    root.check(issues);
  }
}

/// The same, each fault told where the parameter was written.
template <class Root>
void check_root(const Root& root, const Places& places, base::Diagnostics& faults) {
  if constexpr (Checked<Root>) {
    Issues issues([&](const std::string& address) { return locate(places, address); }, "", faults);
    root.check(issues);
  }
}

}  // namespace carestair::config
