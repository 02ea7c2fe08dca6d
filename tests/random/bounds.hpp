// Bounds for statistical tests with a stated probability of a false alarm. Seeds are fixed, so a
// test that passes once passes always; the bound says how surprising a failure would have been
// before the seed was chosen.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace test {

/// A false alarm in a million, shared evenly by `comparisons` (Bonferroni).
inline double false_alarm(int comparisons = 1) { return 1e-6 / comparisons; }

/// |z| that a standard normal exceeds with probability `alpha`.
inline double z_bound(double alpha) {
  double low = 0, high = 40;
  for (int i = 0; i < 200; ++i) {
    const double mid = (low + high) / 2;
    (std::erfc(mid / std::sqrt(2.0)) > alpha ? low : high) = mid;
  }
  return high;
}

/// Value that a chi-square of so many degrees of freedom exceeds with probability `alpha`
/// (Wilson and Hilferty 1931).
inline double chi_square_bound(double freedom, double alpha) {
  const double z = z_bound(2 * alpha), h = 2 / (9 * freedom);
  return freedom * std::pow(1 - h + z * std::sqrt(h), 3);
}

/// Largest distance of an empirical distribution from the true one that n draws exceed with
/// probability at most `alpha` (Dvoretzky, Kiefer, Wolfowitz; constant by Massart 1990).
inline double ks_bound(std::size_t n, double alpha) {
  return std::sqrt(std::log(2 / alpha) / (2 * static_cast<double>(n)));
}

template <class Distribution>
double ks_distance(std::vector<double> values, Distribution below) {
  std::sort(values.begin(), values.end());
  double distance = 0;
  const auto n = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double at = below(values[i]);
    distance =
        std::max({distance, at - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - at});
  }
  return distance;
}

/// Pearson's statistic; neighbouring cells are merged until at least ten are expected in each.
struct ChiSquare {
  double statistic = 0;
  int freedom = -1;
};
inline ChiSquare chi_square(std::span<const double> counted, std::span<const double> expected) {
  ChiSquare result;
  double total = 0, c = 0, e = 0;
  for (const double x : expected) total += x;
  double left = total;  // expected in the cells still to come
  for (std::size_t i = 0; i < counted.size(); ++i) {
    c += counted[i];
    e += expected[i];
    left -= expected[i];
    if (i + 1 < counted.size() && (e < 10 || left < 10)) continue;
    result.statistic += (c - e) * (c - e) / e;
    ++result.freedom;
    c = e = 0;
  }
  return result;
}

struct Moments {
  double mean, variance, fourth;
  std::size_t n;
  /// Standard errors of mean and variance, from the sample itself.
  [[nodiscard]] double mean_error() const { return std::sqrt(variance / static_cast<double>(n)); }
  [[nodiscard]] double variance_error() const {
    return std::sqrt((fourth - variance * variance) / static_cast<double>(n));
  }
};
inline Moments moments(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, variance = 0, fourth = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) {
    const double d = (v - mean) * (v - mean);
    variance += d / n;
    fourth += d * d / n;
  }
  return {mean, variance, fourth, values.size()};
}

}  // namespace test
