// A world that has run to its end, as it is handed on to the file and to reports.
#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "model/ledger.hpp"
#include "record/pairing.hpp"
#include "record/persons.hpp"
#include "record/world_result.hpp"

namespace carestair::record {

/// Where a world belongs. Scenario 0 is the baseline.
struct WorldKey {
  int scenario = 0;
  int replication = 0;
  int municipality = 0;

  friend auto operator<=>(const WorldKey&, const WorldKey&) = default;
};

struct FinishedWorld {
  WorldKey key;
  WorldResult result;
  PersonSums sums;
  std::optional<Pairing> pairing;        // against the baseline; none for the baseline itself
  std::vector<model::Event> events;      // only when the event log is wanted
  std::vector<PersonOutcome> persons{};  // only when a row a person is wanted
};

}  // namespace carestair::record
