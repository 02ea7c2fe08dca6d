// Population at the start, deaths, births, migration, households and kin.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

struct Municipality {
  std::string id;
  std::string name;
  int number = 0;
  Table population;

  /// In the synthetic population, which has whole persons at each age and sex.
  [[nodiscard]] double residents() const {
    double sum = 0.0;
    for (const double persons : population.cells()) sum += std::round(persons);
    return sum;
  }

  void fields(Visitor& v) {
    v.text("id", id, "short name used in files, for example selbu");
    v.text("name", name, "name shown to people");
    v.integer("number", number,
              {.unit = "count", .min = 0, .max = 9999, .doc = "municipality number (kommunenummer)",
               .evidence = false});
    v.table("population", population,
            {.axes = axes::age_sex, .unit = "persons", .min = 0, .max = 1e6,
             .doc = "residents by single year of age and sex on the first day", .every_age = true});
  }
};

struct Mortality {
  Table rate;
  int base_year = 2020;
  Table yearly_improvement;
  Table need_ratio;
  Table cognition_ratio;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = axes::age_sex, .unit = "per_year", .min = 0, .max = 3,
             .doc = "death rate of the whole population in the base year (the life table)"});
    v.integer("base_year", base_year,
              {.unit = "calendar_year", .min = 1900, .max = 2200, .doc = "year of the life table",
               .evidence = false});
    v.table("yearly_improvement", yearly_improvement,
            {.axes = axes::age, .unit = "per_year", .min = -0.05, .max = 0.1,
             .doc = "yearly relative fall of the death rate after the base year"});
    v.table("need_ratio", need_ratio,
            {.axes = axes::age_need, .unit = "ratio", .min = 0, .max = 50,
             .doc = "relative risk of death by need level, before normalisation to the life table"});
    v.table("cognition_ratio", cognition_ratio,
            {.axes = axes::age_cognition, .unit = "ratio", .min = 0, .max = 50,
             .doc = "relative risk of death by cognition, before normalisation to the life table"});
  }
};

struct Fertility {
  Table rate;
  double share_boys = 0;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = axes::age, .unit = "per_year", .min = 0, .max = 1,
             .doc = "births per woman and year by her age"});
    v.number("share_boys", share_boys,
             {.unit = "share", .min = 0, .max = 1, .doc = "share of newborns who are boys"});
  }
};

struct Migration {
  Table out_rate;
  Table in_per_1000;

  void fields(Visitor& v) {
    v.table("out_rate", out_rate,
            {.axes = axes::age_sex, .unit = "per_year", .min = 0, .max = 2,
             .doc = "rate of moving out of the municipality"});
    v.table("in_per_1000", in_per_1000,
            {.axes = axes::age_sex, .unit = "per_1000_per_year", .min = 0, .max = 100,
             .doc = "in-movers a year of each age and sex per 1000 residents at the start"});
  }
};

struct Households {
  Table partnered_share;
  Table union_rate;
  Table dissolution_rate;
  double partner_age_gap_years = 0;
  double partner_age_gap_sd_years = 0;
  double oldest_child_at_home_years = 0;

  void fields(Visitor& v) {
    v.table("partnered_share", partnered_share,
            {.axes = axes::age_sex, .unit = "share", .min = 0, .max = 1,
             .doc = "share living with a spouse or cohabitant at the start"});
    v.table("union_rate", union_rate,
            {.axes = axes::age_sex, .unit = "per_year", .min = 0, .max = 2,
             .doc = "rate at which a single resident moves in with a partner"});
    v.table("dissolution_rate", dissolution_rate,
            {.axes = axes::age, .unit = "per_year", .min = 0, .max = 2,
             .doc = "rate at which a couple separates, by age of the woman"});
    v.number("partner_age_gap_years", partner_age_gap_years,
             {.unit = "years", .min = -20, .max = 20, .doc = "mean age of husbands over wives"});
    v.number("partner_age_gap_sd_years", partner_age_gap_sd_years,
             {.unit = "years", .min = 0, .max = 20, .doc = "standard deviation of that gap"});
    v.number("oldest_child_at_home_years", oldest_child_at_home_years,
             {.unit = "years", .min = 0, .max = 40,
              .doc = "age until which children live with their parents"});
  }
};

/// Number of living children by the mother's birth cohort (the father's for men without known
/// partner).
struct ChildrenCohort {
  std::string id;
  int born_from = 0;
  double none = 0, one = 0, two = 0, three = 0, four_or_more = 0;

  void fields(Visitor& v) {
    const NumberSpec share{.unit = "share", .min = 0, .max = 1, .doc = "share of women"};
    v.integer("born_from", born_from,
              {.unit = "calendar_year", .min = 1800, .max = 2200,
               .doc = "first birth year of the mothers this row holds for", .evidence = false});
    v.number("none", none, share);
    v.number("one", one, share);
    v.number("two", two, share);
    v.number("three", three, share);
    v.number("four_or_more", four_or_more, share);
  }
};

struct KinRules {
  std::vector<ChildrenCohort> children;
  double mean_age_at_birth_years = 0;
  double same_municipality = 0;
  double region = 0;

  void fields(Visitor& v) {
    v.map("children", children, "number of children by birth cohort of the mother");
    v.number("mean_age_at_birth_years", mean_age_at_birth_years,
             {.unit = "years", .min = 15, .max = 50,
              .doc = "mean age of mothers when their children were born"});
    v.number("same_municipality", same_municipality,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of parents aged 67+ whose nearest child lives in the municipality"});
    v.number("region", region,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share whose nearest child lives elsewhere within 90 minutes"});
  }
};

// clang-format on

}  // namespace carestair::config
