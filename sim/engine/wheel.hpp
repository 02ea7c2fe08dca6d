// A timing wheel: which index is due on which of the next days. It only keeps lists; who is where
// is remembered by the owner as a Place, in whatever cache line the owner reads anyway.
//
// A day's list is a chain of cache lines of fourteen indices each, all full but the first: a day is
// read line by line instead of hopping from person to person, adding writes one line, removing
// moves one index into the gap. An index is in one list at most, so the memory is bounded.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "engine/ascending.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

class Wheel {
 public:
  /// Days in the wheel; what is due later comes out too early and has to be put back.
  static constexpr RunDay horizon = 512;

  /// Where an index stands in the wheel.
  using Place = std::uint32_t;
  static constexpr Place nowhere = 0;
  static constexpr std::uint32_t nobody = 0xffffffffU;
  /// An index in a list, and a bit to sort by.
  static constexpr std::size_t bytes_per_entry = 5;

  Wheel() : lines_(1) {}  // line 0 holds nobody, so that place 0 is nowhere

  void reserve(std::size_t entries) {
    lines_.reserve(entries / per_line + horizon + 2);
    make_room(entries);
  }
  /// Indices below `end` may be added from now on.
  void make_room(std::size_t end) { ascending_.make_room(end); }

  /// Adds an index that stands nowhere, on a day still to come.
  Place add(std::uint32_t index, RunDay day) {
    CARE_EXPECTS(day >= next_day_);
    const auto slot = static_cast<std::uint32_t>(std::min(day, next_day_ + horizon - 1)) % horizon;
    List& list = lists_[slot];
    if (list.used == per_line) open_line(list, slot);
    lines_[list.line].members[list.used] = index;
    return list.line * stride + list.used++;
  }

  /// Whether an index that stands at `place` would be put into the same list for `day`.
  [[nodiscard]] bool same_list(Place place, RunDay day) const {
    const auto slot = static_cast<std::uint32_t>(std::min(day, next_day_ + horizon - 1)) % horizon;
    return lines_[place / stride].slot == slot;
  }

  /// Takes away what stands at a place. Returns the index that stands there now, if any: its owner
  /// has to be told.
  std::uint32_t remove(Place place) {
    CARE_EXPECTS(place != nowhere && place / stride < lines_.size());
    Line& line = lines_[place / stride];
    List& list = lists_[line.slot];
    --list.used;
    const Place last = list.line * stride + list.used;
    const std::uint32_t moved = lines_[list.line].members[list.used];
    line.members[place % stride] = moved;
    if (list.used == 0) close_line(list);
    return last == place ? nobody : moved;
  }

  /// Takes out the list of a day: visit(index) in ascending order. Days are taken one by one.
  template <class Visit>
  void take(RunDay day, Visit visit) {
    CARE_EXPECTS(day == next_day_);
    next_day_ = day + 1;
    List& list = lists_[static_cast<std::uint32_t>(day) % horizon];
    while (list.line != 0) {
      const Line& line = lines_[list.line];
      for (std::uint32_t i = 0; i < list.used; ++i) ascending_.insert(line.members[i]);
      close_line(list);
    }
    ascending_.drain(visit);
  }

 private:
  static constexpr std::uint32_t per_line = 14;
  static constexpr std::uint32_t stride = 16;  // places of one line

  struct alignas(64) Line {
    std::uint32_t next = 0;  // of the same day; 0 is none
    std::uint32_t slot = 0;
    std::array<std::uint32_t, per_line> members{};
  };
  struct List {
    std::uint32_t line = 0;         // the first line, the only one with room
    std::uint32_t used = per_line;  // members in it; no line at all counts as full
  };

  void open_line(List& list, std::uint32_t slot) {
    std::uint32_t line = free_;
    if (line != 0) {
      free_ = lines_[line].next;
    } else {
      line = static_cast<std::uint32_t>(lines_.size());
      lines_.emplace_back();
    }
    lines_[line].next = list.line;
    lines_[line].slot = slot;
    list = {line, 0};
  }

  void close_line(List& list) {
    const std::uint32_t line = list.line;
    list = {lines_[line].next, per_line};
    lines_[line].next = free_;
    free_ = line;
  }

  std::array<List, horizon> lists_{};
  std::vector<Line> lines_;
  std::uint32_t free_ = 0;
  Ascending ascending_;
  RunDay next_day_ = 0;
};

}  // namespace carestair::engine
