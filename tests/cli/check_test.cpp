#include "cli/command.hpp"

using namespace carestair::tests;

namespace {

/// Each run of blanks as one: lines are broken to fit the page.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

}  // namespace

TEST_CASE("check says what would be run") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, contains("Reablement, shortened\n"));
  CHECK_THAT(run.out, contains("1 January 2020 to 31 December 2023, after 1 year of burn-in"));
  CHECK_THAT(run.out, contains("3 replications of 3 scenarios: 9 worlds in all, seed 2020"));
  CHECK_THAT(run.out, contains("baseline: As it is"));
  CHECK_THAT(run.out, contains("from 1 January 2022: services.reablement.capacity is multiplied by "
                               "2, from "));
  CHECK_THAT(run.out, contains("allocation.reablement_before_share is set to 100 %, was "));
  CHECK_THAT(run.out, contains("are assumptions."));
  CHECK_THAT(run.out, contains("Nothing wrong found in configs/small.yaml"));
}

TEST_CASE("check tells residents by age, in-movers and services without limit") {
  const TemporaryFolder folder;
  small_study(folder, "include: [selbu/baseline.yaml]\n");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const std::string told = unwrapped(run.out);
  CHECK_THAT(told,
             contains("803 of 0-17, 2 429 of 18-66, 555 of 67-79, 215 of 80-89 and 60 of 90"));
  CHECK_THAT(told, contains("In-movers 185 a year, 4.5 % of the residents"));
  CHECK_THAT(told, contains("Places 56 with staff day and night, stays included: 20 for 100 "
                            "residents of 80 and over, in the country 28 in 2011"));
  CHECK_THAT(told, contains("Without limit hours: personal_assistance; "));
  CHECK_THAT(told, !contains("Doubtful"));

  // A table in which each age has what its group has, and a capacity that was forgotten.
  small_study(folder, R"(
include: [selbu/baseline.yaml]
migration:
  in_per_1000: {values: {all: 1}, unit: per_1000_per_year, kind: assumption, note: "test"}
services:
  nursing_home: {capacity: null}
)");
  const Outcome odd = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(odd.err);
  REQUIRE(odd.code == 0);
  const std::string doubtful = unwrapped(odd.out);
  CHECK_THAT(doubtful, contains("place: nursing_home;"));
  CHECK_THAT(doubtful, contains("Doubtful 22 % of the residents would move in every year") &&
                           contains(", but see what is doubtful."));
  CHECK_THAT(doubtful, !contains("Places "));  // without limit there is no number of them
}

TEST_CASE("check doubts numbers of places that no municipality has for its old") {
  const TemporaryFolder folder;
  const auto told = [&](const std::string& places) {
    small_study(folder,
                "include: [selbu/baseline.yaml]\nservices:\n  nursing_home: {capacity: "
                "{value: " +
                    places + ", unit: persons, kind: assumption, note: test}}\n");
    const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    return unwrapped(run.out);
  };
  // 275 residents of 80 and over; 20 places besides. A third of 28 for 100 are 26, three times 231.
  CHECK_THAT(told("5"), contains("Doubtful 25 places with staff day and night would be less than a "
                                 "third of what the country has for its residents of 80 and over"));
  CHECK_THAT(told("6"), !contains("Doubtful"));
  CHECK_THAT(told("211"), !contains("Doubtful"));
  const std::string many = told("212");
  CHECK_THAT(many, contains("Doubtful 232 places with staff day and night would be more than three "
                            "times what the country has"));
  CHECK_THAT(many,
             contains("They are those of short_term_stay, care_housing_24h and nursing_home") &&
                 contains(", but see what is doubtful."));
}

TEST_CASE("check counts the places of facilities in place of a capacity") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
facilities:
  old_home:
    title: Old nursing home
    service: nursing_home
    places: {value: 60, unit: persons, kind: assumption, note: "test"}
    year_built: 1990
    life_years: {value: 60, unit: years, kind: assumption, note: "test"}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK_THAT(unwrapped(run.out), contains("Places 80 with staff day and night"));
}

