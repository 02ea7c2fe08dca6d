#include "record/persons.hpp"

#include <algorithm>

namespace carestair::record {
namespace {

constexpr std::array<OutcomeDefinition, outcome_count> outcome_table{{
    {Outcome::life_days, "life_days", "d", "days lived in the municipality"},
    {Outcome::cost, "cost", "NOK", "cost of the services received, not discounted"},
    {Outcome::home_hours, "home_hours", "h", "staff hours received at home"},
    {Outcome::place_days, "place_days", "d", "days in staffed housing or nursing home, long stay"},
    {Outcome::unmet_hours, "unmet_hours", "h", "hours of need nobody met"},
    {Outcome::informal_hours, "informal_hours", "h", "hours given by partner and kin"},
    {Outcome::waiting_days, "waiting_days", "d", "days on a waiting list"},
    {Outcome::extensive_days, "extensive_days", "d", "days lived with extensive need"},
    {Outcome::qalys, "qalys", "a", "quality-adjusted life years, not discounted"},
}};

bool by_uid(const PersonOutcome& a, const PersonOutcome& b) { return a.uid < b.uid; }

}  // namespace

std::span<const OutcomeDefinition> outcomes() { return outcome_table; }

OutcomeValues outcome_values(const model::PersonTotals& totals, float life_days, float qalys) {
  return {life_days,           totals.cost_nok,       totals.home_hours,
          totals.place_days,   totals.unmet_hours,    totals.informal_hours,
          totals.waiting_days, totals.extensive_days, qalys};
}

PersonSums sum_up(std::span<const PersonOutcome> persons) {
  PersonSums sums;
  for (const PersonOutcome& person : persons) {
    const std::size_t group = person_group(person);
    ++sums.persons[group];
    for (std::size_t i = 0; i < outcome_count; ++i) {
      sums.sum[group][i] += static_cast<double>(person.values[i]);
    }
  }
  return sums;
}

void sort_by_uid(std::vector<PersonOutcome>& persons) {
  const auto tail = std::is_sorted_until(persons.begin(), persons.end(), by_uid);
  std::sort(tail, persons.end(), by_uid);
  std::inplace_merge(persons.begin(), tail, persons.end(), by_uid);
}

}  // namespace carestair::record
