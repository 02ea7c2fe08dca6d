#include "random/stream.hpp"

#include <algorithm>

namespace carestair::random {

double Stream::gamma_mean_one(double variance) {
  if (variance <= 0.0) return 1.0;
  const double shape = 1.0 / variance;
  // Shapes below 1 are drawn at shape + 1 and scaled back by u^(1/shape).
  const double boosted = shape < 1.0 ? shape + 1.0 : shape;
  const double d = boosted - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  double value = 0.0;
  for (;;) {
    const double x = normal();
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double cube = root * root * root;
    if (std::log(uniform()) < 0.5 * x * x + d - d * cube + d * std::log(cube)) {
      value = d * cube;
      break;
    }
  }
  if (shape < 1.0) value *= std::pow(uniform(), 1.0 / shape);
  return value / shape;
}

int Stream::poisson(double mean) {
  if (mean <= 0.0) return 0;
  // Inversion by chunks keeps exp(-mean) away from underflow.
  int total = 0;
  for (double left = mean; left > 0.0; left -= 30.0) {
    const double part = std::min(left, 30.0);
    const double limit = std::exp(-part);
    double product = uniform();
    while (product > limit) {
      product *= uniform();
      ++total;
    }
  }
  return total;
}

std::size_t Stream::pick(std::span<const double> weights) {
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0.0) last = i;
    sum += std::max(weights[i], 0.0);
  }
  double at = uniform() * sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    at -= std::max(weights[i], 0.0);
    if (at < 0.0 && weights[i] > 0.0) return i;
  }
  return last;
}

}  // namespace carestair::random
