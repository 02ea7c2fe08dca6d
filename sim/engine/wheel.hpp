// A timing wheel: which index is due on which of the next days. It only keeps lists; who is where
// is remembered by the owner as a Place, in whatever cache line the owner reads anyway.
//
// A day's list is one run of memory, long enough for an ordinary day, and a chain of such runs when
// a day is not ordinary. So a day is read from end to end instead of hopping from person to person,
// adding hardly ever branches the unexpected way, and removing moves one index into the gap.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "engine/ascending.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

class Wheel {
 public:
  /// Lists in the wheel: the day being lived and those to come. What is due later comes out too
  /// early and has to be put back.
  static constexpr RunDay horizon = 512;

  /// Where an index stands in the wheel.
  using Place = std::uint32_t;
  static constexpr Place nowhere = 0;
  static constexpr std::uint32_t nobody = 0xffffffffU;
  /// Room for an ordinary day is twice what it holds on average; and a bit to sort by.
  static constexpr std::size_t bytes_per_entry = 2 * sizeof(std::uint32_t) + 1;

  Wheel() { lay_out(); }

  /// Lays the wheel out for so many entries; best before the first is added.
  void reserve(std::size_t entries) {
    if (empty()) {
      stride_ = std::bit_ceil(static_cast<std::uint32_t>(entries / 256 + 16));
      lay_out();
    }
    // All runs of a list but one are full.
    cells_.reserve((entries / (stride_ - header) + horizon + 1) * stride_);
    make_room(entries);
  }

  /// Indices below `end` may be added from now on.
  void make_room(std::size_t end) { ascending_.make_room(end); }

  /// The first day that has not been taken yet.
  [[nodiscard]] RunDay next_day() const { return next_day_; }

  /// Adds an index that stands nowhere, on a day still to come.
  Place add(std::uint32_t index, RunDay day) {
    CARE_EXPECTS(day >= next_day_);
    const std::uint32_t slot = slot_of(day);
    List& list = lists_[slot];
    if (list.used == stride_) [[unlikely]]
      open_run(list, slot);
    const Place place = list.run + list.used++;
    cells_[place] = index;
    return place;
  }

  /// Whether an index that stands at `place` would be put into the same list for `day`.
  [[nodiscard]] bool same_list(Place place, RunDay day) const {
    return cells_[run_of(place) + slot_at] == slot_of(day);
  }

  /// Whether a place is in the list taken last. It stays until the next is taken, so that those
  /// who are due need not be told one by one that they have been taken out.
  [[nodiscard]] bool in_list_taken(Place place) const {
    return cells_[run_of(place) + slot_at] == taken_;
  }

  /// Takes away what stands at a place; nothing happens to the list taken last. Returns the index
  /// that stands there now, if any: its owner has to be told.
  std::uint32_t remove(Place place) {
    CARE_EXPECTS(place != nowhere && place < cells_.size());
    if (in_list_taken(place)) return nobody;
    List& list = lists_[cells_[run_of(place) + slot_at]];
    const Place last = list.run + --list.used;
    const std::uint32_t moved = cells_[last];
    cells_[place] = moved;
    if (list.used == header) close_run(list);
    return last == place ? nobody : moved;
  }

  /// Takes out the list of a day: visit(index) in ascending order. Days are taken one by one.
  template <class Visit>
  void take(RunDay day, Visit visit) {
    CARE_EXPECTS(day == next_day_);
    next_day_ = day + 1;
    for (List& old = lists_[taken_]; old.used != header;) close_run(old);
    taken_ = static_cast<std::uint32_t>(day) % horizon;
    for (List list = lists_[taken_]; list.used != header; list = next_of(list)) {
      for (std::uint32_t i = header; i < list.used; ++i) ascending_.insert(cells_[list.run + i]);
    }
    ascending_.drain(visit);
  }

 private:
  // A run starts with two cells: the next run of the list, and the list's slot.
  static constexpr std::uint32_t next_at = 0, slot_at = 1, header = 2;
  static constexpr std::uint32_t none = 0xffffffffU;

  struct List {
    std::uint32_t run = 0;        // the first run, the only one with room
    std::uint32_t used = header;  // how far it is filled
  };

  [[nodiscard]] std::uint32_t slot_of(RunDay day) const {
    return static_cast<std::uint32_t>(std::min(day, next_day_ + horizon - 2)) % horizon;
  }
  [[nodiscard]] std::uint32_t run_of(Place place) const { return place & ~(stride_ - 1); }
  [[nodiscard]] bool empty() const {
    return std::all_of(lists_.begin(), lists_.end(), [](List l) { return l.used == header; });
  }

  /// Gives every list its first run, which it keeps. The first of all starts at 0, so that no
  /// member stands at place 0.
  void lay_out() {
    free_ = none;
    cells_.assign(std::size_t{horizon} * stride_, 0);
    for (std::uint32_t slot = 0; slot < horizon; ++slot) {
      lists_[slot] = {slot * stride_, header};
      cells_[lists_[slot].run + next_at] = none;
      cells_[lists_[slot].run + slot_at] = slot;
    }
  }

  void open_run(List& list, std::uint32_t slot) {
    std::uint32_t run = free_;
    if (run != none) {
      free_ = cells_[run + next_at];
    } else {
      run = static_cast<std::uint32_t>(cells_.size());
      cells_.resize(cells_.size() + stride_);
    }
    cells_[run + next_at] = list.run;
    cells_[run + slot_at] = slot;
    list = {run, header};
  }

  /// The same list without its first run; all others are full.
  [[nodiscard]] List next_of(const List& list) const {
    const std::uint32_t next = cells_[list.run + next_at];
    return next == none ? List{list.run, header} : List{next, stride_};
  }

  /// Empties the first run of a list and gives it back, unless it is the last.
  void close_run(List& list) {
    const std::uint32_t run = list.run;
    list = next_of(list);
    if (list.run == run) return;
    cells_[run + next_at] = free_;
    free_ = run;
  }

  std::array<List, horizon> lists_{};
  std::vector<std::uint32_t> cells_;
  std::uint32_t stride_ = 32;  // cells of a run, a power of two
  std::uint32_t free_ = none;  // chain of runs in no list
  Ascending ascending_;
  RunDay next_day_ = 0;
  std::uint32_t taken_ = horizon - 1;  // slot of the day before
};

}  // namespace carestair::engine
