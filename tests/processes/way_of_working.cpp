#include "processes/way_of_working.hpp"

#include "catch.hpp"
#include "processes/delivery.hpp"
#include "town.hpp"

using namespace carestair;

namespace {

struct Reached {
  double permeation;
  double offered;
};

/// What two years of these rules lead to, from where today's have led.
Reached after_two_years(const config::WayOfWorking& rules) {
  tests::Town town;
  const double start = processes::steady_permeation(town.config.way_of_working);
  town.config.way_of_working = rules;
  processes::World world = town.open();
  const double now =
      processes::permeation_after(rules, start, rules.usual_span, rules.usual_turnover, 2.0);
  world.state.way_of_working = {now, start};
  return {now, processes::offer_share(world)};
}

}  // namespace

TEST_CASE("nothing moves until training, leaders or staff do", "[way_of_working]") {
  tests::Town town;
  processes::World world = town.open();
  const auto start = world.state.way_of_working;
  CHECK(start.permeation > 0.02);
  CHECK(start.permeation < 0.5);
  for (int day = 0; day < 800; ++day) world.run_day();
  CHECK(world.state.way_of_working.permeation == Approx(start.permeation));
  CHECK(processes::offer_share(world) == Approx(town.config.allocation.reablement_offer_share));
}

TEST_CASE("training that no leader follows up changes little", "[way_of_working]") {
  const config::WayOfWorking today = tests::selbu().way_of_working;
  const double usual = tests::selbu().allocation.reablement_offer_share;
  config::WayOfWorking rules = today;
  CHECK(after_two_years(rules).offered == Approx(usual));
  rules.training_hours = 3.0 * today.training_hours;
  rules.anchored_share = 0.5 * today.anchored_share;
  const double alone = after_two_years(rules).offered;
  rules.anchored_share = 0.9;
  const double anchored = after_two_years(rules).offered;
  CHECK(alone - usual < 0.05);
  CHECK(anchored - usual > 0.2);
  CHECK(anchored < 1.0);
}

TEST_CASE("old habits come back without attention and with newcomers", "[way_of_working]") {
  config::WayOfWorking rules = tests::selbu().way_of_working;
  const double start = processes::steady_permeation(rules);
  rules.training_hours = 0.0;
  CHECK(after_two_years(rules).offered < tests::selbu().allocation.reablement_offer_share);
  rules = tests::selbu().way_of_working;
  CHECK(processes::permeation_after(rules, start, rules.usual_span, 0.5, 2.0) < start);
  CHECK(processes::permeation_after(rules, start, 0.5 * rules.usual_span, rules.usual_turnover,
                                    2.0) > start);
  // Steps of a month add up to a year.
  double monthly = 0.9;
  for (int month = 0; month < 12; ++month) {
    monthly = processes::permeation_after(rules, monthly, 40.0, 0.2, 1.0 / 12.0);
  }
  CHECK(monthly == Approx(processes::permeation_after(rules, 0.9, 40.0, 0.2, 1.0)));
}

TEST_CASE("training takes time from residents", "[way_of_working]") {
  config::Config config = tests::selbu();
  CHECK(processes::training_time(config) == Approx(0.0));
  config.way_of_working.training_hours += 0.01 * config.workforce.staffing.productive_hours;
  CHECK(processes::training_time(config) == Approx(0.01));
}
