// Volunteers: who begins, who stops, and what a coordinator does to both.
#pragma once

#include "config/visitor.hpp"
#include "model/levels.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Volunteers {
  int from_age = 18;
  unsigned need_levels = 0;
  double open_share = 0;
  double at_start_per_1000 = 0;
  double share_67plus = 0;
  double begins_by_itself = 0;
  double coordinator_hours_per_week = 0;
  double coordinator_cost_per_hour = 0;
  double recruits_per_coordinator_hour = 0;
  double follow_up_hours_per_week = 0;
  double stops_followed_up = 0;
  double stops_without = 0;
  double ward_prepared_share = 1;
  double unprepared_ratio = 1;
  double one_off_share = 0;
  double one_off_hours = 0;
  double hours_per_week = 0;
  double training_days = 0;
  double follows_formal = 0;
  double loneliness_end_ratio = 1;

  void fields(Visitor& v) {
    const auto share = [](std::string_view doc) {
      return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    const auto rate = [](std::string_view doc) {
      return NumberSpec{.unit = "per_year", .min = 0, .max = 20, .doc = doc};
    };
    v.integer("from_age", from_age,
              {.unit = "years", .min = 0, .max = 100, .doc = "age from which one may volunteer",
               .evidence = false});
    v.choices("need_levels", need_levels, model::need_level_names,
              "need levels at which one may volunteer; never with dementia, dying, in hospital or "
              "where staff is day and night");
    v.number("open_share", open_share,
             share("share of residents who could be won as volunteers in care"));
    v.number("at_start_per_1000", at_start_per_1000,
             {.unit = "count", .min = 0, .max = 1000,
              .doc = "volunteers in care when the run begins, per 1 000 residents"});
    v.number("share_67plus", share_67plus, share("share of those who begin who are 67 and over"));
    v.number("begins_by_itself", begins_by_itself,
             rate("rate at which those who could be won begin without a coordinator: associations, "
                  "friends, on their own"));
    v.number("coordinator_hours_per_week", coordinator_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 1e5,
              .doc = "working time of volunteer coordinators and contacts in wards"});
    v.number("coordinator_cost_per_hour", coordinator_cost_per_hour,
             {.unit = "NOK_per_hour", .min = 0, .max = 1e4, .doc = "what an hour of it costs"});
    v.number("recruits_per_coordinator_hour", recruits_per_coordinator_hour,
             {.unit = "count", .min = 0, .max = 10,
              .doc = "volunteers who begin for each hour a coordinator has left after following "
                     "up, training included"});
    v.number("follow_up_hours_per_week", follow_up_hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 10,
              .doc = "time a coordinator needs to follow up one volunteer"});
    v.number("stops_followed_up", stops_followed_up,
             rate("rate at which volunteers who are followed up stop"));
    v.number("stops_without", stops_without, rate("the same of those who are not"));
    v.number("ward_prepared_share", ward_prepared_share,
             share("share of volunteers among residents of places whose ward knows of them and "
                   "makes room for what they do"));
    v.number("unprepared_ratio", unprepared_ratio,
             {.unit = "ratio", .min = 1, .max = 20,
              .doc = "rate ratio of stopping where the ward does not"});
    v.number("one_off_share", one_off_share,
             share("share of those who begin who want single efforts (dugnad) only"));
    v.number("one_off_hours", one_off_hours,
             {.unit = "hours", .min = 0, .max = 200, .doc = "hours of a single effort"});
    v.number("hours_per_week", hours_per_week,
             {.unit = "hours_per_week", .min = 0, .max = 40,
              .doc = "what a volunteer gives, mean over the year"});
    v.number("training_days", training_days,
             {.unit = "days", .min = 0, .max = 365,
              .doc = "days from beginning until one is trained and matched"});
    v.number("follows_formal", follows_formal,
             {.unit = "ratio", .min = 0, .max = 3,
              .doc = "elasticity of those who begin, and inversely of those who stop, with staff "
                     "hours granted per resident of 80 and over, relative to the start (0: public "
                     "care does not matter)"});
    v.number("loneliness_end_ratio", loneliness_end_ratio,
             {.unit = "ratio", .min = 0.5, .max = 5,
              .doc = "what being a volunteer does to the end of one's own loneliness"});
  }
};

// clang-format on

}  // namespace carestair::config
