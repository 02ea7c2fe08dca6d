// A calendar of whole days: insert, move and remove in constant time, and no allocation after
// reserve(). Entries due on one day come out in ascending order of index, so the order within a day
// never depends on how they got there.
#pragma once

#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "engine/time.hpp"
#include "engine/wheel.hpp"

namespace carestair::engine {

class Calendar {
 public:
  /// Entries further ahead than this cost one more move for every such stretch they wait.
  static constexpr RunDay horizon = Wheel::horizon;

  void reserve(std::size_t entries) {
    entries_.reserve(entries);
    today_.reserve(entries);
    wheel_.reserve(entries);
  }

  /// Puts an entry on a day that is still to come, or moves it there.
  void put(std::uint32_t index, RunDay day) {
    if (index >= entries_.size()) {
      entries_.resize(std::size_t{index} + 1);
      wheel_.make_room(entries_.size());
    }
    Entry& entry = entries_[index];
    entry.day = day;
    if (entry.place != Wheel::nowhere) {
      if (wheel_.same_list(entry.place, day)) return;
      take_away(entry);
    }
    entry.place = wheel_.add(index, day);
  }

  /// The first day that has not been taken yet.
  [[nodiscard]] RunDay open_day() const { return wheel_.next_day(); }

  void remove(std::uint32_t index) {
    if (!holds(index)) return;
    take_away(entries_[index]);
    entries_[index].place = Wheel::nowhere;
  }

  /// Day an entry is put on; only meaningful while it is in the calendar.
  [[nodiscard]] RunDay day_of(std::uint32_t index) const { return entries_[index].day; }
  [[nodiscard]] bool holds(std::uint32_t index) const {
    return index < entries_.size() && entries_[index].place != Wheel::nowhere;
  }

  /// Takes out everything due on `day`, in ascending order of index. Days must be taken one by
  /// one. The answer is valid until the next take().
  const std::vector<std::uint32_t>& take(RunDay day) {
    today_.clear();
    wheel_.take(day, [&](std::uint32_t index) {
      Entry& entry = entries_[index];
      if (entry.day <= day) {
        entry.place = Wheel::nowhere;
        today_.push_back(index);
      } else {
        entry.place = wheel_.add(index, entry.day);
      }
    });
    return today_;
  }

 private:
  struct Entry {
    RunDay day = 0;
    Wheel::Place place = Wheel::nowhere;
  };

  void take_away(const Entry& entry) {
    const std::uint32_t moved = wheel_.remove(entry.place);
    if (moved != Wheel::nobody) entries_[moved].place = entry.place;
  }

  std::vector<Entry> entries_;
  Wheel wheel_;
  std::vector<std::uint32_t> today_;
};

}  // namespace carestair::engine
