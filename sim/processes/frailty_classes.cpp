#include "processes/frailty_classes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace carestair::processes {

std::vector<double> frailty_classes(double variance, std::size_t count) {
  if (variance <= 0.0 || count <= 1) return {1.0};
  // Density on a grid that is even in log(x): x * gamma density, shape = rate = 1 / variance.
  // The ends leave out less than rounding does, for any variance that `function` allows.
  constexpr int grid = 20000;
  const double shape = 1.0 / variance;
  const double low = -60.0 * std::max(variance, 0.2);
  const double high = std::log(1.0 + 40.0 * std::max(variance, std::sqrt(variance)));
  std::vector<double> x(grid);
  std::vector<double> mass(grid);
  double total = 0.0;
  for (int i = 0; i < grid; ++i) {
    const double log_x = low + (high - low) * (i + 0.5) / grid;
    const auto at = static_cast<std::size_t>(i);
    x[at] = std::exp(log_x);
    mass[at] = std::exp(shape * log_x - shape * x[at] + shape);
    total += mass[at];
  }
  std::vector<double> means(count, 0.0);
  const double each = total / static_cast<double>(count);
  std::size_t filling = 0;
  double room = each;
  for (std::size_t i = 0; i < x.size(); ++i) {
    double left = mass[i];
    while (left > room && filling + 1 < count) {
      means[filling] += room * x[i];
      left -= room;
      ++filling;
      room = each;
    }
    means[filling] += left * x[i];
    room -= left;
  }
  // The small error of the grid goes, so that the mean over the classes is 1.
  const double sum_of_means = std::accumulate(means.begin(), means.end(), 0.0);
  for (double& mean : means) mean *= static_cast<double>(count) / sum_of_means;
  return means;
}

}  // namespace carestair::processes
