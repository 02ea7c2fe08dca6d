#include "experiment/spread.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "experiment/statistics.hpp"

namespace carestair::experiment {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// The range of draws and the share above zero, of means with chance taken out as far as can be.
void reach_of(const std::vector<double>& means, Spread& spread) {
  const auto above = std::ranges::count_if(means, [](double value) { return value > 0.0; });
  spread.share_above_zero = static_cast<double>(above) / static_cast<double>(means.size());
  if (spread.replications < 2) return;
  spread.parameters_low = sample_quantile(means, 0.025);
  spread.parameters_high = sample_quantile(means, 0.975);
}

}  // namespace

std::vector<double> means_of_draws(std::span<const double> values, std::size_t replications) {
  std::vector<double> means;
  for (std::size_t at = 0; at + replications <= values.size(); at += replications) {
    means.push_back(mean(values.subspan(at, replications)));
  }
  return means;
}

double sample_quantile(std::vector<double> values, double probability) {
  CARE_EXPECTS(!values.empty());
  std::ranges::sort(values);
  const double at = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return std::lerp(values[below], values[above], at - static_cast<double>(below));
}

Spread spread_of(std::span<const double> values, std::size_t replications) {
  std::vector<double> means = means_of_draws(values, replications);
  CARE_EXPECTS(means.size() >= 2);
  const std::span<const double> whole = values.first(means.size() * replications);
  const std::vector<double> all(whole.begin(), whole.end());
  Spread spread;
  spread.draws = means.size();
  spread.replications = replications;
  spread.both_low = sample_quantile(all, 0.025);
  spread.both_high = sample_quantile(all, 0.975);
  spread.parameters_low = spread.parameters_high = spread.share_above_zero = not_known;
  if (replications < 2) {
    spread.parameters_sd = spread.chance_sd = not_known;
  } else {
    double within = 0.0;
    for (std::size_t at = 0; at < whole.size(); at += replications) {
      within += variance(whole.subspan(at, replications));
    }
    within /= static_cast<double>(means.size());
    const double of_means = variance(means);
    const double left = of_means - within / static_cast<double>(replications);
    const double between = std::max(0.0, left);
    spread.cut = left <= 0.0 && within > 0.0;
    spread.chance_sd = std::sqrt(within);
    spread.parameters_sd = std::sqrt(between);
    const double centre = mean(means);
    const double pull = of_means > 0.0 ? std::sqrt(between / of_means) : 0.0;
    for (double& value : means) value = centre + pull * (value - centre);
  }
  if (!spread.cut) reach_of(means, spread);
  return spread;
}

}  // namespace carestair::experiment
