// Index types: an Id<Resident> cannot be used where an Id<Unit> is meant.
// A default-constructed id is invalid, so a forgotten assignment is visible.
#pragma once

#include <compare>
#include <cstdint>

namespace carestair::base {

template <class Tag>
struct Id {
  static constexpr std::uint32_t none = 0xffffffffu;

  std::uint32_t index = none;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t i) : index(i) {}
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}

  [[nodiscard]] constexpr bool valid() const { return index != none; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace carestair::base
