#include "processes/travel.hpp"

#include <cmath>
#include <map>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/housing.hpp"
#include "town.hpp"

using namespace carestair;
using model::HomeZone;
using model::NeedLevel;

namespace {

void set_ways(config::Config& config, double centre, double near, double far) {
  const double ways[] = {centre, near, far};
  for (std::size_t zone = 0; zone < 3; ++zone) config.travel.minutes.cells()[zone] = ways[zone];
}

/// Working hours a week in use, added up from the cases.
std::map<model::ServiceIndex, double> hours_of_cases(const processes::World& world) {
  std::map<model::ServiceIndex, double> hours;
  for (const model::CareCase& c : world.state.cases) {
    for (const model::Holding& h : c.holdings) {
      if (h.service == model::no_service) continue;
      const processes::ServiceRule& rule = world.rules().services.rules[h.service];
      const bool at_door = rule.form == config::ServiceForm::hours;
      const float weight = at_door ? processes::travel_weight(world, world.at(c.resident)) : 1.0F;
      const double working_time = static_cast<double>(h.hours_per_week * weight);
      hours[h.service] += working_time;
      if (rule.pool != h.service) hours[rule.pool] += working_time;
    }
  }
  return hours;
}

void check_hours_in_use(const processes::World& world) {
  for (const auto& [service, hours] : hours_of_cases(world)) {
    CAPTURE(service);
    CHECK(static_cast<double>(world.state.use[service].hours_per_week) ==
          Approx(hours).margin(0.5));
  }
}

/// Ten minutes to the next visit as a rule and near, forty far out; visits of twenty.
tests::Town town_with_ways() {
  tests::Town town;
  set_ways(town.config, 0, 10, 40);
  town.config.travel.usual_minutes = 10;
  town.config.travel.visit_minutes = 20;
  return town;
}

}  // namespace

TEST_CASE("working time of an hour at the door follows the way to it", "[travel]") {
  config::Travel travel = tests::selbu().travel;
  travel.visit_minutes = 20;
  travel.usual_minutes = 10;
  for (double& way : travel.minutes.cells()) way = 10;
  travel.minutes.cells()[2] = 25;
  const processes::TravelTables tables(travel);
  CHECK(tables.weight[0] == 1.0F);
  CHECK(tables.weight[2] == Approx((1.0 + 25.0 / 20.0) / (1.0 + 10.0 / 20.0)));
  CHECK(tables.on_road[2] == Approx(1.25));
}

TEST_CASE("an hour far out takes more of capacity and money than one in the centre", "[travel]") {
  tests::Town town = town_with_ways();
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  const auto nursing = town.index("home_nursing");
  const auto cost_of_a_week = [&](HomeZone zone) {
    world.at(id).zone = zone;
    model::CareCase& c = tests::case_of(world, id);
    processes::start_service(world, c, nursing, 6.0F);
    const float used = world.state.use[nursing].hours_per_week;
    world.state.ledger.clear();
    c.find(nursing)->accounted = c.find(nursing)->accounted - 7;
    processes::end_service(world, c, *c.find(nursing));
    CHECK(world.state.use[nursing].hours_per_week == Approx(0.0).margin(1e-5));
    float cost = 0.0F;
    float road = 0.0F;
    for (const float part : world.state.ledger.cost_nok[nursing]) cost += part;
    for (const float part : world.state.ledger.travel_hours) road += part;
    return std::array{used, cost, road};
  };
  const auto price = town.service("home_nursing").cost_per_hour;
  const auto near = cost_of_a_week(HomeZone::near);
  CHECK(near[0] == Approx(6.0));
  CHECK(near[1] == Approx(6.0 * price));
  CHECK(near[2] == Approx(3.0));
  const auto far = cost_of_a_week(HomeZone::far);
  CHECK(far[0] == Approx(12.0));
  CHECK(far[1] == Approx(12.0 * price));
  CHECK(far[2] == Approx(12.0));
  // What is left is enough for fewer hours far out.
  world.at(id).zone = HomeZone::far;
  const float far_hours = processes::free_hours(world, nursing, world.at(id));
  world.at(id).zone = HomeZone::near;
  CHECK(processes::free_hours(world, nursing, world.at(id)) == Approx(2.0 * far_hours));
}

