// Keyed, counter-based random streams (Philox4x32-10, Salmon et al. 2011, through Random123).
// A draw depends on who, why and how often alone: never on thread, order or what others drew.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>

#include <Random123/philox.h>

#include "random/purpose.hpp"

namespace carestair::random {

/// Seed of one world: mixes the experiment's seed, the replication and the municipality, but
/// never the scenario.
struct WorldSeed {
  std::uint64_t value = 0;

  static constexpr WorldSeed of(std::uint32_t seed, std::uint32_t replication,
                                std::uint32_t municipality) {
    std::uint64_t x = (static_cast<std::uint64_t>(seed) << 32) | replication;
    x += 0x9e3779b97f4a7c15ULL * (municipality + 1ULL);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return {x ^ (x >> 31)};
  }
};

/// A number for an id of the configuration, the same in every version (FNV-1a): what is drawn for a
/// service, a unit or a parameter does not depend on what else there is or in which order.
constexpr std::uint64_t key_of(std::string_view id) {
  std::uint64_t key = 0xcbf29ce484222325ULL;
  for (const char letter : id) {
    key = (key ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
  }
  return key;
}

/// Uniform in (0, 1), never 0 or 1, from 32 random bits.
constexpr double unit_interval(std::uint32_t bits) {
  return (static_cast<double>(bits) + 0.5) * (1.0 / 4294967296.0);
}

/// The stream of one person, one purpose, one occasion. Cheap to make; nothing is computed until
/// the first draw, and four draws cost one block.
class Stream {
 public:
  Stream(WorldSeed seed, std::uint64_t uid, Purpose purpose, std::uint32_t count = 0)
      : key_{{static_cast<std::uint32_t>(seed.value),
              static_cast<std::uint32_t>(seed.value >> 32)}},
        counter_{{static_cast<std::uint32_t>(uid), static_cast<std::uint32_t>(uid >> 32),
                  static_cast<std::uint32_t>(purpose), count}} {}

  // Most streams are asked once: written out in place, nothing is left of them but the draw.
  [[gnu::always_inline]] std::uint32_t bits() {
    if (used_ == 4) {
      block_ = Philox{}(counter_, key_);
      counter_.v[2] += 1U << 16;  // next block of the same occasion
      used_ = 0;
    }
    return block_.v[used_++];
  }

  [[gnu::always_inline]] double uniform() { return unit_interval(bits()); }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  [[gnu::always_inline]] bool chance(double probability) { return uniform() < probability; }
  /// Unit exponential.
  double exponential() { return -std::log(uniform()); }
  /// Standard normal (Box-Muller, one value a call: a fixed number of draws, two).
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }
  /// Gamma with mean 1 and the given variance (Marsaglia and Tsang 2000). Variance 0 gives 1.
  double gamma_mean_one(double variance);
  /// Poisson with the given mean (inversion; for means up to a few hundred).
  int poisson(double mean);
  /// Index drawn with probability proportional to its weight; the last positive one on rounding.
  std::size_t pick(std::span<const double> weights);

  /// Blocks computed so far: for tests that pin how much a routine draws.
  [[nodiscard]] unsigned blocks_used() const { return counter_.v[2] >> 16; }

 private:
  using Philox = r123::Philox4x32;
  Philox::key_type key_;
  Philox::ctr_type counter_;
  Philox::ctr_type block_{};
  unsigned used_ = 4;
};

/// Unit-exponential threshold: what a chance has to use up before it comes true.
inline float threshold(WorldSeed seed, std::uint64_t uid, Purpose purpose,
                       std::uint32_t count = 0) {
  return static_cast<float>(Stream(seed, uid, purpose, count).exponential());
}

/// That of a clock: the only draw a clock makes when it is (re)started.
inline float clock_threshold(WorldSeed seed, std::uint64_t uid, unsigned clock,
                             std::uint32_t fired) {
  return threshold(seed, uid, clock_purpose(clock), fired);
}

/// Lognormal with the given mean and standard deviation over the mean, from a standard normal.
inline double lognormal(double mean, double cv, double normal) {
  const double variance = std::log1p(cv * cv);
  return mean * std::exp(std::sqrt(variance) * normal - 0.5 * variance);
}

}  // namespace carestair::random
