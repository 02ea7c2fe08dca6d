// A calendar of whole days as a timing wheel: insert, move and remove in constant time, and no
// allocation after reserve(). Entries due on one day come out in ascending order of index, so
// the order within a day never depends on how they got there.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

class Calendar {
 public:
  /// Slots of the wheel; days further ahead wait in the last slot and are moved on from there.
  static constexpr RunDay horizon = 512;

  Calendar() { heads_.fill(nobody); }

  void reserve(std::size_t entries) {
    entries_.reserve(entries);
    today_.reserve(entries);
  }

  /// Puts an entry on a day that is still to come, or moves it there.
  void put(std::uint32_t index, RunDay day) {
    CARE_EXPECTS(day >= next_day_);
    if (index >= entries_.size()) entries_.resize(index + 1);
    Entry& entry = entries_[index];
    const RunDay slot_day = std::min(day, next_day_ + horizon - 1);
    entry.day = day;
    const auto slot = static_cast<std::uint16_t>(slot_day & (horizon - 1));
    if (entry.slot == slot) return;
    if (entry.slot != no_slot) unlink(entry);
    entry.slot = slot;
    entry.previous = nobody;
    entry.next = heads_[slot];
    if (entry.next != nobody) entries_[entry.next].previous = index;
    heads_[slot] = index;
  }

  void remove(std::uint32_t index) {
    if (index >= entries_.size() || entries_[index].slot == no_slot) return;
    unlink(entries_[index]);
    entries_[index].slot = no_slot;
  }

  /// Day an entry is put on; only meaningful while it is in the calendar.
  [[nodiscard]] RunDay day_of(std::uint32_t index) const { return entries_[index].day; }
  [[nodiscard]] bool holds(std::uint32_t index) const {
    return index < entries_.size() && entries_[index].slot != no_slot;
  }

  /// Takes out everything due on `day`, in ascending order of index. Days must be taken one by
  /// one. The span is valid until the next take().
  const std::vector<std::uint32_t>& take(RunDay day) {
    CARE_EXPECTS(day == next_day_);
    next_day_ = day + 1;
    today_.clear();
    const auto slot = static_cast<std::size_t>(day & (horizon - 1));
    std::uint32_t at = heads_[slot];
    heads_[slot] = nobody;
    while (at != nobody) {
      Entry& entry = entries_[at];
      const std::uint32_t next = entry.next;
      entry.slot = no_slot;
      if (entry.day <= day) {
        today_.push_back(at);
      } else {
        put(at, entry.day);
      }
      at = next;
    }
    std::sort(today_.begin(), today_.end());
    return today_;
  }

 private:
  static constexpr std::uint32_t nobody = 0xffffffffU;
  static constexpr std::uint16_t no_slot = 0xffffU;

  struct Entry {
    std::uint32_t next = nobody;
    std::uint32_t previous = nobody;
    RunDay day = 0;
    std::uint16_t slot = no_slot;
  };

  void unlink(const Entry& entry) {
    if (entry.previous != nobody) {
      entries_[entry.previous].next = entry.next;
    } else {
      heads_[entry.slot] = entry.next;
    }
    if (entry.next != nobody) entries_[entry.next].previous = entry.previous;
  }

  std::vector<Entry> entries_;
  std::array<std::uint32_t, horizon> heads_{};
  std::vector<std::uint32_t> today_;
  RunDay next_day_ = 0;
};

}  // namespace carestair::engine
