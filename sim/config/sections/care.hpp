// From need to help: hours of need, help seeking, allocation, reablement.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"
#include "model/levels.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Needs {
  Table hours;
  Table cognition_hours;
  Table unsuitable_home_ratio;

  void fields(Visitor& v) {
    v.table("hours", hours,
            {.axes = axes::age_need_type, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "need by level and type before anybody helps"});
    v.table("cognition_hours", cognition_hours,
            {.axes = axes::cognition_type, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "need that cognition adds"});
    v.table("unsuitable_home_ratio", unsuitable_home_ratio,
            {.axes = axes::type, .unit = "ratio", .min = 1, .max = 5,
             .doc = "what an unsuitable home does to the need"});
  }
};

struct Seeking {
  Table base_rate;
  double unmet_ratio_per_hour = 1;
  double unmet_hours_max = 0;
  double living_alone_ratio = 1;
  double undiagnosed_dementia_ratio = 1;
  double diagnosed_dementia_ratio = 1;
  double visited_ratio = 1;
  double visited_years = 0;
  double asks_again_hours = 0;

  void fields(Visitor& v) {
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0, .max = 20, .doc = doc};
    };
    v.table("base_rate", base_rate,
            {.axes = axes::need, .unit = "per_year", .min = 0, .max = 100,
             .doc = "rate of applying for help by need level while no need is unmet"});
    v.number("unmet_ratio_per_hour", unmet_ratio_per_hour,
             ratio("rate ratio per hour a week of unmet need"));
    v.number("unmet_hours_max", unmet_hours_max,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "unmet hours beyond which seeking grows no more"});
    v.number("living_alone_ratio", living_alone_ratio, ratio("rate ratio when living alone"));
    v.number("undiagnosed_dementia_ratio", undiagnosed_dementia_ratio,
             ratio("rate ratio with undiagnosed dementia"));
    v.number("diagnosed_dementia_ratio", diagnosed_dementia_ratio,
             ratio("rate ratio once dementia is diagnosed"));
    v.number("visited_ratio", visited_ratio, ratio("rate ratio after a preventive home visit"));
    v.number("visited_years", visited_years,
             {.unit = "years", .min = 0, .max = 10, .doc = "how long that lasts"});
    v.number("asks_again_hours", asks_again_hours,
             {.unit = "hours_per_week", .min = 0.01, .max = 20,
              .doc = "unmet hours beyond the latest decision from which somebody asks again, and "
                     "hours not delivered that are worth asking about"});
  }
};

struct Allocation {
  double meeting_interval_days = 7;
  double strictness = 1;
  model::NeedLevel habit_from_need = model::NeedLevel::moderate;
  model::Cognition habit_from_cognition = model::Cognition::moderate;
  Table sound_hours;
  double judgement_sd = 0;
  double useful_share = 0;
  double home_limit_hours_per_week = 0;
  double supervision_limit_hours_per_week = 0;
  double weight_benefit = 0, weight_resource = 0, weight_severity = 0, weight_waiting = 0;
  double review_interval_days = 0;
  double reaction_days = 0;
  double step_down_hours_per_week = 0;
  double lawful_wait_days = 0;
  double overflow_cost_ratio = 1;
  double urgent_hours_per_week = 0;
  double reablement_offer_share = 0;
  double reablement_before_share = 0;

