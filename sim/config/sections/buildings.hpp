// Buildings: places that stand, wear out and are replaced; projects that take years.
#pragma once

#include <string>

#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Facility {
  std::string id;
  std::string title;
  std::string service;
  double places = 0;
  int year_built = 0;
  double life_years = 0;
  double remaining_years = -1;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.text("service", service, "the service it gives places of");
    v.number("places", places,
             {.unit = "persons", .min = 0, .max = 1e5, .doc = "persons it has room for"});
    v.integer("year_built", year_built,
              {.unit = "years", .min = 1800, .max = 2200,
               .doc = "calendar year in which it was built, or last rebuilt", .evidence = false});
    v.number("life_years", life_years,
             {.unit = "years", .min = 1, .max = 200,
              .doc = "years after which it is worn out and closed"});
    v.optional([&] {
      v.number("remaining_years", remaining_years,
               {.unit = "years", .min = 0, .max = 200,
                .doc = "years it can be used from the start of the report, or from its opening if "
                       "that is later, as judged from its condition; in place of life_years"});
    });
  }
};

struct Project {
  std::string id;
  std::string title;
  std::string service;
  double places = 0;
  bool decided = false;
  base::Day planned;
  std::string after;
  std::string replaces;
  int times = 1;
  double every_years = 1;
  double lag_years = 0;
  double lag_cv = 0;
  double cancelled_share = 0;
  double cost_per_place = 0;
  double grant_share = 0;
  bool applies = true;
  double rent_share = 0;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.text("service", service, "the service it gives places of");
    v.number("places", places,
             {.unit = "persons", .min = 0, .max = 1e5, .doc = "persons it has room for"});
    v.flag("decided", decided, "whether it is carried out at all");
    v.date("planned", planned, "day from which the years until use are counted");
    v.number("lag_years", lag_years,
             {.unit = "years", .min = 0, .max = 50, .doc = "years from plan to use, mean"});
    v.number("lag_cv", lag_cv,
             {.unit = "ratio", .min = 0, .max = 3,
              .doc = "standard deviation of these years relative to their mean (lognormal)"});
    v.number("cancelled_share", cancelled_share,
             {.unit = "share", .min = 0, .max = 1, .doc = "chance that it comes to nothing"});
    v.number("cost_per_place", cost_per_place,
             {.unit = "NOK", .min = 0, .max = 1e8, .doc = "investment for each place"});
    v.number("grant_share", grant_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of the investment, up to buildings.grant_cap, that the state grants"});
    v.optional([&] {
      v.flag("applies", applies, "whether the municipality applies for the grant");
      v.text("after", after, "a project that must be in use before its years are counted");
      v.text("replaces", replaces,
             "a facility or project that closes when it opens: renewal instead of growth");
      v.integer("times", times,
                {.unit = "count", .min = 1, .max = 100,
                 .doc = "how many of the same are built, one after the other", .evidence = false});
      v.number("every_years", every_years,
               {.unit = "years", .min = 0, .max = 50, .doc = "years between them",
                .evidence = false});
      v.number("rent_share", rent_share,
               {.unit = "share", .min = 0, .max = 1,
                .doc = "share of what the grant leaves that residents pay as rent"});
    });
  }
};

/// What holds for all projects.
struct Buildings {
  double life_years = 0;
  double interest = 0;
  double grant_cap = 0;
  double grant_takeup = 0;
  double grant_tie_years = 0;

  void fields(Visitor& v) {
    v.number("life_years", life_years,
             {.unit = "years", .min = 1, .max = 200,
              .doc = "years after which what is built is worn out and closed; it is paid for over "
                     "these years"});
    v.number("interest", interest,
             {.unit = "per_year", .min = 0, .max = 0.2,
              .doc = "real interest by which investments are spread over the years"});
    v.number("grant_cap", grant_cap,
             {.unit = "NOK", .min = 0, .max = 1e8,
              .doc = "most of the investment for a place that is granted a share of"});
    v.number("grant_takeup", grant_takeup,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "chance that a project that applies is granted anything"});
    v.number("grant_tie_years", grant_tie_years,
             {.unit = "years", .min = 0, .max = 200,
              .doc = "years for which places with a grant are bound; what is closed before pays "
                     "back the rest"});
  }
};

// clang-format on

}  // namespace carestair::config
