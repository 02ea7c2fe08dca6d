// The day of a municipality as one visible list: what happens, how often, in which order.
// Adding a mechanism that acts by itself (not by a clock) is one line here.
#pragma once

#include <span>
#include <string_view>

namespace carestair::processes {

class World;

enum class Rhythm { daily, weekly, monthly, yearly, at_dates, mondays };

struct Phase {
  std::string_view name;
  Rhythm rhythm;
  std::string_view what;
  void (*run)(World&);
};

/// All phases in the order in which a day goes through them.
std::span<const Phase> schedule();

}  // namespace carestair::processes