  void fields(Visitor& v) {
    const auto setting = [](std::string_view unit, double min, double max, std::string_view doc) {
      return NumberSpec{.unit = unit, .min = min, .max = max, .doc = doc, .evidence = false};
    };
    v.number("meeting_interval_days", meeting_interval_days,
             setting("days", 1, 90, "days between allocation meetings"));
    v.number("strictness", strictness,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "how strictly the lowest effective level of care (LEON) is followed: 1 walks "
                     "every step, 0 lets preference and habit take the high step at once"});
    v.choice("habit_from_need", habit_from_need, model::need_level_names,
             "need level from which preference and habit can take the high step");
    v.choice("habit_from_cognition", habit_from_cognition, model::cognition_names,
             "stage from which they do without a wish for a place");
    v.table("sound_hours", sound_hours,
            {.axes = axes::type, .unit = "hours_per_week", .min = 0, .max = 168,
             .doc = "unmet hours of each type that are still sound (forsvarlig): the walk stops "
                    "when no type is above its bound"});
    v.number("judgement_sd", judgement_sd,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "how far offices differ in what they call sound for alike cases: standard "
                     "deviation of the logarithm of the bounds"});
    v.number("useful_share", useful_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "a step that would meet less than this share of what is unmet is plainly "
                     "useless for this need and passed over"});
    v.number("home_limit_hours_per_week", home_limit_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "staff hours at home beyond which only 24-hour care is sound"});
    v.number("supervision_limit_hours_per_week", supervision_limit_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "unmet supervision beyond which only 24-hour care is sound"});
    v.number("weight_benefit", weight_benefit,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "weight of benefit (each ten unmet hours a week, whatever would meet them) in "
                     "the queue"});
    v.number("weight_resource", weight_resource,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "weight of resource use (each ten hours a week of need that family does not "
                     "meet; lowers the place)"});
    v.number("weight_severity", weight_severity,
             {.unit = "ratio", .min = 0, .max = 10, .doc = "weight of severity (need level)"});
    v.number("weight_waiting", weight_waiting,
             {.unit = "ratio", .min = 0, .max = 10, .doc = "weight of each month waited"});
    v.number("review_interval_days", review_interval_days,
             {.unit = "days", .min = 7, .max = 3650,
              .doc = "days between reassessments of those who receive services"});
    v.number("reaction_days", reaction_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "days until the services notice that a recipient's need has changed"});
    v.number("step_down_hours_per_week", step_down_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "a package is lowered only when at least this much of it has become "
                     "unneeded (habit and caution)"});
    v.number("lawful_wait_days", lawful_wait_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "days after which one who can only soundly get 24-hour care is given an "
                     "overflow place (bought, double room)"});
    v.number("overflow_cost_ratio", overflow_cost_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "cost of an overflow place relative to an ordinary one"});
    v.number("urgent_hours_per_week", urgent_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "unmet personal care and nursing from which a case is decided the same day"});
    v.number("reablement_offer_share", reablement_offer_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of suitable new cases for whom the allocator thinks of reablement "
                     "(how far the mastery way of working has permeated)"});
    v.number("reablement_before_share", reablement_before_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of suitable new cases for whom a course must be tried before "
                     "practical help, even if that means to wait for it; personal care and "
                     "nursing never wait"});
  }
};

enum class ReablementModel { own_team, integrated, mixed };
inline constexpr std::array<std::string_view, 3> reablement_model_names{"own_team", "integrated",
                                                                        "mixed"};

/// One way to organise reablement.
struct ReablementOrganisation {
  std::string id;
  double weeks = 0;
  double team_hours_per_week = 0;
  double hours_ratio = 1;
  double completion = 1;

  void fields(Visitor& v) {
    v.number("weeks", weeks, {.unit = "weeks", .min = 1, .max = 26, .doc = "length of a course"});
    v.number("team_hours_per_week", team_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 60,
              .doc = "hours of the team per person and week"});
    v.number("hours_ratio", hours_ratio,
             {.unit = "ratio", .min = 0, .max = 2,
              .doc = "compensating hours at home after a course, relative to without"});
    v.number("completion", completion,
             {.unit = "share", .min = 0, .max = 1, .doc = "share who complete the course"});
  }
};

struct Reablement {
  ReablementModel model = ReablementModel::own_team;
  std::vector<ReablementOrganisation> organisations;
  double fade_years = 0;
  double function_decline_ratio = 1;
  double function_recovery_ratio = 1;
  double repeat_after_years = 0;
  double most_wait_days = 0;
  double accept_share = 1;

  void fields(Visitor& v) {
    v.choice("model", model, reablement_model_names,
             "who does it: a team of its own, the ordinary home service, or both");
    v.map("organisations", organisations, "the ways to organise it, by model name");
    v.number("fade_years", fade_years,
             {.unit = "years", .min = 0, .max = 20,
              .doc = "years over which the effect on help hours fades (linear)"});
    v.number("function_decline_ratio", function_decline_ratio,
             {.unit = "ratio", .min = 0.2, .max = 2,
              .doc = "rate ratio of decline after a course, fading likewise"});
    v.number("function_recovery_ratio", function_recovery_ratio,
             {.unit = "ratio", .min = 0.5, .max = 5,
              .doc = "rate ratio of recovery after a course, fading likewise"});
    v.number("repeat_after_years", repeat_after_years,
             {.unit = "years", .min = 0, .max = 20, .doc = "time before a new course is useful"});
    v.number("most_wait_days", most_wait_days,
             {.unit = "days", .min = 0, .max = 3650,
              .doc = "days after which one who waits for a course is helped in another way"});
    v.number("accept_share", accept_share,
             {.unit = "share", .min = 0, .max = 1, .doc = "share who accept an offered course"});
  }
};

struct PreventiveVisits {
  int from_age = 80;
  int every_years = 1;
  double coverage = 0;
  double uptake = 0;

  void fields(Visitor& v) {
    v.integer("from_age", from_age,
              {.unit = "years", .min = 60, .max = 110, .doc = "age of the first offer",
               .evidence = false});
    v.integer("every_years", every_years,
              {.unit = "years", .min = 1, .max = 20, .doc = "years between offers",
               .evidence = false});
    v.number("coverage", coverage,
             {.unit = "share", .min = 0, .max = 1, .doc = "share of the age group offered a visit"});
    v.number("uptake", uptake,
             {.unit = "share", .min = 0, .max = 1, .doc = "share of offers accepted"});
  }
};

// clang-format on

}  // namespace carestair::config
