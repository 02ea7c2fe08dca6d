// A building of the configuration as it stands in a world: a facility, or one of a project.
#pragma once

#include <cstddef>
#include <limits>

#include "base/day.hpp"

namespace carestair::model {

struct Building {
  static constexpr base::Day not_yet{std::numeric_limits<std::int32_t>::max()};
  base::Day opened = not_yet;
  base::Day closed = not_yet;
  std::size_t service = 0;  // whose places it has
  float places = 0.0F;      // as long as it is open

  [[nodiscard]] bool open() const { return opened != not_yet && closed == not_yet; }
};

}  // namespace carestair::model
