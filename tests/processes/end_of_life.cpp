// The last weeks of life: who has them, what help they bring, and where they end.
#include "processes/end_of_life.hpp"

#include <cmath>
#include <numeric>

#include "catch.hpp"
#include "processes/hospital.hpp"
#include "processes/large_town.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/reablement.hpp"
#include "processes/staircase.hpp"
#include "processes/town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::NeedLevel;
using model::PlaceOfDeath;

namespace {

/// Nobody dies but by the test; whoever does has a phase of 60 days, eight of them the last.
tests::Town dying_town() {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  tests::without_offers_and_devices(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  for (double& share : town.config.end_of_life.terminal_share.cells()) share = 1.0;
  town.config.preventive_visits.coverage = 0.0;
  town.config.end_of_life.phase_cv = 0.0;
  town.config.end_of_life.phase_days = 60.0;
  town.config.end_of_life.last_days = 8.0;
  town.config.end_of_life.referred_share = 1.0;
  town.config.end_of_life.wish_home_share = 1.0;
  town.config.end_of_life.hospital_share_home = 0.0;
  town.config.end_of_life.hospital_share_institution = 0.0;
  town.config.end_of_life.sudden_hospital_share = 0.0;
  return town;
}

/// Lets the resident die as the clock does, and returns where; at the end of the world at most.
PlaceOfDeath where_dies(World& world, model::ResidentId id) {
  if (!begin_terminal_phase(world, id)) return sudden_death(world, id);
  PlaceOfDeath place{};
  while (world.at(id).here()) {
    place = place_of_dying(world, world.at(id));
    world.run_day();
  }
  return place;
}

double counted(const World& world, PlaceOfDeath place) {
  double sum = 0.0;
  for (const auto& ages : world.state.ledger.deaths[model::index(place)]) {
    for (const auto& cells : ages) sum += cells[0] + cells[1];
  }
  return sum;
}

}  // namespace

TEST_CASE("the clock of death fires earlier by what a phase takes", "[end]") {
  config::Config config = tests::selbu();
  for (double& share : config.end_of_life.terminal_share.cells()) share = 0.5;
  config.end_of_life.phase_days = 73.0;  // a fifth of a year, a tenth over all deaths
  const auto rules = make_rules(config, base::to_day({2020, 1, 1}), base::to_day({2030, 1, 1}));
  model::Resident who;
  who.need = NeedLevel::extensive;
  const Life life{who, 90, 1, 2};
  const MortalityTables& tables = rules->mortality;
  const std::size_t row = age_row(2, 90) * model::sex_count + 1;
  const double ahead = std::pow(tables.population[row + model::sex_count] / tables.population[row],
                                36.5 / base::days_per_year);
  const double risk = Mortality::risk(tables, life);
  CHECK(Mortality::rate(tables, life) == Approx(risk * ahead));
  who.terminal = true;
  CHECK(Mortality::rate(tables, life) == 0.0F);
  CHECK(Function::rate_down(rules->function, life) == 0.0F);
  // Without a phase it is the risk of the life table.
  for (double& share : config.end_of_life.terminal_share.cells()) share = 0.0;
  const auto sudden = make_rules(config, base::to_day({2020, 1, 1}), base::to_day({2030, 1, 1}));
  who.terminal = false;
  CHECK(Mortality::rate(sudden->mortality, life) == Mortality::risk(sudden->mortality, life));
}

TEST_CASE("deaths by age are those of the life table however long the phase", "[end]") {
  tests::LargeTown town(20);
  for (double& share : town.config.end_of_life.terminal_share.cells()) share = 0.75;
  town.config.end_of_life.phase_days = 120.0;
  World world = town.open(5, 2);
  tests::run_until(world, town.start);
  const base::Day end = town.start + 5 * 365;
  double expected[4] = {};
  double died[4] = {};
  const auto group = [](std::size_t age) { return age < 67 ? 0 : age < 80 ? 1 : age < 90 ? 2 : 3; };
  const MortalityTables& tables = world.rules().mortality;
  while (world.today() < end) {
    const auto year = static_cast<std::size_t>(base::to_date(world.today()).year - 2018);
    tests::Exposure exposure;
    exposure.add(world, 30.0 / base::days_per_year);
    for (std::size_t age = 0; age < age_count; ++age) {
      for (std::size_t sex = 0; sex < 2; ++sex) {
        const auto yearly = [&](std::size_t at) {
          return base::days_per_year * tables.population[age_row(at, age) * model::sex_count + sex];
        };
        expected[group(age)] += exposure.years[age][sex] * 0.5 * (yearly(year) + yearly(year - 1));
      }
    }
    tests::run_until(world, world.today() + 30);
  }
  for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    if (who.presence != model::Presence::dead) continue;
    ++died[group(static_cast<std::size_t>(base::age_in_years(who.birth, world.state.left[i])))];
  }
  for (std::size_t g = 0; g < 4; ++g) {
    INFO("group " << g << ": " << died[g] << " of " << expected[g]);
    CHECK(tests::agrees(died[g], expected[g], 0.02));
  }
}