TEST_CASE("every kind of change is told in words") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  all:
    title: "All there is"
    changes:
      - {at: 2021-01-01, address: services.nursing_home.capacity, set: 40}
      - {at: 2022-01-01, address: services.nursing_home.capacity, add: -4}
      - {at: 2023-01-01, until: 2025-01-01, address: services.nursing_home.capacity, ramp: 48}
      - {at: 2023-01-01, address: "mortality.rate[age=80..110]", scale: 0.9}
      - {at: 2024-01-01, address: reablement.model, set: mixed, note: "plan of 2023"}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const std::string told = unwrapped(run.out);
  for (const char* text :
       {"from 1 January 2021: services.nursing_home.capacity is set to 40 persons, was",
        "services.nursing_home.capacity falls by 4 persons, from 40 to 36",
        "services.nursing_home.capacity goes evenly from 36 to 48 persons",
        "mortality.rate[age=80..110] falls by 10 % in 62 cells of the table: ",
        "reablement.model is set to mixed, was own_team (plan of 2023)"}) {
    CHECK_THAT(told, contains(text));
  }
}

TEST_CASE(
    "what is added to a share is told in percentage points, with the values before and after") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  all:
    title: "Shares"
    changes:
      - {at: 2021-01-01, address: allocation.strictness, set: 0.5}
      - {at: 2022-01-01, address: allocation.strictness, add: -2, unit: percent}
      - {at: 2023-01-01, address: allocation.strictness, add: 0.01}
      - {at: 2024-01-01, address: allocation.strictness, scale: 0.5}
      - {at: 2025-01-01, address: "informal.employed_share[sex=female,age=20..60]", set: 0.5}
      - {at: 2026-01-01, address: "informal.employed_share[sex=female,age=20..62]", add: -2, unit: percent}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const std::string told = unwrapped(run.out);
  CHECK_THAT(told,
             contains("allocation.strictness falls by 2 percentage points, from 50 % to 48 %"));
  CHECK_THAT(told,
             contains("allocation.strictness rises by 1 percentage point, from 48 % to 49 %"));
  CHECK_THAT(told, contains("allocation.strictness falls by 50 %, from 49 % to 24.5 %"));
  CHECK_THAT(told, contains("falls by 2 percentage points in "));
  CHECK_THAT(told, contains(" cells of the table: ") && contains(" % become "));
}

TEST_CASE("check says what the period makes of a date") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
simulation: {start: 2020-01-01, end: 2040-01-01, burn_in_years: 2}
scenarios:
  baseline: {title: "As it is", changes: []}
  all:
    title: "All there is"
    changes:
      - {at: 2019-01-01, address: services.nursing_home.capacity, set: 40}
      - {at: 2038-01-01, until: 2042-01-01, address: services.nursing_home.capacity, ramp: 48}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const std::string told = unwrapped(run.out);
  CHECK_THAT(told, contains("from 1 January 2019, in the burn-in already: services.nursing_home"));
  CHECK_THAT(told,
             contains("until 1 January 2042, of which the part to 31 December 2039 is lived"));

  write_text(folder.path() / "configs" / "shorter.yaml",
             "include: [small.yaml]\nsimulation: {end: 2030-01-01}\n");
  const Outcome shorter = run_command(folder.path(), {"check", "configs/shorter.yaml"});
  INFO(shorter.err);
  CHECK(shorter.code == 0);
  CHECK_THAT(unwrapped(shorter.out),
             contains("from 1 January 2038, when the run has ended, so that it does nothing: "));

  small_study(folder, R"(
include: [selbu/baseline.yaml]
simulation: {start: 2020-01-01, end: 2040-01-01, burn_in_years: 2}
scenarios:
  baseline: {title: "As it is", changes: []}
  late: {title: "A slip", changes: [{at: 2062-01-01, address: allocation.strictness, set: 1}]}
  early: {title: "Too early", changes: [{at: 2017-12-30, address: allocation.strictness, set: 1}]}
)");
  const Outcome refused = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, contains("configs/small.yaml:6:42: error: this change is on 2062-01-01"));
  CHECK_THAT(refused.err, contains("did you mean 2026-01-01?") && contains("to 2039-12-31"));
  CHECK_THAT(refused.err, contains("this change is on 2017-12-30, before the run begins"));
  CHECK_THAT(refused.err, contains("the first day of the burn-in") && contains("2 errors"));
}

