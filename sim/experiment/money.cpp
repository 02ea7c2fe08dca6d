#include "experiment/money.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "experiment/spread.hpp"

namespace carestair::experiment {
namespace {

constexpr double million = 1e6;

/// Sum over accounts, of one payer or of all.
double borne(const MoneyPath::Month& month, std::size_t payer) {
  double sum = 0.0;
  for (std::size_t p = 0; p < model::payer_count; ++p) {
    if (payer != society && payer != p) continue;
    sum = std::accumulate(month[p].begin(), month[p].end(), sum);
  }
  return sum;
}

/// Of one cell of the matrix, margins included.
double amount(const MoneyPath::Month& month, std::size_t payer, std::size_t account) {
  if (account == all_accounts) return borne(month, payer);
  if (payer != society) return month[payer][account];
  double sum = 0.0;
  for (const auto& accounts : month) sum += accounts[account];
  return sum;
}

double discounted(double rate, std::size_t month) {
  return std::pow(1.0 + rate, -(static_cast<double>(month) + 0.5) / 12.0);
}

template <class Value>
PairedDifference paired(std::span<const MoneyPath> baseline, std::span<const MoneyPath> other,
                        std::size_t replications_of_draw, Value value) {
  std::vector<double> a;
  std::vector<double> b;
  for (const MoneyPath& path : baseline) a.push_back(value(path));
  for (const MoneyPath& path : other) b.push_back(value(path));
  const bool draws = replications_of_draw > 0 && a.size() >= 2 * replications_of_draw;
  if (!draws) return paired_difference(a, b);
  return paired_difference(means_of_draws(a, replications_of_draw),
                           means_of_draws(b, replications_of_draw));
}

/// Month after which a replication is on the side of gain for good; none when it never is.
std::optional<std::size_t> paid_back(const MoneyPath& baseline, const MoneyPath& other,
                                     std::size_t payer, double rate, bool& differs) {
  double sum = 0.0;
  std::size_t first_of_gain = 0;
  for (std::size_t m = 0; m < baseline.months.size(); ++m) {
    const double difference = borne(other.months[m], payer) - borne(baseline.months[m], payer);
    differs = differs || difference != 0.0;
    sum += discounted(rate, m) * difference;
    if (sum >= 0.0) first_of_gain = m + 1;
  }
  if (sum >= 0.0) return std::nullopt;
  return first_of_gain;
}

Payback payback(std::span<const MoneyPath> baseline, std::span<const MoneyPath> other,
                std::size_t payer, double rate) {
  Payback result;
  std::vector<double> years;
  for (std::size_t r = 0; r < baseline.size(); ++r) {
    if (const auto month = paid_back(baseline[r], other[r], payer, rate, result.differs)) {
      years.push_back(static_cast<double>(*month) / 12.0);
    }
  }
  result.share = static_cast<double>(years.size()) / static_cast<double>(baseline.size());
  if (!years.empty()) result.years = sample_quantile(years, 0.5);
  return result;
}

}  // namespace

MoneyComparison compare_money(std::span<const MoneyPath> baseline, std::span<const MoneyPath> other,
                              double discount_rate, std::size_t replications_of_draw) {
  CARE_EXPECTS(!baseline.empty() && baseline.size() == other.size());
  CARE_EXPECTS(!baseline.front().months.empty());
  MoneyComparison comparison;
  comparison.discount_rate = discount_rate;
  comparison.years = static_cast<double>(baseline.front().months.size()) / 12.0;
  for (std::size_t account = 0; account <= all_accounts; ++account) {
    for (std::size_t payer = 0; payer <= society; ++payer) {
      comparison.matrix[account][payer] =
          paired(baseline, other, replications_of_draw, [&](const MoneyPath& path) {
            double sum = 0.0;
            for (const auto& month : path.months) sum += amount(month, payer, account);
            return sum / million / comparison.years;
          });
    }
  }
  for (std::size_t payer = 0; payer <= society; ++payer) {
    comparison.present_value[payer] =
        paired(baseline, other, replications_of_draw, [&](const MoneyPath& path) {
          double sum = 0.0;
          for (std::size_t m = 0; m < path.months.size(); ++m) {
            sum += discounted(discount_rate, m) * borne(path.months[m], payer);
          }
          return sum / million;
        });
  }
  comparison.qalys = paired(baseline, other, replications_of_draw, [&](const MoneyPath& path) {
    double sum = 0.0;
    for (std::size_t m = 0; m < path.qalys.size(); ++m) {
      sum += discounted(discount_rate, m) * path.qalys[m];
    }
    return sum;
  });
  comparison.units.resize(baseline.front().units.size());
  for (std::size_t unit = 0; unit < comparison.units.size(); ++unit) {
    for (std::size_t account = 0; account <= all_of_unit; ++account) {
      comparison.units[unit][account] =
          paired(baseline, other, replications_of_draw, [&](const MoneyPath& path) {
            const auto& of = path.units[unit];
            const double nok =
                account == all_of_unit ? std::accumulate(of.begin(), of.end(), 0.0) : of[account];
            return nok / million / comparison.years;
          });
    }
  }
  comparison.municipality =
      payback(baseline, other, model::index(model::Payer::municipality), discount_rate);
  comparison.society_as_a_whole = payback(baseline, other, society, discount_rate);
  return comparison;
}

std::optional<double> MoneyComparison::cost_per_qaly() const {
  const PairedDifference& cost = present_value[society];
  if (!cost.distinguishable() || !qalys.distinguishable()) return std::nullopt;
  const double ratio = cost.difference * million / qalys.difference;
  if (ratio <= 0.0) return std::nullopt;
  return ratio;
}

std::string MoneyComparison::who_gains() const {
  std::vector<std::string> pay;
  std::vector<std::string> gain;
  bool any = false;
  for (std::size_t payer = 0; payer < model::payer_count; ++payer) {
    const PairedDifference& value = present_value[payer];
    any = any || !value.identical();
    if (!value.distinguishable()) continue;
    (value.difference > 0.0 ? pay : gain)
        .push_back(fmt::format("{} {:.1f}", model::payer_names[payer], std::abs(value.difference)));
  }
  if (!any) return "Nobody pays and nobody gains.";
  if (pay.empty() && gain.empty()) return "Who pays and who gains cannot be told from chance.";
  std::string text;
  if (!pay.empty()) text += fmt::format("Pays more: {}", fmt::join(pay, ", "));
  if (!gain.empty()) {
    text += fmt::format("{}: {}", pay.empty() ? "Gains" : "; gains", fmt::join(gain, ", "));
  }
  return text + " million NOK.";
}

}  // namespace carestair::experiment
