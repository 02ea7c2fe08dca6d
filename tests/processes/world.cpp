#include "processes/world.hpp"

#include "catch.hpp"
#include "synth/populate.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::tests;

// References into cases and ties are held while others are added.
TEST_CASE("room is made in each vector, however much residents have already") {
  Town town;
  for (int i = 0; i < 40; ++i) town.add({.age = 20 + i});
  town.expect(100'000);
  const processes::World world = town.open();
  const auto room = [](const auto& entries) { return entries.capacity() - entries.size(); };
  const model::State& state = world.state;
  CHECK(room(state.cases) > 200);
  CHECK(room(state.ties) > 200);
  CHECK(room(state.carers) > 200);
  CHECK(room(state.kin) > 200);
  CHECK(room(state.carer_of) > 200);
  CHECK(room(state.queue) > 200);
}

// Rounds go through these alone, so that a case missing from them would never be booked again.
TEST_CASE("open cases and those that hold something are known") {
  Town town;
  for (int i = 0; i < 60; ++i) {
    town.add({.age = 60 + i % 40, .need = static_cast<model::NeedLevel>(i % 4)});
  }
  processes::World world = town.open();
  std::size_t ended = 0;
  for (int day = 0; day < 3 * 365; ++day) {
    world.run_day();
    if (day % 30 != 0) continue;
    std::vector<model::CaseId> open, holding;
    for (const model::CaseId id : world.state.open_cases) open.push_back(id);
    for (const model::CaseId id : world.state.holding_cases) holding.push_back(id);
    std::vector<model::CaseId> really_open, really_holding;
    ended = 0;
    for (std::size_t i = 0; i < world.state.cases.size(); ++i) {
      const model::CareCase& c = world.state.cases[i];
      if (c.accounted != model::never) really_open.emplace_back(i);
      if (c.held > 0) really_holding.emplace_back(i);
      ended += world.state.at(c.resident).here() ? 0U : 1U;
    }
    CAPTURE(day);
    CHECK(open == really_open);
    CHECK(holding == really_holding);
  }
  CHECK(ended > 3);  // the dead are among the cases, and not among those open
}

// Whoever changes what a rate depends on has to say so, or a clock runs on at yesterday's rate.
TEST_CASE("clocks run at the rates that the state asks for, at the end of every day") {
  const config::Config config = selbu();
  const auto seed = random::WorldSeed::of(11, 0, 1);
  const base::Day start = base::to_day({2020, 1, 1});
  const processes::Period period{start - 365, start, start + 2 * 365};
  processes::World world(synth::populate(config, seed, start, period.first),
                         {{period.first, processes::make_rules(config, start, period.end)}}, seed,
                         period);
  while (!world.finished()) {
    const engine::RunDay day = world.run_day_number();
    const bool last_of_burn_in = world.today() + 1 == period.report_from;
    world.run_day();
    if (last_of_burn_in) continue;  // births and moves begin tomorrow
    std::array<std::size_t, processes::clock_count> wrong{};
    for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
      const model::ResidentId id(i);
      if (!world.at(id).here()) continue;
      // Who was looked at on the eve of a birthday has tomorrow's rates, others today's.
      const auto today = world.rates(id.index, static_cast<engine::Time>(day));
      const auto tomorrow = world.rates(id.index, static_cast<engine::Time>(day + 1));
      for (std::size_t k = 0; k < processes::clock_count; ++k) {
        const float runs = world.clock_rate(id, static_cast<processes::Clock>(k));
        const float least = engine::least_rate;
        if (runs != std::max(today[k], least) && runs != std::max(tomorrow[k], least)) ++wrong[k];
      }
    }
    for (std::size_t k = 0; k < processes::clock_count; ++k) {
      CAPTURE(day, processes::clock_names[k]);
      CHECK(wrong[k] == 0);
    }
  }
}
