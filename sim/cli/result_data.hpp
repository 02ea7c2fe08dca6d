// A result file as the comparison wants it: headline outcomes by scenario and replication, persons
// by age and sex.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "cli/over_time.hpp"
#include "experiment/compare.hpp"
#include "output/reader.hpp"

namespace carestair::cli {

struct ResultData {
  output::ResultHeader header;
  /// [scenario][replication]; municipalities are added up.
  std::vector<std::vector<experiment::HeadlineValues>> outcomes;
  /// [scenario][replication]; municipalities are added up.
  std::vector<std::vector<experiment::MoneyPath>> money;
  double discount_rate = 0.0;
  /// By scenario, summed over replications; all zero for the baseline.
  std::vector<experiment::CountsByGroup> persons;
  OverTime over_time;
  /// By scenario: the first day on which its rules differ from the baseline's, where known.
  std::vector<std::optional<base::Day>> partings;
};

/// Throws base::UserError when there is no such file, or it is not what it should be.
ResultData read_result(const std::filesystem::path& path);

}  // namespace carestair::cli
