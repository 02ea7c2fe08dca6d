// Acute illness, falls, hospital stays and municipal acute beds.
#pragma once

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Acute {
  Table rate;
  double nursing_home_ratio = 1;
  double window_days = 0;
  double window_ratio = 1;
  double follow_up_share = 0;
  double follow_up_ratio = 1;
  double caught_without_staff = 0;
  double caught_with_staff = 0;
  double caught_in_rate = 0;
  double caught_cost = 0;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = axes::age_need, .unit = "per_year", .min = 0, .max = 20,
             .doc = "acute illness that leads to a hospital bed with the care of today, of "
                    "residents at home"});
    v.number("nursing_home_ratio", nursing_home_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio of residents of a nursing home"});
    v.number("window_days", window_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "days after a discharge in which readmission is more likely"});
    v.number("window_ratio", window_ratio,
             {.unit = "ratio", .min = 0, .max = 20, .doc = "rate ratio in these days"});
    v.number("follow_up_share", follow_up_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of discharges to a home followed up in a structured way: nurse within "
                     "3 days, doctor and medicines within 14, evaluation after 4 weeks"});
    v.number("follow_up_ratio", follow_up_ratio,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "ratio on window_ratio for those followed up"});
    v.number("caught_without_staff", caught_without_staff,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of episodes caught early and treated at home, of those without hours "
                     "of staff at home"});
    v.number("caught_with_staff", caught_with_staff,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "the same of those with hours of staff at home, or in a place with staff"});
    v.number("caught_in_rate", caught_in_rate,
             {.unit = "share", .min = 0, .max = 0.9,
              .doc = "share caught where the rates were measured: episodes are rate / (1 - this)"});
    v.number("caught_cost", caught_cost,
             {.unit = "NOK_per_visit", .min = 0, .max = 1e5,
              .doc = "extra help at home for an episode treated there"});
  }
};

struct Falls {
  Table rate;
  double nursing_home_ratio = 1;
  double unsuitable_home_ratio = 1;
  Table hip_fracture_share;
  double hip_fracture_trend = 0;
  double other_admission_share = 0;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = axes::age_need, .unit = "per_year", .min = 0, .max = 50,
             .doc = "falls of residents at home"});
    v.number("nursing_home_ratio", nursing_home_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio of residents of a nursing home"});
    v.number("unsuitable_home_ratio", unsuitable_home_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio in a home that gets in the way"});
    v.table("hip_fracture_share", hip_fracture_share,
            {.axes = axes::age_sex, .unit = "share", .min = 0, .max = 1,
             .doc = "share of falls that break a hip"});
    v.number("hip_fracture_trend", hip_fracture_trend,
             {.unit = "per_year", .min = -0.2, .max = 0.2,
              .doc = "change of that share a year, relative, counted from 2015"});
    v.number("other_admission_share", other_admission_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of other falls that lead to hospital"});
  }
};

struct Hospital {
  Table mean_days;
  double days_cv = 0;
  double hip_mean_days = 0;
  Table loss_share;
  double loss_recovery = 0;
  double hip_loss_share = 0;
  double hip_loss_two_share = 0;
  double hip_recovery = 0;
  double recovery_days = 0;
  double hip_death_ratio = 1;
  double hip_death_days = 0;
  Table notice_share;
  double short_stay_share = 0;
  double short_stay_wait_days = 0;
  double day_charge = 0;
  double uncharged_wait_share = 0;
  double uncharged_wait_days = 0;

  void fields(Visitor& v) {
    v.table("mean_days", mean_days,
            {.axes = axes::age, .unit = "days", .min = 0.5, .max = 120,
             .doc = "mean length of treatment of an acute stay"});
    v.number("days_cv", days_cv,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "standard deviation of the length relative to its mean (lognormal)"});
    v.number("hip_mean_days", hip_mean_days,
             {.unit = "days", .min = 0.5, .max = 120, .doc = "mean length after a hip fracture"});
    v.table("loss_share", loss_share,
            {.axes = axes::age, .unit = "share", .min = 0, .max = 1,
             .doc = "share of stays that end one need level higher"});
    v.number("loss_recovery", loss_recovery,
             {.unit = "per_year", .min = 0, .max = 50,
              .doc = "rate of getting back to the level before"});
    v.number("hip_loss_share", hip_loss_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of hip fractures that end one need level higher"});
    v.number("hip_loss_two_share", hip_loss_two_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of hip fractures that end two need levels higher"});
    v.number("hip_recovery", hip_recovery,
             {.unit = "per_year", .min = 0, .max = 50,
              .doc = "rate of getting a level back after a hip fracture"});
    v.number("recovery_days", recovery_days,
             {.unit = "days", .min = 0, .max = 730,
              .doc = "days in which what was lost may come back at these rates"});
    v.number("hip_death_ratio", hip_death_ratio,
             {.unit = "ratio", .min = 1, .max = 50,
              .doc = "ratio of the death rate after a hip fracture"});
    v.number("hip_death_days", hip_death_days,
             {.unit = "days", .min = 0, .max = 1461, .doc = "days for which it holds"});
    v.table("notice_share", notice_share,
            {.axes = axes::age, .unit = "share", .min = 0, .max = 1,
             .doc = "share of stays of residents without services that end with a notice to the "
                    "municipality; of recipients all do"});
    v.number("short_stay_share", short_stay_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of those with notice and at least moderate need who are to have a "
                     "short-term stay before going home"});
    v.number("short_stay_wait_days", short_stay_wait_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "days after which one who waits for a short-term stay goes home without"});
    v.number("day_charge", day_charge,
             {.unit = "NOK_per_day", .min = 0, .max = 1e5,
              .doc = "what the municipality pays for a day of a patient ready for discharge "
                     "(0: no charge, as before 2012)"});
    v.number("uncharged_wait_share", uncharged_wait_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "where there is no charge, share of patients for whom the municipality is "
                     "slow to decide"});
    v.number("uncharged_wait_days", uncharged_wait_days,
             {.unit = "days", .min = 0, .max = 365, .doc = "and the days they wait for it"});
  }
};

/// Municipal acute beds (KAD, kommunal akutt døgnplass).
struct AcuteBeds {
  Table substitution_share;
  Table additional_rate;
  double mean_days = 1;
  double days_cv = 1;
  double loss_ratio = 1;

  void fields(Visitor& v) {
    v.table("substitution_share", substitution_share,
            {.axes = axes::age, .unit = "share", .min = 0, .max = 1,
             .doc = "share of episodes on the way to hospital that an acute bed can take instead"});
    v.table("additional_rate", additional_rate,
            {.axes = axes::age, .unit = "per_year", .min = 0, .max = 5,
             .doc = "stays of residents who without acute beds would have stayed at home"});
    v.number("mean_days", mean_days,
             {.unit = "days", .min = 0.5, .max = 30, .doc = "mean length of a stay"});
    v.number("days_cv", days_cv,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "coefficient of variation of the length of these stays"});
    v.number("loss_ratio", loss_ratio,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "loss of function after a stay, relative to hospital"});
  }
};

// clang-format on

}  // namespace carestair::config
