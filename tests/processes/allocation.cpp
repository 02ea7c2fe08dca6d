#include "processes/allocation.hpp"

#include <algorithm>

#include "catch.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/seeking.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using model::Request;

TEST_CASE("the severe come before the mild, and waiting counts", "[allocation]") {
  tests::Town town;
  const auto mild = town.add({.age = 84, .need = NeedLevel::some});
  const auto severe = town.add({.age = 84, .need = NeedLevel::extensive});
  processes::World world = town.open();
  for (const auto id : {mild, severe}) {
    processes::enqueue(world, tests::case_of(world, id), Request::application);
  }
  const auto at = [&](model::ResidentId id) -> model::CareCase& {
    return world.at(world.at(id).care_case);
  };
  CHECK(processes::priority(world, at(severe)) > processes::priority(world, at(mild)));
  const float now = processes::priority(world, at(mild));
  at(mild).request_since = at(mild).request_since - 200;
  CHECK(processes::priority(world, at(mild)) > now);
}

TEST_CASE("the last place goes to the one ahead in the queue; the other waits, then overflows",
          "[allocation]") {
  tests::Town town;
  town.service("nursing_home").capacity = 1;
  town.service("care_housing_24h").capacity = 0;
  town.service("short_term_stay").capacity = 0;
  for (double& rate : town.config.mortality.rate.cells()) rate = 0.0;
  for (double& rate : town.config.migration.out_rate.cells()) rate = 0.0;
  const tests::Person person{
      .age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe};
  const auto first = town.add(person);
  const auto second = town.add(person);
  processes::World world = town.open();
  for (const auto id : {first, second}) {
    processes::enqueue(world, tests::case_of(world, id), Request::application);
  }
  processes::hold_allocation_meeting(world);
  const auto nursing_home = town.index("nursing_home");
  const auto at = [&](model::ResidentId id) -> model::CareCase& {
    return world.at(world.at(id).care_case);
  };
  CHECK(world.state.use[nursing_home].persons == 1.0F);
  const bool first_placed = processes::place_of(world, at(first)) != nullptr;
  const auto waiting = first_placed ? second : first;
  CHECK(at(waiting).place.service == nursing_home);
  const int patience = static_cast<int>(town.config.allocation.lawful_wait_days) + 15;
  for (int day = 0; day < patience; ++day) world.run_day();
  const auto* place = processes::place_of(world, at(waiting));
  REQUIRE(place != nullptr);
  CHECK(place->overflow);
  CHECK(world.state.use[nursing_home].persons == 1.0F);
  CHECK(world.state.use[nursing_home].overflow_persons == 1.0F);
  // A free place turns the overflow into an ordinary one.
  processes::end_care(world, first_placed ? first : second);
  processes::hold_allocation_meeting(world);
  CHECK(world.state.use[nursing_home].overflow_persons == 0.0F);
  CHECK(world.state.use[nursing_home].persons == 1.0F);
}

TEST_CASE("a need that has fallen is noticed, and hours step down", "[allocation]") {
  tests::Town town;
  const auto id = town.add({.age = 84, .need = NeedLevel::extensive});
  processes::World world = town.open();
  for (const auto service : {"nursing_home", "care_housing_24h"}) {
    static_cast<void>(service);
  }
  model::CareCase& c = tests::case_of(world, id);
  processes::decide(world, c);
  const auto nursing = town.index("home_nursing");
  if (const auto* before = c.find(nursing); before != nullptr) {
    const float hours = before->hours_per_week;
    world.at(id).need = NeedLevel::some;
    processes::need_changed(world, id);
    CHECK(c.request == Request::need_changed);
    processes::decide(world, c);
    const auto* after = c.find(nursing);
    CHECK((after == nullptr || after->hours_per_week < hours));
  } else {
    CHECK(processes::place_of(world, c) != nullptr);
  }
}

