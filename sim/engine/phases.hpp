// What is periodic in a municipality: meetings, books closed at the end of a month, budgets at the
// start of a year. Worked out once for the whole run, so that the daily loop does no date
// arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "base/day.hpp"
#include "engine/time.hpp"

namespace carestair::engine {

/// Flags of every run day in [first, end). Meetings are counted from a Monday that does not depend
/// on the run's start: an interval of 7 days meets every Monday, 14 every second, 1 daily.
class Phases {
 public:
  Phases(base::Day first, base::Day end, int meeting_interval_days) {
    CARE_EXPECTS(first <= end);
    CARE_EXPECTS(meeting_interval_days > 0);
    flags_.reserve(static_cast<std::size_t>(end - first));
    for (base::Day day = first; day < end; day = day + 1) {
      const base::Date today = base::to_date(day);
      unsigned flags = 0;
      if (today.day == 1) flags |= month_begin;
      if (today.day == 1 && today.month == 1) flags |= year_begin;
      if (base::to_date(day + 1).day == 1) flags |= month_end;
      if ((day - first_monday) % meeting_interval_days == 0) flags |= meeting_day;
      if ((day - first_monday) % 7 == 0) flags |= week_begin;
      flags_.push_back(static_cast<std::uint8_t>(flags));
    }
  }

  /// Number of days in the run.
  [[nodiscard]] RunDay days() const { return static_cast<RunDay>(flags_.size()); }

  [[nodiscard]] bool meeting(RunDay day) const { return has(day, meeting_day); }
  [[nodiscard]] bool monday(RunDay day) const { return has(day, week_begin); }
  /// Last day of a month: the books close when it is over.
  [[nodiscard]] bool month_ends(RunDay day) const { return has(day, month_end); }
  [[nodiscard]] bool month_begins(RunDay day) const { return has(day, month_begin); }
  [[nodiscard]] bool year_begins(RunDay day) const { return has(day, year_begin); }

 private:
  static constexpr unsigned meeting_day = 1, month_end = 2, month_begin = 4, year_begin = 8,
                            week_begin = 16;
  static constexpr base::Day first_monday = base::to_day({1970, 1, 5});

  [[nodiscard]] bool has(RunDay day, unsigned flag) const {
    CARE_EXPECTS(day >= 0 && day < days());
    return (flags_[static_cast<std::size_t>(day)] & flag) != 0;
  }

  std::vector<std::uint8_t> flags_;
};

}  // namespace carestair::engine
