// The same appointments kept by the engine's calendar and by a binary heap: each entry comes due
// after 1 to 365 days, again and again.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "engine/calendar.hpp"

namespace bench {

using namespace carestair;

/// Days until entry i comes again; the same for both.
inline engine::RunDay pause(std::uint32_t i, engine::RunDay day) {
  const std::uint32_t mixed = (i * 2654435761U) ^ (static_cast<std::uint32_t>(day) * 2246822519U);
  return 1 + static_cast<engine::RunDay>((mixed >> 7) % 365);
}

class OnCalendar {
 public:
  OnCalendar(std::uint32_t entries, std::uint32_t) {
    calendar_.reserve(entries);
    for (std::uint32_t i = 0; i < entries; ++i) calendar_.put(i, pause(i, 0));
  }
  std::uint64_t run(int days) {
    std::uint64_t events = 0;
    for (engine::RunDay day = 0; day < days; ++day) {
      for (const std::uint32_t i : calendar_.take(day)) {
        calendar_.put(i, day + pause(i, day));
        ++events;
      }
    }
    return events;
  }

 private:
  engine::Calendar calendar_;
};

class OnHeap {
 public:
  OnHeap(std::uint32_t entries, std::uint32_t) {
    for (std::uint32_t i = 0; i < entries; ++i) heap_.emplace(pause(i, 0), i);
  }
  std::uint64_t run(int days) {
    std::uint64_t events = 0;
    while (heap_.top().first < days) {
      const auto [day, i] = heap_.top();
      heap_.pop();
      heap_.emplace(day + pause(i, day), i);
      ++events;
    }
    return events;
  }

 private:
  using Entry = std::pair<engine::RunDay, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
};

}  // namespace bench
