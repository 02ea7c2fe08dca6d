// Who pays. Fees are pure functions of income, service and days; amounts are booked where hours and
// days are, into the accounts of model/money.hpp.
//
//   price level p(y) = 1 + wage_share * (w(y) - 1)
//     with      w(y) = (1 + real_wage_growth)^(y - price_year)
//
//   long stay, a year:  long_stay_below * max(min(income, G) - free amount, 0)
//                     + long_stay_above * max(income - G, 0)
//                       at most  income - long_stay_kept * G - long_stay_below * free amount
//                       at most  what the place costs
//
//   short stay, a day:  short_stay_day on the first short_stay_days of a year, then as a long stay
//   practical help:     practical_hour an hour, at most a ceiling a month by household income in G
//   refund, a year:     share * max(wage_cost_share * cost - deduction - threshold, 0)
#pragma once

#include <cstddef>
#include <vector>

#include "base/day.hpp"
#include "config/sections/economy.hpp"
#include "model/care.hpp"
#include "model/money.hpp"

namespace carestair::config {
struct Config;
}

namespace carestair::processes {

class World;

/// Fee of a long stay in NOK a year for this income after tax, in the wages of the price year.
double long_stay_fee(const config::Economy& economy, double net_income, bool spouse_at_home);
/// Ceiling of the fee for practical help in NOK a month, by household income.
double practical_ceiling(const config::Economy& economy, double household_income);
/// What the state refunds for the cost of a user in a calendar year, in wages of the price year.
double yearly_refund(const config::Economy& economy, double cost, bool disability, int age_reached);

struct EconomyTables {
  EconomyTables() = default;
  /// `first` and `last` are the calendar years of the run.
  EconomyTables(const config::Economy& economy, int first, int last);

  /// Wages, and prices of services, in a calendar year relative to the price year.
  [[nodiscard]] double wage_level(int year) const { return wage_level_[row(year)]; }
  [[nodiscard]] double price_level(int year) const { return price_level_[row(year)]; }
  /// Fee of a long stay in NOK a day at the wages of the price year.
  [[nodiscard]] double long_stay_day(const model::Resident& who, int age, bool spouse) const {
    return long_stay_day_[cell(who, age) * 2 + (spouse ? 1U : 0U)];
  }

 private:
  static std::size_t cell(const model::Resident& who, int age);
  [[nodiscard]] std::size_t row(int year) const;

  int first_ = 0;
  std::vector<double> wage_level_;
  std::vector<double> price_level_;
  std::vector<double> long_stay_day_;  // [age][income][spouse at home]
};

/// Books cost that the municipality bears, and what of it the state pays by activity.
void book_cost(World& world, model::CareCase& c, model::Account account, double cost);
/// Notes what a service within capacity costs with the unit whose staff give it, if any do.
void book_to_unit(World& world, const ServiceRule& rule, double cost);

/// Days of what a case has been granted, with what was delivered.
struct Delivered {
  base::Day from;
  base::Day until;
  float hours = 0.0F;
  float cost = 0.0F;  // at ordinary prices
};
/// Books the fee of a service that has one, at this level of wages.
void book_fee(World& world, model::CareCase& c, const model::Holding& holding,
              const Delivered& delivered, double wages);

/// What the beginning of a service, or a visit, costs.
void book_start(World& world, model::CareCase& c, model::ServiceIndex service, float cost);

/// A home is adapted at this cost.
void book_adaptation(World& world, double cost);

/// Level of prices, and of wages, of services in the year of this day.
double price_level_on(const World& world, base::Day day);
double wage_level_on(const World& world, base::Day day);

/// The calendar year of a case is over, or its resident is gone: the state settles its refund.
void settle_year(World& world, model::CareCase& c);
/// On the last day of a month: what is paid for the municipality as a whole; in December the year
/// of every case is settled.
void close_accounts(World& world);

}  // namespace carestair::processes
