// What a handful of replications says about a difference: the paired t interval, what pairing
// gained over independent runs, and how many replications a wanted precision takes.
#pragma once

#include <cstddef>
#include <span>

namespace carestair::experiment {

/// Quantile of Student's t distribution, `probability` in (0, 1), `freedom` at least 1.
double student_t_quantile(double probability, std::size_t freedom);

/// Regularised incomplete beta function I_x(a, b): P(X <= x) of a beta distribution.
double incomplete_beta(double a, double b, double x);

double mean(std::span<const double> values);
/// Sample variance (divided by n - 1); 0 for fewer than two values.
double variance(std::span<const double> values);

/// Two scenarios over the same replications. With d_r = other_r - baseline_r and n replications the
/// interval is mean(d) +- t(n - 1) sd(d) / sqrt(n).
struct PairedDifference {
  std::size_t replications = 0;
  double baseline = 0.0;    // mean
  double other = 0.0;       // mean
  double difference = 0.0;  // mean of other - baseline
  double sd = 0.0;          // of the difference, between replications
  double half_width = 0.0;  // of the interval; infinity with a single replication
  /// (Var(baseline) + Var(other)) / Var(difference): independent runs would need so many times the
  /// replications. Infinity when the difference never varies, 1 when nothing can be said.
  double variance_ratio = 1.0;

  [[nodiscard]] double low() const { return difference - half_width; }
  [[nodiscard]] double high() const { return difference + half_width; }
  /// The interval excludes zero.
  [[nodiscard]] bool distinguishable() const { return low() > 0.0 || high() < 0.0; }
  /// The scenarios agree in every single replication.
  [[nodiscard]] bool identical() const { return difference == 0.0 && sd == 0.0; }
};

inline constexpr double usual_confidence = 0.95;

PairedDifference paired_difference(std::span<const double> baseline, std::span<const double> other,
                                   double confidence = usual_confidence);

/// Smallest n >= 2 with t(n - 1) sd / sqrt(n) <= half_width; 0 when none below a thousand million
/// is enough. 2 when `sd` is 0.
std::size_t replications_for(double sd, double half_width, double confidence = usual_confidence);

}  // namespace carestair::experiment
