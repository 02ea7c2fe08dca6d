// Who of the staff is away, and how long: sick leave in spells, parental leave, and holidays, of
// which one block lies in summer. The equations stand in processes/workforce.hpp.
#pragma once

#include <cstdint>

#include "base/day.hpp"
#include "model/workforce.hpp"

namespace carestair::processes {

class World;
struct WorkforceTables;

/// Days of the coming ones on sick leave and on parental leave.
struct DaysAway {
  float sick = 0.0F;
  float parental = 0.0F;
};

/// Lives the days to come of an employee: spells end and begin. `conditions` multiplies their rate.
DaysAway live_days(const World& world, model::Employee& who, float conditions, float days);

/// Share of this week that somebody has holiday, and whether it is the block in summer.
struct Holiday {
  float share = 0.0F;
  bool summer = false;
};

/// Holidays in the week of a day, by the number of an employee, whose own the weeks of the block
/// are.
class Holidays {
 public:
  Holidays(const WorkforceTables& tables, base::Day day);
  Holiday operator()(std::uint64_t uid) const;

 private:
  [[nodiscard]] float left_from(int begins) const;

  const WorkforceTables& tables_;
  int week_;     // whole weeks of the year that have passed
  int blocks_;   // weeks in which a block may begin
  bool summer_;  // somebody has the block in summer now
};

}  // namespace carestair::processes
