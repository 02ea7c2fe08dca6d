// What staff who are present give of what is granted: extra shifts, overtime and agency, who goes
// without first, how many people come to the door, and how mastery becomes the way of working.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Delivery {
  double matched_share = 1;
  double extra_shift_share = 0;
  double overtime_share = 0;
  double overtime_premium = 0;
  double agency_share = 0;
  double agency_premium = 0;
  Table hour_cost;
  Table falls_away;
  double shared_share = 0;
  double meetings_share = 0;
  double coordination_loss = 0;
  double usual_vacancy_share = 0;
  double usual_load = 1;
  double workload_days = 1;
  double unused_time_paid = 0;

  void fields(Visitor& v) {
    v.number("matched_share", matched_share,
             {.unit = "share", .min = 0.1, .max = 1,
              .doc = "of the direct time of staff who visit, the share that falls when help is "
                     "needed (planning of routes, peaks of the morning)"});
    v.number("extra_shift_share", extra_shift_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "of the time that part-timers at work are not employed for, the share they "
                     "work as extra shifts at ordinary pay when hours are short"});
    v.number("overtime_share", overtime_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "overtime at most, of the hours of those at work"});
    v.number("overtime_premium", overtime_premium,
             {.unit = "share", .min = 0, .max = 3, .doc = "cost above an ordinary hour"});
    v.number("agency_share", agency_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "agency staff that can be had at most, of the hours of all posts"});
    v.number("agency_premium", agency_premium,
             {.unit = "share", .min = 0, .max = 3, .doc = "cost above an ordinary hour"});
    v.table("hour_cost", hour_cost,
            {.axes = axes::occupation, .unit = "NOK_per_hour", .min = 0, .max = 1e5,
             .doc = "cost of an ordinary hour of work, social costs included"});
    v.table("falls_away", falls_away,
            {.axes = axes::need, .unit = "ratio", .min = 0.01, .max = 100,
             .doc = "how readily hours fall away when staff are short, by need of who is helped, "
                    "relative to each other"});
    v.number("shared_share", shared_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "of the hours that staff of a unit have to spare, the share that can help "
                     "units that are short"});
    v.number("meetings_share", meetings_share,
             {.unit = "share", .min = -0.5, .max = 0.9,
              .doc = "share of direct time that goes to rules, documentation and meetings beyond "
                     "what does today (below nought: is given back)"});
    v.number("coordination_loss", coordination_loss,
             {.unit = "share", .min = 0, .max = 0.5,
              .doc = "share of the time for a resident that is lost to each further service with "
                     "staff that the resident has, beyond today"});
    v.number("usual_vacancy_share", usual_vacancy_share,
             {.unit = "share", .min = 0, .max = 0.9,
              .doc = "posts vacant when services have the capacity that is configured"});
    v.number("usual_load", usual_load,
             {.unit = "ratio", .min = 0.1, .max = 3,
              .doc = "hours granted over what those at work can give, under the conditions that "
                     "sick leave and quits are usual for"});
    v.number("workload_days", workload_days,
             {.unit = "days", .min = 1, .max = 3650,
              .doc = "time over which workload is remembered"});
    v.number("unused_time_paid", unused_time_paid,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "of the pay for time at work that nothing granted asks for, beyond what "
                     "usual_load leaves, the share that the municipality bears: 0 when posts "
                     "follow use, 1 when those employed are paid all the same"});
  }
};

enum class Roster { traditional, long_shifts, wish_roster };
inline constexpr std::array<std::string_view, 3> roster_names{"traditional", "long_shifts",
                                                              "wish_roster"};

struct RosterPattern {
  std::string id;
  double shifts_per_day = 0;
  double repeat_share = 0;
  double sick_leave_ratio = 1;
  double quit_ratio = 1;

