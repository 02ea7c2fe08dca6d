#include "experiment/compare.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "base/day.hpp"

namespace carestair::experiment {
namespace {

using enum Direction;

constexpr std::array<HeadlineDefinition, headline_count> table{{
    {Headline::cost, "cost", "Cost of services", "million NOK a year", neither},
    {Headline::home_hours, "home_hours", "Staff hours at home", "hours a week", neither},
    {Headline::places, "places", "24-hour care", "full-time places", neither},
    {Headline::waiting, "waiting", "On a waiting list", "persons at a time", less_is_better},
    {Headline::unmet_hours, "unmet_hours", "Need nobody meets", "hours a week", less_is_better},
    {Headline::informal_hours, "informal_hours", "Informal help", "hours a week", neither},
    {Headline::recipients, "recipients", "With any service", "persons, mean", neither},
    {Headline::recipients_end, "recipients_end", "With any service", "persons, at the end",
     neither},
    {Headline::extensive, "extensive", "Extensive need", "persons at a time", less_is_better},
    {Headline::hospital_days, "hospital_days", "In hospital, acute", "days a year", neither},
    {Headline::discharge_ready_days, "discharge_ready_days", "Ready for discharge", "days a year",
     less_is_better},
    {Headline::deaths, "deaths", "Deaths", "persons a year", less_is_better},
    {Headline::residents, "residents", "Residents", "persons, mean", neither},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].headline) != i) return false;
  }
  return true;
}
static_assert(in_order());

std::vector<double> column(std::span<const HeadlineValues> rows, std::size_t index) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const HeadlineValues& row : rows) values.push_back(row[index]);
  return values;
}

std::optional<std::size_t> more_for(const PairedDifference& paired, double half_width) {
  if (paired.replications < 2) return std::nullopt;
  if (paired.sd == 0.0) return 0;
  const std::size_t needed = replications_for(paired.sd, half_width);
  if (needed == 0) return std::nullopt;
  return needed > paired.replications ? needed - paired.replications : 0;
}

}  // namespace

std::span<const HeadlineDefinition> headlines() { return table; }

const HeadlineDefinition* find_headline(std::string_view id) {
  const auto found = std::ranges::find(table, id, &HeadlineDefinition::id);
  return found == table.end() ? nullptr : &*found;
}

HeadlineValues headline_values(const PeriodSums& sums) {
  CARE_EXPECTS(sums.days > 0.0);
  const double years = sums.days / base::days_per_year;
  const double weeks = sums.days / base::days_per_week;
  const auto sum = [&](record::Outcome outcome) {
    return sums.outcomes[static_cast<std::size_t>(outcome)];
  };
  using enum record::Outcome;
  HeadlineValues values{};
  const auto set = [&](Headline headline, double value) {
    values[static_cast<std::size_t>(headline)] = value;
  };
  set(Headline::cost, sum(cost) / 1e6 / years);
  set(Headline::home_hours, sum(home_hours) / weeks);
  set(Headline::places, sum(place_days) / sums.days);
  set(Headline::waiting, sum(waiting_days) / sums.days);
  set(Headline::unmet_hours, sum(unmet_hours) / weeks);
  set(Headline::informal_hours, sum(informal_hours) / weeks);
  set(Headline::recipients, sums.recipients_mean);
  set(Headline::recipients_end, sums.recipients_end);
  set(Headline::extensive, sum(extensive_days) / sums.days);
  set(Headline::hospital_days, sums.hospital_days / years);
  set(Headline::discharge_ready_days, sums.discharge_ready_days / years);
  set(Headline::deaths, sums.deaths / years);
  set(Headline::residents, sum(life_days) / sums.days);
  return values;
}

PersonCounts& PersonCounts::operator+=(const PersonCounts& other) {
  paired += other.paired;
  touched += other.touched;
  for (std::size_t i = 0; i < record::outcome_count; ++i) {
    more[i] += other.more[i];
    less[i] += other.less[i];
  }
  return *this;
}

Comparison compare(std::span<const HeadlineValues> baseline, std::span<const HeadlineValues> other,
                   const CountsByGroup& persons_of_all_replications, const WantedWidth& width) {
  Comparison comparison;
  for (const HeadlineDefinition& definition : table) {
    const auto index = static_cast<std::size_t>(definition.headline);
    ComparedOutcome outcome{
        .headline = definition.headline,
        .paired = paired_difference(column(baseline, index), column(other, index)),
        .wanted_half_width = 0.0,
        .more_replications = {}};
    outcome.wanted_half_width = width.absolute[index].value_or(width.share_of_difference *
                                                               std::abs(outcome.paired.difference));
    outcome.more_replications = more_for(outcome.paired, outcome.wanted_half_width);
    comparison.outcomes.push_back(outcome);
  }
  comparison.persons = persons_of_all_replications;
  const double share = 1.0 / static_cast<double>(baseline.size());
  for (auto& by_sex : comparison.persons) {
    for (PersonCounts& counts : by_sex) {
      counts.paired *= share;
      counts.touched *= share;
      for (double& count : counts.more) count *= share;
      for (double& count : counts.less) count *= share;
    }
  }
  return comparison;
}

}  // namespace carestair::experiment
