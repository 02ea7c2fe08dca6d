// What the engine's draws would cost if they were not keyed: thresholds from one sequential
// generator (xoshiro128+, Blackman and Vigna 2018). For the benchmark only: lives drawn like this
// depend on the order of everything.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "random/stream.hpp"

namespace bench {

class SequentialThresholds {
 public:
  explicit SequentialThresholds(carestair::random::WorldSeed seed)
      : state_{static_cast<std::uint32_t>(seed.value), static_cast<std::uint32_t>(seed.value >> 32),
               0x9e3779b9U, 0x7f4a7c15U} {}

  float operator()(std::uint64_t, unsigned, unsigned) {
    const std::uint32_t bits = state_[0] + state_[3];
    const std::uint32_t shifted = state_[1] << 9;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 11);
    return static_cast<float>(-std::log(carestair::random::unit_interval(bits)));
  }

 private:
  std::array<std::uint32_t, 4> state_;
};

}  // namespace bench
