// Who lives here at the end of each month, by everything that stocks of the whole population are
// reported by, and what their year is worth. Kept from month to month: most people are as they were
// a month ago, and stay as they are counted.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/day.hpp"
#include "model/state.hpp"
#include "record/world_result.hpp"

namespace carestair::record {

class Census {
 public:
  /// Forgets all, and notes who is here when reporting begins.
  void begin(const model::State& state);

  /// Counts residents at the end of `day`, the last one of `month`, into `result`: population,
  /// living_alone, persons_by_cognition, residents_by_dwelling, persons_with_problem, lonely, qaly.
  /// `years`: length of the month. `utility`: see Frame; empty: no quality-adjusted life years.
  void take(const model::State& state, base::Day day, float years, std::span<const float> utility,
            WorldResult& result, std::size_t month);

  /// 0: never here; 1: at the start; m + 2: at the end of month m, and not since.
  [[nodiscard]] std::size_t last_here(std::size_t resident) const {
    return resident < seen_.size() ? seen_[resident].last_here : 0;
  }
  /// Quality-adjusted life years so far.
  [[nodiscard]] float qalys(std::size_t resident) const {
    return resident < seen_.size() ? seen_[resident].qalys : 0.0F;
  }

 private:
  using Traits = std::array<std::uint32_t, 3>;
  /// A resident as last seen.
  struct Seen {
    Traits traits{};
    base::Day birthday{};  // the next one: age is part of what is counted
    float utility = 0.0F;  // of a year lived like this
    float qalys = 0.0F;
    std::uint16_t code = 0;  // see `profile` in the source
    std::uint16_t last_here = 0;
    std::uint8_t problems : 4 = 0;
    std::uint8_t detected : 4 = 0;
    bool lonely : 1 = false;
    bool alone : 1 = false;
    bool counted : 1 = false;
  };

  [[nodiscard]] static Traits traits_of(const model::Resident& r);
  void count(const Seen& seen, int by);
  void write(WorldResult& result, std::size_t month) const;

  std::vector<Seen> seen_;  // by resident
  // Of all counted:
  std::vector<std::uint32_t> persons_;  // by code
  std::vector<bool> met_;               // by code: stands in `codes_`
  std::vector<std::uint16_t> codes_;    // that somebody has had
  std::array<std::uint32_t, model::hidden_problem_count * 2 * model::age_group_count> problems_{};
  std::array<std::uint32_t, model::age_group_count * model::sex_count> lonely_{};
};

}  // namespace carestair::record