TEST_CASE("as many have a phase as the share says, and it is as long as its mean", "[end]") {
  tests::Town town = dying_town();
  for (double& share : town.config.end_of_life.terminal_share.cells()) share = 0.6;
  town.config.end_of_life.phase_cv = 1.0;
  constexpr int persons = 4000;
  for (int i = 0; i < persons; ++i) town.add({.age = 80});
  World world = town.open();
  int terminal = 0;
  for (int i = 0; i < persons; ++i) {
    terminal += begin_terminal_phase(world, model::ResidentId(static_cast<std::size_t>(i)));
  }
  double days = 0.0;
  for (const model::Spell& spell : world.state.spells) {
    if (spell.kind == model::Spell::Kind::terminal) days += spell.until - world.today();
  }
  CHECK(tests::agrees(terminal, 0.6 * persons));
  CHECK(days / terminal == Approx(60.0).margin(4.5 * 60.0 / std::sqrt(0.6 * persons)));
}

TEST_CASE("the dying need more, and are helped the same day", "[end]") {
  tests::Town town = dying_town();
  const auto level = GENERATE(NeedLevel::none, NeedLevel::extensive);
  const auto id = town.add({.age = 75, .need = level});
  World world = town.open();
  REQUIRE(begin_terminal_phase(world, id));
  const config::Needs& needs = world.config().needs;
  const config::EndOfLife& rules = world.config().end_of_life;
  const std::size_t in_effect = level == NeedLevel::none ? 2 : 3;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    CHECK(world.at(world.at(id).care_case).need[type] ==
          Approx(needs.hours(75, in_effect, type) + rules.hours(type)));
  }
  CHECK(world.at(id).need == level);
  world.run_day();
  CHECK(world.at(world.at(id).care_case).find(town.index("palliative_home")) != nullptr);
  CHECK(world.at(world.at(id).care_case).find(town.index("home_nursing")) != nullptr);
}

TEST_CASE("palliative care is for the dying alone, and reablement for others", "[end]") {
  tests::Town town = dying_town();
  const auto id = town.add({.age = 80, .need = NeedLevel::moderate});
  World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const auto& rules = world.rules().services.rules;
  const model::ServiceIndex course = town.index("reablement");
  CHECK_FALSE(eligible(world, rules[town.index("palliative_home")], world.at(id)));
  CHECK(eligible(world, rules[course], world.at(id)));
  start_course(world, c);
  REQUIRE(c.find(course) != nullptr);
  REQUIRE(begin_terminal_phase(world, id));
  CHECK(c.find(course) == nullptr);
  CHECK(c.reabled == model::never);
  CHECK(eligible(world, rules[town.index("palliative_home")], world.at(id)));
  CHECK_FALSE(eligible(world, rules[course], world.at(id)));
}

TEST_CASE("who is not referred and has no services is not found by them", "[end]") {
  tests::Town town = dying_town();
  town.config.end_of_life.referred_share = 0.0;
  const auto id = town.add({.age = 80});
  World world = town.open();
  REQUIRE(begin_terminal_phase(world, id));
  for (int day = 0; day < 30; ++day) world.run_day();
  CHECK_FALSE(world.at(world.at(id).care_case).receives_any());
}