TEST_CASE("hours in use are weighed again when somebody moves", "[travel]") {
  tests::Town town = town_with_ways();
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  world.at(id).zone = HomeZone::far;
  model::CareCase& c = tests::case_of(world, id);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 6.0F);
  processes::change_home(world, id, model::Dwelling::suitable_home, HomeZone::centre);
  CHECK(world.state.use[nursing].hours_per_week == Approx(4.0));
  processes::end_service(world, c, *c.find(nursing));
  CHECK(world.state.use[nursing].hours_per_week == Approx(0.0).margin(1e-5));
}

TEST_CASE("hours in use add up over the years, through moves and a shorter way", "[travel]") {
  const base::Day start = base::to_day({2020, 1, 1});
  const processes::Period period{start, start, start + 3 * 366};
  config::Config later = tests::selbu();
  for (double& way : later.travel.minutes.cells()) way *= 0.5;
  const auto rules = processes::make_rules(tests::selbu(), period.first, period.end);
  const auto shorter = processes::make_rules(later, period.first, period.end, rules.get());
  const auto seed = random::WorldSeed::of(5, 0, 1);
  processes::World world(synth::populate(tests::selbu(), seed, start, start),
                         {{start, rules}, {start + 500, shorter}}, seed, period);
  check_hours_in_use(world);
  tests::run_until(world, start + 499);
  check_hours_in_use(world);
  tests::run_until(world, start + 501);
  check_hours_in_use(world);
  tests::run_until(world, start + 1000);
  check_hours_in_use(world);
}

TEST_CASE("homes lie as the shares say, and households in one place", "[travel]") {
  tests::LargeTown town(5);
  const processes::World world = town.open(1);
  std::array<double, 3> homes{};
  double alone = 0.0;
  for (const model::Resident& who : world.state.residents) {
    if (who.partner.valid()) {
      CHECK(world.at(who.partner).zone == who.zone);
    } else if (world.age(who) >= 30) {
      ++homes[model::index(who.zone)];
      ++alone;
    }
  }
  for (std::size_t zone = 0; zone < 3; ++zone) {
    const double share = town.config.travel.home_zone(zone);
    CHECK(std::abs(homes[zone] - share * alone) < 4.5 * std::sqrt(alone * share * (1.0 - share)));
  }
}

TEST_CASE("where all ways are alike, driving changes nobody's life", "[travel]") {
  const base::Day start = base::to_day({2020, 1, 1});
  const processes::Period period{start, start, start + 2 * 366};
  const auto seed = random::WorldSeed::of(5, 0, 1);
  const auto lived = [&](double minutes) {
    config::Config config = tests::selbu();
    set_ways(config, minutes, minutes, minutes);
    config.travel.usual_minutes = minutes;
    processes::World world(synth::populate(config, seed, start, start),
                           {{start, processes::make_rules(config, period.first, period.end)}}, seed,
                           period);
    tests::run_until(world, start + 700);
    return world;
  };
  const processes::World a = lived(5);
  const processes::World b = lived(30);
  REQUIRE(a.state.residents.size() == b.state.residents.size());
  int different = 0;
  for (std::size_t i = 0; i < a.state.residents.size(); ++i) {
    const model::Resident& x = a.state.residents[i];
    const model::Resident& y = b.state.residents[i];
    different += x.need != y.need || x.dwelling != y.dwelling || x.presence != y.presence ? 1 : 0;
  }
  CHECK(different == 0);
  CHECK(a.events_lived() == b.events_lived());
}

TEST_CASE("an acute bed far away is used less", "[travel]") {
  config::Travel travel = tests::selbu().travel;
  travel.acute_bed_near_minutes = 15;
  travel.acute_bed_decline = 0.008;
  travel.acute_bed_minutes = 10;
  CHECK(processes::acute_bed_use(travel) == 1.0);
  travel.acute_bed_minutes = 65;
  CHECK(processes::acute_bed_use(travel) == Approx(std::exp(-0.4)));
}