TEST_CASE("faults of all changes are told at once, also what is read once for the whole run") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  one:
    title: "One"
    changes:
      - {at: 2026-01-01, address: services.nursing_home.capacity, set: -50}
      - {at: 2026-01-01, address: services.nurze.capacity, set: 50}
      - {at: 2026-01-01, address: simulation.seed, set: 2}
  two:
    title: "Two"
    changes:
      - {at: 2026-01-01, address: allocation.strictness, set: 2}
      - {at: 2026-01-01, address: allocation.strictness, add: 1, unit: days}
      - {at: 2026-01-01, address: mortality.rate, scale: half}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  for (const char* text :
       {"small.yaml:8:35: error: on 2026-01-01: `services.nursing_home.capacity` would go from",
        "small.yaml:9:35: error: there is no parameter `services.nurze.capacity`",
        "small.yaml:10:35: error: simulation.seed is read once",
        "small.yaml:14:35: error: on 2026-01-01: `allocation.strictness` would go from",
        "small.yaml:15:35: error: the unit `days` does not fit", "small.yaml:16:", "6 errors"}) {
    CHECK_THAT(run.err, contains(text));
  }
}

TEST_CASE("what a service is called, and of what form it is, cannot be changed at a date") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  one:
    title: "One"
    changes:
      - {at: 2026-01-01, address: services.day_activity.form, set: stay}
      - {at: 2026-01-01, address: services.day_activity.title, set: Day centre}
      - {at: 2026-01-01, address: units.home_care.norwegian, set: hjemmetjenesten}
      - {at: 2026-01-01, address: question, set: What if}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  for (const char* text :
       {"small.yaml:8:35: error: services.day_activity.form is read once: who has the service",
        "hint: describe a service for each form, and change their capacities at the date",
        "small.yaml:9:35: error: services.day_activity.title is shown to people only: a dated "
        "change of it would do nothing",
        "hint: change it in the configuration itself; what a scenario is called is its own `title`",
        "small.yaml:10:35: error: units.home_care.norwegian is shown to people only",
        "small.yaml:11:35: error: question is shown to people only", "4 errors"}) {
    CHECK_THAT(run.err, contains(text));
  }
}

TEST_CASE("shares of a whole that do not add up are refused with their sum, also at a date") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
kin:
  same_municipality: {value: 0.8, unit: share, kind: assumption, note: "test"}
  region: {value: 0.3, unit: share, kind: assumption, note: "test"}
initial:
  stage: {values: {none: 0, mild_impairment: 0, mild: 0.4, moderate: 0.4, severe: 0.4}, unit: share, kind: assumption, note: "test"}
  income: {values: {0..79: {low: 0.3, middle: 0.5, high: 0.2}, 80+: {low: 0.3, middle: 0.5, high: 0.3}}, unit: share, kind: assumption, note: "test"}
  mild_impairment: {values: {0..99: 0, 100+: 1}, unit: share, kind: assumption, note: "test"}
travel:
  home_zone: {values: {centre: 0.333, near: 0.333, far: 0.333}, unit: share, kind: assumption, note: "test"}
scenarios:
  baseline: {title: "As it is", changes: []}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  const std::string told = unwrapped(run.err);
  for (const char* text :
       {"small.yaml:5:11: error: kin.region: kin.same_municipality and kin.region "
        "add "
        "up to 1.1",
        "initial.stage: mild, moderate and severe add up to 1.2",
        "the shares of initial.income add up to 1.1 at age 80, and at 30 more",
        "the shares of initial.dementia add up to ",
        "at age 100, male, with initial.mild_impairment, and at 21 more", "4 errors"}) {
    CHECK_THAT(told, contains(text));
  }

  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  moved:
    title: "All to the centre"
    changes:
      - {at: 2022-01-01, address: "travel.home_zone[home_zone=centre]", set: 1}
)");
  const Outcome later = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(later.code == 2);
  CHECK_THAT(unwrapped(later.err),
             contains("small.yaml:8:35: error: the shares of travel.home_zone add up to 1.") &&
                 contains("(scenario moved, 2022-01-01)"));
}

