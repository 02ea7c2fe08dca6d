// Who pays, worked out by hand.
#include "experiment/money.hpp"

#include <cmath>

#include "catch.hpp"

using namespace carestair;
using namespace carestair::experiment;
using model::Account;
using model::Payer;

namespace {

MoneyPath empty_path(std::size_t months) {
  MoneyPath path;
  path.months.resize(months);
  path.qalys.assign(months, 10.0);
  return path;
}

void pay(MoneyPath& path, std::size_t month, Payer payer, Account account, double nok) {
  path.months[month][model::index(payer)][model::index(account)] += nok;
}

/// Ten years; 12 million spent in the first month, `saved` in every month after.
MoneyPath invested(double saved) {
  MoneyPath path = empty_path(120);
  pay(path, 0, Payer::municipality, Account::services, 12e6);
  for (std::size_t m = 1; m < 120; ++m) {
    pay(path, m, Payer::municipality, Account::services, -saved);
  }
  return path;
}

double cell(const MoneyComparison& comparison, Account account, std::size_t payer) {
  return comparison.matrix[model::index(account)][payer].difference;
}

}  // namespace

TEST_CASE("with draws, doubt about money is that between draws") {
  const std::vector<MoneyPath> baseline(4, empty_path(12));
  std::vector<MoneyPath> other = baseline;
  // Two draws of two replications: 1 and 3, then 5 and 7 million.
  for (std::size_t r = 0; r < 4; ++r) {
    pay(other[r], 0, Payer::municipality, Account::services, 1e6 + 2e6 * static_cast<double>(r));
  }
  const auto of_all = compare_money(baseline, other, 0.0);
  const auto by_draw = compare_money(baseline, other, 0.0, 2);
  CHECK(by_draw.matrix[all_accounts][society].difference == Approx(4.0));
  CHECK(by_draw.matrix[all_accounts][society].replications == 2);
  CHECK(by_draw.matrix[all_accounts][society].sd == Approx(std::sqrt(8.0)));
  CHECK(of_all.matrix[all_accounts][society].replications == 4);
}

TEST_CASE("the matrix of payers adds up in rows and columns") {
  const std::vector<MoneyPath> baseline(2, empty_path(24));
  std::vector<MoneyPath> other = baseline;
  for (MoneyPath& path : other) {
    pay(path, 3, Payer::municipality, Account::services, 4e6);
    pay(path, 5, Payer::user, Account::user_fees, 1e6);
    pay(path, 5, Payer::municipality, Account::user_fees, -1e6);
    pay(path, 7, Payer::family, Account::carers_time, -2e6);
  }
  const MoneyComparison comparison = compare_money(baseline, other, 0.0);
  CHECK(cell(comparison, Account::services, 0) == Approx(2.0));  // 4 million over two years
  CHECK(cell(comparison, Account::user_fees, society) == Approx(0.0));
  for (std::size_t a = 0; a <= all_accounts; ++a) {
    double over_payers = 0.0;
    for (std::size_t p = 0; p < society; ++p) over_payers += comparison.matrix[a][p].difference;
    CHECK(comparison.matrix[a][society].difference == Approx(over_payers));
  }
  for (std::size_t p = 0; p <= society; ++p) {
    double over_accounts = 0.0;
    for (std::size_t a = 0; a < all_accounts; ++a) {
      over_accounts += comparison.matrix[a][p].difference;
    }
    CHECK(comparison.matrix[all_accounts][p].difference == Approx(over_accounts));
  }
  CHECK(comparison.present_value[0].difference == Approx(3.0));
  CHECK(comparison.who_gains() ==
        "Pays more: municipality 3.0, user 1.0; gains: family 2.0 million NOK.");
}

