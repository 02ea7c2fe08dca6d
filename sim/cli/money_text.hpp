// Who pays and who gains, as part of the comparison a planner can read.
#pragma once

#include <span>
#include <string>

#include "experiment/money.hpp"

namespace carestair::cli {

/// The matrix of payers and accounts, present values, payback and life years, then what each unit
/// costs. `start` is the year in which the period begins, `units` are the titles of the units.
std::string money_text(const experiment::MoneyComparison& money, int start,
                       std::span<const std::string> units);

}  // namespace carestair::cli
