// The bare engine by size and number of clocks, in seconds: for profiling and for following one
// machine over time. Ratios that hold elsewhere come from bench_limit.
#include <cstdint>

#include <benchmark/benchmark.h>

#include "calendars.hpp"
#include "lives.hpp"
#include "sequential.hpp"

namespace {

constexpr int years = 20;

template <class World>
void live(benchmark::State& state) {
  const auto people = static_cast<std::uint32_t>(state.range(0));
  std::uint64_t events = 0;
  for (auto _ : state) {
    state.PauseTiming();
    World world(people, 1);
    state.ResumeTiming();
    events += world.run(years * bench::days_a_year);
  }
  const double lived =
      static_cast<double>(people) * years * static_cast<double>(state.iterations());
  using benchmark::Counter;
  state.counters["person_years/s"] = Counter(lived, Counter::kIsRate);
  state.counters["events/person_year"] = static_cast<double>(events) / lived;
  state.counters["s/event"] =
      Counter(static_cast<double>(events), Counter::kIsRate | Counter::kInvert);
  if constexpr (requires { World::bytes_per_person; }) {
    state.counters["bytes/person"] = static_cast<double>(World::bytes_per_person);
  }
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(4100)->Arg(15000)->Arg(50000)->Unit(benchmark::kMillisecond);
}

using FiveClocks = bench::EngineWorld<5>;
using TenClocks = bench::EngineWorld<10>;
using TwelveClocks = bench::EngineWorld<12>;
using SequentialDraws = bench::EngineWorld<5, bench::SequentialThresholds>;

BENCHMARK_TEMPLATE(live, FiveClocks)->Apply(sizes);
BENCHMARK_TEMPLATE(live, TenClocks)->Apply(sizes);
BENCHMARK_TEMPLATE(live, TwelveClocks)->Apply(sizes);
BENCHMARK_TEMPLATE(live, SequentialDraws)->Apply(sizes);
BENCHMARK_TEMPLATE(live, bench::OnCalendar)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
