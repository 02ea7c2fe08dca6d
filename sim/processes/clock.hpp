// The clocks of a life, in one list. Their numbers key the random streams: add at the end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace carestair::processes {

enum class Clock : std::uint32_t {
  death,
  need_up,
  need_down,
  cognition_up,
  cognition_back,
  diagnosis,
  seeking,
  birth,
  union_change,  // moving in with a partner when single, separating when not
  move_out,
  acute,
  fall,
  count
};

inline constexpr std::size_t clock_count = static_cast<std::size_t>(Clock::count);
inline constexpr std::array<std::string_view, clock_count> clock_names{
    "death",   "need_up", "need_down",    "cognition_up", "cognition_back", "diagnosis",
    "seeking", "birth",   "union_change", "move_out",     "acute",          "fall"};

}  // namespace carestair::processes
