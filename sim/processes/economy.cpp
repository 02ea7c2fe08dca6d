#include "processes/economy.hpp"

#include <algorithm>
#include <cmath>

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::Account;
using model::CareCase;
using model::Payer;

double long_stay_fee(const config::Economy& economy, double net_income, bool spouse_at_home) {
  const config::Fees& fees = economy.fees;
  const double g = economy.basic_amount;
  const double income = spouse_at_home ? net_income * (1.0 - fees.long_stay_spouse) : net_income;
  const double below = std::max(std::min(income, g) - fees.long_stay_free_amount, 0.0);
  const double above = std::max(income - g, 0.0);
  const double kept = fees.long_stay_kept * g + fees.long_stay_below * fees.long_stay_free_amount;
  return std::clamp(fees.long_stay_below * below + fees.long_stay_above * above, 0.0,
                    std::max(income - kept, 0.0));
}

double practical_ceiling(const config::Economy& economy, double household_income) {
  const config::Fees& fees = economy.fees;
  const double in_g = household_income / economy.basic_amount;
  if (in_g < 2.0) return fees.practical_below_2g;
  if (in_g < 3.0) return fees.practical_2_to_3g;
  if (in_g < 4.0) return fees.practical_3_to_4g;
  return in_g < 5.0 ? fees.practical_4_to_5g : fees.practical_above_5g;
}

double yearly_refund(const config::Economy& economy, double cost, bool disability,
                     int age_reached) {
  const config::Refund& refund = economy.refund;
  if (age_reached > refund.last_age) return 0.0;
  const double deduction = disability ? refund.disability_deduction : 0.0;
  return refund.share * std::max(refund.wage_cost_share * cost - deduction - refund.threshold, 0.0);
}

EconomyTables::EconomyTables(const config::Economy& economy, int first, int last) : first_(first) {
  for (int year = first; year <= last; ++year) {
    const double wages = std::pow(1.0 + economy.real_wage_growth, year - economy.price_year);
    wage_level_.push_back(wages);
    price_level_.push_back(1.0 + economy.wage_share * (wages - 1.0));
  }
  for (int age = 0; age <= config::oldest_age; ++age) {
    for (std::size_t income = 0; income < model::income_count; ++income) {
      for (const bool spouse : {false, true}) {
        long_stay_day_.push_back(long_stay_fee(economy, economy.net_income(age, income), spouse) /
                                 base::days_per_year);
      }
    }
  }
}

std::size_t EconomyTables::cell(const model::Resident& who, int age) {
  return static_cast<std::size_t>(std::min(age, config::oldest_age)) * model::income_count +
         model::index(who.income);
}

std::size_t EconomyTables::row(int year) const {
  return static_cast<std::size_t>(
      std::clamp(year - first_, 0, static_cast<int>(wage_level_.size()) - 1));
}

namespace {

/// Calendar year of a day, right to within a day of New Year from 1970 to 2100.
constexpr int calendar_year(base::Day day) { return 1970 + (day.number * 4 + 2) / 1461; }

model::Ledger& books(World& world) { return world.state.ledger; }

bool spouse_at_home(const World& world, const model::Resident& who) {
  return who.partner.valid() && world.at(who.partner).here() &&
         model::at_home(world.at(who.partner).dwelling);
}

/// NOK for a stay of these days of which nothing is free, at the wages of the price year.
double long_stay_days(const World& world, const model::Resident& who, double days) {
  return days *
         world.rules().economy.long_stay_day(who, world.age(who), spouse_at_home(world, who));
}

double household_income(const World& world, const model::Resident& who) {
  const config::Table& income = world.config().economy.assessed_income;
  const auto of = [&](const model::Resident& member) {
    return income(std::min(world.age(member), config::oldest_age), model::index(member.income));
  };
  return of(who) + (spouse_at_home(world, who) ? of(world.at(who.partner)) : 0.0);
}

double fee_of(const World& world, CareCase& c, const model::Holding& holding,
              const ServiceRule& rule, const Delivered& d, double wages) {
  const config::Fees& fees = world.config().economy.fees;
  const model::Resident& who = world.at(c.resident);
  const auto days = static_cast<double>(d.until - d.from);
  switch (rule.fee) {
    case config::FeeRule::none: return 0.0;
    case config::FeeRule::long_stay: {
      const base::Day charged = holding.since + base::whole_days(fees.long_stay_free_days);
      const int left = d.until - std::max(d.from, charged);
      return left > 0 ? wages * long_stay_days(world, who, left) : 0.0;
    }
    case config::FeeRule::short_stay: {
      const double before = static_cast<double>(c.year_stay_days);
      c.year_stay_days += static_cast<float>(days);
      const double short_days = std::clamp(fees.short_stay_days - before, 0.0, days);
      return short_days * fees.short_stay_day +
             wages * long_stay_days(world, who, days - short_days);
    }
    case config::FeeRule::practical_help: {
      const double ceiling =
          practical_ceiling(world.config().economy, household_income(world, who));
      return std::min(static_cast<double>(d.hours) * fees.practical_hour,
                      ceiling * days / base::days_per_month);
    }
  }
  return 0.0;
}

}  // namespace