  void fields(Visitor& v) {
    v.number("shifts_per_day", shifts_per_day,
             {.unit = "count", .min = 1, .max = 4,
              .doc = "shifts in whose course a resident may be visited in a day"});
    v.number("repeat_share", repeat_share,
             {.unit = "share", .min = 0, .max = 0.95,
              .doc = "share of visits given by one who came the day before"});
    v.number("sick_leave_ratio", sick_leave_ratio,
             {.unit = "ratio", .min = 0, .max = 10,
              .doc = "ratio of sick leave of staff who visit under this roster"});
    v.number("quit_ratio", quit_ratio,
             {.unit = "ratio", .min = 0, .max = 10, .doc = "ratio of their quits"});
  }
};

struct Continuity {
  Roster roster = Roster::traditional;
  std::vector<RosterPattern> rosters;
  double team_fte = 1;
  double primary_contact_share = 0;
  double usual_visits_per_week = 0;
  double usual_carers = 1;
  double halved_detection = 1;
  double halved_admission = 1;
  double usual_unskilled_share = 0;
  double unskilled_detection = 1;
  double unskilled_admission = 1;
  double unskilled_decline = 1;

  void fields(Visitor& v) {
    v.choice("roster", roster, roster_names, "how the shifts of home services are laid");
    v.map("rosters", rosters, "the ways to lay them, by name");
    v.number("team_fte", team_fte,
             {.unit = "FTE", .min = 0.5, .max = 200,
              .doc = "staff among whom the visits to a resident are shared"});
    v.number("primary_contact_share", primary_contact_share,
             {.unit = "share", .min = 0, .max = 0.9,
              .doc = "share of visits that are kept for the resident's primary contact"});
    v.number("usual_visits_per_week", usual_visits_per_week,
             {.unit = "count", .min = 1, .max = 60,
              .doc = "visits to whom continuity of a unit is judged by"});
    v.number("usual_carers", usual_carers,
             {.unit = "persons", .min = 1, .max = 200,
              .doc = "people whom a resident with so many visits meets in four weeks today"});
    const auto halved = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0.5, .max = 2, .doc = doc};
    };
    v.number("halved_detection", halved_detection,
             halved("rate ratio of hidden problems found when half as many people come"));
    v.number("halved_admission", halved_admission,
             halved("share of acute illness that goes on to a bed, the same"));
    v.number("usual_unskilled_share", usual_unskilled_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "staff without health education today, of those who help"});
    v.number("unskilled_detection", unskilled_detection,
             halved("rate ratio of hidden problems found for each ten points more without health "
                    "education"));
    v.number("unskilled_admission", unskilled_admission,
             halved("share of acute illness that goes on to a bed, the same"));
    v.number("unskilled_decline", unskilled_decline,
             halved("rate ratio of decline, the same"));
  }
};

struct WayOfWorking {
  double training_hours = 0;
  double usual_training_hours = 0;
  double gain_per_hour = 0;
  double anchored_share = 0;
  double usual_span = 1;
  double decay = 0;
  double usual_turnover = 0;

  void fields(Visitor& v) {
    v.number("training_hours", training_hours,
             {.unit = "hours_per_year", .min = 0, .max = 500,
              .doc = "hours an employee is trained in everyday mastery"});
    v.number("usual_training_hours", usual_training_hours,
             {.unit = "hours_per_year", .min = 0, .max = 500,
              .doc = "the same, inside the direct time of staff as it is today"});
    v.number("gain_per_hour", gain_per_hour,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of what is still done in the old way that an hour of training turns, "
                     "when all leaders follow it up"});
    v.number("anchored_share", anchored_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of leaders who are trained in it themselves and follow it up"});
    v.number("usual_span", usual_span,
             {.unit = "persons", .min = 1, .max = 500,
              .doc = "employees a leader that this share holds for"});
    v.number("decay", decay,
             {.unit = "per_year", .min = 0, .max = 20,
              .doc = "rate at which old habits come back where no leader follows up"});
    v.number("usual_turnover", usual_turnover,
             {.unit = "per_year", .min = 0, .max = 5,
              .doc = "staff who are new each year, at the start and where no staff are modelled"});
  }
};

// clang-format on

}  // namespace carestair::config