TEST_CASE("check refuses what a run could not hold or report, as run does") {
  const TemporaryFolder folder;
  std::string services;
  for (int i = 0; i < 40; ++i) {
    services += "  more_" + std::to_string(i) +
                ": {title: T, norwegian: T, form: offer, step: 3, min_age: 67, max_age: 120, "
                "need_levels: all, cognition: all, offered_at: [birthday], "
                "cover: {values: 0, unit: share, kind: assumption, note: \"test\"}}\n";
  }
  small_study(folder,
              "include: [selbu/baseline.yaml]\n"
              "simulation: {start: 2020-01-05, end: 2020-01-20}\n"
              "municipality:\n"
              "  population: {values: 0, unit: persons, kind: assumption, note: \"test\"}\n"
              "services:\n" +
                  services);
  for (const char* command : {"check", "run"}) {
    const Outcome outcome = run_command(folder.path(), {command, "configs/small.yaml"});
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.err,
               contains("small.yaml:2:38: error: the run has no complete month to report") &&
                   contains("small.yaml:4:15: error: the municipality has no residents") &&
                   contains("entries, and a run can hold 64"));
  }
}

TEST_CASE("a configuration that is not there or not right is refused") {
  const TemporaryFolder folder;
  const Outcome missing = run_command(folder.path(), {"check", "nothing.yaml"});
  CHECK(missing.code == 2);
  CHECK_THAT(missing.err,
             contains("error: ") && contains("nothing.yaml") && contains("does not exist"));

  write_text(folder.path() / "broken.yaml", "title: [unfinished\n");
  const Outcome broken = run_command(folder.path(), {"check", "broken.yaml"});
  CHECK(broken.code == 2);
  CHECK_THAT(broken.err, contains("broken.yaml:"));

  small_study(folder, "include: [selbu/baseline.yaml]\nservises: {}\n");
  const Outcome unknown = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(unknown.code == 2);
  CHECK_THAT(unknown.err, contains("configs/small.yaml:2:1") && contains("services"));

  write_text(folder.path() / "configs" / "small.yaml",
             "include: [selbu/baseline.yaml]\n"
             "scenarios:\n"
             "  baseline: {title: A, changes: []}\n"
             "  b:\n"
             "    title: B\n"
             "    changes:\n"
             "      - {at: 2022-01-01, address: services.reablement.capasity, set: 4}\n");
  const Outcome address = run_command(folder.path(), {"run", "configs/small.yaml"});
  CHECK(address.code == 2);
  CHECK_THAT(address.err, contains("configs/small.yaml:7:") && contains("reablement.capacity"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "outputs"));
}

TEST_CASE("faults of the whole are told where they were written") {
  const TemporaryFolder folder;
  const auto refused = [&folder](const std::string& text) {
    small_study(folder, "include: [selbu/baseline.yaml]\n" + text);
    const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
    CHECK(run.code == 2);
    return unwrapped(run.err);
  };
  for (const char* end : {"2019-01-01", "2020-01-01"}) {
    const std::string told =
        refused(std::string("simulation: {start: 2020-01-01, end: ") + end + "}\n");
    CHECK_THAT(told, contains("configs/small.yaml:2:38: error: simulation.end is not after "
                              "simulation.start"));
    CHECK_THAT(told, contains("give a day after 2020-01-01"));
  }
  CHECK_THAT(refused("simulation: {start: 2020-01-01, end: 2020-01-20}\n"),
             contains("configs/small.yaml:2:38: error: the run has no complete month to report"));
  CHECK_THAT(
      refused("services: {home_nursing: {pool: nurses}}\n"),
      contains("configs/small.yaml:2:33: error: services.home_nursing.pool names no service"));
}

TEST_CASE("an empty experiment is refused, one that is taken out is not") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement + "experiment:\n");
  const Outcome empty = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(empty.code == 2);
  CHECK_THAT(unwrapped(empty.err), contains("error: the section `experiment` is empty") &&
                                       contains("write `experiment: {draws: 100}`"));
  small_study(folder, short_reablement + "experiment: {draws: 2, vary: [reablement]}\n");
  write_text(folder.path() / "configs" / "without.yaml",
             "include: [small.yaml]\nexperiment: null\n");
  const Outcome without = run_command(folder.path(), {"check", "configs/without.yaml"});
  CHECK(without.code == 0);
  CHECK(without.out.find("Experiment") == std::string::npos);
}

