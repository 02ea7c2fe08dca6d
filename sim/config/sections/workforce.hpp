// Units that give services, and those who work in them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"
#include "model/levels.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

/// What an hour of a unit's services is an hour of.
enum class UnitHours { visits, presence, posts };
inline constexpr std::array<std::string_view, 3> unit_hours_names{"visits", "presence", "posts"};

struct Unit {
  std::string id;
  std::string title;
  std::string norwegian;
  UnitHours hours = UnitHours::visits;
  Table mix;
  Table usual_mix;
  double granted_ratio = 1;
  double fte = -1;
  double extra_fte = 0;
  double sick_leave_ratio = 1;
  double quit_ratio = 1;
  double hiring_ratio = 1;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.text("norwegian", norwegian, "the Norwegian term");
    v.choice("hours", hours, unit_hours_names,
             "what an hour of its services is: an hour with users (visits), an hour at work "
             "(presence) or an hour of a post, with holidays and absence (posts)");
    v.table("mix", mix,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 1,
             .doc = "shares of its full-time posts by occupation, leaders apart; they add up to 1"});
    v.table("usual_mix", usual_mix,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 1,
             .doc = "the same, as prices of its services hold for: with others employed an hour "
                    "costs what they are paid; they add up to 1"});
    v.optional([&] {
      v.number("granted_ratio", granted_ratio,
               {.unit = "ratio", .min = 0.1, .max = 10,
                .doc = "hours of its services that an hour of that kind answers for"});
      v.number("fte", fte,
               {.unit = "FTE", .min = 0, .max = 1e6,
                .doc = "full-time posts, leaders apart (absent: as many as the hours of its "
                       "services take)"});
      v.number("extra_fte", extra_fte,
               {.unit = "FTE", .min = 0, .max = 1e6,
                .doc = "full-time posts beyond these: extra base staffing (grunnbemanning)"});
      v.number("sick_leave_ratio", sick_leave_ratio,
               {.unit = "ratio", .min = 0, .max = 10,
                .doc = "ratio of sick leave here to that of the country: work for presence, "
                       "base staffing, a new building"});
      v.number("quit_ratio", quit_ratio,
               {.unit = "ratio", .min = 0, .max = 10,
                .doc = "ratio of quits here: further education, wished rosters, violence, lone "
                       "work"});
      v.number("hiring_ratio", hiring_ratio,
               {.unit = "ratio", .min = 0, .max = 10,
                .doc = "ratio of the rate at which its vacancies are filled: reputation, "
                       "professional environment"});
    });
  }
};

struct Staffing {
  double weekly_hours = 0;
  double productive_hours = 0;
  Table direct_share;
  Table full_time_share;
  Table part_time_position;
  double least_position = 0;
  double least_post = 0;
  double leader_span = 0;

  void fields(Visitor& v) {
    v.number("weekly_hours", weekly_hours,
             {.unit = "hours_per_week", .min = 1, .max = 60,
              .doc = "working hours of a full-time post"});
    v.number("productive_hours", productive_hours,
             {.unit = "hours_per_year", .min = 100, .max = 3000,
              .doc = "hours at work that a full-time post is reckoned to give, after holidays "
                     "and usual absence"});
    v.table("direct_share", direct_share,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 1,
             .doc = "share of the time at work spent with users, in home care"});
    v.table("full_time_share", full_time_share,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 1,
             .doc = "share of new posts that are full-time"});
    v.table("part_time_position", part_time_position,
            {.axes = axes::occupation, .unit = "share", .min = 0.05, .max = 1,
             .doc = "mean size of the others"});
    v.number("least_position", least_position,
             {.unit = "share", .min = 0.01, .max = 0.5,
              .doc = "size of the smallest of them; they lie evenly around the mean"});
    v.number("least_post", least_post,
             {.unit = "FTE", .min = 0.05, .max = 1,
              .doc = "budgets are met to within this much of a full-time post: nobody is hired for "
                     "less, and a unit whose leader's post would be smaller is led from another"});
    v.number("leader_span", leader_span,
             {.unit = "persons", .min = 1, .max = 1000,
              .doc = "employees a full-time leader is set over"});
  }
};

struct SickLeave {
  Table share;
  double spell_days = 0;
  double spell_cv = 0;
  double most_days = 0;
  double workload_ratio = 1;
  double full_time_ratio = 1;
  double span_ratio = 1;
  double usual_span = 0;

