// The bare engine: five clocks a person, no care. Same population, rates and events as a
// hand-written loop would have, so that the counters are comparable across versions.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/day.hpp"

namespace {

using namespace carestair;

constexpr std::size_t clock_count = 5;

struct Person {
  std::uint64_t uid;
  std::int32_t birth;
  std::uint8_t sex, need, cognition;
};

struct RateTable {
  std::array<engine::Clocks<clock_count>::Rates, 111 * 2 * 4 * 3> rates{};
  RateTable() {
    for (int age = 0; age <= 110; ++age) {
      for (int sex = 0; sex < 2; ++sex) {
        for (int need = 0; need < 4; ++need) {
          for (int cognition = 0; cognition < 3; ++cognition) {
            auto& r = rates[static_cast<std::size_t>(((age * 2 + sex) * 4 + need) * 3 + cognition)];
            const double death = 1e-4 + 3e-5 * std::exp(0.1 * age);
            r[0] = static_cast<float>(death * (1 + 0.7 * need + 0.5 * cognition) / 365.25);
            r[1] = static_cast<float>(0.0005 * std::exp(0.07 * age) / 365.25);
            r[2] = static_cast<float>((need > 0 ? 0.3 : 0.0) / 365.25);
            r[3] = static_cast<float>((age > 60 ? 0.001 * std::exp(0.13 * (age - 60)) : 0.0) / 365.25);
            r[4] = static_cast<float>((0.08 + 0.0005 * std::exp(0.08 * age)) * (1 + need) / 365.25);
          }
        }
      }
    }
  }
};

/// The dead are replaced by newborns, so that the number of people stays.
struct Model {
  std::vector<Person> people;
  const RateTable* table;
  std::uint64_t deaths = 0;

  [[nodiscard]] const engine::Clocks<clock_count>::Rates& rates(engine::Person p,
                                                            engine::Time t) const {
    const Person& q = people[p];
    int age = (static_cast<int>(t) - q.birth) * 4 / 1461;
    if (age > 110) age = 110;
    return table->rates[static_cast<std::size_t>(((age * 2 + q.sex) * 4 + q.need) * 3 + q.cognition)];
  }
  bool fire(engine::Person p, std::uint32_t clock, engine::Time t) {
    Person& q = people[p];
    switch (clock) {
      case 0:
        ++deaths;
        q = {q.uid + 1000003, static_cast<std::int32_t>(t), q.sex, 0, 0};
        break;
      case 1: q.need = q.need < 3 ? static_cast<std::uint8_t>(q.need + 1) : q.need; break;
      case 2: q.need = q.need > 0 ? static_cast<std::uint8_t>(q.need - 1) : q.need; break;
      case 3: q.cognition = q.cognition < 2 ? static_cast<std::uint8_t>(q.cognition + 1) : q.cognition; break;
      default: break;
    }
    return true;
  }
  [[nodiscard]] std::uint64_t uid(engine::Person p) const { return people[p].uid; }
  [[nodiscard]] engine::RunDay next_anniversary(engine::Person p, engine::RunDay day) const {
    const int age = (day - people[p].birth) * 4 / 1461 + 1;
    return people[p].birth + (age * 1461 + 3) / 4;
  }
};

void bare_engine(benchmark::State& state) {
  static const RateTable table;
  const auto count = static_cast<std::size_t>(state.range(0));
  constexpr int years = 20;
  std::uint64_t events = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Model model{{}, &table};
    engine::People<clock_count> people(random::WorldSeed::of(1, 0, 0));
    people.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto hash = static_cast<std::uint32_t>(i * 2654435761U);
      model.people.push_back({i, -static_cast<std::int32_t>((hash >> 8) % (95 * 365)),
                              static_cast<std::uint8_t>(hash & 1), 0, 0});
      const auto person = static_cast<engine::Person>(i);
      people.enter(model, i, 0.0F, model.rates(person, 0.0F), model.next_anniversary(person, -1));
      people.schedule(person, 0);
    }
    state.ResumeTiming();
    for (int day = 0; day < years * 365; ++day) events += people.run_day(model, day);
    benchmark::DoNotOptimize(model.deaths);
  }
  const double person_years = static_cast<double>(count) * years * static_cast<double>(state.iterations());
  state.counters["person_years/s"] = benchmark::Counter(person_years, benchmark::Counter::kIsRate);
  state.counters["events/person_year"] = static_cast<double>(events) / person_years;
  state.counters["ns/event"] = benchmark::Counter(
      static_cast<double>(events) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bytes/person"] = static_cast<double>(engine::People<clock_count>::bytes_per_person);
}
BENCHMARK(bare_engine)->Arg(4100)->Arg(15000)->Arg(50000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
