// A small root section with every kind of field, for the tests of the configuration framework.
// It does not follow the real configuration, so that the one can change without the other.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "config/dates.hpp"
#include "config/issues.hpp"
#include "config/visitor.hpp"

namespace carestair::config::toy {

inline constexpr std::array age_sex{Axis::age, Axis::sex};
inline constexpr std::array need{Axis::need_level};
inline constexpr std::array<std::string_view, 4> need_names{"none", "some", "moderate",
                                                            "extensive"};
enum class Form { hours, place, course };
inline constexpr std::array<std::string_view, 3> form_names{"hours", "place", "course"};

struct Simulation {
  base::Day start{};
  base::Day end{};
  int replications = 10;

  void fields(Visitor& v) {
    v.date("start", start, "first day reported");
    v.date("end", end, "first day no longer simulated");
    v.optional([&] {
      v.integer("replications", replications,
                {.unit = "count",
                 .min = 1,
                 .max = 1000,
                 .doc = "worlds per scenario",
                 .evidence = false});
    });
  }
};

struct Mortality {
  Table rate;
  double yearly_improvement = 0;

  void fields(Visitor& v) {
    v.table("rate", rate,
            {.axes = age_sex, .unit = "per_year", .min = 0, .max = 3, .doc = "death rate"});
    v.number("yearly_improvement", yearly_improvement,
             {.unit = "per_year",
              .min = -0.05,
              .max = 0.1,
              .doc = "relative fall of the death rate a year"});
  }
};

struct Effect {
  std::string id;
  double ratio = 1;

  void fields(Visitor& v) {
    v.number("ratio", ratio, {.unit = "ratio", .min = 0.05, .max = 20, .doc = "rate ratio"});
  }
};

struct Service {
  std::string id;
  std::string title;
  Form form = Form::hours;
  unsigned need_levels = 0;
  double cost_per_hour = 0;
  double waiting_limit = 14;
  double capacity = -1;
  bool digital = false;
  Table cover;
  std::vector<Effect> effects;

  void fields(Visitor& v) {
    v.text("title", title, "name shown to people");
    v.choice("form", form, form_names, "how it is given");
    v.choices("need_levels", need_levels, need_names, "need levels that may have it");
    v.number("cost_per_hour", cost_per_hour,
             {.unit = "NOK_per_hour", .min = 0, .max = 1e5, .doc = "cost of a staff hour"});
    v.optional([&] {
      v.number(
          "waiting_limit", waiting_limit,
          {.unit = "days", .min = 0, .max = 365, .doc = "longest lawful wait", .evidence = false});
      v.number("capacity", capacity,
               {.unit = "persons", .min = 0, .max = 1e6, .doc = "persons at the same time"});
      v.flag("digital", digital, "given over a screen");
      v.table("cover", cover,
              {.axes = need, .unit = "share", .min = 0, .max = 1, .doc = "share of need met"});
      v.map("effects", effects, "what it does to rates");
    });
  }
};

struct Allocation {
  double strictness = 1;
  double review_interval = 180;

  void fields(Visitor& v) {
    v.number("strictness", strictness,
             {.unit = "share", .min = 0, .max = 1, .doc = "how strictly LEON is followed"});
    v.number(
        "review_interval", review_interval,
        {.unit = "days", .min = 7, .max = 3650, .doc = "time between reviews", .evidence = false});
  }
};

struct Extras {
  double uptake = 0.5;
  double waste = 0.0;  // a default that claims nothing
  std::string comment;

  void fields(Visitor& v) {
    v.number("uptake", uptake, {.unit = "share", .min = 0, .max = 1, .doc = "share who accept"});
    v.optional([&] {
      v.number("waste", waste, {.unit = "share", .min = 0, .max = 1, .doc = "share lost"});
    });
    v.text("comment", comment, "anything");
  }
};

struct Root {
  std::string title;
  Simulation simulation;
  Mortality mortality;
  Allocation allocation;
  std::vector<Service> services;
  Extras extras;

  void fields(Visitor& v) {
    v.text("title", title, "one line that names the study");
    v.group("simulation", simulation, "time and replications");
    v.group("mortality", mortality, "deaths");
    v.group("allocation", allocation, "who gets what");
    v.map("services", services, "every service");
    v.optional([&] { v.group("extras", extras, "what few need"); });
  }

  [[nodiscard]] LivedDays lived() const {
    return {simulation.start, simulation.start, simulation.end};
  }

  void check(Issues& issues) const {
    if (simulation.end <= simulation.start) {
      issues.add("simulation.end", "`simulation.end` must be later than `simulation.start`");
    }
  }
};

}  // namespace carestair::config::toy