  void fields(Visitor& v) {
    v.table("share", share,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 0.9,
             .doc = "share of the employees on sick leave under usual conditions"});
    v.number("spell_days", spell_days,
             {.unit = "days", .min = 1, .max = 365, .doc = "mean length of a spell"});
    v.number("spell_cv", spell_cv,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "standard deviation of the length over its mean"});
    v.number("most_days", most_days,
             {.unit = "days", .min = 1, .max = 3650,
              .doc = "length at most: sick pay ends, and the post is another's"});
    v.number("workload_ratio", workload_ratio,
             {.unit = "ratio", .min = 0.5, .max = 3,
              .doc = "rate ratio of spells for each tenth of workload above what staff present "
                     "can give"});
    v.number("full_time_ratio", full_time_ratio,
             {.unit = "ratio", .min = 0.1, .max = 10,
              .doc = "rate ratio of spells in a full-time position"});
    v.number("span_ratio", span_ratio,
             {.unit = "ratio", .min = 0.5, .max = 3,
              .doc = "rate ratio of spells for each ten employees more a leader"});
    v.number("usual_span", usual_span,
             {.unit = "persons", .min = 1, .max = 1000,
              .doc = "employees a leader that the shares of sick leave and quits hold for"});
  }
};

/// How far conditions of work change sick leave and quits: beyond, they change nothing more.
struct WorkingConditions {
  double least_workload = 0;
  double most_workload = 0;
  double least_span = 0;
  double most_span = 0;

  void fields(Visitor& v) {
    v.number("least_workload", least_workload,
             {.unit = "ratio", .min = 0.1, .max = 1, .doc = "workload below which less is no better"});
    v.number("most_workload", most_workload,
             {.unit = "ratio", .min = 1, .max = 3, .doc = "workload above which more is no worse"});
    v.number("least_span", least_span,
             {.unit = "persons", .min = 0.1, .max = 30,
              .doc = "employees a leader, below which fewer are no better"});
    v.number("most_span", most_span,
             {.unit = "persons", .min = 30, .max = 1000,
              .doc = "employees a leader, above which more are no worse; so led is a unit whose "
                     "leader's post is vacant"});
  }
};

struct StaffLeave {
  double holiday_weeks = 0;
  double summer_share = 0;
  double summer_first_week = 0;
  double summer_last_week = 0;
  double other_weeks = 0;
  double summer_substitutes = 0;
  double summer_educated = 0;
  double parental_rate = 0;
  double parental_from_age = 0;
  double parental_until_age = 0;
  double parental_days = 0;

  void fields(Visitor& v) {
    v.number("holiday_weeks", holiday_weeks,
             {.unit = "weeks", .min = 0, .max = 12, .doc = "weeks of holiday a year"});
    v.number("summer_share", summer_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of them taken in one block in summer"});
    v.number("summer_first_week", summer_first_week,
             {.unit = "weeks", .min = 1, .max = 52,
              .doc = "whole weeks of the year that have passed when the first of these blocks begin"});
    v.number("summer_last_week", summer_last_week,
             {.unit = "weeks", .min = 1, .max = 52,
              .doc = "the same of the week in which the last of them end"});
    v.number("other_weeks", other_weeks,
             {.unit = "weeks", .min = 0, .max = 12,
              .doc = "weeks a year away besides: public holidays, courses"});
    v.number("summer_substitutes", summer_substitutes,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of the hours away in summer that substitutes work"});
    v.number("summer_educated", summer_educated,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of these hours worked by those who count as health workers, students "
                     "of nursing among them; the others have no health education"});
    v.number("parental_rate", parental_rate,
             {.unit = "per_year", .min = 0, .max = 1,
              .doc = "parental leaves of women of these ages"});
    v.number("parental_from_age", parental_from_age,
             {.unit = "years", .min = 15, .max = 60, .doc = "age from which they are taken"});
    v.number("parental_until_age", parental_until_age,
             {.unit = "years", .min = 15, .max = 60, .doc = "age from which they no longer are"});
    v.number("parental_days", parental_days,
             {.unit = "days", .min = 1, .max = 1000, .doc = "length of a parental leave"});
  }
};

struct Quits {
  Table rate;
  double young_ratio = 1;
  double old_ratio = 1;
  double small_position_ratio = 1;
  double workload_ratio = 1;
  double span_ratio = 1;
  double retirement_age = 0;
  double retirement_sd = 0;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = axes::occupation, .unit = "per_year", .min = 0, .max = 10,
             .doc = "rate of leaving for other work under usual conditions, at 30-49"});
    v.number("young_ratio", young_ratio,
             {.unit = "ratio", .min = 0, .max = 10, .doc = "rate ratio under 30"});
    v.number("old_ratio", old_ratio,
             {.unit = "ratio", .min = 0, .max = 10, .doc = "rate ratio from 50"});
    v.number("small_position_ratio", small_position_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio in less than half a position"});
    v.number("workload_ratio", workload_ratio,
             {.unit = "ratio", .min = 0.5, .max = 3,
              .doc = "rate ratio for each tenth of workload above what staff present can give"});
    v.number("span_ratio", span_ratio,
             {.unit = "ratio", .min = 0.5, .max = 3,
              .doc = "rate ratio for each ten employees more a leader"});
    v.number("retirement_age", retirement_age,
             {.unit = "years", .min = 50, .max = 80, .doc = "mean age of retiring"});
    v.number("retirement_sd", retirement_sd,
             {.unit = "years", .min = 0, .max = 10,
              .doc = "standard deviation; nobody is further than two of them from the mean"});
  }
};