TEST_CASE("she dies at home who wishes to and has somebody there", "[end]") {
  tests::Town town = dying_town();
  const bool together = GENERATE(true, false);
  const auto id = town.add({.age = 75});
  const auto partner = town.add({.age = 75});
  if (together) town.marry(id, partner);
  SECTION("with help enough") { town.service("palliative_home").hours_capacity = 50.0; }
  SECTION("without a bed to go to") { town.service("short_term_stay").capacity = 0.0; }
  const bool bed = town.service("short_term_stay").capacity > 0.0;
  World world = town.open();
  const base::Day begun = world.today();
  CHECK(where_dies(world, id) == (together ? PlaceOfDeath::home
                                  : bed    ? PlaceOfDeath::short_term_stay
                                           : PlaceOfDeath::hospital));
  CHECK(world.state.left[id.index] - begun == 60);
  CHECK(world.at(id).presence == model::Presence::dead);
  CHECK(world.state.use[town.index("short_term_stay")].persons == 0.0F);
}

TEST_CASE("who does not wish to die at home goes to a short-term bed and stays there", "[end]") {
  tests::Town town = dying_town();
  town.config.end_of_life.wish_home_share = 0.0;
  town.config.end_of_life.last_days = 40.0;  // longer than a stay lasts otherwise
  const auto id = town.add({.age = 75});
  const auto partner = town.add({.age = 75});
  town.marry(id, partner);
  World world = town.open();
  CHECK(where_dies(world, id) == PlaceOfDeath::short_term_stay);
}

TEST_CASE("nobody is moved from the nursing home to die", "[end]") {
  tests::Town town = dying_town();
  const auto id = town.add({.age = 88, .need = NeedLevel::extensive});
  World world = town.open();
  start_service(world, tests::case_of(world, id), town.index("nursing_home"), 20.0F);
  REQUIRE(world.at(id).dwelling == model::Dwelling::nursing_home);
  CHECK(where_dies(world, id) == PlaceOfDeath::nursing_home);
}

TEST_CASE("the last days in hospital are days in hospital", "[end]") {
  tests::Town town = dying_town();
  town.config.end_of_life.hospital_share_home = 1.0;
  const auto id = town.add({.age = 75});
  World world = town.open();
  REQUIRE(begin_terminal_phase(world, id));
  double days = 0.0;
  double deaths = 0.0;
  while (world.at(id).here()) {
    world.run_day();
    const auto& sums = world.state.ledger.hospital_days;
    days += std::accumulate(sums.begin(), sums.end(), 0.0);
    deaths += counted(world, PlaceOfDeath::hospital);
    world.state.ledger.clear();
  }
  CHECK(days == 8.0);
  CHECK(deaths == 1.0);
  CHECK(world.at(id).presence == model::Presence::dead);
}

TEST_CASE("a patient in whose stay the last days begin is not discharged any more", "[end]") {
  tests::Town town = dying_town();
  town.config.end_of_life.phase_days = 10.0;
  town.config.hospital.days_cv = 0.0;
  town.config.acute_beds.days_cv = 0.0;
  for (double& days : town.config.hospital.mean_days.cells()) days = 6.0;
  const auto id = town.add({.age = 75});
  World world = town.open();
  random::Stream draws = world.stream(world.at(id), random::Purpose::test);
  admit(world, id, Cause::illness, draws);
  CHECK(where_dies(world, id) == PlaceOfDeath::hospital);
  CHECK(world.state.stays.empty() == false);  // taken off the list the day after
  world.run_day();
  CHECK(world.state.stays.empty());
}

TEST_CASE("sudden deaths reach hospital in their share, and count its days", "[end]") {
  tests::Town town = dying_town();
  for (double& share : town.config.end_of_life.terminal_share.cells()) share = 0.0;
  town.config.end_of_life.sudden_hospital_share = GENERATE(0.0, 0.3, 0.6);
  constexpr int persons = 2000;
  for (int i = 0; i < persons; ++i) town.add({.age = 80});
  World world = town.open();
  const double share = town.config.end_of_life.sudden_hospital_share;
  int hospital = 0;
  for (int i = 0; i < persons; ++i) {
    const model::ResidentId id(static_cast<std::size_t>(i));
    CHECK_FALSE(begin_terminal_phase(world, id));
    hospital += sudden_death(world, id) == PlaceOfDeath::hospital ? 1 : 0;
  }
  CHECK(tests::agrees(hospital, share * persons));
  const auto& days = world.state.ledger.hospital_days;
  CHECK(std::accumulate(days.begin(), days.end(), 0.0) ==
        Approx(hospital * town.config.end_of_life.sudden_hospital_days));
  CHECK(world.state.ledger.money.nok[model::index(model::Payer::hospital)]
                                    [model::index(model::Account::hospital_stays)] ==
        Approx(hospital * town.config.end_of_life.sudden_hospital_days *
               town.config.economy.hospital_day));
}

