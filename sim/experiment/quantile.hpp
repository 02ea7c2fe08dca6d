// From a uniform number to a value of a parameter: quantiles of the distributions that evidence may
// have, and of the triangle that stands for a range alone.
#pragma once

#include "config/evidence.hpp"

namespace carestair::experiment {

/// Quantile of a distribution cut at [min, max]; `probability` in (0, 1).
double quantile(const config::Distribution& distribution, double probability, double min,
                double max);

/// Quantile of the triangle over [low, high] with its top at `mode`.
double triangle_quantile(double probability, double low, double mode, double high);

/// A value known as a range alone: a triangle with its top at the value, on the logarithm for
/// numbers that vary in proportion (config::in_proportion).
double range_quantile(const config::Evidence& evidence, double probability);

}  // namespace carestair::experiment
