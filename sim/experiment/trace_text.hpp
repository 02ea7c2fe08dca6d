// A traced life as text: one paragraph a day on which something happened, for people to read.
#pragma once

#include <string>

#include "base/day.hpp"
#include "experiment/run.hpp"

namespace carestair::experiment {

/// The day once, what happened under it; days before `report_from` are marked as the burn-in.
std::string trace_text(const Trace& trace, base::Day report_from);

/// "1 January 2030".
std::string date_in_words(base::Day day);

}  // namespace carestair::experiment
