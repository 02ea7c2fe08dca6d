// A small study on the real configurations: a folder of its own with a copy of configs/ and a file
// that shortens the period and sets scenarios.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace carestair::tests {

/// A folder that is gone when the test is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static std::atomic<int> count{0};
    path_ = std::filesystem::temp_directory_path() /
            ("carestair-test-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

/// Copies configs/ into the folder and writes `text` beside the copies; returns that file.
inline std::filesystem::path small_study(const TemporaryFolder& folder, const std::string& text) {
  const std::filesystem::path configs = folder.path() / "configs";
  std::filesystem::copy(
      std::filesystem::path(CARESTAIR_SOURCE_DIR) / "configs", configs,
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing);
  const std::filesystem::path file = configs / "small.yaml";
  write_text(file, text);
  return file;
}

/// Selbu as it is, from 2028 on, with a scenario that changes nothing and two that part in 2030.
inline const std::string parting_in_2030 = R"(
include: [selbu/baseline.yaml]
title: Scenarios that part in 2030
simulation: {start: 2028-01-01, end: 2033-01-01, burn_in_years: 1, replications: 2, seed: 7}
scenarios:
  baseline: {title: "As it is", changes: []}
  same: {title: "Nothing changes", changes: []}
  later:
    title: "Reablement before compensating help from 2030"
    changes:
      - {at: 2030-01-01, address: services.reablement.capacity, set: 6}
      - {at: 2030-01-01, address: allocation.reablement_before_share, set: 1.0}
  scaled_by_one:
    title: "A change that changes nothing, from 2030"
    changes:
      - {at: 2030-01-01, address: services.home_nursing.cost_per_hour, scale: 1}
  ramped:
    title: "Home nursing grows by a quarter over 2030"
    changes:
      - {at: 2030-01-01, until: 2031-01-01, address: services.home_nursing.hours_capacity, ramp: 1125}
)";

/// An experiment on reablement, short enough for a test.
inline const std::string short_reablement = R"(
include: [selbu/baseline.yaml]
title: Reablement, shortened
question: Does it matter?
simulation: {end: 2024-01-01, burn_in_years: 1, replications: 3, seed: 2020}
scenarios:
  baseline: {title: "As it is", changes: []}
  doubled:
    title: "Twice as many reablement places from 2022"
    changes:
      - {at: 2022-01-01, address: services.reablement.capacity, scale: 2}
      - {at: 2022-01-01, address: allocation.reablement_offer_share, set: 0.9}
  before_compensating:
    title: "Reablement before compensating help from 2022"
    changes:
      - {at: 2022-01-01, address: services.reablement.capacity, set: 6}
      - {at: 2022-01-01, address: allocation.reablement_before_share, set: 1.0}
)";

}  // namespace carestair::tests
