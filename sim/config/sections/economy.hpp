// Who pays: user fees, refunds, prices of what no service has, and how years are made comparable.
#pragma once

#include <array>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

/// By which rule users pay for a service.
enum class FeeRule { none, long_stay, short_stay, practical_help };
inline constexpr std::array<std::string_view, 4> fee_rule_names{"none", "long_stay", "short_stay",
                                                                "practical_help"};

struct Fees {
  double long_stay_below = 0;
  double long_stay_above = 0;
  double long_stay_free_amount = 0;
  double long_stay_kept = 0;
  double long_stay_spouse = 0;
  double long_stay_free_days = 0;
  double short_stay_day = 0;
  double short_stay_days = 0;
  double practical_hour = 0;
  double practical_below_2g = 0;
  double practical_2_to_3g = 0;
  double practical_3_to_4g = 0;
  double practical_4_to_5g = 0;
  double practical_above_5g = 0;
  double uptake_ratio = 1;

  void fields(Visitor& v) {
    const auto share = [](std::string_view doc) {
      return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    const auto month = [](std::string_view doc) {
      return NumberSpec{.unit = "NOK_per_month", .min = 0, .max = 1e5, .doc = doc};
    };
    v.number("long_stay_below", long_stay_below,
             share("share of income up to the basic amount, less the free amount, that a long stay "
                   "takes"));
    v.number("long_stay_above", long_stay_above, share("share of income above the basic amount"));
    v.number("long_stay_free_amount", long_stay_free_amount,
             {.unit = "NOK_per_year", .min = 0, .max = 1e6,
              .doc = "income of which nothing is taken"});
    v.number("long_stay_kept", long_stay_kept,
             share("share of the basic amount that everybody keeps at least"));
    v.number("long_stay_spouse", long_stay_spouse,
             share("share of income left out of account while a spouse lives at home"));
    v.number("long_stay_free_days", long_stay_free_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "first days of a long stay, for which nothing is paid"});
    v.number("short_stay_day", short_stay_day,
             {.unit = "NOK_per_day", .min = 0, .max = 1e4, .doc = "fee for a day of a short stay"});
    v.number("short_stay_days", short_stay_days,
             {.unit = "days", .min = 0, .max = 366,
              .doc = "days of short stays in a calendar year after which the rule for long stays "
                     "holds"});
    v.number("practical_hour", practical_hour,
             {.unit = "NOK_per_hour", .min = 0, .max = 1e4,
              .doc = "fee for an hour of practical help, up to the ceilings by month"});
    v.number("practical_below_2g", practical_below_2g,
             month("ceiling for households with an income below twice the basic amount (G)"));
    v.number("practical_2_to_3g", practical_2_to_3g, month("ceiling at 2 to 3 G"));
    v.number("practical_3_to_4g", practical_3_to_4g, month("ceiling at 3 to 4 G"));
    v.number("practical_4_to_5g", practical_4_to_5g, month("ceiling at 4 to 5 G"));
    v.number("practical_above_5g", practical_above_5g, month("ceiling above 5 G"));
    v.number("uptake_ratio", uptake_ratio,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "ratio of the uptake of services that have a fee, for the fee"});
  }
};

/// Refund for users who demand much (toppfinansiering av ressurskrevende tjenester).
struct Refund {
  double threshold = 0;
  double share = 0;
  int last_age = 0;
  double wage_cost_share = 0;
  double disability_deduction = 0;

  void fields(Visitor& v) {
    v.number("threshold", threshold,
             {.unit = "NOK_per_year", .min = 0, .max = 1e8,
              .doc = "wage cost of a user in a calendar year above which the state refunds"});
    v.number("share", share,
             {.unit = "share", .min = 0, .max = 1, .doc = "share of what is above that is paid"});
    v.integer("last_age", last_age,
              {.unit = "years", .min = 0, .max = 130,
               .doc = "age reached in the last year for which it refunds", .evidence = false});
    v.number("wage_cost_share", wage_cost_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of the price of services that counts: wages in direct user time"});
    v.number("disability_deduction", disability_deduction,
             {.unit = "NOK_per_year", .min = 0, .max = 1e8,
              .doc = "taken off for users with an intellectual disability, for whom the block "
                     "grant has paid"});
  }
};

struct Economy {
  int price_year = 2023;
  double real_wage_growth = 0;
  double wage_share = 0;
  double discount_rate = 0;
  double basic_amount = 0;
  Table net_income;
  Table assessed_income;
  Fees fees;
  Refund refund;
  double hospital_day = 0;
  double discharge_ready_day = 0;
  double carer_hour = 0;
  double adaptation_state_share = 0;
  double adaptation_municipality_share = 0;
  double state_activity_share = 0;
  double state_sum = 0;

