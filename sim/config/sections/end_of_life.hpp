// The terminal phase, care in it, and where people die.
#pragma once

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct EndOfLife {
  Table terminal_share;
  double phase_days = 1;
  double phase_cv = 0;
  Table hours;
  double referred_share = 0;
  double wish_home_share = 0;
  double home_supervision_hours = 0;
  double last_days = 1;
  double hospital_share_home = 0;
  double hospital_share_institution = 0;
  double dementia_hospital_ratio = 1;
  double sudden_hospital_share = 0;
  double sudden_hospital_days = 1;
  double palliative_home_ratio = 1;

  void fields(Visitor& v) {
    v.table("terminal_share", terminal_share,
            {.axes = axes::age, .unit = "share", .min = 0, .max = 1,
             .doc = "share of deaths that come after a phase in which they are expected"});
    v.number("phase_days", phase_days,
             {.unit = "days", .min = 1, .max = 180, .doc = "mean length of this terminal phase"});
    v.number("phase_cv", phase_cv,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "standard deviation of the length relative to its mean (lognormal)"});
    v.table("hours", hours,
            {.axes = axes::type, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "need that the phase adds to that of the need level, at least moderate"});
    v.number("referred_share", referred_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of those at home without services whom hospital or doctor refer to the "
                     "municipality when the phase begins"});
    v.number("wish_home_share", wish_home_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share who wish to die at home, of those who live outside the nursing home"});
    v.number("home_supervision_hours", home_supervision_hours,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "unmet supervision with which one may still die at home who wishes to; "
                     "personal care and nursing must be sound"});
    v.number("last_days", last_days,
             {.unit = "days", .min = 1, .max = 60,
              .doc = "mean days before death in which it is settled where somebody dies "
                     "(lognormal, same relative deviation as the phase)"});
    v.number("hospital_share_home", hospital_share_home,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share taken to hospital for the last days, of those in an ordinary home"});
    v.number("hospital_share_institution", hospital_share_institution,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "the same of those where staff is around the clock, sudden deaths included"});
    v.number("dementia_hospital_ratio", dementia_hospital_ratio,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "what dementia does to the share taken to hospital from an ordinary home, "
                     "sudden deaths included"});
    v.number("sudden_hospital_share", sudden_hospital_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of sudden deaths in an ordinary home that are met in hospital"});
    v.number("sudden_hospital_days", sudden_hospital_days,
             {.unit = "days", .min = 0, .max = 60, .doc = "mean days in hospital before them"});
    v.number("palliative_home_ratio", palliative_home_ratio,
             {.unit = "ratio", .min = 0.5, .max = 5,
              .doc = "what palliative care at home does to the share not taken to hospital"});
  }
};

// clang-format on

}  // namespace carestair::config
