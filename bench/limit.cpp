// Ratios of speed, each between two loops that run in turns in this one program and are charged
// processor time, so that other work on the machine slows both alike. See bench/README.md.
//
//   bench_limit [--turns N] [--years N] [--json FILE] [--threads]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "calendars.hpp"
#include "hand_written.hpp"
#include "lives.hpp"
#include "sequential.hpp"
#include "timing.hpp"

namespace {

struct Options {
  int turns = 41;
  int years = 20;
  std::string json;
  bool threads = false;
};

struct Ratio {
  std::string name;
  double ratio;
};

using bench::median;
using bench::processor_seconds;

/// Processor time of `years` in a fresh world; what it takes to fill the world is not counted.
template <class World>
double run(std::uint32_t people, int years, std::uint32_t seed, std::uint64_t& events) {
  World world(people, seed);
  const double start = processor_seconds();
  events += world.run(years * bench::days_a_year);
  return processor_seconds() - start;
}

/// How fast B is as a share of A: median over turns of (time of A) / (time of B).
template <class A, class B>
Ratio compare(const char* name, std::uint32_t people, const Options& options) {
  std::vector<double> a, b, ratio;
  std::uint64_t a_events = 0, b_events = 0;
  for (int turn = 0; turn < options.turns; ++turn) {
    const auto seed = static_cast<std::uint32_t>(turn);
    a.push_back(run<A>(people, options.years, seed, a_events));
    b.push_back(run<B>(people, options.years, seed, b_events));
    ratio.push_back(a.back() / b.back());
  }
  const double lived = static_cast<double>(people) * options.years;
  const auto best = [&](const std::vector<double>& seconds, std::uint64_t events) {
    const double least = *std::min_element(seconds.begin(), seconds.end());
    std::printf(" %7.1f M/s %6.1f ns", lived / least * 1e-6,
                least * 1e9 * options.turns / static_cast<double>(events));
  };
  std::printf("%-28s %6.3f  ", name, median(ratio));
  best(a, a_events);
  best(b, b_events);
  std::printf("\n");
  return {name, median(ratio)};
}

/// Speed of two threads as a multiple of one, in wall time over runs of at least ten seconds.
Ratio two_threads(const Options& options) {
  const auto seconds = [&](int threads, std::size_t worlds) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    const auto start = std::chrono::steady_clock::now();
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, worlds, [&](std::size_t i) {
        bench::EngineWorld<> world(15000, static_cast<std::uint32_t>(i));
        world.run(options.years * bench::days_a_year);
      });
    });
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  std::size_t worlds = 64;
  while (seconds(2, worlds) < 10.0) worlds *= 2;
  const double one = seconds(1, worlds), two = seconds(2, worlds);
  std::printf("%-28s %6.3f   %.1f s and %.1f s for %zu worlds\n", "two_threads", one / two, one,
              two, worlds);
  return {"two_threads", one / two};
}

Options read(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const bool has_value = i + 1 < argc;
    if (name == "--threads") {
      options.threads = true;
    } else if (name == "--turns" && has_value) {
      options.turns = std::max(1, std::atoi(argv[++i]));
    } else if (name == "--years" && has_value) {
      options.years = std::max(1, std::atoi(argv[++i]));
    } else if (name == "--json" && has_value) {
      options.json = argv[++i];
    } else {
      std::fprintf(stderr,
                   "usage: bench_limit [--turns N] [--years N] [--json FILE] [--threads]\n");
      std::exit(2);
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace bench;
  const Options options = read(argc, argv);
  std::printf("%-28s %6s   %18s %18s\n", "", "ratio", "compared with", "measured");
  std::vector<Ratio> ratios;
  ratios.push_back(compare<HandWrittenWorld, EngineWorld<>>("engine_4100", 4100, options));
  ratios.push_back(compare<HandWrittenWorld, EngineWorld<>>("engine_15000", 15000, options));
  ratios.push_back(compare<HandWrittenWorld, EngineWorld<>>("engine_50000", 50000, options));
  using Sequential = EngineWorld<clock_count, SequentialThresholds>;
  ratios.push_back(compare<Sequential, EngineWorld<>>("keyed_draws", 15000, options));
  ratios.push_back(compare<EngineWorld<>, EngineWorld<12>>("twelve_clocks", 15000, options));
  ratios.push_back(compare<OnHeap, OnCalendar>("calendar_and_heap", 15000, options));
  if (options.threads) ratios.push_back(two_threads(options));
  std::printf("bytes a person: %zu with 5 clocks, %zu with 12; hand-written %zu\n",
              EngineWorld<>::bytes_per_person, EngineWorld<12>::bytes_per_person,
              HandWrittenWorld::bytes_per_person);

  if (!options.json.empty()) {
    std::ofstream out(options.json);
    out << "{";
    for (std::size_t i = 0; i < ratios.size(); ++i) {
      out << (i == 0 ? "\n" : ",\n") << "  \"" << ratios[i].name << "\": " << ratios[i].ratio;
    }
    out << "\n}\n";
    if (!out.flush()) {
      std::fprintf(stderr, "cannot write %s\n", options.json.c_str());
      return 1;
    }
  }
}