TEST_CASE("what units cost is compared unit by unit, in a year") {
  std::vector<MoneyPath> baseline(2, empty_path(24));
  for (MoneyPath& path : baseline) path.units = {{36e6, 0.0, 4e6}, {}};
  std::vector<MoneyPath> other = baseline;
  other[0].units = {{40e6, 2e6, 2e6}, {6e6}};
  other[1].units = {{44e6, 2e6, 2e6}, {6e6}};
  const MoneyComparison comparison = compare_money(baseline, other, 0.04);
  REQUIRE(comparison.units.size() == 2);
  const auto& first = comparison.units[0];
  CHECK(first[all_of_unit].baseline == Approx(20.0));
  CHECK(first[all_of_unit].difference == Approx(3.0));
  CHECK_FALSE(first[all_of_unit].distinguishable());
  CHECK(first[model::index(model::UnitAccount::services)].difference == Approx(3.0));
  CHECK(first[model::index(model::UnitAccount::staffing_premium)].difference == Approx(1.0));
  CHECK(first[model::index(model::UnitAccount::unused_time)].difference == Approx(-1.0));
  CHECK(comparison.units[1][all_of_unit].difference == Approx(3.0));
  CHECK(comparison.units[1][all_of_unit].sd == Approx(0.0));
}

TEST_CASE("a scenario that changes nothing has zero in every cell") {
  const std::vector<MoneyPath> same(3, invested(1e5));
  const MoneyComparison comparison = compare_money(same, same, 0.04);
  for (const auto& row : comparison.matrix) {
    for (const PairedDifference& paired : row) CHECK(paired.identical());
  }
  CHECK(comparison.who_gains() == "Nobody pays and nobody gains.");
  CHECK_FALSE(comparison.municipality.differs);
  CHECK_FALSE(comparison.cost_per_qaly());
}

TEST_CASE("what is spent comes back later the higher the rate") {
  const std::vector<MoneyPath> baseline(3, empty_path(120));
  const std::vector<MoneyPath> soon(3, invested(2e5));  // after 60 months
  const MoneyComparison plain = compare_money(baseline, soon, 0.0);
  CHECK(plain.municipality.share == 1.0);
  CHECK(*plain.municipality.years == Approx(61.0 / 12.0));  // one that pays, 60 that save
  const MoneyComparison discounted = compare_money(baseline, soon, 0.04);
  CHECK(*discounted.municipality.years > 5.0);
  CHECK(discounted.present_value[0].difference > plain.present_value[0].difference);
  double value = 12.0 * std::pow(1.04, -0.5 / 12.0);
  for (int m = 1; m < 120; ++m) value -= 0.2 * std::pow(1.04, -(m + 0.5) / 12.0);
  CHECK(discounted.present_value[society].difference == Approx(value));
  const std::vector<MoneyPath> never(3, invested(5e4));
  CHECK(compare_money(baseline, never, 0.0).municipality.share == 0.0);
  std::vector<MoneyPath> sometimes = soon;
  sometimes.back() = invested(5e4);
  CHECK(compare_money(baseline, sometimes, 0.0).municipality.share == Approx(2.0 / 3.0));
}

TEST_CASE("half of those that pay back have done so by the median") {
  const std::vector<MoneyPath> baseline(2, empty_path(120));
  const std::vector<MoneyPath> two{invested(2e5), invested(4e5)};  // after 61 and 31 months
  CHECK(*compare_money(baseline, two, 0.0).municipality.years == Approx(46.0 / 12.0));
  const std::vector<MoneyPath> more(4, empty_path(120));  // the last never pays back
  const std::vector<MoneyPath> three{invested(2e5), invested(4e5), invested(6e5), invested(5e4)};
  CHECK(*compare_money(more, three, 0.0).municipality.years == Approx(31.0 / 12.0));
}

TEST_CASE("a life year has a price when both it and money differ the same way") {
  const std::vector<MoneyPath> baseline(2, empty_path(12));
  std::vector<MoneyPath> other = baseline;
  for (MoneyPath& path : other) {
    pay(path, 0, Payer::municipality, Account::services, 5e6);
    for (double& qalys : path.qalys) qalys += 1.0;
  }
  CHECK(*compare_money(baseline, other, 0.0).cost_per_qaly() == Approx(5e6 / 12.0));
  for (MoneyPath& path : other) {
    for (double& qalys : path.qalys) qalys -= 2.0;
  }
  CHECK_FALSE(compare_money(baseline, other, 0.0).cost_per_qaly());
}
