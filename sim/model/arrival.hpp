// An in-mover who is on the way: planned at the start of the calendar year, so that the same people
// come in every scenario, whatever has happened to those who live here.
#pragma once

#include <cstdint>

#include "base/day.hpp"
#include "model/levels.hpp"

namespace carestair::model {

struct Arrival {
  enum class Role : std::uint8_t { woman, man, child };

  base::Day day;
  std::uint32_t family = 0;  // those of one family come together: woman, man, children
  Role role = Role::woman;
  Sex sex = Sex::female;
  base::Day birth;
  std::uint64_t uid = 0;
};

}  // namespace carestair::model
