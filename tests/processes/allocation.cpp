#include "processes/allocation.hpp"

#include <algorithm>

#include "catch.hpp"
#include "processes/buildings.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/seeking.hpp"
#include "quiet_lives.hpp"
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
  town.config.allocation.strictness = 1.0;  // help at home comes first
  town.config.allocation.home_limit_hours_per_week = 168.0;
  town.config.allocation.supervision_limit_hours_per_week = 168.0;
  const auto id = town.add({.age = 84, .need = NeedLevel::extensive});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  processes::decide(world, c);
  const auto nursing = town.index("home_nursing");
  REQUIRE(c.find(nursing) != nullptr);
  const float hours = c.find(nursing)->hours_per_week;
  world.at(id).need = NeedLevel::some;
  processes::need_changed(world, id);
  CHECK(c.request == Request::need_changed);
  processes::decide(world, c);
  const auto* after = c.find(nursing);
  CHECK((after == nullptr || after->hours_per_week < hours));
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
    // Nothing else about the cases differs by chance.
    town.config.informal.friend_share = 0.0;
    town.config.allocation.strictness = 1.0;
    town.config.allocation.reablement_offer_share = 0.0;
    town.config.allocation.reablement_before_share = 0.0;
    tests::without_offers_and_devices(town.config);
    for (config::Service& s : town.config.services) {
      s.uptake = 1.0;
      if (s.form == config::ServiceForm::hours) s.hours_capacity = 1e4;
      if (s.form != config::ServiceForm::dwelling) s.capacity = 1000.0;  // room for all
    }
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
  CHECK(hours(0.0) == 0.0F);
  CHECK(hours(1.0) > 0.0F);
}

TEST_CASE("priority is benefit less resources, severity and waiting by their weights",
          "[allocation]") {
  tests::Town town;
  config::Allocation& rules = town.config.allocation;
  rules.weight_benefit = 0.7;
  rules.weight_resource = 0.3;
  rules.weight_severity = 2.0;
  rules.weight_waiting = 0.11;
  const auto id = town.add({.age = 84, .need = NeedLevel::some});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const auto priority = [&](float unmet, float need, float informal, NeedLevel level, int days) {
    c.unmet = c.need = c.informal = {};
    c.unmet[model::index(model::NeedType::nursing)] = unmet;
    c.need[model::index(model::NeedType::practical)] = need;
    c.informal[model::index(model::NeedType::social)] = informal;
    c.level = level;
    c.request_since = world.today() - days;
    return processes::priority(world, c);
  };
  using enum NeedLevel;
  CHECK(priority(0.0F, 0.0F, 0.0F, none, 0) == 0.0F);
  CHECK(priority(10.0F, 0.0F, 0.0F, none, 0) == Approx(0.7));
  CHECK(priority(0.0F, 10.0F, 0.0F, none, 0) == Approx(-0.3));
  CHECK(priority(0.0F, 30.0F, 10.0F, none, 0) == Approx(-0.6));
  CHECK(priority(0.0F, 10.0F, 30.0F, none, 0) == 0.0F);  // more help than need takes nothing
  CHECK(priority(0.0F, 0.0F, 0.0F, moderate, 0) == Approx(4.0));
  CHECK(priority(0.0F, 0.0F, 0.0F, none, 487) == Approx(0.11 * 16.0));
  CHECK(priority(5.0F, 20.0F, 10.0F, some, 0) == Approx(0.35 - 0.3 + 2.0));
}

namespace {

/// One whom nobody but the services helps, with this caution in cutting packages.
struct Cautious {
  tests::Town town;
  model::ResidentId id;

  explicit Cautious(double caution) {
    town.config.allocation.step_down_hours_per_week = caution;
    town.config.allocation.reablement_offer_share = 0.0;
    town.config.allocation.reablement_before_share = 0.0;
    town.config.allocation.strictness = 1.0;
    tests::without_offers_and_devices(town.config);
    id = town.add({.age = 84, .need = NeedLevel::moderate});
  }
};

}  // namespace

TEST_CASE("hours are lowered when they are more than is worth the caution above the plan",
          "[allocation]") {
  const auto after = [](float more) {
    Cautious one(2.0);
    processes::World world = one.town.open();
    model::CareCase& c = tests::case_of(world, one.id);
    processes::decide(world, c);
    const auto nursing = one.town.index("home_nursing");
    REQUIRE(c.find(nursing) != nullptr);
    const float planned = c.find(nursing)->hours_per_week;
    processes::change_hours(world, c, *c.find(nursing), planned + more);
    processes::update_case(world, c);
    processes::decide(world, c);
    REQUIRE(c.find(nursing) != nullptr);
    return c.find(nursing)->hours_per_week - planned;
  };
  CHECK(after(1.9F) == Approx(1.9F).epsilon(1e-4));
  CHECK(after(2.1F) == Approx(0.0F).margin(1e-4));
}

TEST_CASE("a package of less than is worth the caution is not taken away", "[allocation]") {
  const auto keeps = [](float hours) {
    Cautious one(2.0);
    for (double& bound : one.town.config.allocation.sound_hours.cells()) bound = 168.0;
    processes::World world = one.town.open();
    model::CareCase& c = tests::case_of(world, one.id);
    const auto nursing = one.town.index("home_nursing");
    processes::start_service(world, c, nursing, hours);
    processes::update_case(world, c);
    processes::decide(world, c);
    return c.find(nursing) != nullptr;
  };
  CHECK(keeps(1.9F));
  CHECK_FALSE(keeps(2.1F));
}

