// Two kinds of not knowing, kept apart: chance in the lives simulated (replications of one draw)
// and doubt about the numbers put in (draws). One-way random effects, draws as groups:
//
//   within = pooled variance of the replications of a draw
//   between = Var(means of draws) - within / replications, at least 0
//
// What the difference would be without chance is the mean of each draw, drawn in towards the mean
// of all so that these values have the variance `between`. Where chance explains all there is, they
// would be one and the same value: not because the numbers put in do nothing, but because what they
// do cannot be told. The variance is cut off at 0 then, and neither range nor share is known.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace carestair::experiment {

struct Spread {
  std::size_t draws = 0;
  std::size_t replications = 0;  // of each draw
  bool cut = false;              // draws differ no more than chance explains
  double parameters_sd = 0.0;    // NaN with one replication a draw: the two cannot be told apart
  double chance_sd = 0.0;        // of one world; NaN likewise
  /// 95 % of the draws, without chance; with one replication a draw or `cut` NaN.
  double parameters_low = 0.0;
  double parameters_high = 0.0;
  /// 95 % of single worlds: parameters and chance together.
  double both_low = 0.0;
  double both_high = 0.0;
  /// Share of draws in which it is above zero, chance taken out as far as can be; NaN if `cut`.
  double share_above_zero = 0.0;
};

/// `values` hold the replications of a draw one after the other; those of a draw that is not whole
/// are left out. At least two whole draws.
Spread spread_of(std::span<const double> values, std::size_t replications);

/// Mean of each whole draw.
std::vector<double> means_of_draws(std::span<const double> values, std::size_t replications);

/// Quantile of a sample, linear between its order statistics.
double sample_quantile(std::vector<double> values, double probability);

}  // namespace carestair::experiment
