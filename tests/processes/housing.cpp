#include "processes/housing.hpp"

#include <cmath>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/allocation.hpp"
#include "quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using model::Dwelling;
using model::NeedLevel;

namespace {

constexpr int many_homes = 2000;

/// Homes that do not suit, a year later: how many have been adapted or left.
std::vector<Dwelling> after_a_year(const config::Housing& housing) {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  town.config.housing = housing;
  for (int i = 0; i < many_homes; ++i) {
    town.add({.age = 75, .need = NeedLevel::some});
  }
  processes::World world = town.open();
  for (model::Resident& who : world.state.residents) who.dwelling = Dwelling::unsuitable_home;
  tests::run_until(world, town.start + 366);
  std::vector<Dwelling> homes;
  for (const model::Resident& who : world.state.residents) homes.push_back(who.dwelling);
  return homes;
}

double suitable(const std::vector<Dwelling>& homes) {
  return static_cast<double>(std::ranges::count(homes, Dwelling::suitable_home));
}

config::Housing without_change() {
  config::Housing housing = tests::selbu().housing;
  for (double& rate : housing.adaptation_rate.cells()) rate = 0.0;
  housing.move_rate = 0.0;
  return housing;
}

/// A tenancy for everybody who has a reason.
void offer_to_all(config::Service& service, double capacity) {
  service.capacity = capacity;
  service.moves_if_unsuitable = 1.0;
  service.moves_if_lonely = service.moves_if_far = service.moves_anyway = 0.0;
}

}  // namespace

TEST_CASE("homes are adapted and left at the rates of the configuration", "[housing]") {
  config::Housing housing = without_change();
  CHECK(suitable(after_a_year(housing)) == 0.0);
  housing.adaptation_rate.cells()[model::index(NeedLevel::some)] = 0.2;
  const auto agrees = [](double count, double rate) {
    const double share = 1.0 - std::exp(-rate);
    return std::abs(count - share * many_homes) < 4.5 * std::sqrt(share * many_homes);
  };
  const auto adapted = after_a_year(housing);
  CHECK(agrees(suitable(adapted), 0.2));
  housing.counselling_share = 0.5;
  housing.counselling_ratio = 2.0;
  housing.grant_share = 1.0;
  housing.grant_ratio = 1.5;
  const auto advised = after_a_year(housing);
  CHECK(agrees(suitable(advised), 0.2 * 1.5 * 1.5));
  // Whoever would have done so anyway still does.
  for (std::size_t i = 0; i < adapted.size(); ++i) {
    if (adapted[i] == Dwelling::suitable_home) CHECK(advised[i] == Dwelling::suitable_home);
  }
  housing = without_change();
  housing.move_rate = 0.3;
  CHECK(agrees(suitable(after_a_year(housing)), 0.3));
}

TEST_CASE("a home that suits takes less help", "[housing]") {
  tests::Town town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  world.at(id).dwelling = Dwelling::unsuitable_home;
  const float before = model::total(tests::case_of(world, id).need);
  processes::change_home(world, id, Dwelling::care_housing, model::HomeZone::centre);
  CHECK(model::total(tests::case_of(world, id).need) < before);
}

TEST_CASE("whoever has a reason moves when a flat is free, after help is decided", "[housing]") {
  tests::Town town;
  offer_to_all(town.service("care_housing"), 1.0);
  const auto first = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto second = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto content = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open();
  world.at(first).dwelling = world.at(second).dwelling = Dwelling::unsuitable_home;
  for (const auto id : {content, first, second}) {
    processes::decide(world, tests::case_of(world, id));
  }
  CHECK(world.at(first).dwelling == Dwelling::care_housing);
  CHECK(world.at(second).dwelling == Dwelling::unsuitable_home);  // full
  CHECK(world.at(content).dwelling == Dwelling::suitable_home);
  const model::CareCase& c = world.at(world.at(first).care_case);
  CHECK(processes::tenancy_of(world, c) != nullptr);
  CHECK(processes::place_of(world, c) == nullptr);
  CHECK(processes::home_hours(world, c) > 0.0F);  // help comes there
  CHECK(world.state.use[town.index("care_housing")].persons == 1.0F);
}

TEST_CASE("safety housing is for the lonely", "[housing]") {
  tests::Town town;
  config::Service& safety = town.service("safety_housing");
  offer_to_all(safety, 5.0);
  safety.moves_if_lonely = 1.0;
  const auto lonely = town.add({.age = 80, .need = NeedLevel::some});
  const auto not_lonely = town.add({.age = 80, .need = NeedLevel::some});
  processes::World world = town.open();
  world.at(lonely).lonely = true;
  for (const auto id : {lonely, not_lonely}) {
    processes::decide(world, tests::case_of(world, id));
  }
  CHECK(world.at(lonely).dwelling == Dwelling::safety_housing);
  CHECK(world.at(not_lonely).dwelling == Dwelling::suitable_home);
}

