// Hospital: the stay, what it costs, what comes back, and who pays for waiting.
#include "processes/hospital.hpp"

#include <numeric>

#include "catch.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/services.hpp"
#include "processes/town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::NeedLevel;

namespace {

/// A town in which nothing happens but what a test brings about.
tests::Town quiet_town() {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  town.config.hospital.loss_recovery = 0.0;
  town.config.hospital.hip_recovery = 0.0;
  town.config.preventive_visits.coverage = 0.0;
  return town;
}

void fall_ill(World& world, model::ResidentId id, Cause cause = Cause::illness) {
  random::Stream draws = world.stream(world.at(id), random::Purpose::test, 0);
  admit(world, id, cause, draws);
}

void live_days(World& world, int days) {
  for (int day = 0; day < days; ++day) world.run_day();
}

float total(const model::Ledger::ByGroup& sums) {
  return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

/// Lives until the resident is home again and returns the days it took; at most a year.
int days_away(World& world, model::ResidentId id) {
  const base::Day since = world.today();
  while (world.at(id).in_hospital && world.today() - since < 365) world.run_day();
  return world.today() - since;
}

}  // namespace

TEST_CASE("a stay has its days, and ends where it began", "[hospital]") {
  tests::Town town = quiet_town();
  town.config.hospital.days_cv = 0.0;
  town.config.acute_beds.days_cv = 0.0;
  for (double& days : town.config.hospital.mean_days.cells()) days = 6.0;
  for (double& share : town.config.hospital.loss_share.cells()) share = 0.0;
  const auto id = town.add({.age = 80});
  World world = town.open();
  fall_ill(world, id);
  CHECK(world.at(id).in_hospital);
  CHECK(days_away(world, id) == 7);  // discharged during the sixth day after admission
  CHECK(world.at(id).after_discharge);
  CHECK(world.at(id).need == NeedLevel::none);
  CHECK(world.state.stays.empty());
  live_days(world, base::whole_days(town.config.acute.window_days) + 1);
  CHECK_FALSE(world.at(id).after_discharge);
  CHECK_FALSE(world.at(id).followed_up);
  CHECK(world.state.spells.empty());
}

TEST_CASE("function is lost and comes back within its time only", "[hospital]") {
  tests::Town town = quiet_town();
  for (double& share : town.config.hospital.loss_share.cells()) share = 1.0;
  SECTION("it comes back soon") { town.config.hospital.loss_recovery = 40.0; }
  SECTION("it does not come back") {}
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  const bool returns = town.config.hospital.loss_recovery > 0.0;
  World world = town.open();
  fall_ill(world, id);
  days_away(world, id);
  CHECK(world.at(id).need == NeedLevel::moderate);
  CHECK(world.at(id).recovering);
  live_days(world, base::whole_days(town.config.hospital.recovery_days) + 30);
  CHECK(world.at(id).need == (returns ? NeedLevel::some : NeedLevel::moderate));
  CHECK_FALSE(world.at(id).recovering);
}

TEST_CASE("a hip fracture may cost two levels and raises the rate of death for a time",
          "[hospital]") {
  tests::Town town = quiet_town();
  town.config.hospital.hip_loss_share = 0.0;
  town.config.hospital.hip_loss_two_share = 1.0;
  const auto id = town.add({.age = 80});
  World world = town.open();
  fall_ill(world, id, Cause::hip_fracture);
  REQUIRE(world.at(id).hip_fracture);
  MortalityTables tables = world.rules().mortality;
  tables.base.assign(tables.base.size(), 0.001F);
  model::Resident usual = world.at(id);
  usual.hip_fracture = false;
  CHECK(Mortality::risk(tables, {world.at(id), 80, 1, 0}) ==
        Approx(Mortality::risk(tables, {usual, 80, 1, 0}) * town.config.hospital.hip_death_ratio));
  days_away(world, id);
  CHECK(world.at(id).need == NeedLevel::moderate);
  live_days(world, base::whole_days(town.config.hospital.hip_death_days));
  CHECK_FALSE(world.at(id).hip_fracture);
}

TEST_CASE("whoever needs help after a stay has it the day she comes home", "[hospital]") {
  tests::Town town = quiet_town();
  for (double& share : town.config.hospital.loss_share.cells()) share = 1.0;
  for (double& share : town.config.hospital.notice_share.cells()) share = 1.0;
  town.config.hospital.short_stay_share = 0.0;
  town.config.allocation.reablement_offer_share = 0.0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  World world = town.open();
  fall_ill(world, id);
  days_away(world, id);
  const model::CareCase& c = world.at(world.at(id).care_case);
  CHECK(c.receives_any());
  CHECK(total(world.state.ledger.discharge_ready_days) == 0.0F);
}

TEST_CASE("who is to have a short-term stay and finds none waits in hospital at a charge",
          "[hospital]") {
  tests::Town town = quiet_town();
  for (double& share : town.config.hospital.loss_share.cells()) share = 1.0;
  for (double& share : town.config.hospital.notice_share.cells()) share = 1.0;
  town.config.hospital.short_stay_share = 1.0;
  const bool free = GENERATE(true, false);
  town.service("short_term_stay").capacity = free ? 1.0 : 0.0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  World world = town.open();
  fall_ill(world, id);
  float ready = 0.0F;
  float charge = 0.0F;
  for (int day = 0; day < 60; ++day) {
    world.run_day();
    if (world.month_closed()) {  // as the recorder does
      ready += total(world.state.ledger.discharge_ready_days);
      charge += total(world.state.ledger.discharge_charge_nok);
      world.state.ledger.clear();
    }
  }
  ready += total(world.state.ledger.discharge_ready_days);
  charge += total(world.state.ledger.discharge_charge_nok);
  CHECK(charge == Approx(ready * town.config.hospital.day_charge));
  if (free) {
    CHECK(ready == 0.0F);
    CHECK_FALSE(world.at(id).in_hospital);
  } else {
    // Then another way is found: home with the help that was decided.
    CHECK(ready == static_cast<float>(town.config.hospital.short_stay_wait_days));
    CHECK_FALSE(world.at(id).in_hospital);
    CHECK(world.at(world.at(id).care_case).receives_any());
    CHECK(world.at(world.at(id).care_case).totals.cost_nok > charge);
  }
}

TEST_CASE("without a charge the municipality is slower", "[hospital]") {
  tests::Town town = quiet_town();
  town.config.hospital.days_cv = 0.0;
  town.config.acute_beds.days_cv = 0.0;
  for (double& days : town.config.hospital.mean_days.cells()) days = 4.0;
  for (double& share : town.config.hospital.loss_share.cells()) share = 0.0;
  for (double& share : town.config.hospital.notice_share.cells()) share = 1.0;
  town.config.hospital.short_stay_share = 0.0;
  town.config.hospital.uncharged_wait_share = 1.0;
  town.config.hospital.uncharged_wait_days = 3.0;
  const bool charged = GENERATE(true, false);
  if (!charged) town.config.hospital.day_charge = 0.0;
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  World world = town.open();
  fall_ill(world, id);
  CHECK(days_away(world, id) == (charged ? 5 : 8));
}

TEST_CASE("an acute bed is one person's at a time", "[hospital]") {
  tests::Town town = quiet_town();
  town.service("municipal_acute_bed").capacity = 1.0;
  const auto first = town.add({.age = 80});
  World world = town.open();
  REQUIRE(acute_bed_free(world, world.at(first)));
  fall_ill(world, first, Cause::mild_illness);
  CHECK_FALSE(acute_bed_free(world, world.at(first)));
  CHECK(world.at(first).seeking_ratio == 0.0F);  // she is cared for
  days_away(world, first);
  CHECK(acute_bed_free(world, world.at(first)));
  CHECK(total(world.state.ledger.hospital_days) == 0.0F);
  CHECK_FALSE(world.at(world.at(first).care_case).receives_any());
}

TEST_CASE("who dies or moves away leaves the hospital too", "[hospital]") {
  tests::Town town = quiet_town();
  const auto id = town.add({.age = 80, .need = NeedLevel::some});
  World world = town.open();
  const auto cause = GENERATE(Cause::illness, Cause::mild_illness, Cause::hip_fracture);
  fall_ill(world, id, cause);
  world.remove_resident(id, model::Presence::dead, 0.5F);
  live_days(world, 3);
  CHECK(world.state.stays.empty());
  CHECK(acute_bed_free(world, world.at(id)));
}

TEST_CASE("need that a stay brings before 67 has its user group", "[hospital][user_groups]") {
  tests::Town town = quiet_town();
  for (double& share : town.config.hospital.loss_share.cells()) share = 1.0;
  for (double& share : town.config.user_groups.at_onset.cells()) share = 0.25;
  const auto id = town.add({.age = 40});
  World world = town.open();
  fall_ill(world, id);
  days_away(world, id);
  REQUIRE(world.at(id).need == NeedLevel::some);
  CHECK(world.at(id).group != model::UserGroup::general);
}

TEST_CASE("fewer lose function in a municipal acute bed", "[hospital]") {
  const auto loses = [](Cause cause, float draw) {
    tests::Town town = quiet_town();
    for (double& share : town.config.hospital.loss_share.cells()) share = 0.8;
    town.config.acute_beds.loss_ratio = 0.5;
    const auto id = town.add({.age = 80, .need = NeedLevel::some});
    World world = town.open();
    fall_ill(world, id, cause);
    REQUIRE(world.state.stays.size() == 1);
    REQUIRE(world.state.stays.front().acute_bed == (cause == Cause::mild_illness));
    world.state.stays.front().loss = draw;
    days_away(world, id);
    return world.at(id).need == NeedLevel::moderate;
  };
  CHECK(loses(Cause::mild_illness, 0.39F));
  CHECK_FALSE(loses(Cause::mild_illness, 0.41F));
  CHECK(loses(Cause::illness, 0.79F));
  CHECK_FALSE(loses(Cause::illness, 0.81F));
}

TEST_CASE("a share of those who come home are followed up, until the window ends", "[hospital]") {
  const auto followed = [](float draw, bool at_home) {
    tests::Town town = quiet_town();
    for (double& share : town.config.hospital.loss_share.cells()) share = 0.0;
    town.config.acute.follow_up_share = 0.3;
    const auto id = town.add({.age = 80});
    World world = town.open();
    if (!at_home) world.at(id).dwelling = model::Dwelling::nursing_home;
    fall_ill(world, id);
    world.state.stays.front().follow_up = draw;
    days_away(world, id);
    const bool is = world.at(id).followed_up;
    live_days(world, base::whole_days(town.config.acute.window_days) + 1);
    CHECK_FALSE(world.at(id).followed_up);
    return is;
  };
  CHECK(followed(0.29F, true));
  CHECK_FALSE(followed(0.31F, true));
  CHECK_FALSE(followed(0.29F, false));
}
