// Who pays for what. Every amount has an account and a payer. Real resources are spent, once, by
// whoever pays for them first; money that passes from one payer to another is a transfer, which
// adds up to nothing over the payers. What a payer has to bear is the sum over the accounts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/levels.hpp"

namespace carestair::model {

enum class Payer : std::uint8_t { municipality, state, hospital, user, family };
inline constexpr std::size_t payer_count = 5;
inline constexpr std::array<std::string_view, payer_count> payer_names{
    "municipality", "state", "hospital", "user", "family"};

/// Append, never reorder: the order is that of the result file.
enum class Account : std::uint8_t {
  services,          // at ordinary prices
  overflow,          // what places beyond capacity cost more than ordinary ones
  staffing_premium,  // overtime, agency and posts beyond the hours
  treated_at_home,   // acute illness caught early
  home_adaptation,
  hospital_stays,
  carers_time,      // of partner and kin, at a shadow price
  private_devices,  // bought by residents
  discharge_charge,
  user_fees,
  refund,           // for users who demand much
  state_financing,  // of services, by activity or as a sum
  buildings,        // investments, spread over the life of what is built
  investment_grant,
  rents,
  volunteer_coordination,
  carer_pay,   // to families for care they give: their time is in carers_time
  unused_time  // of staff at work whom nothing granted asks for, beyond what is usual
};
inline constexpr std::size_t account_count = 18;
inline constexpr std::array<std::string_view, account_count> account_names{"services",
                                                                           "overflow",
                                                                           "staffing_premium",
                                                                           "treated_at_home",
                                                                           "home_adaptation",
                                                                           "hospital_stays",
                                                                           "carers_time",
                                                                           "private_devices",
                                                                           "discharge_charge",
                                                                           "user_fees",
                                                                           "refund",
                                                                           "state_financing",
                                                                           "buildings",
                                                                           "investment_grant",
                                                                           "rents",
                                                                           "volunteer_coordination",
                                                                           "carer_pay",
                                                                           "unused_time"};

/// What a unit costs, among the accounts of the municipality.
enum class UnitAccount : std::uint8_t { services, staffing_premium, unused_time };
inline constexpr std::size_t unit_account_count = 3;
inline constexpr std::array<std::string_view, unit_account_count> unit_account_names{
    "services", "staffing_premium", "unused_time"};

/// Whether an account holds money that passes between payers, and no resources.
constexpr bool is_transfer(Account account) {
  using enum Account;
  return account == discharge_charge || account == user_fees || account == refund ||
         account == state_financing || account == investment_grant || account == rents ||
         account == carer_pay;
}

/// Money of a month in NOK: paid is positive, received negative. Double, as it is summed up from
/// many small amounts.
struct Money {
  std::array<std::array<double, account_count>, payer_count> nok{};

  void spend(Payer payer, Account account, double amount) {
    nok[index(payer)][index(account)] += amount;
  }
  void transfer(Account account, Payer from, Payer to, double amount) {
    nok[index(from)][index(account)] += amount;
    nok[index(to)][index(account)] -= amount;
  }
};

}  // namespace carestair::model
