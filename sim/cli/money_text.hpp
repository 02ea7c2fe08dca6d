// Who pays and who gains, as part of the comparison a planner can read.
#pragma once

#include <string>

#include "experiment/money.hpp"

namespace carestair::cli {

/// The matrix of payers and accounts, present values, payback and life years. `start` is the year
/// in which the period begins.
std::string money_text(const experiment::MoneyComparison& money, int start);

}  // namespace carestair::cli
