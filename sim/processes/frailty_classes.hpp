// Frailty, which is gamma-distributed over people, cut into classes that a calculation without
// chance can follow one by one.
#pragma once

#include <cstddef>
#include <vector>

namespace carestair::processes {

/// Means of equally likely classes of a gamma distribution with mean 1.
std::vector<double> frailty_classes(double variance, std::size_t count);

}  // namespace carestair::processes
