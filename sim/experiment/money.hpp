// Who pays for a scenario and who gains: differences by payer and account, present values, when
// what was spent has come back, and what a quality-adjusted life year costs.
//
// A cost is positive. Month m of the period is discounted by (1 + rate)^-((m + 1/2) / 12). Money
// has come back in the month after which the cumulated discounted difference never is a cost again.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiment/statistics.hpp"
#include "model/money.hpp"

namespace carestair::experiment {

/// One replication of one scenario: money by month, payer and account, and life years by month.
struct MoneyPath {
  using Month = std::array<std::array<double, model::account_count>, model::payer_count>;
  std::vector<Month> months;  // NOK
  std::vector<double> qalys;  // as many
  /// NOK over the period, by unit and what it is for.
  std::vector<std::array<double, model::unit_account_count>> units;
};

/// Columns of the matrix: the payers, then society (their sum). Rows: accounts, then their sum.
inline constexpr std::size_t society = model::payer_count;
inline constexpr std::size_t all_accounts = model::account_count;
inline constexpr std::size_t all_of_unit = model::unit_account_count;

struct Payback {
  double share = 0.0;           // of replications in which the money has come back
  std::optional<double> years;  // median of those, from the start of the period
  bool differs = false;         // in any replication
};

struct MoneyComparison {
  using Row = std::array<PairedDifference, model::payer_count + 1>;
  std::array<Row, model::account_count + 1> matrix{};  // million NOK a year, not discounted
  Row present_value{};                                 // million NOK over the period
  PairedDifference qalys;                              // over the period, discounted
  /// Cost of each unit, by what it is for, then all of it; as in the matrix.
  using UnitCost = std::array<PairedDifference, model::unit_account_count + 1>;
  std::vector<UnitCost> units;
  Payback municipality;
  Payback society_as_a_whole;
  double discount_rate = 0.0;
  double years = 0.0;

  /// NOK of society for a life year, when both can be told from zero and go the same way.
  [[nodiscard]] std::optional<double> cost_per_qaly() const;
  /// Who pays and who gains, in one sentence.
  [[nodiscard]] std::string who_gains() const;
};

/// One scenario against the baseline; both hold one entry a replication, in the same order, with
/// the same months. At least one replication and one month. With draws, intervals are those of the
/// means of `replications_of_draw` each, as in compare; else it is 0.
MoneyComparison compare_money(std::span<const MoneyPath> baseline, std::span<const MoneyPath> other,
                              double discount_rate, std::size_t replications_of_draw = 0);

}  // namespace carestair::experiment
