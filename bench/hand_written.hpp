// A loop written by hand for the lives of lives.hpp and nothing else: the limit that the engine is
// measured against. No move or removal of an appointment, no order within a day, whole days only.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <Random123/philox.h>

#include "lives.hpp"

namespace bench {

class HandWrittenWorld {
 public:
  HandWrittenWorld(std::uint32_t people, std::uint32_t seed) : seed_(seed), folk_(people) {
    first_.fill(nobody);
    for (std::uint32_t i = 0; i < people; ++i) {
      Record& who = folk_[i];
      static_cast<Life&>(who) = first_life(i);
      who.uid = i;
      for (std::uint32_t k = 0; k < clock_count; ++k) who.left[k] = threshold(who, k);
      appoint(who, i, 0);
    }
  }

  std::uint64_t run(int days) {
    std::uint64_t events = 0;
    for (int n = 0; n < days; ++n) {
      ++day_;
      std::uint32_t i = std::exchange(first_[slot_of(day_)], nobody);
      while (i != nobody) {
        const std::uint32_t next = folk_[i].next;
        if (next != nobody) __builtin_prefetch(&folk_[next]);
        live(folk_[i], i);
        ++events;
        i = next;
      }
    }
    return events;
  }
  [[nodiscard]] std::uint64_t deaths() const { return deaths_; }

  static constexpr std::size_t bytes_per_person = 64;

 private:
  using Row = std::array<float, clock_count>;
  static constexpr std::uint32_t nobody = 0xffffffffU;
  static constexpr int slots = 512;

  struct alignas(64) Record : Life {
    std::uint32_t uid = 0;
    std::uint32_t draws = 0;
    std::uint32_t next = nobody;
    std::int32_t since = 0;
    std::array<float, clock_count> left{};  // of each threshold, as of `since`
  };

  static std::size_t slot_of(int day) { return static_cast<std::size_t>(day) % slots; }
  [[nodiscard]] const Row& rates(const Record& who, int day) const { return table_.of(who, day); }

  [[nodiscard]] float threshold(const Record& who, std::uint32_t clock) const {
    const auto block = r123::Philox4x32{}({{who.uid, clock, who.draws, 0}}, {{seed_, 7}});
    return -std::log((static_cast<float>(block[0]) + 0.5F) * 0x1p-32F);
  }

  void live(Record& who, std::uint32_t i) {
    const Row& spent = rates(who, day_ - 1);
    const auto lived = static_cast<float>(day_ - who.since);
    for (std::size_t k = 0; k < clock_count; ++k) who.left[k] -= lived * spent[k];
    who.since = day_;
    for (std::uint32_t k = 0; k < clock_count; ++k) {
      if (who.left[k] > 1e-6F) continue;
      ++who.draws;
      if (k == 0) {
        ++deaths_;
        static_cast<Life&>(who) = {day_, who.sex, 0, 0};
        who.uid += 1000003;
      } else {
        happen(who, k);
      }
      who.left[k] = threshold(who, k);
    }
    appoint(who, i, day_);
  }

  void appoint(Record& who, std::uint32_t i, int day) {
    const Row& row = rates(who, day);
    auto days = static_cast<float>(days_a_year - (day - who.birth) % days_a_year);
    for (std::size_t k = 0; k < clock_count; ++k) days = std::min(days, who.left[k] / row[k]);
    const std::size_t slot = slot_of(day + std::max(1, static_cast<int>(std::ceil(days))));
    who.next = std::exchange(first_[slot], i);
  }

  static const inline RateTable<Row> table_;
  std::uint32_t seed_;
  std::vector<Record> folk_;
  std::array<std::uint32_t, slots> first_{};
  int day_ = 0;
  std::uint64_t deaths_ = 0;
};

}  // namespace bench