TEST_CASE("looking at everybody every day changes nobody's life", "[allocation]") {
  // Rates follow from state: an update too many must not move a single clock.
  tests::Town a;
  tests::Town b;
  for (tests::Town* town : {&a, &b}) {
    for (double& share : town->config.initial.served.cells()) share = 0.8;
    for (int i = 0; i < 200; ++i) {
      town->add({.age = 60 + i % 40,
                 .sex = i % 3 == 0 ? model::Sex::male : model::Sex::female,
                 .need = static_cast<NeedLevel>(i % 4),
                 .cognition = static_cast<model::Cognition>(i % 5)});
    }
  }
  processes::World left = a.open(3);
  processes::World right = b.open(3);
  for (int day = 0; day < 3 * 365; ++day) {
    left.run_day();
    for (model::CareCase& c : right.state.cases) {
      if (c.accounted != model::never && right.at(c.resident).here()) {
        processes::update_case(right, c);
      }
    }
    right.run_day();
  }
  REQUIRE(left.state.residents.size() == right.state.residents.size());
  int different = 0;
  for (std::size_t i = 0; i < left.state.residents.size(); ++i) {
    const model::Resident& x = left.state.residents[i];
    const model::Resident& y = right.state.residents[i];
    different += x.uid != y.uid || x.presence != y.presence || x.need != y.need ||
                         x.cognition != y.cognition || x.dwelling != y.dwelling ||
                         left.state.left[i] != right.state.left[i]
                     ? 1
                     : 0;
  }
  CHECK(different == 0);
}

TEST_CASE("offices that judge differently give alike cases different help", "[allocation]") {
  const auto hours = [](double sd) {
    tests::Town town;
    town.config.allocation.judgement_sd = sd;
    town.config.mastery.sd = 0.0;
    for (int i = 0; i < 40; ++i) town.add({.age = 82, .need = NeedLevel::some});
    processes::World world = town.open();
    std::vector<float> unmet;
    for (std::size_t i = 0; i < 40; ++i) {
      model::CareCase& c = tests::case_of(world, model::ResidentId(i));
      c.other_language = false;
      processes::decide(world, c);
      unmet.push_back(model::total(c.unmet));
    }
    const auto [least, most] = std::ranges::minmax(unmet);
    return most - least;
  };
  CHECK(hours(0.0) < hours(1.0));
}

TEST_CASE("beyond capacity, places are found in the kind of which there are most", "[allocation]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  town.service("nursing_home").capacity = 10;
  town.service("care_housing_24h").capacity = 0;
  town.service("care_housing_24h_old").capacity = 1;
  for (double& cover : town.service("care_housing_24h_old").cover.cells()) cover = 1.0;
  town.service("short_term_stay").capacity = 0;
  // Where all are closed, others like most of them are bought, not the cheapest that there is.
  config::Config closed = town.config;
  closed.services[town.index("nursing_home")].capacity = 0;
  closed.services[town.index("care_housing_24h_old")].capacity = 0;
  const bool closes = GENERATE(false, true);
  const auto id =
      town.add({.age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe});
  const base::Day later = town.start + 1;
  processes::World world = closes ? town.open({{later, closed}}) : town.open();
  world.run_day();
  world.run_day();
  const auto nursing_home = town.index("nursing_home");
  world.state.use[nursing_home].persons += 10.0F;
  world.state.use[town.index("care_housing_24h_old")].persons += 1.0F;
  model::CareCase& c = tests::case_of(world, id);
  processes::enqueue(world, c, Request::application);
  processes::hold_allocation_meeting(world);
  CHECK(c.place.service == town.index("care_housing_24h_old"));
  const base::Day since = c.place.since;
  const int patience = static_cast<int>(town.config.allocation.lawful_wait_days) + 15;
  for (int day = 0; day < patience; ++day) world.run_day();
  const auto* place = processes::place_of(world, c);
  REQUIRE(place != nullptr);
  CHECK(place->overflow);
  CHECK(place->service == nursing_home);
  CHECK(place->since - since >= static_cast<int>(town.config.allocation.lawful_wait_days));
}

TEST_CASE("who waits for another kind of place has waited since before", "[allocation]") {
  tests::Town town;
  const auto id = town.add({.age = 86, .need = NeedLevel::extensive});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const base::Day first = world.today();
  processes::start_waiting(world, c, c.place, town.index("care_housing_24h_old"));
  for (int day = 0; day < 3; ++day) world.run_day();
  processes::start_waiting(world, c, c.place, town.index("nursing_home"));
  CHECK(c.place.service == town.index("nursing_home"));
  CHECK(c.place.since == first);
  processes::end_waiting(world, c, c.place);
  const auto& ledger = world.state.ledger;
  CHECK(ledger.waits_ended[town.index("nursing_home")] == 1.0F);
  CHECK(ledger.waits_ended[town.index("care_housing_24h_old")] == 0.0F);
  CHECK(ledger.wait_days_ended[town.index("nursing_home")] == 3.0F);
}
