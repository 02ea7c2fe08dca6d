// Function, morbidity regime, cognition, and the state of residents at the start.
#pragma once

#include <array>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Function {
  Table decline;
  Table balance;
  Table recovery;
  Table decline_cognition_ratio;
  Table recovery_cognition_ratio;
  double illness_ratio = 1;
  double frailty_variance = 0;
  double unmet_ratio = 1;
  Table usual_unmet;
  double lonely_ratio = 1;
  Table income_ratio;
  double least_slow_share = 0;

  void fields(Visitor& v) {
    v.table("decline", decline,
            {.axes = axes::age_sex_need, .unit = "per_year", .min = 0, .max = 10,
             .doc = "rate from a need level to the next (from extensive: 0), for a resident of "
                    "frailty 1, normal cognition and the usual share of need unmet, at the mean of the "
                    "age in illness, loneliness and income"});
    v.table("balance", balance,
            {.axes = axes::age_need, .unit = "ratio", .min = 0, .max = 10,
             .doc = "what the clock of slow decline is multiplied by, so that with services, stays "
                    "and user groups on top need by age stays what it is"});
    v.table("recovery", recovery,
            {.axes = axes::age_need, .unit = "per_year", .min = 0, .max = 10,
             .doc = "rate from a need level to the one below (from none: 0)"});
    v.table("decline_cognition_ratio", decline_cognition_ratio,
            {.axes = axes::cognition, .unit = "ratio", .min = 0, .max = 50,
             .doc = "what cognition does to the rate of decline"});
    v.table("recovery_cognition_ratio", recovery_cognition_ratio,
            {.axes = axes::cognition, .unit = "ratio", .min = 0, .max = 10,
             .doc = "what cognition does to the rate of recovery"});
    v.number("illness_ratio", illness_ratio,
             {.unit = "ratio", .min = 0.5, .max = 5,
              .doc = "rate ratio of decline per long-term illness above the age's mean"});
    v.number("frailty_variance", frailty_variance,
             {.unit = "ratio", .min = 0, .max = 4,
              .doc = "variance of the individual frailty (gamma, mean 1)"});
    v.number("unmet_ratio", unmet_ratio,
             {.unit = "ratio", .min = 1, .max = 5,
              .doc = "rate ratio of decline when none of the need is met, to all of it met; linear "
                     "in the unmet share in between"});
    v.table("usual_unmet", usual_unmet,
            {.axes = axes::need, .unit = "share", .min = 0, .max = 1,
             .doc = "share of the need that is unmet among those whose rates `decline` gives: more "
                    "than this speeds decline up, less slows it down"});
    v.number("lonely_ratio", lonely_ratio,
             {.unit = "ratio", .min = 1, .max = 5, .doc = "rate ratio of decline when lonely"});
    v.table("income_ratio", income_ratio,
            {.axes = axes::income, .unit = "ratio", .min = 0.1, .max = 10,
             .doc = "rate ratio of decline by income (social gradient), relative to the mean of the "
                    "age"});
    v.number("least_slow_share", least_slow_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of decline that is slow at least, where acute stays and falls would carry "
                     "more of it than the rest"});
  }
};

enum class MorbidityRegime { expanded, postponed, compressed };
inline constexpr std::array<std::string_view, 3> morbidity_regime_names{"expanded", "postponed",
                                                                        "compressed"};

struct Morbidity {
  MorbidityRegime regime = MorbidityRegime::postponed;
  double compression = 0;

  void fields(Visitor& v) {
    v.choice("regime", regime, morbidity_regime_names,
             "how illness follows a longer life: expanded (age profile unchanged), postponed "
             "(shifted by the gain in life expectancy), compressed (shifted by more)");
    v.number("compression", compression,
             {.unit = "ratio", .min = 1, .max = 3,
              .doc = "years the age profile shifts per year of life expectancy gained, in the "
                     "compressed regime"});
  }
};

struct CognitionRules {
  Table progression;
  double reversal = 0;
  Table diagnosis;

  void fields(Visitor& v) {
    v.table("progression", progression,
            {.axes = axes::age_sex_cognition, .unit = "per_year", .min = 0, .max = 5,
             .doc = "rate from a stage to the next (from severe: 0)"});
    v.number("reversal", reversal,
             {.unit = "per_year", .min = 0, .max = 2,
              .doc = "rate from mild impairment back to normal cognition"});
    v.table("diagnosis", diagnosis,
            {.axes = axes::cognition, .unit = "per_year", .min = 0, .max = 10,
             .doc = "rate at which undiagnosed dementia is diagnosed, by stage"});
  }
};

/// How the synthetic population is when the run (with its burn-in) begins.
struct Initial {
  Table need;
  Table dementia;
  Table mild_impairment;
  Table stage;
  Table diagnosed;
  Table need_dementia_ratio;
  Table unsuitable_home;
  Table illness_mean;
  Table income;
  double lonely_alone = 0;
  double lonely_together = 0;
  Table prefers_institution;
  Table served;

  void fields(Visitor& v) {
    const auto share = [](std::span<const Axis> over, std::string_view doc) {
      return TableSpec{.axes = over, .unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    v.table("need", need, share(axes::age_need, "share of residents at each need level"));
    v.table("dementia", dementia, share(axes::age_sex, "share with dementia of any stage"));
    v.table("mild_impairment", mild_impairment,
            share(axes::age, "share with mild cognitive impairment"));
    v.table("stage", stage,
            share(axes::cognition, "share of persons with dementia at each stage (0 for none and "
                                   "mild_impairment)"));
    v.table("diagnosed", diagnosed, share(axes::cognition, "share diagnosed, by stage"));
    v.table("need_dementia_ratio", need_dementia_ratio,
            {.axes = axes::need, .unit = "ratio", .min = 0, .max = 100,
             .doc = "how much more common dementia is at a need level than at none (odds ratio "
                    "within age and sex), the seed of the proportional fitting"});
    v.table("unsuitable_home", unsuitable_home,
            share(axes::age, "share of home dwellers whose home gets in the way"));
    v.table("illness_mean", illness_mean,
            {.axes = axes::age, .unit = "count", .min = 0, .max = 10,
             .doc = "mean number of long-term illnesses"});
    v.table("income", income, share(axes::age_income, "share in each income class"));
    v.number("lonely_alone", lonely_alone,
             {.unit = "share", .min = 0, .max = 1, .doc = "share lonely among those living alone"});
    v.number("lonely_together", lonely_together,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share lonely among those living with others"});
    v.table("prefers_institution", prefers_institution,
            share(axes::age, "share who would rather move to an institution than get much help "
                             "at home"));
    v.table("served", served,
            share(axes::age_need, "share of those at a need level who receive services"));
  }
};

// clang-format on

}  // namespace carestair::config
