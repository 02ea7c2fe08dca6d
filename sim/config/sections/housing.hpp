// Homes that are adapted or left for a better one, and how far from each other people live.
#pragma once

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Housing {
  int from_age = 0;
  Table adaptation_rate;
  double adaptation_cost = 0;
  double move_rate = 0;
  double move_to_centre_share = 0;
  double counselling_share = 0;
  double counselling_ratio = 1;
  double grant_share = 0;
  double grant_ratio = 1;

  void fields(Visitor& v) {
    v.integer("from_age", from_age,
              {.unit = "years", .min = 18, .max = 120,
               .doc = "age from which homes are adapted, or left for one that suits",
               .evidence = false});
    v.table("adaptation_rate", adaptation_rate,
            {.axes = axes::need, .unit = "per_year", .min = 0, .max = 10,
             .doc = "unsuitable homes adapted, by the need of who lives there"});
    v.number("adaptation_cost", adaptation_cost,
             {.unit = "NOK", .min = 0, .max = 1e7,
              .doc = "what adapting a home costs, whoever pays"});
    v.number("move_rate", move_rate,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "moves from an unsuitable home to one that suits, in the municipality"});
    v.number("move_to_centre_share", move_to_centre_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of these moves that lead to the centre"});
    v.number("counselling_share", counselling_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share advised about the home beyond what is done today"});
    v.number("counselling_ratio", counselling_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio of adapting and moving when advised"});
    v.number("grant_share", grant_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share offered a grant or loan beyond what is given today"});
    v.number("grant_ratio", grant_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "rate ratio of adapting with a grant or loan"});
  }
};

struct Travel {
  Table home_zone;
  Table minutes;
  double usual_minutes = 0;
  double visit_minutes = 0;
  double acute_bed_minutes = 0;
  double acute_bed_near_minutes = 0;
  double acute_bed_decline = 0;

  void fields(Visitor& v) {
    v.table("home_zone", home_zone,
            {.axes = axes::home_zone, .unit = "share", .min = 0, .max = 1,
             .doc = "where residents live; the shares add up to 1"});
    v.table("minutes", minutes,
            {.axes = axes::home_zone, .unit = "minutes", .min = 0, .max = 240,
             .doc = "way of home services to the next visit"});
    v.number("usual_minutes", usual_minutes,
             {.unit = "minutes", .min = 0, .max = 240,
              .doc = "mean way to the next visit of the hours given at the start: what "
                     "services.*.hours_capacity and cost_per_hour hold for"});
    v.number("visit_minutes", visit_minutes,
             {.unit = "minutes", .min = 1, .max = 240, .doc = "length of a visit at the door"});
    v.number("acute_bed_minutes", acute_bed_minutes,
             {.unit = "minutes", .min = 0, .max = 600,
              .doc = "way to the municipal acute bed"});
    v.number("acute_bed_near_minutes", acute_bed_near_minutes,
             {.unit = "minutes", .min = 0, .max = 600,
              .doc = "way up to which distance keeps nobody from an acute bed"});
    v.number("acute_bed_decline", acute_bed_decline,
             {.unit = "per_minute", .min = 0, .max = 1,
              .doc = "fall of the use of acute beds for each minute beyond: exp(-this)"});
  }
};

// clang-format on

}  // namespace carestair::config
