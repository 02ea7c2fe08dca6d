// A list of people by day of birth from which the nearest free one to a day can be taken, in
// about constant time each: links jump over those already taken.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "synth/persons.hpp"

namespace carestair::synth {

class NearestFree {
 public:
  /// `people` in order of day.
  explicit NearestFree(std::vector<Born> people) : people_(std::move(people)) {
    up_.resize(people_.size() + 1);
    down_.resize(people_.size() + 1);
    for (std::uint32_t i = 0; i <= people_.size(); ++i) up_[i] = down_[i] = i;
  }

  [[nodiscard]] const Born& at(std::uint32_t place) const { return people_[place]; }
  [[nodiscard]] std::size_t size() const { return people_.size(); }

  static constexpr std::uint32_t nobody_found = 0xffffffffu;

  /// Place of the free person nearest to `day`, at most `tolerance` days away, whom
  /// `accept(Born)` accepts; looks at no more than `tries` people.
  template <class Accept>
  std::uint32_t find(std::int32_t day, int tolerance, int tries, Accept&& accept) {
    const auto from = std::ranges::lower_bound(people_, day, {}, &Born::day);
    const auto begin = static_cast<std::uint32_t>(from - people_.begin());
    const auto end = static_cast<std::uint32_t>(people_.size());
    // Places are shifted by one in `down_`, so that 0 can mean "none".
    std::uint32_t above = free_above(begin);
    std::uint32_t below = free_below(begin);
    while (tries-- > 0) {
      const int later = above < end ? people_[above].day - day : tolerance + 1;
      const int before = below > 0 ? day - people_[below - 1].day : tolerance + 1;
      if (later > tolerance && before > tolerance) return nobody_found;
      if (later < before) {
        if (accept(people_[above])) return above;
        above = free_above(above + 1);
      } else {
        if (accept(people_[below - 1])) return below - 1;
        below = free_below(below - 1);
      }
    }
    return nobody_found;
  }

  void take(std::uint32_t place) {
    up_[place] = place + 1;
    down_[place + 1] = place;
  }

 private:
  /// First free place at or after `place`; size() when there is none. Halves its path.
  std::uint32_t free_above(std::uint32_t place) { return root(up_, place); }
  /// One more than the last free place before `place`; 0 when there is none.
  std::uint32_t free_below(std::uint32_t place) { return root(down_, place); }

  static std::uint32_t root(std::vector<std::uint32_t>& links, std::uint32_t i) {
    while (links[i] != i) {
      links[i] = links[links[i]];
      i = links[i];
    }
    return i;
  }

  std::vector<Born> people_;
  std::vector<std::uint32_t> up_;    // next free place at or after
  std::vector<std::uint32_t> down_;  // one more than the next free place before
};

}  // namespace carestair::synth
