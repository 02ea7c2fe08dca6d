#include "experiment/statistics.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "base/contract.hpp"

namespace carestair::experiment {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t most_replications = 1'000'000'000;

/// Continued fraction of the incomplete beta function, evaluated by the modified Lentz method.
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  constexpr int most_terms = 10'000;
  const auto away_from_zero = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double c = 1.0;
  double d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int m = 1; m <= most_terms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const double term : {even, odd}) {
      d = 1.0 / away_from_zero(1.0 + term * d);
      c = away_from_zero(1.0 + term / c);
      fraction *= c * d;
    }
    if (std::abs(c * d - 1.0) < 1e-15) break;
  }
  return fraction;
}

/// P(T > t) for t >= 0.
double upper_tail(double t, double freedom) {
  return 0.5 * incomplete_beta(0.5 * freedom, 0.5, freedom / (freedom + t * t));
}

double interval_factor(std::size_t replications, double confidence) {
  return student_t_quantile(0.5 + 0.5 * confidence, replications - 1);
}

}  // namespace

double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  return x < (a + 1.0) / (a + b + 2.0) ? front * beta_fraction(a, b, x) / a
                                       : 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

double student_t_quantile(double probability, std::size_t freedom) {
  CARE_EXPECTS(probability > 0.0 && probability < 1.0 && freedom >= 1);
  if (probability == 0.5) return 0.0;
  if (probability < 0.5) return -student_t_quantile(1.0 - probability, freedom);
  const double tail = 1.0 - probability;
  const auto degrees = static_cast<double>(freedom);
  double low = 0.0;
  double high = 1.0;
  while (upper_tail(high, degrees) > tail) {
    low = high;
    high *= 2.0;
  }
  while (high - low > 1e-13 * high) {
    const double middle = 0.5 * (low + high);
    (upper_tail(middle, degrees) > tail ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
  if (values.size() < 2) return 0.0;
  const double centre = mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum / static_cast<double>(values.size() - 1);
}

PairedDifference paired_difference(std::span<const double> baseline, std::span<const double> other,
                                   double confidence) {
  CARE_EXPECTS(baseline.size() == other.size() && !baseline.empty());
  std::vector<double> differences(baseline.size());
  for (std::size_t i = 0; i < differences.size(); ++i) differences[i] = other[i] - baseline[i];

  PairedDifference result;
  result.replications = baseline.size();
  result.baseline = mean(baseline);
  result.other = mean(other);
  result.difference = mean(differences);
  const double spread = variance(differences);
  result.sd = std::sqrt(spread);
  if (result.replications < 2) {
    result.half_width = infinity;
    return result;
  }
  result.half_width = interval_factor(result.replications, confidence) * result.sd /
                      std::sqrt(static_cast<double>(result.replications));
  const double independent = variance(baseline) + variance(other);
  if (spread > 0.0) {
    result.variance_ratio = independent / spread;
  } else if (independent > 0.0) {
    result.variance_ratio = infinity;
  }
  return result;
}

std::size_t replications_for(double sd, double half_width, double confidence) {
  if (sd == 0.0) return 2;
  if (!(half_width > 0.0)) return 0;
  const auto enough = [&](std::size_t n) {
    return interval_factor(n, confidence) * sd / std::sqrt(static_cast<double>(n)) <= half_width;
  };
  std::size_t low = 1;  // not enough: a single replication has no interval
  std::size_t high = 2;
  while (!enough(high)) {
    if (high >= most_replications) return 0;
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace carestair::experiment
