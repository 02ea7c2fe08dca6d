// Acute illness and falls: rates, who is caught, and that a change of one share moves no other
// answer.
#include "processes/acute.hpp"

#include <cmath>

#include "catch.hpp"
#include "processes/hospital.hpp"
#include "processes/large_town.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/services.hpp"
#include "processes/town.hpp"

using namespace carestair;
using namespace carestair::processes;
using carestair::model::NeedLevel;
using carestair::tests::LargeTown;
using carestair::tests::run_until;

namespace {

/// Events of a kind, in all months, per year of the town's residents of an age and more.
struct Counts {
  double hospital = 0.0, acute_bed = 0.0, at_home = 0.0, hips = 0.0, readmitted = 0.0;
  double years_80 = 0.0;
};

Counts live_counting(World& world, base::Day end) {
  world.state.log_events = true;
  Counts counts;
  while (world.today() < end) {
    for (const model::Resident& who : world.state.residents) {
      if (who.here() && world.age(who) >= 80) counts.years_80 += 30.0 / base::days_per_year;
    }
    run_until(world, world.today() + 30);
  }
  for (const model::Event& e : world.state.events) {
    switch (e.kind) {
      case model::EventKind::admitted_hospital: counts.hospital += 1.0; break;
      case model::EventKind::admitted_acute_bed: counts.acute_bed += 1.0; break;
      case model::EventKind::treated_at_home: counts.at_home += 1.0; break;
      case model::EventKind::hip_fracture: counts.hips += 1.0; break;
      case model::EventKind::readmitted: counts.readmitted += 1.0; break;
      default: break;
    }
  }
  return counts;
}

LargeTown falling_ill(double times) {
  LargeTown town(times);
  town.config.acute = tests::selbu().acute;
  town.config.falls = tests::selbu().falls;
  town.config.acute_beds = tests::selbu().acute_beds;
  return town;
}

}  // namespace

TEST_CASE("The rates are those of the tables, times what the resident's state does", "[acute]") {
  tests::Town town;
  town.add({.age = 85});
  const World world = town.open();
  const AcuteTables& tables = world.rules().acute;
  model::Resident who;
  who.need = NeedLevel::moderate;
  who.dwelling = model::Dwelling::suitable_home;
  const Life life{who, 85, 1, 0};
  const double table = town.config.acute.rate(85, 2) / (1.0 - town.config.acute.caught_in_rate);
  const double extra = tables.additional[85];
  const double usual = Acute::rate(tables, life, nullptr) - extra;
  CHECK(usual * base::days_per_year == Approx(table).epsilon(1e-4));
  CHECK(extra * base::days_per_year == Approx(town.config.acute_beds.additional_rate(85) *
                                              processes::acute_bed_use(town.config.travel)));
  who.after_discharge = true;
  CHECK(Acute::rate(tables, life, nullptr) - extra ==
        Approx(usual * town.config.acute.window_ratio).epsilon(1e-4));
  who.followed_up = true;
  CHECK(Acute::rate(tables, life, nullptr) - extra ==
        Approx(usual * town.config.acute.window_ratio * town.config.acute.follow_up_ratio)
            .epsilon(1e-4));
  who.after_discharge = who.followed_up = false;
  model::CareCase c;
  c.ratios[model::index(model::RateName::acute)] = 0.5F;
  c.ratios[model::index(model::RateName::fall)] = 0.25F;
  CHECK(Acute::rate(tables, life, &c) - extra == Approx(0.5 * usual).epsilon(1e-4));
  const double falls = Falls::rate(tables, life, nullptr);
  CHECK(falls * base::days_per_year == Approx(town.config.falls.rate(85, 2)).epsilon(1e-4));
  CHECK(Falls::rate(tables, life, &c) == Approx(0.25 * falls));
  who.dwelling = model::Dwelling::unsuitable_home;
  CHECK(Falls::rate(tables, life, nullptr) ==
        Approx(falls * town.config.falls.unsuitable_home_ratio));
  who.dwelling = model::Dwelling::nursing_home;
  CHECK(Falls::rate(tables, life, nullptr) == Approx(falls * town.config.falls.nursing_home_ratio));
  // Without what there would not be but for acute beds: that is of people at home.
  REQUIRE(extra > 0.0);
  CHECK(Acute::rate(tables, life, nullptr) ==
        Approx(usual * town.config.acute.nursing_home_ratio).epsilon(1e-4));
  who.in_hospital = true;
  CHECK(Acute::rate(tables, life, nullptr) == 0.0F);
  CHECK(Falls::rate(tables, life, nullptr) == 0.0F);
}

TEST_CASE("A municipality has the hip fractures and readmissions of the statistics", "[acute]") {
  const LargeTown town = falling_ill(10);
  World world = town.open(6);
  const Counts counts = live_counting(world, town.start + 5 * 365);
  // Norway's 9 394 fractures of 2015 on 5.2 million residents are 7.3 a year in 4 062, with Selbu's
  // older population and the trend since 7-9; five years of ten Selbus, 4.8 standard errors.
  const double hips = counts.hips / 50.0;
  INFO(hips << " hip fractures a year in one Selbu");
  CHECK(hips > 6.0);
  CHECK(hips < 10.0);
  const double again = counts.readmitted / (counts.hospital + counts.acute_bed);
  INFO(again << " of admissions within 30 days of another");
  CHECK(again > 0.07);
  CHECK(again < 0.20);
}

