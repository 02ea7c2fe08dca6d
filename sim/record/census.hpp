// Who lives here at the end of each month, by everything that stocks of the whole population are
// reported by, and what their year is worth. Kept from month to month: most people are as they were
// a month ago, and stay as they are counted.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
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

  /// Counts residents at the end of `day`, the last one of `month`, which began on `first`, into
  /// `result`: population, living_alone, persons_by_cognition, residents_by_dwelling,
  /// persons_with_problem, lonely, qaly. `utility`: see Frame; empty: no quality-adjusted life
  /// years.
  void take(const model::State& state, base::Day first, base::Day day,
            std::span<const float> utility, WorldResult& result, std::size_t month);

  /// What is known of a resident after all.
  struct Life {
    std::int64_t days = 0;  // times utility, see `scale` in the source
    /// 0: never here; 1: at the start; m + 2: at the end of month m, and not since.
    std::uint16_t last_here = 0;

    [[nodiscard]] float qalys() const;
  };
  /// By resident, as of the latest month.
  [[nodiscard]] std::vector<Life> lives() const;

 private:
  /// Where a resident is counted.
  struct Cells {
    std::uint16_t dwelling = 0;
    std::uint8_t population = 0;
    std::uint8_t cognition = 0;
    std::uint8_t alone = 0;
    std::uint8_t lonely = 0;
    std::uint8_t age = 0;
    std::uint8_t problems : 4 = 0;
    std::uint8_t detected : 4 = 0;
  };
  static constexpr base::Day unseen{std::numeric_limits<std::int32_t>::min()};
  /// A resident as last seen.
  struct Seen {
    std::uint32_t resident;
    model::ResidentId partner{};
    std::array<std::uint32_t, 3> levels{};
    base::Day birthday = unseen;  // the next one; never: gone
    Cells cells{};
    std::int32_t utility = 0;  // of a year lived like this
    base::Day since{};         // lived like this, and not among `days`
    std::int64_t days = 0;     // as in a life

    [[nodiscard]] bool same_levels(const model::Resident& r) const;
    void remember(const model::Resident& r);
  };
  static constexpr std::size_t ages = model::age_group_count, sexes = model::sex_count,
                               needs = model::need_level_count;
  static constexpr std::uint8_t by_sex_none = ages * sexes;  // cell of those not asked for

  [[nodiscard]] static Cells cells_of(const model::Resident& r, std::size_t age);
  void look_out_for(const model::State& state);
  void recount(Seen& seen, const model::Resident& r, base::Day first, base::Day day,
               std::span<const float> utility);
  void discount(Seen& seen, base::Day first, std::size_t month);
  void settle(Seen& seen, base::Day first);
  void count(const Cells& cells, std::uint32_t by);
  void write(WorldResult& result, std::size_t month) const;

  /// Who is here, and for some months those who have gone; they do not come back.
  std::vector<Seen> seen_;
  std::vector<Life> lives_;  // by resident, of those who are not here
  base::Day until_{};        // counted so far, this day not included
  std::size_t months_ = 0;   // counted so far
  // Of all counted, cells as the indicators have them:
  std::array<std::uint32_t, ages * sexes * needs> population_{};
  std::array<std::uint32_t, ages * model::cognition_count * 2> cognition_{};
  std::array<std::uint32_t, model::dwelling_count * ages * needs * 2> dwelling_{};
  std::array<std::uint32_t, model::hidden_problem_count * 2 * ages> problems_{};
  std::array<std::uint32_t, by_sex_none + 1> alone_{};
  std::array<std::uint32_t, by_sex_none + 1> lonely_{};
  std::array<std::int64_t, ages> utility_{};
};

}  // namespace carestair::record
