// Everything a result file says about its run besides the results. No clock time, no host, no
// number of threads: the same configuration and seed must give the same bytes.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "record/axes.hpp"

namespace carestair::output {

struct ScenarioInfo {
  std::string id;
  std::string title;
  std::string description;
  std::string structure = {};  // it is lived in; empty: as the configuration is written
  std::string policy = {};     // id of the scenario it is in that structure
};

struct MunicipalityInfo {
  std::string id;
  std::string title;
  std::int64_t population = 0;  // synthetic residents when the burn-in begins
};

struct ServiceInfo {
  std::string id;
  std::string title;
  std::string norwegian;
  std::string form;
};

struct UnitInfo {
  std::string id;
  std::string title;
  std::string norwegian;
};

/// One number of the configuration and what stands behind it, as text and numbers.
struct EvidenceRow {
  static constexpr double not_given = std::numeric_limits<double>::quiet_NaN();

  std::string address;
  double value = not_given;
  double low = not_given;
  double high = not_given;
  std::string unit;
  std::string source;
  std::string kind;
  std::string note;
};

/// A parameter that an experiment varies.
struct VariedInfo {
  std::string address;
  std::string unit;
  double written = EvidenceRow::not_given;  // what the configuration says
};

/// The draws of an experiment; without one there are none.
struct DrawTable {
  std::string design;
  int replications = 0;  // of each draw
  std::vector<VariedInfo> varied;
  std::vector<std::string> names;  // of the draws
  std::vector<double> values;      // [draw][varied]

  [[nodiscard]] bool empty() const { return names.empty(); }
  [[nodiscard]] std::size_t draw_of(std::size_t replication) const {
    return replication / static_cast<std::size_t>(replications);
  }
};

struct RunDescription {
  std::string title;
  std::string question;
  /// As typed, without what cannot change results: number of threads, path of the result.
  std::string command;
  std::int64_t seed = 0;
  std::string configuration_yaml;    // resolved: every value with its unit and source
  std::string configuration_sha256;  // of configuration_yaml
  base::Day start;                   // first day reported
  std::vector<base::Day> month_ends;
  int replications = 0;
  std::vector<ScenarioInfo> scenarios;  // the first is the baseline
  std::vector<MunicipalityInfo> municipalities;
  std::vector<ServiceInfo> services;
  std::vector<UnitInfo> units;  // never empty
  std::vector<EvidenceRow> evidence;
  DrawTable draws;
  bool event_log = false;
  bool person_rows = false;

  [[nodiscard]] record::Sizes sizes() const { return {services.size(), units.size()}; }
};

}  // namespace carestair::output