TEST_CASE("More caught at home are caught besides those caught before, and leave others alone",
          "[acute]") {
  LargeTown few = falling_ill(3);
  LargeTown more = falling_ill(3);
  few.config.acute.caught_without_staff = few.config.acute.caught_with_staff = 0.05;
  more.config.acute.caught_without_staff = more.config.acute.caught_with_staff = 0.25;
  World a = few.open(2);
  World b = more.open(2);
  const Counts with_few = live_counting(a, few.start + 365);
  const Counts with_more = live_counting(b, more.start + 365);
  CHECK(with_more.at_home > 3.0 * with_few.at_home);
  CHECK(with_more.hospital < with_few.hospital);
  // Who was caught at 5 % in the first weeks is caught at 25 % on the same day.
  std::size_t checked = 0;
  for (const model::Event& e : a.state.events) {
    if (e.kind != model::EventKind::treated_at_home || e.day - few.start > 30) continue;
    const bool too = std::ranges::any_of(b.state.events, [&](const model::Event& other) {
      return other.uid == e.uid && other.kind == e.kind && other.day == e.day;
    });
    checked += 1;
    CHECK(too);
  }
  CHECK(checked > 5);
}

TEST_CASE("Without acute beds those who only came because of them stay at home", "[acute]") {
  LargeTown with = falling_ill(5);
  LargeTown without = falling_ill(5);
  for (auto* town : {&with, &without}) {
    for (config::Service& s : town->config.services) {
      if (s.form == config::ServiceForm::acute_bed) s.capacity = town == &with ? 1000.0 : 0.0;
    }
  }
  World a = with.open(3);
  World b = without.open(3);
  const Counts beds = live_counting(a, with.start + 2 * 365);
  const Counts none = live_counting(b, without.start + 2 * 365);
  CHECK(none.acute_bed == 0.0);
  CHECK(beds.acute_bed > 50.0);
  // They replace few stays in hospital: 1.2 % of all when they came, and at most 5 % here.
  CHECK(beds.hospital < none.hospital * 1.02);
  CHECK(beds.hospital > none.hospital * 0.94);
}

TEST_CASE("what a service does to acute illness and falls reaches the clocks", "[acute]") {
  tests::Town town;
  town.service("safety_alarm").effects.push_back({"a", model::RateName::acute, 0.5, 0.0});
  town.service("safety_alarm").effects.push_back({"f", model::RateName::fall, 0.25, 0.0});
  const auto with = town.add({.age = 85, .need = NeedLevel::some});
  const auto without = town.add({.age = 85, .need = NeedLevel::some});
  World world = town.open();
  model::CareCase& c = tests::case_of(world, with);
  start_service(world, c, town.index("safety_alarm"), 0.0F);
  update_case(world, c);
  world.run_day();
  const float additional = world.rules().acute.additional[85];
  CHECK(world.clock_rate(with, Clock::acute) - additional ==
        Approx(0.5 * (world.clock_rate(without, Clock::acute) - additional)).epsilon(1e-4));
  CHECK(world.clock_rate(with, Clock::fall) ==
        Approx(0.25 * world.clock_rate(without, Clock::fall)).epsilon(1e-4));
}

TEST_CASE("staff of a short-term stay catch acute illness as staff at home do", "[acute]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  town.config.acute.caught_with_staff = 1.0;
  town.config.acute.caught_without_staff = 0.0;
  const bool stays = GENERATE(false, true);
  const auto id = town.add({.age = 85, .need = NeedLevel::some});
  World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  if (stays) start_service(world, c, town.index("short_term_stay"), 35.0F);
  Acute::fire(world, id);
  CHECK(world.at(id).in_hospital != stays);
}

TEST_CASE("acute beds call forth no stays of those who live in a nursing home", "[acute]") {
  tests::Town town;
  town.config.acute.caught_with_staff = 1.0;
  const bool in_a_home = GENERATE(false, true);
  std::vector<model::ResidentId> all;
  for (int i = 0; i < 400; ++i) all.push_back(town.add({.age = 85, .need = NeedLevel::some}));
  World world = town.open();
  const auto stay = town.index("short_term_stay");
  int admitted = 0;
  for (const model::ResidentId id : all) {
    model::CareCase& c = tests::case_of(world, id);
    start_service(world, c, stay, 35.0F);
    if (in_a_home) world.at(id).dwelling = model::Dwelling::nursing_home;
    REQUIRE(world.clock_rate(id, Clock::acute) > 0.0F);
    Acute::fire(world, id);
    admitted += world.at(id).in_hospital ? 1 : 0;
    // The next has the bed to herself.
    world.state.use[world.rules().services.acute_bed].persons = 0.0F;
  }
  if (in_a_home) {
    CHECK(admitted == 0);
  } else {
    CHECK(admitted > 0);
  }
}