  void fields(Visitor& v) {
    const auto day = [](std::string_view doc) {
      return NumberSpec{.unit = "NOK_per_day", .min = 0, .max = 1e6, .doc = doc};
    };
    const auto share = [](std::string_view doc, double max) {
      return NumberSpec{.unit = "share", .min = 0, .max = max, .doc = doc};
    };
    v.integer("price_year", price_year,
              {.unit = "years", .min = 2000, .max = 2100,
               .doc = "calendar year in whose prices and wages all amounts are",
               .evidence = false});
    v.number("real_wage_growth", real_wage_growth,
             {.unit = "per_year", .min = -0.05, .max = 0.1,
              .doc = "growth of wages beyond prices, with incomes, pensions and the basic amount"});
    v.number("wage_share", wage_share, share("share of the price of services that is wages", 1));
    v.number("discount_rate", discount_rate,
             {.unit = "per_year", .min = 0, .max = 0.2,
              .doc = "rate at which later years count for less in comparisons"});
    v.number("basic_amount", basic_amount,
             {.unit = "NOK_per_year", .min = 1, .max = 1e6,
              .doc = "basic amount of the national insurance (G)"});
    v.table("net_income", net_income,
            {.axes = axes::age_income, .unit = "NOK_per_year", .min = 0, .max = 1e8,
             .doc = "income after tax, by age and income class"});
    v.table("assessed_income", assessed_income,
            {.axes = axes::age_income, .unit = "NOK_per_year", .min = 0, .max = 1e8,
             .doc = "taxable net income, by which practical help is charged"});
    v.group("fees", fees, "what users pay");
    v.group("refund", refund, "what the state refunds for users who demand much");
    v.number("hospital_day", hospital_day, day("cost of a day of treatment in hospital"));
    v.number("discharge_ready_day", discharge_ready_day,
             day("cost to the hospital of a day of a patient ready for discharge"));
    v.number("carer_hour", carer_hour,
             {.unit = "NOK_per_hour", .min = 0, .max = 1e4,
              .doc = "shadow price of an hour given by partner or kin"});
    v.number("adaptation_state_share", adaptation_state_share,
             share("share of homes adapted that the state pays", 1));
    v.number("adaptation_municipality_share", adaptation_municipality_share,
             share("share that the municipality pays; residents pay the rest", 1));
    v.number("state_activity_share", state_activity_share,
             share("share of the price of services delivered that the state pays the municipality, "
                   "beside the block grant", 2));
    v.number("state_sum", state_sum,
             {.unit = "NOK_per_year", .min = -1e11, .max = 1e11,
              .doc = "sum the state pays the municipality for care; negative: taken from the block "
                     "grant"});
  }
};

/// What a year is worth, between 0 (dead) and 1 (full health).
struct QualityOfLife {
  Table population;
  Table need;
  Table cognition;
  double nursing_home_ratio = 1;

  void fields(Visitor& v) {
    const auto utility = [](std::span<const Axis> which, std::string_view doc) {
      return TableSpec{.axes = which, .unit = "score", .min = 0, .max = 1, .doc = doc};
    };
    v.table("population", population,
            utility(axes::age_sex, "mean utility of the population, by which need is scaled"));
    v.table("need", need, utility(axes::need, "utility at 80 by need level"));
    v.table("cognition", cognition,
            utility(axes::cognition, "utility by stage of cognition; the lower of the two holds"));
    v.number("nursing_home_ratio", nursing_home_ratio,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "ratio in a nursing home at equal need and cognition"});
  }
};

// clang-format on

}  // namespace carestair::config
