#include "processes/loneliness.hpp"

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/households.hpp"
#include "processes/services.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

TEST_CASE("The share lonely keeps itself, and services move it") {
  const auto next = [](double share, double onset_ratio, double end_ratio) {
    const LonelyYear year = lonely_year(0.5, 0.15, onset_ratio, end_ratio);
    return share * (1.0 - year.ends) + (1.0 - share) * year.begins;
  };
  CHECK(next(0.5, 1.0, 1.0) == Approx(0.5));
  CHECK(lonely_year(0.5, 0.15, 1.0, 1.0).ends == Approx(0.5 * (1.0 - std::exp(-0.3))));
  CHECK(lonely_year(0.12, 0.0, 1.0, 1.0).begins == 0.0);
  CHECK(lonely_year(1.0, 0.15, 1.0, 1.0).begins == 1.0);
  double share = 0.5;
  for (int year = 0; year < 100; ++year) share = next(share, 1.0, 3.0);
  CHECK(share == Approx(0.25));  // odds divided by three
}

TEST_CASE("Three in ten at 70 and over are lonely, and so it stays") {
  LargeTown town(5);
  World world = town.open(12);
  const auto lonely = [&] {
    double all = 0.0;
    double count = 0.0;
    for (const model::Resident& who : world.state.residents) {
      if (!who.here() || world.age(who) < 70) continue;
      all += 1.0;
      count += who.lonely ? 1.0 : 0.0;
    }
    return count / all;
  };
  CHECK(lonely() == Approx(0.295).margin(0.03));
  std::vector<bool> before;
  for (const model::Resident& who : world.state.residents) before.push_back(who.lonely);
  run_until(world, town.start + 12 * 365);
  CHECK(lonely() == Approx(0.295).margin(0.035));
  double ended = 0.0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    ended += before[i] && world.state.residents[i].here() && !world.state.residents[i].lonely;
  }
  CHECK(ended > 100.0);
}

TEST_CASE("Moving to a place draws loneliness anew") {
  Town town;
  town.config.loneliness.place_share = 1.0;
  const auto id = town.add({.age = 88, .need = model::NeedLevel::extensive});
  World world = town.open();
  world.at(id).lonely = false;
  model::CareCase& c = case_of(world, id);
  start_service(world, c, town.index("nursing_home"), 0.0F);
  CHECK(world.at(id).lonely);
}
