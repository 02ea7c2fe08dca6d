#include "processes/past_year.hpp"

#include <numeric>

#include "catch.hpp"
#include "processes/quiet_lives.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::RateName;

namespace {

/// Taken by everybody at 65 and over on each birthday, for these days.
config::Service company(RateName rate, double ratio, double days) {
  config::Service s = tests::selbu().services.front();
  s.id = "company";
  s.title = "Company";
  s.form = config::ServiceForm::offer;
  s.min_age = 65;
  s.max_age = 120;
  s.need_levels = s.cognition = ~0U;
  s.offered_at = 1U << model::index(config::Occasion::birthday);
  s.uptake = 1.0;
  s.capacity = 1e6;
  s.stay_days = days;
  for (double& share : s.cover.cells()) share = 0.0;
  s.effects = {{"effect", rate, ratio, 0.0}};
  return s;
}

tests::Town town_with_company(const config::Service& offer) {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  for (double& rate : town.config.seeking.base_rate.cells()) rate = 0.0;
  town.config.technology.bought_per_year = 0.0;
  town.config.preventive_visits.coverage = 0.0;
  tests::without_offers_and_devices(town.config);
  town.config.services.push_back(offer);
  return town;
}

constexpr int founders = 400;

/// Residents of one age after four years; all lonely at the start.
World after_four_years(RateName rate, double ratio, double days, int age = 75) {
  tests::Town town = town_with_company(company(rate, ratio, days));
  for (int i = 0; i < founders; ++i) town.add({.age = age});
  World world = town.open(5);
  for (model::Resident& who : world.state.residents) who.lonely = true;
  tests::run_until(world, town.start + 4 * 365);
  return world;
}

int lonely(const World& world) {
  return static_cast<int>(std::ranges::count_if(
      world.state.residents, [](const model::Resident& who) { return who.lonely; }));
}

int illnesses(const World& world) {
  const auto& all = world.state.residents;
  return std::accumulate(all.begin(), all.end(), 0, [](int sum, const model::Resident& who) {
    return sum + who.illness_count;
  });
}

}  // namespace

TEST_CASE("what was in force in a year counts for its days", "[past_year]") {
  for (const int days : {100, 360}) {
    tests::Town town = town_with_company(company(RateName::loneliness_end, 3.0, days));
    const auto id = town.add({.age = 80});
    World world = town.open();
    const base::Day birthday = base::birthday(world.at(id).birth, 81);
    tests::run_until(world, birthday);
    CHECK(ratio_of_past_year(world, world.at(id), RateName::loneliness_end) == 1.0F);
    const base::Day next = base::birthday(world.at(id).birth, 82);
    tests::run_until(world, next);
    const double year = next - birthday;
    CHECK(ratio_of_past_year(world, world.at(id), RateName::loneliness_end) ==
          Approx(1.0 + 2.0 * days / year).margin(2.0 / year));
    CHECK(ratio_of_past_year(world, world.at(id), RateName::illness) == 1.0F);
    // A year like the one before is worth as much, and no more.
    tests::run_until(world, base::birthday(world.at(id).birth, 83));
    CHECK(ratio_of_past_year(world, world.at(id), RateName::loneliness_end) ==
          Approx(1.0 + 2.0 * days / year).margin(3.0 / year));
  }
}

TEST_CASE("an offer taken from birthday to birthday ends loneliness, the longer the more",
          "[past_year][loneliness]") {
  const int without = lonely(after_four_years(RateName::loneliness_end, 1.0, 360.0));
  const int quarter = lonely(after_four_years(RateName::loneliness_end, 4.0, 90.0));
  const int whole = lonely(after_four_years(RateName::loneliness_end, 4.0, 360.0));
  CHECK(without > founders / 4);
  CHECK(quarter < without - 20);
  CHECK(whole < quarter - 20);
}

TEST_CASE("an offer taken from birthday to birthday keeps from illness", "[past_year]") {
  const int without = illnesses(after_four_years(RateName::illness, 1.0, 360.0, 64));
  const int with = illnesses(after_four_years(RateName::illness, 0.05, 360.0, 64));
  CHECK(without > 40);
  CHECK(with < without / 5);  // most come at 67, two years after the first offer
}
