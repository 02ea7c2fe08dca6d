// What caring does to the carer, and what becomes of family care as a whole.
#include "processes/carer_burden.hpp"

#include <cmath>

#include "catch.hpp"
#include "processes/carers.hpp"
#include "processes/family_future.hpp"
#include "quiet_lives.hpp"
#include "synth/populate.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using model::Sex;
using processes::World;

namespace {

struct Couples {
  tests::Town town;
  int count = 0;

  explicit Couples(int couples, NeedLevel need = NeedLevel::extensive) : count(couples) {
    tests::with_quiet_lives(town.config);
    tests::without_offers_and_devices(town.config);
    town.config.informal.friend_share = 0.0;
    for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
    for (int i = 0; i < couples; ++i) {
      const auto her = town.add({.age = 80, .need = need});
      town.marry(her, town.add({.age = 80, .sex = Sex::male}));
    }
  }
};

void run_months(World& world, int months) {
  for (int day = 0; day < months * 30; ++day) world.run_day();
}

int withdrawn(const World& world) {
  int ties = 0;
  for (const model::Carer& carer : world.state.carers) {
    if (carer.first_tie.valid() && world.state.at(carer.first_tie).withdrawn) ++ties;
  }
  return ties;
}

double mean_burden(const World& world) {
  double sum = 0.0;
  int ties = 0;
  for (const model::Carer& carer : world.state.carers) {
    if (!carer.first_tie.valid()) continue;
    sum += static_cast<double>(world.state.at(carer.first_tie).burden);
    ++ties;
  }
  return sum / std::max(ties, 1);
}

double hours_given(const World& world) {
  double sum = 0.0;
  for (const model::CareCase& c : world.state.cases) {
    sum += static_cast<double>(model::total(c.informal));
  }
  return sum;
}

}  // namespace

TEST_CASE("burden goes to its target by the pace set, and to none when nothing is given",
          "[carers]") {
  Couples couples(1);
  config::CarerBurden& rules = couples.town.config.informal.burden;
  rules = {};
  rules.base = 20.0;
  rules.per_hour = 0.5;
  rules.adapt_months = 6.0;
  rules.burdened_from = 88.0;
  World world = couples.town.open(3);
  const auto tie = [&]() -> const model::Tie& { return world.state.ties.front(); };
  const double target = 20.0 + 0.5 * hours_given(world);
  CHECK(processes::burden_target(world, tie()) == Approx(target));
  for (int month = 0; month < 12; ++month) processes::tend_family_care(world);
  CHECK(tie().burden == Approx(target * (1.0 - std::exp(-2.0))));
  world.at(model::ResidentId(1U)).in_hospital = true;
  processes::tell_cared_for(world, model::ResidentId(1U));
  CHECK(processes::burden_target(world, tie()) == 0.0F);
}

TEST_CASE("behaviour, supervision, years and a shared home weigh as configured", "[carers]") {
  Couples couples(1);
  config::CarerBurden& rules = couples.town.config.informal.burden;
  rules = {};
  rules.adapt_months = 1.0;
  rules.burdened_from = 88.0;
  rules.symptoms = 10.0;
  rules.living_together = 3.0;
  rules.per_year = 2.0;
  rules.years_most = 1.5;
  rules.per_supervision_hour = 1.0;
  for (double& share : couples.town.config.behaviour.symptoms.cells()) share = 1.0;
  World world = couples.town.open(5);
  const model::Tie& tie = world.state.ties.front();
  const double watch = tie.given[model::index(model::NeedType::supervision)];
  CHECK(processes::burden_target(world, tie) == Approx(3.0 + watch));
  for (int day = 0; day < 3 * 365; ++day) world.run_day();
  CHECK(processes::burden_target(world, tie) ==
        Approx(3.0 + 1.5 * 2.0 + tie.given[model::index(model::NeedType::supervision)]));
  world.at(model::ResidentId(0U)).cognition = model::Cognition::moderate;
  processes::need_changed(world, model::ResidentId(0U));
  CHECK(processes::burden_target(world, tie) ==
        Approx(16.0 + tie.given[model::index(model::NeedType::supervision)]));
}

TEST_CASE("carers give up the more the heavier their burden, and hold out below the line",
          "[carers]") {
  const auto who_give_up = [](double base, double rate) {
    Couples couples(150);
    config::CarerBurden& rules = couples.town.config.informal.burden;
    rules.base = base;
    rules.sd = 0.0;
    rules.withdrawal_rate = rate;
    rules.withdrawal_ratio_per_point = 1.05;
    World world = couples.town.open(4);
    run_months(world, 36);
    return withdrawn(world);
  };
  CHECK(who_give_up(60.0, 0.0) == 0);
  CHECK(who_give_up(0.0, 0.1) == 0);
  const int some = who_give_up(20.0, 0.1);
  const int many = who_give_up(40.0, 0.1);
  CHECK(some > 10);
  CHECK(many > some + 20);
}

