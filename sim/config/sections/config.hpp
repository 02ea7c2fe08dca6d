// The whole configuration of a run, section by section. The address of a parameter is its path
// here: services.home_nursing.cost_per_hour.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "config/dates.hpp"
#include "config/sections/acute.hpp"
#include "config/sections/buildings.hpp"
#include "config/sections/care.hpp"
#include "config/sections/delivery.hpp"
#include "config/sections/demography.hpp"
#include "config/sections/economy.hpp"
#include "config/sections/end_of_life.hpp"
#include "config/sections/health.hpp"
#include "config/sections/housing.hpp"
#include "config/sections/informal.hpp"
#include "config/sections/services.hpp"
#include "config/sections/user_groups.hpp"
#include "config/sections/volunteers.hpp"
#include "config/sections/wellbeing.hpp"
#include "config/sections/workforce.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

struct Simulation {
  base::Day start;
  base::Day end;
  int burn_in_years = 2;
  int replications = 1;
  int seed = 1;

  void fields(Visitor& v) {
    v.date("start", start, "first day reported");
    v.date("end", end, "first day no longer simulated");
    v.integer("burn_in_years", burn_in_years,
              {.unit = "years",
               .min = 0,
               .max = 20,
               .doc = "years simulated before the start and not reported, so that queues settle",
               .evidence = false});
    v.integer("replications", replications,
              {.unit = "count",
               .min = 1,
               .max = 1000000,
               .doc = "worlds per scenario",
               .evidence = false});
    v.integer("seed", seed,
              {.unit = "count",
               .min = 0,
               .max = 2147483647,
               .doc = "seed of all randomness",
               .evidence = false});
  }
};

struct Config {
  std::string title;
  std::string question;
  Simulation simulation;
  Municipality municipality;
  Mortality mortality;
  Fertility fertility;
  Migration migration;
  Households households;
  KinRules kin;
  Function function;
  Morbidity morbidity;
  CognitionRules cognition;
  Acute acute;
  Falls falls;
  Hospital hospital;
  AcuteBeds acute_beds;
  EndOfLife end_of_life;
  Initial initial;
  UserGroups user_groups;
  Needs needs;
  Informal informal;
  Seeking seeking;
  Allocation allocation;
  std::vector<Service> services;
  std::vector<Unit> units;
  Workforce workforce;
  Delivery delivery;
  Continuity continuity;
  WayOfWorking way_of_working;
  Technology technology;
  Reablement reablement;
  PreventiveVisits preventive_visits;
  HiddenProblems hidden_problems;
  Loneliness loneliness;
  Mastery mastery;
  Behaviour behaviour;
  Language language;
  Housing housing;
  Travel travel;
  Buildings buildings;
  std::vector<Facility> facilities;
  std::vector<Project> projects;
  Economy economy;
  QualityOfLife quality_of_life;
  Volunteers volunteers;

  /// The days of a run: the burn-in, then the period that is reported.
  [[nodiscard]] LivedDays lived() const {
    const int burn_in_days =
        static_cast<int>(std::ceil(simulation.burn_in_years * base::days_per_year));
    return {simulation.start - burn_in_days, simulation.start, simulation.end};
  }

  void fields(Visitor& v) {
    v.text("title", title, "one line that names the study");
    v.optional([&] { v.text("question", question, "what the study asks, in plain words"); });
    v.group("simulation", simulation, "time, seed and replications");
    v.group("municipality", municipality, "the municipality and its population");
    v.group("mortality", mortality, "deaths");
    v.group("fertility", fertility, "births");
    v.group("migration", migration, "moves in and out");
    v.group("households", households, "partners and living alone");
    v.group("kin", kin, "children and where they live");
    v.group("function", function, "decline and recovery between need levels");
    v.group("morbidity", morbidity, "how illness follows a longer life");
    v.group("cognition", cognition, "cognitive decline and diagnosis of dementia");
    v.group("acute", acute, "acute illness and what catches it early");
    v.group("falls", falls, "falls and hip fractures");
    v.group("hospital", hospital, "stays in hospital, loss of function, discharge");
    v.group("acute_beds", acute_beds, "municipal acute beds (KAD)");
    v.group("end_of_life", end_of_life, "terminal phase, care in it, place of death");
    v.group("initial", initial, "state of the population when the run begins");
    v.group("user_groups", user_groups, "younger user groups");
    v.group("needs", needs, "from need level to hours of help");
    v.group("informal", informal, "family carers: their help, their burden");
    v.group("seeking", seeking, "who applies for help, and when");
    v.group("allocation", allocation, "assessment, the care staircase and the queue");
    v.map("services", services, "every service and place of the staircase");
    v.map("units", units, "the units whose staff give the services");
    v.group("workforce", workforce, "those who work in the units");
    v.group("delivery", delivery, "what staff who are present give of what is granted");
    v.group("continuity", continuity, "how many people come to the door, and what they know");
    v.group("way_of_working", way_of_working, "how far help to self-help is how staff work");
    v.group("technology", technology, "devices: who uses them, and the time they free");
    v.group("reablement", reablement, "reablement courses (hverdagsrehabilitering)");
    v.group("preventive_visits", preventive_visits, "preventive home visits");
    v.group("hidden_problems", hidden_problems, "alcohol, abuse, malnutrition and who finds them");
    v.group("loneliness", loneliness, "how loneliness comes and goes");
    v.group("mastery", mastery, "how far residents feel able to manage");
    v.group("behaviour", behaviour, "symptoms of dementia, psychotropics and coercion");
    v.group("language", language, "first languages other than Norwegian");
    v.group("housing", housing, "homes adapted, or left for a better one");
    v.group("travel", travel, "how far people live from each other and from acute beds");
    v.group("buildings", buildings, "what is built: life, loans, grants");
    v.optional([&] {
      v.map("facilities", facilities, "buildings that stand, for services whose places they are");
      v.map("projects", projects, "buildings that are planned");
    });
    v.group("economy", economy, "who pays: fees, refunds, prices, discounting");
    v.group("quality_of_life", quality_of_life, "what a year is worth, for life years adjusted");
    v.group("volunteers", volunteers, "volunteers in care, and who coordinates them");
  }
};

}  // namespace carestair::config
