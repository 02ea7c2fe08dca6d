// What a rate may depend on: the resident and what follows from the day, worked out once.
#pragma once

#include <cstddef>

#include "model/resident.hpp"

namespace carestair::processes {

/// A resident between two birthdays. Ages and years change on birthdays only, so every rate is
/// constant in between unless the resident's own state changes.
struct Life {
  const model::Resident& who;
  std::size_t age;   // completed years, 0..110
  std::size_t sex;   // index of Sex
  std::size_t year;  // of the latest birthday, counted from the first that tables know; 0 before
};

}  // namespace carestair::processes
