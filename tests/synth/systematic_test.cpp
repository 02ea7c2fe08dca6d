#include "synth/systematic.hpp"

#include <cmath>
#include <vector>

#include "catch.hpp"
#include "random/stream.hpp"

using carestair::random::Purpose;
using carestair::random::Stream;
using carestair::random::WorldSeed;
using carestair::synth::Systematic;

TEST_CASE("any stretch of the list gets the expected number to within one", "[synth]") {
  Stream random(WorldSeed{7}, 1, Purpose::test);
  for (int repeat = 0; repeat < 50; ++repeat) {
    Systematic sample(random.uniform());
    double expected = 0.0;
    int taken = 0;
    std::vector<double> ahead{0.0};  // taken less expected, up to each place
    for (int i = 0; i < 200; ++i) {
      const double probability = random.uniform() * (i % 3 == 0 ? 1.0 : 0.1);
      expected += probability;
      taken += sample.take(probability) ? 1 : 0;
      ahead.push_back(taken - expected);
    }
    const auto [low, high] = std::minmax_element(ahead.begin(), ahead.end());
    CHECK(*high - *low <= 1.0 + 1e-9);
  }
}

TEST_CASE("each place is taken with its own probability", "[synth]") {
  const std::vector<double> probability{0.3, 0.05, 0.9, 0.5, 0.0, 1.0, 0.2};
  std::vector<int> taken(probability.size(), 0);
  constexpr int starts = 10000;
  for (int s = 0; s < starts; ++s) {
    Systematic sample((s + 0.5) / starts);  // all starts once: no chance involved
    for (std::size_t i = 0; i < probability.size(); ++i) taken[i] += sample.take(probability[i]);
  }
  for (std::size_t i = 0; i < probability.size(); ++i) {
    CHECK(taken[i] == Approx(probability[i] * starts).margin(1.5));
  }
}