TEST_CASE("params lists what a configuration has set and on what grounds") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const Outcome table =
      run_command(folder.path(), {"params", "configs/small.yaml", "--filter", "accept"});
  CHECK(table.code == 0);
  CHECK_THAT(table.out, contains("reablement.accept_share") && contains("assumption") &&
                            contains("own_judgement"));

  const Outcome csv = run_command(folder.path(), {"params", "configs/small.yaml", "--csv"});
  CHECK(csv.code == 0);
  CHECK(csv.out.starts_with("address,value,unit,plausible range,source,kind\n"));
  CHECK_THAT(csv.out, contains("\nsimulation.replications,3,count,"));

  const Outcome page = run_command(
      folder.path(), {"params", "configs/small.yaml", "--markdown", "--filter", "reablement"});
  CHECK(page.code == 0);
  CHECK_THAT(page.out, contains("| `reablement.fade_years` |"));
}

TEST_CASE("services that would do nothing are refused, all at once, also when changed at a date") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
services:
  home_nursing:
    pool: nurses
    competence: {values: {health_education: 0.2, college: 0.3}, unit: share, source: own_judgement, kind: assumption, note: "test"}
  meals:
    competence: {values: {health_education: 0.2, college: 0.1}, unit: share, source: own_judgement, kind: assumption, note: "test"}
  short_term_stay: {pool: municipal_acute_bed}
  municipal_acute_bed: {pool: nursing_home}
  safety_alarm: {offered_at: [birthday]}
  nursing_home:
    uptake: {value: 0.5, unit: share, source: own_judgement, kind: assumption, note: "test"}
  day_activity:
    volunteer_hours_per_week: {value: 1, unit: hours_per_week, source: own_judgement, kind: assumption, note: "test"}
  learning_offers: {own_volunteer: true}
  exercise_group:
    volunteer_hours_per_week: {value: 1, unit: hours_per_week, source: own_judgement, kind: assumption, note: "test"}
scenarios:
  baseline: {title: "As it is", changes: []}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  const std::string told = unwrapped(run.err);
  for (const char* text :
       {"services.home_nursing.pool names no service: nurses",
        "services.home_nursing.competence needs a college education for more hours than health",
        "services.meals.competence does nothing: no unit gives the service",
        "services.short_term_stay.pool draws on municipal_acute_bed, which draws on nursing_home",
        "services.safety_alarm.offered_at does nothing",
        "services.nursing_home.uptake does nothing",
        "services.day_activity.volunteer_hours_per_week does nothing",
        "services.learning_offers.own_volunteer does nothing without volunteer_hours_per_week",
        "services.exercise_group.volunteer_weight is missing"}) {
    CHECK_THAT(told, contains(text));
  }
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  later:
    title: "No occasion"
    changes:
      - {at: 2022-01-01, address: services.short_term_stay.offered_at, set: []}
      - {at: 2022-01-01, address: services.short_term_stay.interim, set: 0}
)");
  const Outcome later = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(later.code == 2);
  CHECK_THAT(unwrapped(later.err), contains("services.short_term_stay.offered_at is missing"));
  CHECK_THAT(unwrapped(later.err), contains("(scenario later, 2022-01-01)"));
}

TEST_CASE("a fault of a dated change to buildings tells its scenario and day") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
projects:
  new_home:
    title: "A home"
    service: nursing_home
    places: {value: 10, unit: persons, source: own_judgement, kind: assumption, note: "test"}
    decided: true
    planned: 2021-01-01
    lag_years: {value: 3, unit: years, source: own_judgement, kind: assumption, note: "test"}
    lag_cv: {value: 0, unit: ratio, source: own_judgement, kind: assumption, note: "test"}
    cancelled_share: {value: 0, unit: share, source: own_judgement, kind: assumption, note: "test"}
    cost_per_place: {value: 4000000, unit: NOK, source: own_judgement, kind: assumption, note: "test"}
    grant_share: {value: 0.5, unit: share, source: own_judgement, kind: assumption, note: "test"}
