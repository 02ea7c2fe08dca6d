// Family carers: who helps, how much, what it does to them, and what becomes of it all.
#pragma once

#include <array>
#include <string_view>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

/// What becomes of the hours of all families together.
enum class FamilyFuture { emergent, constant, falling, growing };
inline constexpr std::array<std::string_view, 4> family_future_names{
    "emergent", "constant", "falling", "growing"};

/// Burden on the scale of the Zarit Burden Interview, 0-88, and what follows from it.
struct CarerBurden {
  double base = 0;
  double per_hour = 0;
  double per_supervision_hour = 0;
  double symptoms = 0;
  double living_together = 0;
  double per_year = 0;
  double years_most = 0;
  double sd = 0;
  double adapt_months = 0;
  double burdened_from = 0;
  double withdrawal_rate = 0;
  double withdrawal_ratio_per_point = 1;
  double withdrawn_share = 0;
  double decline_ratio = 1;
  double death_ratio = 1;
  double sick_days_per_year = 0;

  void fields(Visitor& v) {
    const auto points = [](std::string_view doc) {
      return NumberSpec{.unit = "points", .min = 0, .max = 88, .doc = doc};
    };
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0.5, .max = 5, .doc = doc};
    };
    v.number("base", base, points("of one who cares at all"));
    v.number("per_hour", per_hour,
             {.unit = "points_per_hour", .min = 0, .max = 10,
              .doc = "for each hour a week given to all who are cared for together"});
    v.number("per_supervision_hour", per_supervision_hour,
             {.unit = "points_per_hour", .min = 0, .max = 10,
              .doc = "besides, for each hour a week of supervision, day and night"});
    v.number("symptoms", symptoms, points("with behavioural symptoms of dementia"));
    v.number("living_together", living_together, points("in the same home"));
    v.number("per_year", per_year,
             {.unit = "points_per_year", .min = 0, .max = 20, .doc = "for each year of caring"});
    v.number("years_most", years_most,
             {.unit = "years", .min = 0, .max = 50,
              .doc = "after which it wears no more than it does"});
    v.number("sd", sd, points("standard deviation between carers in the same situation"));
    v.number("adapt_months", adapt_months,
             {.unit = "months", .min = 0.5, .max = 60,
              .doc = "time in which burden follows the situation (exponential)"});
    v.number("burdened_from", burdened_from, points("from which a carer counts as burdened"));
    v.number("withdrawal_rate", withdrawal_rate,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "rate of giving up just above burdened_from; below it nobody gives up"});
    v.number("withdrawal_ratio_per_point", withdrawal_ratio_per_point,
             ratio("rate ratio for each further point"));
    v.number("withdrawn_share", withdrawn_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "of the hours that one who has given up goes on giving"});
    v.number("decline_ratio", decline_ratio, ratio("decline of burdened carers who live here"));
    v.number("death_ratio", death_ratio, ratio("mortality of burdened carers who live here"));
    v.number("sick_days_per_year", sick_days_per_year,
             {.unit = "days_per_year", .min = 0, .max = 250,
              .doc = "more days of sick leave of burdened carers in work"});
  }
};

struct Informal {
  Table partner_cover;
  double partner_hours_per_week = 0;
  double partner_need_ratio = 0;
  double parent_hours_per_week = 0;
  Table child_hours_per_week;
  Table child_cover;
  double child_helper_share = 0;
  double children_max = 0;
  double friend_share = 0;
  double friend_hours_per_week = 0;
  double friend_woman_share = 0;
  double woman_ratio = 1;
  double daughter_ratio = 1;
  double unequal_birth_year = 0;
  double equal_birth_year = 0;
  Table employed_share;
  double employed_ratio = 1;
  double leave_share = 0;
  Table work_lost_per_hour;
  double eased_share = 0;
  FamilyFuture future = FamilyFuture::emergent;
  CarerBurden burden;

  void fields(Visitor& v) {
    const auto hours = [](std::string_view doc) {
      return NumberSpec{.unit = "hours_per_week", .min = 0, .max = 168, .doc = doc};
    };
    const auto share = [](std::string_view doc) {
      return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0.2, .max = 5, .doc = doc};
    };
    v.table("partner_cover", partner_cover,
            {.axes = axes::type, .unit = "share", .min = 0, .max = 1,
             .doc = "most of each need that a partner, or a parent, meets"});
    v.number("partner_hours_per_week", partner_hours_per_week,
             hours("what a healthy partner out of work has to give"));
    v.number("partner_need_ratio", partner_need_ratio,
             {.unit = "ratio", .min = 0, .max = 1,
              .doc = "what a partner, or another carer here, with some need gives of that; with "
                     "more need or dementia: nothing"});
    v.number("parent_hours_per_week", parent_hours_per_week,
             hours("what each parent of a child at home with need has to give, out of work and "
                   "beyond what all children take"));
    v.table("child_hours_per_week", child_hours_per_week,
            {.axes = axes::distance, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "what a helping child out of work has to give by distance"});
    v.table("child_cover", child_cover,
            {.axes = axes::type, .unit = "share", .min = 0, .max = 1,
             .doc = "most of each need that a child, friend or neighbour meets"});
    v.number("child_helper_share", child_helper_share, share("share of children who help"));
    v.number("children_max", children_max,
             {.unit = "count", .min = 0, .max = 10, .doc = "most children who help one parent"});
    v.number("friend_share", friend_share,
             share("share of residents with need whom a friend or neighbour helps"));
    v.number("friend_hours_per_week", friend_hours_per_week, hours("what that one has to give"));
    v.number("friend_woman_share", friend_woman_share, share("of these who are women"));
    v.number("woman_ratio", woman_ratio,
             ratio("hours of a woman over those of a man alike, until unequal_birth_year"));
    v.number("daughter_ratio", daughter_ratio,
             ratio("share of daughters who help over that of sons, in the same cohorts"));
    v.number("unequal_birth_year", unequal_birth_year,
             {.unit = "years", .min = 1850, .max = 1955,
              .doc = "year of birth until which women give and help more by the ratios above"});
    v.number("equal_birth_year", equal_birth_year,
             {.unit = "years", .min = 1956, .max = 2100,
              .doc = "year of birth from which men give as much as women; linear in between"});
    v.table("employed_share", employed_share,
            {.axes = axes::age_sex, .unit = "share", .min = 0, .max = 1,
             .doc = "share of carers in work"});
    v.number("employed_ratio", employed_ratio,
             {.unit = "ratio", .min = 0, .max = 1,
              .doc = "what one in work has to give, of what one out of work has"});
    v.number("leave_share", leave_share,
             share("share of carers in work who get leave or flexible hours beyond today's, and have "
                   "the time of one out of work"));
    v.table("work_lost_per_hour", work_lost_per_hour,
            {.axes = axes::sex, .unit = "share", .min = 0, .max = 1,
             .doc = "share of a position given up for each hour a week of care"});
    v.number("eased_share", eased_share,
             share("of what a family gives, what falls away when services take over the whole need"));
    v.choice("future", future, family_future_names,
             "hours of all families together: emergent (as people and habits make them), constant, "
             "falling with the number of residents of 50-66 for each of 85 and over, or growing with "
             "the hours the municipality grants; each against the first year reported");
    v.group("burden", burden, "what caring does to the carer");
  }
};

// clang-format on

}  // namespace carestair::config
