#include "processes/staff_absence.hpp"

#include <algorithm>
#include <cmath>

#include "processes/world.hpp"

namespace carestair::processes {

using model::Away;
using model::Employee;

namespace {

float spell_days(const World& world, const Employee& who) {
  const WorkforceTables& tables = world.rules().workforce;
  random::Stream stream(world.seed(), who.uid, random::Purpose::sick_leave, who.spells);
  stream.uniform();  // the threshold until this spell
  const double log_days = static_cast<double>(tables.spell_log_mean) +
                          static_cast<double>(tables.spell_log_sd) * stream.normal();
  const double most = world.config().workforce.sick_leave.most_days;
  return static_cast<float>(std::min(std::exp(log_days), most));
}

/// Uses up days of one who is at work at `now`, and lets the leave begin that they bring.
void begin_parental_leave(const World& world, Employee& who, float now, float days) {
  const float rate = world.rules().workforce.parental_rate;
  if (who.sex != model::Sex::female || rate <= 0.0F) return;
  const config::StaffLeave& leave = world.config().workforce.leave;
  const double age = age_of(world, who);
  if (age < leave.parental_from_age || age >= leave.parental_until_age) return;
  who.until_parental -= days * rate;
  if (who.until_parental > 0.0F) return;
  who.away = Away::parental;
  who.away_until = now + static_cast<float>(leave.parental_days);
  who.until_parental =
      random::threshold(world.seed(), who.uid, random::Purpose::parental_leave, ++who.leaves);
}

int week_of_year(base::Day day) {
  return (day - base::to_day({base::to_date(day).year, 1, 1})) / 7;
}

}  // namespace

DaysAway live_days(const World& world, Employee& who, float conditions, float days) {
  const WorkforceTables& tables = world.rules().workforce;
  auto t = static_cast<float>(world.run_day_number());
  const float end = t + days;
  if (who.away_until <= t) begin_parental_leave(world, who, t, days);
  float rate = conditions * tables.sick_rate[model::index(who.occupation)];
  if (who.position >= static_cast<float>(model::full_time_from)) {
    rate *= static_cast<float>(world.config().workforce.sick_leave.full_time_ratio);
  }
  DaysAway away;
  while (t < end) {
    if (who.away_until > t) {
      const float gone = std::min(end, who.away_until) - t;
      (who.away == Away::parental ? away.parental : away.sick) += gone;
      t += gone;
      continue;
    }
    who.away = Away::no;
    if (who.until_sick > rate * (end - t)) {
      who.until_sick -= rate * (end - t);
      break;
    }
    t += who.until_sick / rate;
    who.away = Away::sick;
    who.away_until = t + spell_days(world, who);
    who.until_sick =
        random::threshold(world.seed(), who.uid, random::Purpose::sick_leave, ++who.spells);
  }
  return away;
}

Holidays::Holidays(const WorkforceTables& tables, base::Day day)
    : tables_(tables),
      week_(week_of_year(day)),
      blocks_(std::max(1, tables.summer_last_week + 1 - tables.summer_first_week -
                              static_cast<int>(tables.summer_weeks))),
      summer_(week_ >= tables.summer_first_week &&
              left_from(tables.summer_first_week + blocks_ - 1) > 0.0F) {}

Holiday Holidays::operator()(std::uint64_t uid) const {
  if (!summer_) return {tables_.other_away, false};
  const int begins =
      tables_.summer_first_week + static_cast<int>((uid >> 20) % static_cast<unsigned>(blocks_));
  const float left = left_from(begins);
  if (week_ >= begins && left > 0.0F) return {std::min(left, 1.0F), true};
  return {tables_.other_away, false};
}

float Holidays::left_from(int begins) const {
  return tables_.summer_weeks - static_cast<float>(week_ - begins);
}

}  // namespace carestair::processes
