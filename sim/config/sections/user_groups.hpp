// Younger user groups: who they are, and in what their lives and needs differ below 67.
#pragma once

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct UserGroups {
  Table at_start;
  Table at_onset;
  Table need_ratio;
  Table decline_ratio;
  Table recovery_ratio;
  Table death_ratio;
  Table seeking_ratio;
  Table home_limit_hours_per_week;
  Table dementia_earlier_years;
  double growth = 0;
  int growth_from_year = 2020;

  void fields(Visitor& v) {
    const auto ratio = [](std::string_view doc) {
      return TableSpec{.axes = axes::group, .unit = "ratio", .min = 0, .max = 20, .doc = doc};
    };
    v.table("at_start", at_start,
            {.axes = axes::age_need_group, .unit = "share", .min = 0, .max = 1,
             .doc = "share of each group among residents at a need level: at the start, at birth "
                    "and among in-movers; the rest is in no group (none: not used)"});
    v.table("at_onset", at_onset,
            {.axes = axes::age_group, .unit = "share", .min = 0, .max = 1,
             .doc = "share of each group among those whose first need of assistance comes at this "
                    "age; the rest is in no group (from 67: not used)"});
    v.table("need_ratio", need_ratio,
            {.axes = axes::need_group_type, .unit = "ratio", .min = 0, .max = 20,
             .doc = "need at 18-66 relative to needs.hours of the same age and level"});
    v.table("decline_ratio", decline_ratio,
            ratio("rate of decline below 67 relative to the other groups at the same need level; "
                  "the mean is kept"));
    v.table("recovery_ratio", recovery_ratio, ratio("the same for recovery"));
    v.table("death_ratio", death_ratio, ratio("the same for the risk of death"));
    v.table("seeking_ratio", seeking_ratio,
            ratio("rate of applying for help below 67 relative to seeking.base_rate"));
    v.table("home_limit_hours_per_week", home_limit_hours_per_week,
            {.axes = axes::group, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "staff hours at home beyond which only 24-hour care is sound, below 67 in "
                    "place of allocation.home_limit_hours_per_week"});
    v.table("dementia_earlier_years", dementia_earlier_years,
            {.axes = axes::group, .unit = "years", .min = 0, .max = 40,
             .doc = "years by which cognition declines earlier"});
    v.number("growth", growth,
             {.unit = "per_year", .min = -0.2, .max = 0.2,
              .doc = "relative growth a year of the rate at which need begins below 67"});
    v.integer("growth_from_year", growth_from_year,
              {.unit = "calendar_year", .min = 1990, .max = 2100,
               .doc = "calendar year from which it grows", .evidence = false});
  }
};

// clang-format on

}  // namespace carestair::config