TEST_CASE("who lacks much care or nursing is decided the day she applies", "[allocation]") {
  tests::Town town;
  town.config.allocation.urgent_hours_per_week = 5.0;
  const auto id = town.add({.age = 84, .need = NeedLevel::moderate});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const auto waits = [&](float care, float nursing, float practical, Request request, int days) {
    processes::end_care(world, id);
    processes::enqueue(world, c, request);
    c.request = request;
    c.request_since = world.today() - days;
    c.unmet = {};
    c.unmet[model::index(model::NeedType::personal_care)] = care;
    c.unmet[model::index(model::NeedType::nursing)] = nursing;
    c.unmet[model::index(model::NeedType::practical)] = practical;
    processes::decide_urgent_cases(world);
    const bool queued = c.in_queue;
    CHECK(world.state.queue.size() == (queued ? 1U : 0U));
    c.in_queue = false;
    world.state.queue.clear();
    return queued;
  };
  CHECK(waits(2.4F, 2.5F, 0.0F, Request::application, 0));
  CHECK_FALSE(waits(2.5F, 2.5F, 0.0F, Request::application, 0));
  CHECK_FALSE(waits(0.0F, 5.0F, 0.0F, Request::application, 0));
  CHECK(waits(0.0F, 0.0F, 20.0F, Request::application, 0));  // other help can wait
  CHECK(waits(5.0F, 5.0F, 0.0F, Request::application, 1));   // has waited already
  CHECK(waits(5.0F, 5.0F, 0.0F, Request::need_changed, 0));
  CHECK_FALSE(waits(0.0F, 0.0F, 0.0F, Request::discharge, 0));
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

TEST_CASE("when a home in a building is closed, places like its own are bought", "[allocation]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (config::Service& s : town.config.services) {
    if (s.form == config::ServiceForm::place) s.capacity = 0;
  }
  town.service("short_term_stay").capacity = 0;
  // Both are worn out before the second month begins.
  const auto worn_out = [](const char* service, double places) {
    return config::Facility{.id = std::string("old_") + service,
                            .title = {},
                            .service = service,
                            .places = places,
                            .year_built = 1990,
                            .life_years = 30.0};
  };
  town.config.facilities = {worn_out("care_housing_24h_old", 1.0), worn_out("nursing_home", 36.0)};
  for (double& cover : town.service("care_housing_24h_old").cover.cells()) cover = 1.0;
  const auto id =
      town.add({.age = 86, .need = NeedLevel::extensive, .cognition = model::Cognition::severe});
  processes::World world = town.open();
  for (int day = 0; day < 40; ++day) world.run_day();
  REQUIRE(processes::capacity_of(world, town.index("nursing_home")) == 0.0F);
  model::CareCase& c = tests::case_of(world, id);
  processes::enqueue(world, c, Request::application);
  processes::hold_allocation_meeting(world);
  CHECK(c.place.service == town.index("care_housing_24h_old"));
  const int patience = static_cast<int>(town.config.allocation.lawful_wait_days) + 15;
  for (int day = 0; day < patience; ++day) world.run_day();
  const auto* place = processes::place_of(world, c);
  REQUIRE(place != nullptr);
  CHECK(place->overflow);
  CHECK(place->service == town.index("nursing_home"));
}

TEST_CASE("who lives in a place stays there while waiting for a higher one", "[allocation]") {
  tests::Town town;
  town.service("nursing_home").capacity = 1;
  town.service("care_housing_24h_old").capacity = 5;
  town.service("short_term_stay").capacity = 0;
  const auto other = town.add({.age = 90, .need = NeedLevel::extensive});
  const auto id =
      town.add({.age = 86, .need = NeedLevel::moderate, .cognition = model::Cognition::severe});
  processes::World world = town.open();
  const auto nursing_home = town.index("nursing_home");
  const auto dwelling = town.index("care_housing_24h_old");
  processes::start_service(world, tests::case_of(world, other), nursing_home, 0.0F);
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, dwelling, 28.0F);
  world.at(id).need = NeedLevel::extensive;
  processes::need_changed(world, id);
  processes::decide(world, c);
  CHECK(c.place.service == nursing_home);
  REQUIRE(processes::place_of(world, c) != nullptr);
  CHECK(processes::place_of(world, c)->service == dwelling);
  CHECK(c.find(town.index("home_nursing")) == nullptr);
  CHECK(c.left_unmet < 0.5F * model::total(c.need));  // staff of the dwelling help meanwhile
  // It is left for the other when that is free.
  processes::end_care(world, other);
  processes::decide(world, c);
  CHECK(processes::place_of(world, c)->service == nursing_home);
  CHECK(c.find(dwelling) == nullptr);
}

TEST_CASE("nobody leaves a place for needing more, or no less, than when it was given",
          "[allocation]") {
  tests::Town town;
  town.config.allocation.strictness = 1.0;  // nobody is placed by habit
  town.config.allocation.home_limit_hours_per_week = 168.0;
  town.config.allocation.supervision_limit_hours_per_week = 168.0;
  const auto id = town.add({.age = 86, .need = NeedLevel::moderate});
  processes::World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, town.index("nursing_home"), 30.0F);
  const auto decided_at = [&](NeedLevel need) {
    world.at(id).need = need;
    processes::need_changed(world, id);
    processes::decide(world, c);
    return processes::place_of(world, c) != nullptr;
  };
  CHECK(decided_at(NeedLevel::moderate));
  CHECK(decided_at(NeedLevel::extensive));
  CHECK(decided_at(NeedLevel::moderate));
  CHECK_FALSE(decided_at(NeedLevel::some));
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
