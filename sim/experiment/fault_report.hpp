// Tells what is wrong with a configuration, each fault where its address, or the nearest section
// above it, was written.
#pragma once

#include <string>
#include <utility>

#include "base/error.hpp"
#include "config/issues.hpp"

namespace carestair::experiment {

struct FaultReport {
  const config::Places& places;
  base::Diagnostics& faults;
  std::string where = {};  // ends the message: which draw

  void operator()(const std::string& address, const std::string& message, std::string hint) const {
    const config::Place place = config::locate(places, address);
    faults.add(place.position, place.length, message + where, std::move(hint));
  }
};

}  // namespace carestair::experiment