scenarios:
  baseline: {title: "As it is", changes: []}
  other:
    title: "Built otherwise"
    changes:
      - {at: 2022-01-01, address: projects.new_home.service, set: nursing_hime}
      - {at: 2022-01-01, address: projects.new_home.after, set: old_home}
      - {at: 2023-01-01, address: projects.new_home.service, set: home_nursing}
      - {at: 2023-01-01, address: projects.new_home.replaces, set: older_home}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  const std::string told = unwrapped(run.err);
  INFO(run.err);
  const std::string in_2022 = " (scenario other, 2022-01-01)";
  const std::string in_2023 = " (scenario other, 2023-01-01)";
  for (const std::string& text :
       {"projects.new_home.service names no service: nursing_hime" + in_2022,
        "projects.new_home.after names no project written before it: old_home" + in_2022,
        "projects.new_home.service names home_nursing, which has no places" + in_2023,
        "projects.new_home.replaces names no facility or project: older_home" + in_2023}) {
    CHECK_THAT(told, contains(text));
  }
}

TEST_CASE("a fault that only a dated change brings is told at the change, once, of all scenarios") {
  const TemporaryFolder folder;
  small_study(folder, R"(
include: [selbu/baseline.yaml]
scenarios:
  baseline: {title: "As it is", changes: []}
  no_occasion:
    title: "No occasion"
    changes:
      - {at: 2022-01-01, address: services.short_term_stay.offered_at, set: []}
      - {at: 2021-01-01, address: services.short_term_stay.interim, set: 0}
      - {at: 2024-01-01, address: allocation.strictness, set: 0.5}
  extended: {title: "The same again", extends: no_occasion}
  no_time:
    title: "Nobody with users"
    changes:
      - {at: 2022-01-01, address: workforce.staffing.direct_share, scale: 0}
  uneven:
    title: "More than all posts"
    changes:
      - {at: 2023-01-01, address: "units.home_care.mix[occupation=nurse]", add: 0.2}
)");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  const std::string told = unwrapped(run.err);
  INFO(run.err);
  for (const char* text :
       {"small.yaml:8:35: error: services.short_term_stay.offered_at is missing",
        "(scenario no_occasion, 2022-01-01)",
        "small.yaml:15:35: error: units.home_care.mix has only occupations that spend no time "
        "with users (scenario no_time, 2022-01-01)",
        "small.yaml:19:35: error: units.home_care.mix adds up to 1.2 (scenario uneven, "
        "2023-01-01)"}) {
    CHECK_THAT(told, contains(text));
  }
  const std::string twice = "services.short_term_stay.offered_at is missing";
  CHECK(told.find(twice) == told.rfind(twice));
  CHECK(told.find("2024-01-01)") == std::string::npos);
}

TEST_CASE("shares of posts that a draw takes off balance are told where they vary") {
  const TemporaryFolder folder;
  small_study(folder,
              "include: [selbu/baseline.yaml]\n"
              "experiment:\n"
              "  sweep:\n"
              "    \"units.home_care.mix\": [1, 1.1, 1.2]\n");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  INFO(run.err);
  CHECK_THAT(unwrapped(run.err),
             contains("small.yaml:4:5: error: units.home_care.mix adds up to 1.1"));
}

TEST_CASE("a run that would begin before days are counted is refused") {
  const TemporaryFolder folder;
  const auto checked = [&](const std::string& simulation) {
    small_study(folder, "include: [selbu/baseline.yaml]\nsimulation: " + simulation + "\n");
    return run_command(folder.path(), {"check", "configs/small.yaml"});
  };
  const Outcome run = checked("{start: 1960-01-01, end: 1961-01-01, burn_in_years: 0}");
  CHECK(run.code == 2);
  CHECK_THAT(unwrapped(run.err),
             contains("small.yaml:2:21: error: the run would begin on 1960-01-01") &&
                 contains("let simulation.start be 1970-01-01 or later"));
  CHECK(checked("{start: 1970-06-01, end: 1971-01-01, burn_in_years: 1}").code == 2);
  CHECK(checked("{start: 1970-01-01, end: 1971-01-01, burn_in_years: 0}").code == 0);
}

TEST_CASE("a section that cannot vary is told with those there are") {
  const TemporaryFolder folder;
  small_study(folder,
              "include: [selbu/baseline.yaml]\nexperiment: {draws: 2, vary: [something]}\n");
  const Outcome run = run_command(folder.path(), {"check", "configs/small.yaml"});
  CHECK(run.code == 2);
  CHECK_THAT(unwrapped(run.err),
             contains("there is no number or table `something`") && contains("top level: acute, "));
}
