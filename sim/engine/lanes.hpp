// Four floats at once, in the two dialects that GCC and Clang share: what a person's clocks need to
// be moved together. Written out because a compiler left alone branches on every clock.
#pragma once

#include <cstddef>

namespace carestair::engine {

using Lanes = float __attribute__((vector_size(16)));

constexpr Lanes all_lanes(float value) { return Lanes{value, value, value, value}; }

using LaneNumbers = int __attribute__((vector_size(16)));
constexpr LaneNumbers lane_numbers(int first) {
  return LaneNumbers{first, first + 1, first + 2, first + 3};
}

// GCC 12 needs five instructions for these when one side is a constant, unless told.
#if defined(__SSE__)
inline Lanes lesser(Lanes a, Lanes b) { return __builtin_ia32_minps(a, b); }
inline Lanes greater(Lanes a, Lanes b) { return __builtin_ia32_maxps(a, b); }
#else
inline Lanes lesser(Lanes a, Lanes b) { return a < b ? a : b; }
inline Lanes greater(Lanes a, Lanes b) { return a > b ? a : b; }
#endif

/// The first `used` values from `from`; `rest` in the lanes beyond.
template <std::size_t used>
Lanes load_lanes(const float* from, float rest) {
  if constexpr (used >= 4) return Lanes{from[0], from[1], from[2], from[3]};
  if constexpr (used == 3) return Lanes{from[0], from[1], from[2], rest};
  if constexpr (used == 2) return Lanes{from[0], from[1], rest, rest};
  return Lanes{from[0], rest, rest, rest};
}

template <std::size_t used>
void store_lanes(Lanes lanes, float* to) {
  for (std::size_t j = 0; j < (used < 4 ? used : 4); ++j) to[j] = lanes[j];
}

inline float least_lane(Lanes lanes) {
  const Lanes two = lesser(lanes, Lanes{lanes[2], lanes[3], lanes[2], lanes[3]});
  return lesser(two, Lanes{two[1], two[1], two[1], two[1]})[0];
}

}  // namespace carestair::engine