TEST_CASE("one who gives up leaves a share of the help, and need unmet", "[carers]") {
  Couples couples(1);
  config::CarerBurden& rules = couples.town.config.informal.burden;
  rules.base = 88.0;
  rules.withdrawal_rate = 10.0;
  rules.withdrawn_share = 0.2;
  couples.town.config.informal.partner_hours_per_week = 5.0;
  World world = couples.town.open(3);
  const model::CareCase& c = world.at(world.at(model::ResidentId(0U)).care_case);
  const float before = model::total(c.informal);
  const float unmet = model::total(c.unmet);
  const float seeks = c.ratio(model::RateName::seeking);
  run_months(world, 30);
  REQUIRE(withdrawn(world) == 1);
  CHECK(model::total(c.informal) == Approx(0.2F * before));
  CHECK(model::total(c.unmet) > unmet);
  CHECK(c.ratio(model::RateName::seeking) >= seeks);
  const auto& events = world.state.ledger.events[model::index(model::EventKind::carer_withdrew)];
  float counted = 0.0F;
  for (const auto& group : events) counted += group[0] + group[1];
  CHECK(counted == 1.0F);
}

TEST_CASE("respite lowers burden as far as its effect says, and a null not at all", "[carers]") {
  const auto burden = [](double ratio) {
    Couples couples(20);
    config::CarerBurden& rules = couples.town.config.informal.burden;
    rules.withdrawal_rate = 0.0;
    config::Service& day = couples.town.service("day_activity");
    day.effects = {{"burden", model::RateName::burden, ratio, 0.0}};
    for (double& share : day.cover.cells()) share = 0.0;
    const model::ServiceIndex service = couples.town.index("day_activity");
    World world = couples.town.open(4);
    for (std::size_t i = 0; i < world.state.cases.size(); ++i) {
      model::CareCase& c = world.state.cases[i];
      processes::start_service(world, c, service, 0.0F);
      c.next_review = model::never;
      processes::update_case(world, c);
    }
    for (int month = 0; month < 100; ++month) processes::tend_family_care(world);
    return mean_burden(world);
  };
  const double none = burden(1.0);
  CHECK(none > 5.0);
  CHECK(burden(0.8) == Approx(0.8 * none).epsilon(1e-3));
}

TEST_CASE("burdened carers decline faster, and are ill from work", "[carers]") {
  Couples couples(1);
  config::Informal& rules = couples.town.config.informal;
  for (double& rate : couples.town.config.function.decline.cells()) rate = 0.05;
  rules.burden.base = 88.0;
  rules.burden.withdrawal_rate = 0.0;
  rules.burden.decline_ratio = 2.0;
  rules.burden.sick_days_per_year = 12.0;
  for (double& share : rules.employed_share.cells()) share = 1.0;
  World world = couples.town.open(2);
  const model::ResidentId him(1U);
  const float before = world.clock_rate(him, processes::Clock::need_up);
  REQUIRE(processes::strain_of(world, him).decline == 1.0F);
  for (int month = 0; month < 6; ++month) processes::tend_family_care(world);
  CHECK(processes::strain_of(world, him).decline == 2.0F);
  world.run_day();
  CHECK(world.clock_rate(him, processes::Clock::need_up) > 1.5F * before);
  float days = 0.0F;
  for (const float part : world.state.ledger.carer_sick_days) days += part;
  CHECK(days >= 3.0F);
  CHECK(world.state.at(world.state.carer_of[him.index]).work_lost > 0.0F);
  // Nobody to care for, no strain.
  world.remove_resident(model::ResidentId(0U), model::Presence::dead, 0.5F);
  CHECK(processes::strain_of(world, him).decline == 1.0F);
}

TEST_CASE("the futures of family care hold the total to what they say", "[carers]") {
  const auto last_to_first = [](config::FamilyFuture future) {
    config::Config config = tests::selbu();
    config.informal.future = future;
    const base::Day start = base::to_day({2020, 1, 1});
    const processes::Period period{start, start, start + 8 * 366};
    const auto seed = random::WorldSeed::of(5, 0, 1);
    auto rules = processes::make_rules(config, period.first, period.end);
    World world(synth::populate(config, seed, start, period.first),
                {{period.first, std::move(rules)}}, seed, period);
    double last = 0.0;
    double middle = 0.0;
    double oldest = 0.0;
    int months = 0;
    while (!world.finished()) {
      world.run_day();
      if (!world.month_closed() || ++months <= 84) continue;
      last += hours_given(world) / 12.0;
      for (const model::Resident& who : world.state.residents) {
        if (!who.here()) continue;
        const int age = world.age(who);
        middle += age >= 50 && age < 67 ? 1.0 : 0.0;
        oldest += age >= 85 ? 1.0 : 0.0;
      }
      if (months == 96) break;
    }
    const model::FamilyCare& care = world.state.family_care;
    return std::array{last / care.hours, middle / oldest / care.middle_aged};
  };
  CHECK(last_to_first(config::FamilyFuture::constant)[0] == Approx(1.0).epsilon(0.03));
  const auto falling = last_to_first(config::FamilyFuture::falling);
  CHECK(falling[1] < 0.97);
  CHECK(falling[0] == Approx(falling[1]).epsilon(0.04));
}

TEST_CASE("family care grows with what the municipality grants", "[carers]") {
  tests::Town town;
  town.config.informal.future = config::FamilyFuture::growing;
  World world = town.open(3);
  model::FamilyCare& care = world.state.family_care;
  care = {.factor = 1.0F, .months = 12, .hours = 10.0, .middle_aged = 1.0, .formal_hours = 50.0};
  world.state.use[town.index("home_nursing")].hours_per_week += 100.0F;
  world.state.carers.emplace_back();
  world.state.ties.emplace_back();
  world.state.carers.back().first_tie = model::TieId(world.state.ties.size() - 1);
  world.state.ties.back().given[0] = 10.0F;
  processes::look_at_the_future(world);
  CHECK(care.factor == Approx(2.0F));
}