TEST_CASE("a couple moves together, and the flat passes to the one who stays", "[housing]") {
  tests::Town town;
  offer_to_all(town.service("care_housing"), 1.0);
  const auto her = town.add({.age = 85, .need = NeedLevel::moderate});
  const auto him = town.add({.age = 86, .sex = model::Sex::male});
  town.marry(her, him);
  processes::World world = town.open();
  world.at(her).dwelling = world.at(him).dwelling = Dwelling::unsuitable_home;
  processes::decide(world, tests::case_of(world, her));
  REQUIRE(world.at(her).dwelling == Dwelling::care_housing);
  CHECK(world.at(him).dwelling == Dwelling::care_housing);
  const auto flats = town.index("care_housing");
  CHECK(world.state.use[flats].persons == 1.0F);

  model::CareCase& hers = world.at(world.at(her).care_case);
  processes::start_service(world, hers, town.index("nursing_home"), 30.0F);
  CHECK(world.at(her).dwelling == Dwelling::nursing_home);
  CHECK(processes::tenancy_of(world, hers) == nullptr);
  REQUIRE(world.at(him).care_case.valid());
  CHECK(processes::tenancy_of(world, world.at(world.at(him).care_case)) != nullptr);
  CHECK(world.state.use[flats].persons == 1.0F);

  processes::end_care(world, him);
  CHECK(world.state.use[flats].persons == 0.0F);
}

TEST_CASE("what a dwelling does for safety does not put off 24-hour care", "[housing]") {
  const auto gets_place = [](bool tenant) {
    tests::Town town;
    town.config.allocation.strictness = 1.0;
    town.service("safety_housing").capacity = 1.0;
    town.service("safety_housing").cover.cells()[model::index(model::NeedType::supervision)] = 0.9;
    const auto id =
        town.add({.age = 88, .need = NeedLevel::extensive, .cognition = model::Cognition::severe});
    processes::World world = town.open();
    model::CareCase& c = tests::case_of(world, id);
    if (tenant) processes::start_service(world, c, town.index("safety_housing"), 0.0F);
    processes::update_case(world, c);
    processes::decide(world, c);
    CHECK((!tenant || processes::tenancy_of(world, c) == nullptr));
    return processes::place_of(world, c) != nullptr;
  };
  CHECK(gets_place(false));
  CHECK(gets_place(true));
}

TEST_CASE("over the years every tenant has a flat, and nobody two", "[housing]") {
  tests::LargeTown town(2);
  town.config = tests::selbu();
  for (double& persons : town.config.municipality.population.cells()) persons *= 2.0;
  for (config::Service& s : town.config.services) {
    if (s.form == config::ServiceForm::dwelling) s.capacity = 30.0;
  }
  for (double& rate : town.config.households.union_rate.cells()) rate *= 5.0;
  for (double& rate : town.config.households.dissolution_rate.cells()) rate *= 5.0;
  processes::World world = town.open(6, 1);
  for (int year = 0; year < 6; ++year) {
    tests::run_until(world, town.start + year * 365);
    std::array<float, model::max_services> held{};
    for (const model::CareCase& c : world.state.cases) {
      int flats = 0;
      for (const model::Holding& h : c.holdings) {
        if (h.service == model::no_service) continue;
        const processes::ServiceRule& rule = world.rules().services.rules[h.service];
        if (rule.form != config::ServiceForm::dwelling) continue;
        ++flats;
        held[h.service] += 1.0F;
        CHECK(world.at(c.resident).dwelling == rule.dwelling);
      }
      CHECK(flats <= 1);
    }
    for (std::size_t s = 0; s < world.config().services.size(); ++s) {
      if (world.config().services[s].form != config::ServiceForm::dwelling) continue;
      CHECK(world.state.use[s].persons == held[s]);
      CHECK(held[s] <= 30.0F);
    }
    const auto holds = [&](model::ResidentId id) {
      return id.valid() && world.at(id).care_case.valid() &&
             processes::tenancy_of(world, world.at(world.at(id).care_case)) != nullptr;
    };
    for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
      const model::Resident& who = world.state.residents[i];
      if (!who.here() || model::ordinary_home(who.dwelling) || !model::at_home(who.dwelling))
        continue;
      CHECK((holds(model::ResidentId(i)) || holds(who.partner)));
    }
  }
}

TEST_CASE("with little strictness most come to the nursing home with few hours at home",
          "[housing]") {
  // Trondheim about 2011: 800 of 1 100 admitted had less than five hours a week before.
  const auto share_with_few = [](double strictness) {
    config::Config config = tests::selbu();
    config.allocation.strictness = strictness;
    const base::Day start = base::to_day({2020, 1, 1});
    const processes::Period period{start - 730, start, start + 5 * 366};
    double few = 0.0;
    double all = 0.0;
    for (std::uint32_t replication = 0; replication < 3; ++replication) {
      const auto seed = random::WorldSeed::of(3, replication, 1);
      processes::World world(
          synth::populate(config, seed, start, period.first),
          {{period.first, processes::make_rules(config, period.first, period.end)}}, seed, period);
      tests::run_until(world, start);
      world.state.ledger.clear();
      tests::run_until(world, start + 5 * 365);
      for (const auto& bands : world.state.ledger.admissions) {
        for (std::size_t band = 0; band < model::hours_band_count; ++band) {
          all += static_cast<double>(bands[band]);
          if (band < model::hours_band(5.0F)) few += static_cast<double>(bands[band]);
        }
      }
    }
    CHECK(all > 60.0);
    return few / all;
  };
  const double loose = share_with_few(0.0);
  const double strict = share_with_few(1.0);
  CAPTURE(loose, strict);
  CHECK(loose > strict + 0.1);
  CHECK(loose > 0.55);
}
