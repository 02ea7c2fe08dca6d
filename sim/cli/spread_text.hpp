// What an experiment says: how far chance and doubt about the numbers reach, and what moves an
// outcome in a sweep.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/result_data.hpp"

namespace carestair::cli {

/// Chance and parameters apart, outcome by outcome; empty without draws.
std::string spread_text(const experiment::Comparison& comparison);

bool is_sweep(const output::DrawTable& draws);

/// One outcome of these scenarios at the points of a sweep: of one parameter at a time, what moves
/// it most first. The baseline is told itself, others by their difference from it.
std::string sweep_text(const ResultData& data, const experiment::HeadlineDefinition& outcome,
                       const std::vector<std::size_t>& scenarios);

}  // namespace carestair::cli
