#include "processes/behaviour.hpp"

#include "catch.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

namespace {

/// Residents of nursing homes with severe dementia, as their behaviour is under a change of rules.
template <class Change>
std::vector<model::Behaviour> in_places(Change change) {
  Town town;
  for (int i = 0; i < 1500; ++i) {
    town.add(
        {.age = 85, .need = model::NeedLevel::extensive, .cognition = model::Cognition::severe});
  }
  town.service("nursing_home").capacity = 0.0;
  World world = town.open();
  config::Config config = world.config();
  change(config);
  const base::Day tomorrow = world.today() + 1;
  Policy policy{{world.today(), make_rules(world.config(), world.today(), world.period().end)}};
  policy.push_back({tomorrow, make_rules(config, world.today(), world.period().end,
                                         policy.front().rules.get())});
  world.follow(policy);
  world.run_day();
  world.run_day();
  std::vector<model::Behaviour> seen;
  for (model::CareCase& c : world.state.cases) {
    if (world.at(c.resident).dwelling != model::Dwelling::nursing_home) {
      start_service(world, c, town.index("nursing_home"), 0.0F, Provision::overflow);
    }
    seen.push_back(behaviour_of(world, c));
  }
  return seen;
}

struct BehaviourShares {
  double symptoms = 0.0, psychotropics = 0.0, coercion = 0.0, decision = 0.0;
};

BehaviourShares shares_of(const std::vector<model::Behaviour>& seen) {
  BehaviourShares shares;
  const double each = 1.0 / static_cast<double>(seen.size());
  for (const model::Behaviour& b : seen) {
    shares.symptoms += b.symptoms ? each : 0.0;
    shares.psychotropics += b.psychotropics ? each : 0.0;
    shares.coercion += b.coercion ? each : 0.0;
    shares.decision += b.decision ? each : 0.0;
    CHECK((b.coercion || !b.decision));
  }
  return shares;
}

}  // namespace

TEST_CASE("In places shares are those of the configuration") {
  const BehaviourShares shares = shares_of(in_places([](config::Config&) {}));
  // Standard errors are 0.013 at most.
  CHECK(shares.symptoms == Approx(0.70).margin(0.055));
  CHECK(shares.psychotropics == Approx(0.73).margin(0.055));
  CHECK(shares.coercion == Approx(0.45).margin(0.055));
  CHECK(shares.decision == Approx(0.35 * 0.45).margin(0.045));
}

TEST_CASE("More staff and milieu treatment: less coercion, for nobody more") {
  const auto before = in_places([](config::Config&) {});
  const auto staff = in_places([](config::Config& config) {
    for (config::Service& s : config.services) s.staff_hours_per_week *= 1.5;
    config.behaviour.staff_elasticity = 1.0;
  });
  const auto milieu = in_places([](config::Config& config) {
    config.behaviour.milieu_share = 1.0;
    config.behaviour.milieu_coercion_ratio = 0.5;
  });
  REQUIRE(before.size() == staff.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK((before[i].coercion || !staff[i].coercion));
    CHECK((before[i].coercion || !milieu[i].coercion));
    CHECK(before[i].symptoms == milieu[i].symptoms);
  }
  CHECK(shares_of(staff).coercion == Approx(0.30).margin(0.055));
  CHECK(shares_of(milieu).coercion == Approx(0.225).margin(0.05));
}

TEST_CASE("Nobody without dementia has symptoms, and nobody at home is coerced") {
  Town town;
  const auto clear = town.add({.age = 85, .need = model::NeedLevel::extensive});
  for (int i = 0; i < 200; ++i) {
    town.add({.age = 85, .need = model::NeedLevel::some, .cognition = model::Cognition::moderate});
  }
  World world = town.open();
  CHECK_FALSE(behaviour_of(world, case_of(world, clear)).psychotropics);
  int symptoms = 0;
  for (const model::CareCase& c : world.state.cases) {
    CHECK_FALSE(c.behaviour.coercion);
    symptoms += c.behaviour.symptoms ? 1 : 0;
  }
  CHECK(symptoms > 50);
  CHECK(symptoms < 110);
}

TEST_CASE("Symptoms raise supervision around the mean of the stage") {
  Town town;
  town.config.behaviour.supervision_ratio = 2.0;
  const auto id = town.add(
      {.age = 85, .need = model::NeedLevel::some, .cognition = model::Cognition::moderate});
  World world = town.open();
  model::CareCase& c = case_of(world, id);
  const double share = town.config.behaviour.symptoms(model::index(model::Cognition::moderate));
  c.behaviour.symptoms = true;
  const double with = supervision_ratio(world, c);
  c.behaviour.symptoms = false;
  const double without = supervision_ratio(world, c);
  CHECK(with == Approx(2.0 * without));
  CHECK(share * with + (1.0 - share) * without == Approx(1.0));
}