double price_level_on(const World& world, base::Day day) {
  return world.rules().economy.price_level(calendar_year(day));
}

double wage_level_on(const World& world, base::Day day) {
  return world.rules().economy.wage_level(calendar_year(day));
}

void book_cost(World& world, CareCase& c, Account account, double cost) {
  model::Money& money = books(world).money;
  if (account == Account::carer_pay) {
    money.transfer(account, Payer::municipality, Payer::family, cost);
  } else {
    money.spend(Payer::municipality, account, cost);
  }
  const double activity = world.config().economy.state_activity_share;
  if (activity > 0.0) {
    money.transfer(Account::state_financing, Payer::state, Payer::municipality, activity * cost);
  }
  c.year_cost += static_cast<float>(cost);
}

void book_to_unit(World& world, const ServiceRule& rule, double cost) {
  if (rule.unit >= world.state.units.size()) return;
  books(world).unit_nok[rule.unit][model::index(model::UnitAccount::services)] += cost;
}

void book_fee(World& world, CareCase& c, const model::Holding& holding, const Delivered& d,
              double wages) {
  const ServiceRule& rule = rule_of(world, holding);
  const double flat = static_cast<double>(rule.fee_per_day) * (d.until - d.from);
  const double fee =
      std::min(flat + fee_of(world, c, holding, rule, d, wages), static_cast<double>(d.cost));
  books(world).money.transfer(Account::user_fees, Payer::user, Payer::municipality, fee);
  const std::size_t income = model::index(world.at(c.resident).income);
  books(world).fees_nok[holding.service][income] += static_cast<float>(fee);
}

void book_start(World& world, CareCase& c, model::ServiceIndex service, float cost) {
  const auto at_level = static_cast<float>(price_level_on(world, world.today())) * cost;
  const std::size_t group = model::age_group(world.age(world.at(c.resident)));
  books(world).cost_nok[service][group] += at_level;
  c.totals.cost_nok += at_level;
  const ServiceRule& rule = world.rules().services.rules[service];
  book_cost(world, c, rule.pays_family ? Account::carer_pay : Account::services,
            static_cast<double>(at_level));
  book_to_unit(world, rule, static_cast<double>(at_level));
}

void book_adaptation(World& world, double cost) {
  const config::Economy& economy = world.config().economy;
  model::Money& money = books(world).money;
  const double state = economy.adaptation_state_share * cost;
  const double municipality = std::min(economy.adaptation_municipality_share * cost, cost - state);
  money.spend(Payer::state, Account::home_adaptation, state);
  money.spend(Payer::municipality, Account::home_adaptation, municipality);
  money.spend(Payer::user, Account::home_adaptation, cost - state - municipality);
}

void settle_year(World& world, CareCase& c) {
  if (c.year_cost > 0.0F) {
    const model::Resident& who = world.at(c.resident);
    const int reached = base::to_date(world.today()).year - base::to_date(who.birth).year;
    // Thresholds follow wages, so cost is seen at the wages of the price year.
    const double wages = wage_level_on(world, world.today());
    const bool disability = who.group == model::UserGroup::intellectual_disability;
    const double refund =
        wages * yearly_refund(world.config().economy, static_cast<double>(c.year_cost) / wages,
                              disability, reached);
    if (refund > 0.0) {
      books(world).money.transfer(Account::refund, Payer::state, Payer::municipality, refund);
    }
  }
  c.year_cost = c.year_stay_days = 0.0F;
}

void close_accounts(World& world) {
  const double sum = world.config().economy.state_sum;
  if (sum != 0.0) {
    books(world).money.transfer(Account::state_financing, Payer::state, Payer::municipality,
                                sum / 12.0);
  }
  if (base::to_date(world.today()).month != 12) return;
  for (const model::CaseId id : world.state.open_cases) settle_year(world, world.at(id));
}

}  // namespace carestair::processes
