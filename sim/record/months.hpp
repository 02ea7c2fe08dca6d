// The calendar of the results: stocks are taken at the end of the last day of each calendar month,
// flows are summed from the day after the previous month end (or from the start of reporting).
#pragma once

#include <vector>

#include "base/day.hpp"

namespace carestair::record {

/// Last days of the calendar months that end within [start, end). A month the run does not
/// complete is not reported.
std::vector<base::Day> month_ends(base::Day start, base::Day end);

}  // namespace carestair::record
