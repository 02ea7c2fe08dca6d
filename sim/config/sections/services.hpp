// Services: every step of the care staircase, the offers beside it, and technology.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "config/sections/axes.hpp"
#include "config/sections/economy.hpp"
#include "config/visitor.hpp"
#include "model/care.hpp"
#include "model/levels.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

enum class ServiceForm {
  hours, device, technology, day, course, stay, place, visit, acute_bed, offer, dwelling
};
inline constexpr std::array<std::string_view, 11> service_form_names{
    "hours", "device", "technology", "day", "course", "stay", "place", "visit", "acute_bed",
    "offer", "dwelling"};

/// What must hold of a resident besides age, need and cognition.
enum class Condition {
  living_alone, has_carer, lonely, diagnosed, undiagnosed, after_discharge, recovering,
  unsuitable_home, several_illnesses, in_staffed_home, terminal
};
inline constexpr std::array<std::string_view, 11> condition_names{
    "living_alone", "has_carer", "lonely", "diagnosed", "undiagnosed", "after_discharge",
    "recovering", "unsuitable_home", "several_illnesses", "in_staffed_home", "terminal"};

/// When something is offered that nobody has to ask for.
enum class Occasion { birthday, assessment, diagnosis, discharge };
inline constexpr std::array<std::string_view, 4> occasion_names{"birthday", "assessment",
                                                                "diagnosis", "discharge"};

/// What receiving a service does to a rate; nulls of trials stand as ratio 1 with their range.
struct Effect {
  std::string id;
  model::RateName on = model::RateName::decline;
  double ratio = 1;
  double fade_years = 0;

  void fields(Visitor& v) {
    v.choice("rate", on, model::rate_names, "the rate that is changed");
    v.number("ratio", ratio,
             {.unit = "ratio", .min = 0.05, .max = 20, .doc = "rate ratio while received"});
    v.optional([&] {
      v.number("fade_years", fade_years,
               {.unit = "years", .min = 0, .max = 20,
                .doc = "years over which the effect fades after the service ends (0: at once)"});
    });
  }
};

struct Service {
  std::string id;
  std::string title;
  std::string norwegian;
  ServiceForm form = ServiceForm::hours;
  int step = 0;
  int min_age = 0;
  int max_age = 120;
  unsigned need_levels = 0;
  unsigned cognition = 0;
  unsigned user_groups = (1U << model::user_group_count) - 1U;
  unsigned only_if = 0;
  unsigned offered_at = 0;
  double uptake = 1;
  double least_hours_per_week = 0;
  Table cover;
  double min_hours_per_week = 0;
  double max_hours_per_week = 0;
  double staff_hours_per_week = 0;
  double stay_days = 0;
  double interim = 0;
  std::string pool;
  std::string unit;
  Table competence;
  std::string replaces;
  double capacity = -1;
  double hours_capacity = -1;
  double cost_per_hour = 0;
  double cost_per_month = 0;
  double cost_per_year = 0;
  double cost_per_start = 0;
  FeeRule fee = FeeRule::none;
  double fee_per_month = 0;
  model::Dwelling dwelling = model::Dwelling::suitable_home;
  double moves_if_unsuitable = 0;
  double moves_if_lonely = 0;
  double moves_if_far = 0;
  double moves_anyway = 0;
  double volunteer_hours_per_week = 0;
  double volunteer_weight = 0;
  bool own_volunteer = false;
  bool pays_family = false;
  std::vector<Effect> effects;

