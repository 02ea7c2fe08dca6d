#include "experiment/quantile.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "config/vary.hpp"
#include "experiment/statistics.hpp"

namespace carestair::experiment {
namespace {

double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

/// Regularised lower incomplete gamma function P(a, x): series below a + 1, continued fraction
/// (Lentz) above.
double gamma_below(double a, double x) {
  if (x <= 0.0) return 0.0;
  const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
  constexpr int most_terms = 10'000;
  if (x < a + 1.0) {
    double term = 1.0 / a;
    double sum = term;
    for (int n = 1; n < most_terms && term > sum * 1e-16; ++n) {
      term *= x / (a + n);
      sum += term;
    }
    return std::min(1.0, front * sum);
  }
  constexpr double tiny = 1e-300;
  double b = x + 1.0 - a;
  double c = 1.0 / tiny;
  double d = 1.0 / b;
  double fraction = d;
  for (int n = 1; n < most_terms; ++n) {
    const double factor = -n * (n - a);
    b += 2.0;
    d = factor * d + b;
    if (std::abs(d) < tiny) d = tiny;
    c = b + factor / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1.0 / d;
    fraction *= c * d;
    if (std::abs(c * d - 1.0) < 1e-15) break;
  }
  return 1.0 - front * fraction;
}

/// P(X <= x) of the families without a closed quantile.
double below(const config::Distribution& d, double x) {
  using Family = config::Distribution::Family;
  const auto [a, b, c] = d.arguments;
  switch (d.family) {
    case Family::normal: return normal_below((x - a) / b);
    case Family::lognormal: return x <= 0.0 ? 0.0 : normal_below(std::log(x / a) / b);
    case Family::beta: return incomplete_beta(a, b, std::clamp(x, 0.0, 1.0));
    case Family::gamma: return gamma_below(a, x / b);
    default: return std::clamp((x - a) / (b - a), 0.0, 1.0);
  }
}

/// Bounds beyond which the distribution has nothing worth reaching.
std::pair<double, double> reach(const config::Distribution& d) {
  using Family = config::Distribution::Family;
  const auto [a, b, c] = d.arguments;
  constexpr double far = 8.0;  // standard deviations
  switch (d.family) {
    case Family::normal: return {a - far * b, a + far * b};
    case Family::lognormal: return {a * std::exp(-far * b), a * std::exp(far * b)};
    case Family::beta: return {0.0, 1.0};
    case Family::gamma: return {0.0, b * (a + far * std::sqrt(a) + 3.0 * far)};
    default: return {a, b};
  }
}

}  // namespace

double triangle_quantile(double probability, double low, double mode, double high) {
  CARE_EXPECTS(low <= mode && mode <= high);
  if (low == high) return low;
  const double rising = (mode - low) / (high - low);
  return probability < rising
             ? low + std::sqrt(probability * (high - low) * (mode - low))
             : high - std::sqrt((1.0 - probability) * (high - low) * (high - mode));
}

double quantile(const config::Distribution& distribution, double probability, double min,
                double max) {
  if (distribution.family == config::Distribution::Family::triangular) {
    const auto [low, mode, high] = distribution.arguments;
    return triangle_quantile(probability, low, mode, high);
  }
  auto [low, high] = reach(distribution);
  low = std::max(low, min);
  high = std::min(high, max);
  const double from = below(distribution, low);
  const double wanted = from + probability * (below(distribution, high) - from);
  for (int step = 0; step < 100 && high - low > 1e-13 * (std::abs(low) + std::abs(high)); ++step) {
    const double middle = 0.5 * (low + high);
    (below(distribution, middle) < wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double range_quantile(const config::Evidence& evidence, double probability) {
  const double low = evidence.low;
  const double high = evidence.high;
  if (!config::in_proportion(low, evidence.unit)) {
    return std::clamp(triangle_quantile(probability, low, evidence.value, high), low, high);
  }
  const double drawn = std::exp(
      triangle_quantile(probability, std::log(low), std::log(evidence.value), std::log(high)));
  return std::clamp(drawn, low, high);
}

}  // namespace carestair::experiment
