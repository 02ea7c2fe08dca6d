// Who is touched by a scenario, by age and sex, as a table.
#pragma once

#include <string>

#include "experiment/compare.hpp"

namespace carestair::cli {

/// `counts` are means per replication.
std::string persons_text(const experiment::CountsByGroup& counts);

}  // namespace carestair::cli
