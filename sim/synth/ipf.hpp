// Iterative proportional fitting (Deming and Stephan 1940): scales a small table until its row and
// column sums are the given ones. It keeps the odds ratios of the table it starts from.
#pragma once

#include <span>

namespace carestair::synth {

struct FitResult {
  int rounds = 0;
  double error = 0.0;  // largest absolute difference of any sum from its margin
};

/// Fits `cells` (row-major, rows.size() x columns.size(), not negative) in place. The margins must
/// add up to the same total. Where zeros of the seed make the margins impossible, the rows are met
/// and the columns come as near as the zeros allow.
FitResult fit_margins(std::span<double> cells, std::span<const double> rows,
                      std::span<const double> columns);

}  // namespace carestair::synth