TEST_CASE("a policy that takes more to hospital takes those it took before", "[end]") {
  constexpr int persons = 300;
  std::vector<bool> before(persons, false);
  for (const double share : {0.2, 0.5}) {
    tests::Town town = dying_town();
    for (double& terminal : town.config.end_of_life.terminal_share.cells()) terminal = 0.0;
    town.config.end_of_life.sudden_hospital_share = share;
    for (int i = 0; i < persons; ++i) town.add({.age = 80});
    World world = town.open();
    for (std::size_t i = 0; i < persons; ++i) {
      const bool now = sudden_death(world, model::ResidentId(i)) == PlaceOfDeath::hospital;
      CHECK((now || !before[i]));
      before[i] = now;
    }
  }
}

TEST_CASE("palliative care and dementia keep people out of hospital", "[end]") {
  tests::Town town = dying_town();
  town.config.end_of_life.hospital_share_home = 0.5;
  town.config.end_of_life.wish_home_share = 1.0;
  town.service("palliative_home").hours_capacity = -1.0;
  const int which = GENERATE(0, 1, 2);
  if (which != 1) town.config.end_of_life.palliative_home_ratio = 1.0;
  town.config.end_of_life.dementia_hospital_ratio = 0.5;
  const auto cognition = which == 2 ? model::Cognition::mild : model::Cognition::none;
  constexpr std::size_t persons = 1000;
  for (std::size_t i = 0; i < persons; ++i) town.add({.age = 75, .cognition = cognition});
  town.service("short_term_stay").capacity = 0.0;
  for (double& hours : town.config.allocation.sound_hours.cells()) hours = 168.0;
  town.config.end_of_life.home_supervision_hours = 168.0;
  // Everything is sound without help, so that only what is held makes a difference.
  World world = town.open();
  int hospital = 0;
  for (std::size_t i = 0; i < persons; ++i) {
    const model::ResidentId id(i);
    REQUIRE(begin_terminal_phase(world, id));
    model::CareCase& c = world.at(world.at(id).care_case);
    if (which == 1) start_service(world, c, town.index("palliative_home"), 10.0F);
    begin_last_days(world, id);
    hospital += world.at(id).in_hospital ? 1 : 0;
  }
  const double ratio = town.config.end_of_life.palliative_home_ratio;
  const double expected = which == 0 ? 0.5 : which == 1 ? 1.0 - 0.5 * ratio : 0.25;
  CHECK(tests::agrees(hospital, expected * persons));
}

TEST_CASE("every death is counted once, by place", "[end]") {
  tests::LargeTown town(2);
  World world = town.open(1, 1);
  tests::run_until(world, town.start);
  world.state.ledger.clear();
  for (const model::Resident& who : world.state.residents) REQUIRE(who.here());
  double deaths = 0.0;
  double events = 0.0;
  while (world.today() < town.start + 365) {
    world.run_day();
    for (std::size_t place = 0; place < model::place_of_death_count; ++place) {
      deaths += counted(world, static_cast<PlaceOfDeath>(place));
    }
    for (const auto& sexes : world.state.ledger.events[model::index(model::EventKind::died)]) {
      events += sexes[0] + sexes[1];
    }
    world.state.ledger.clear();
  }
  CHECK(deaths > 50.0);
  CHECK(deaths == events);
}

TEST_CASE("who lives in a nursing home is not asked where she wishes to die", "[end]") {
  tests::Town town = dying_town();
  const bool in_a_home = GENERATE(false, true);
  const auto id = town.add({.age = 85, .need = model::NeedLevel::extensive});
  World world = town.open();
  model::Resident& who = world.at(id);
  who.terminal = true;
  if (in_a_home) who.dwelling = model::Dwelling::nursing_home;
  count_death(world, who, PlaceOfDeath::hospital);
  const auto& by_wish = world.state.ledger.deaths[model::index(PlaceOfDeath::hospital)];
  const auto deaths = [&](model::DeathWish wish) {
    float sum = 0.0F;
    for (const auto& group : by_wish[model::index(wish)]) sum += group[0] + group[1];
    return sum;
  };
  CHECK(deaths(model::DeathWish::not_asked) == (in_a_home ? 1.0F : 0.0F));
  CHECK(deaths(model::DeathWish::not_home) == (in_a_home ? 0.0F : 1.0F));
}