struct Recruitment {
  Table time_to_fill;
  double hiring_ratio = 1;
  Table supply_2040;
  double acting_share = 0;
  double larger_position_share = 0;
  double wants_more_share = 0;
  double men_share = 0;
  Table age_55_share;
  Table youngest;
  double years_after = 0;
  double oldest_hired = 0;
  double oldest_trainee = 0;
  double applicant_waits = 0;

  void fields(Visitor& v) {
    v.table("time_to_fill", time_to_fill,
            {.axes = axes::occupation, .unit = "years", .min = 0.01, .max = 20,
             .doc = "mean time until a vacancy is filled"});
    v.number("hiring_ratio", hiring_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "ratio of the rate at which vacancies are filled: centrality, practice "
                     "places, reputation"});
    v.table("supply_2040", supply_2040,
            {.axes = axes::occupation, .unit = "ratio", .min = 0.01, .max = 10,
             .doc = "the rate in 2040 over that in 2020, as fewer are educated than are asked for"});
    v.number("acting_share", acting_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of the hours of vacancies that people without health education work "
                     "meanwhile"});
    v.number("larger_position_share", larger_position_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of vacancies whose hours are offered to part-timers, and put together "
                     "with other vacancies, before they are advertised (heltidskultur)"});
    v.number("wants_more_share", wants_more_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of part-timers who want more hours"});
    v.number("men_share", men_share,
             {.unit = "share", .min = 0, .max = 1, .doc = "share of men among employees"});
    v.table("age_55_share", age_55_share,
            {.axes = axes::occupation, .unit = "share", .min = 0, .max = 1,
             .doc = "share of employees of 55 and over when the report begins"});
    v.table("youngest", youngest,
            {.axes = axes::occupation, .unit = "years", .min = 16, .max = 60,
             .doc = "age from which people are hired"});
    v.number("years_after", years_after,
             {.unit = "years", .min = 0, .max = 40,
              .doc = "mean number of years beyond that age at which they are"});
    v.number("oldest_hired", oldest_hired,
             {.unit = "years", .min = 30, .max = 80, .doc = "age after which nobody is"});
    v.number("oldest_trainee", oldest_trainee,
             {.unit = "years", .min = 18, .max = 80,
              .doc = "age from which staff do not begin a training"});
    v.number("applicant_waits", applicant_waits,
             {.unit = "years", .min = 0, .max = 20,
              .doc = "how long somebody trained here waits for a post before taking work "
                     "elsewhere"});
  }
};

/// A way to more staff: people begin it, and some of them can be employed after a while.
struct Training {
  std::string id;
  std::string title;
  model::Occupation occupation = model::Occupation::health_worker;
  bool from_staff = false;
  double entrants = 0;
  double years = 0;
  double completes_share = 0;
  double stays_share = 0;
  double binding_years = 0;
  double men_share = -1;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.choice("occupation", occupation, model::occupation_names, "what it leads to");
    v.flag("from_staff", from_staff, "those who begin it are assistants already employed");
    v.number("entrants", entrants,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "how many begin it a year, for each employee"});
    v.number("years", years,
             {.unit = "years", .min = 0, .max = 20,
              .doc = "until they can be employed, or have the new occupation"});
    v.number("completes_share", completes_share,
             {.unit = "share", .min = 0, .max = 1, .doc = "share who complete it"});
    v.number("stays_share", stays_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of these who want to work here afterwards"});
    v.number("binding_years", binding_years,
             {.unit = "years", .min = 0, .max = 20,
              .doc = "years during which they do not leave for other work"});
    v.optional([&] {
      v.number("men_share", men_share,
               {.unit = "share", .min = 0, .max = 1,
                .doc = "share of men among them (absent: as among all employees)"});
    });
  }
};

struct Workforce {
  Staffing staffing;
  SickLeave sick_leave;
  WorkingConditions conditions;
  StaffLeave leave;
  Quits quits;
  Recruitment recruitment;
  std::vector<Training> training;

  void fields(Visitor& v) {
    v.group("staffing", staffing, "posts: how many, how large, how much time with users");
    v.group("sick_leave", sick_leave, "sick leave of employees");
    v.group("conditions", conditions,
            "which workload and leader span change sick leave and quits");
    v.group("leave", leave, "holidays and other leave");
    v.group("quits", quits, "who leaves for other work or retires");
    v.group("recruitment", recruitment, "how vacancies are filled");
    v.map("training", training, "apprentices, students and staff who are educated");
  }
};

// clang-format on

}  // namespace carestair::config