  /// Shares of its hours that need health education, and of these a college education.
  [[nodiscard]] std::array<double, 2> competence_shares() const {
    if (competence.empty()) return {};
    return {competence(0), competence(1)};
  }

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.text("norwegian", norwegian, "the Norwegian term");
    v.choice("form", form, service_form_names,
             "hours at home, device, technology (a device that is thought of, accepted and left "
             "again, section technology), day place, course, time-limited stay, permanent place, "
             "visit, municipal acute bed, offer (taken up beside the staircase), dwelling without "
             "24-hour care");
    v.integer("step", step,
              {.unit = "count", .min = 1, .max = 99,
               .doc = "place on the care staircase; lower steps are tried first",
               .evidence = false});
    v.integer("min_age", min_age,
              {.unit = "years", .min = 0, .max = 120, .doc = "lowest age", .evidence = false});
    v.integer("max_age", max_age,
              {.unit = "years", .min = 0, .max = 120, .doc = "highest age", .evidence = false});
    v.choices("need_levels", need_levels, model::need_level_names, "need levels that may have it");
    v.choices("cognition", cognition, model::cognition_names, "stages that may have it");
    v.table("cover", cover,
            {.axes = axes::type, .unit = "share", .min = 0, .max = 1,
             .doc = "most of each need that it can meet"});
    v.optional([&] {
      v.choices("user_groups", user_groups, model::user_group_names,
                "user groups that may have it (absent: all)");
      v.choices("only_if", only_if, condition_names,
                "only for whom all of this holds: lives alone, has help from partner, parents, "
                "children or a friend, is lonely, has dementia that is diagnosed or is not, was "
                "discharged lately, may regain what a stay in hospital has cost, lives in an "
                "unsuitable home, has two or more long-term illnesses, lives where staff is day and "
                "night, is dying");
      v.choices("offered_at", offered_at, occasion_names,
                "when it is offered (form offer): birthdays, assessments by the allocation office, "
                "diagnosis of dementia, discharge from hospital");
      v.number("uptake", uptake,
               {.unit = "share", .min = 0, .max = 1,
                .doc = "share of those it suits who are offered it and accept; offers and stays are "
                       "made at each age anew, other forms are chosen once for all"});
      v.number("least_hours_per_week", least_hours_per_week,
               {.unit = "hours_per_week", .min = 0, .max = 168,
                .doc = "only for those who would be granted at least so much (form hours)"});
      v.number("min_hours_per_week", min_hours_per_week,
               {.unit = "hours_per_week", .min = 0, .max = 168,
                .doc = "least staff time that is granted (form hours)"});
      v.number("max_hours_per_week", max_hours_per_week,
               {.unit = "hours_per_week", .min = 0, .max = 168,
                .doc = "most staff time that is granted (form hours)"});
      v.number("staff_hours_per_week", staff_hours_per_week,
               {.unit = "hours_per_week", .min = 0, .max = 168,
                .doc = "staff time per person (forms day, stay, place, offer)"});
      v.number("stay_days", stay_days,
               {.unit = "days", .min = 0, .max = 3650,
                .doc = "length (forms stay and offer; an offer without lasts until it no longer "
                       "suits)"});
      v.number("interim", interim,
               {.unit = "share", .min = 0, .max = 1,
                .doc = "share of those waiting for a higher step who are offered it meanwhile",
                });
      v.text("pool", pool,
             "another service whose capacity, in persons and hours, it draws on");
      v.text("unit", unit,
             "the unit whose staff give it (absent: nobody the municipality employs)");
      v.table("competence", competence,
              {.axes = axes::competence, .unit = "share", .min = 0, .max = 1,
               .doc = "shares of its staff hours that need somebody with health education "
                      "(fagutdannet) at least, and of these with a college education "
                      "(høyskoleutdannet: nurse, social educator, therapist, physician); absent: "
                      "anybody employed can give it"});
      v.text("replaces", replaces,
             "a service of a later step that nobody needs who has this one");
      v.number("capacity", capacity,
               {.unit = "persons", .min = 0, .max = 1e6,
                .doc = "persons who can have it at the same time (absent: no limit)"});
      v.number("hours_capacity", hours_capacity,
               {.unit = "hours_per_week", .min = 0, .max = 1e7,
                .doc = "staff hours a week that can be given (form hours; absent: no limit)"});
      v.number("cost_per_hour", cost_per_hour,
               {.unit = "NOK_per_hour", .min = 0, .max = 1e5, .doc = "cost of a staff hour"});
      v.number("cost_per_month", cost_per_month,
               {.unit = "NOK_per_month", .min = 0, .max = 1e6, .doc = "running cost per person"});
      v.number("cost_per_year", cost_per_year,
               {.unit = "NOK_per_year", .min = 0, .max = 1e7, .doc = "cost of a place in use"});
      v.number("cost_per_start", cost_per_start,
               {.unit = "NOK", .min = 0, .max = 1e7,
                .doc = "cost of a visit, or each time something else begins"});
      v.choice("fee", fee, fee_rule_names,
               "rule by which users pay for it (economy.fees)");
      v.number("fee_per_month", fee_per_month,
               {.unit = "NOK_per_month", .min = 0, .max = 1e5,
                .doc = "what users pay besides, whatever their income"});
      v.choice("dwelling", dwelling, model::dwelling_names,
               "where one lives while having it (forms place, dwelling)");
      const auto moves = [](std::string_view doc) {
        return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
      };
      v.number("moves_if_unsuitable", moves_if_unsuitable,
               moves("share who want it (form dwelling) when the home does not suit"));
      v.number("moves_if_lonely", moves_if_lonely, moves("the same when lonely"));
      v.number("moves_if_far", moves_if_far, moves("the same when home is far from the centre"));
      v.number("moves_anyway", moves_anyway, moves("the same of everybody who may have it"));
      v.number("volunteer_hours_per_week", volunteer_hours_per_week,
               {.unit = "hours_per_week", .min = 0, .max = 40,
                .doc = "volunteers' hours per person (form offer): as many can have it as the "
                       "hours of its volunteers reach for, section volunteers"});
      v.number("volunteer_weight", volunteer_weight,
               {.unit = "ratio", .min = 0, .max = 1000,
                .doc = "how many volunteers want to do this, relative to other services"});
      v.flag("own_volunteer", own_volunteer,
             "each person has a volunteer of her own, and keeps it as long as there is one");
      v.flag("pays_family", pays_family,
             "its cost is paid to the family for care that is counted as theirs: money passes from "
             "payer to payer, and no resource is used");
      v.map("effects", effects, "what it does to rates");
    });
  }
};

/// What decides whether devices of form `technology` come into use, stay in use and free time.
struct Technology {
  double considered_share = 0;
  double accepted_share = 0;
  double accepted_per_decade = 0;
  double stops_per_year = 0;
  double realisation = 0;
  double bought_per_year = 0;
  Table bought_ratio;

  void fields(Visitor& v) {
    v.number("considered_share", considered_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of those it suits for whom the allocator thinks of technology"});
    v.number("accepted_share", accepted_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of those born in 1940 who accept and master a device"});
    v.number("accepted_per_decade", accepted_per_decade,
             {.unit = "share", .min = -1, .max = 1,
              .doc = "by how much that share is higher for those born ten years later"});
    v.number("stops_per_year", stops_per_year,
             {.unit = "per_year", .min = 0, .max = 20,
              .doc = "rate at which a device fails or is left in a drawer"});
    v.number("realisation", realisation,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of the staff time it frees that can be given to others; the rest is "
                     "lost in small pieces (gevinstrealisering)"});
    v.number("bought_per_year", bought_per_year,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "rate at which those it suits buy a device themselves, before bought_ratio"});
    v.table("bought_ratio", bought_ratio,
            {.axes = axes::income, .unit = "ratio", .min = 0, .max = 100,
             .doc = "rate ratio of buying by income"});
  }
};

// clang-format on

}  // namespace carestair::config
