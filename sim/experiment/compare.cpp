#include "experiment/compare.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/contract.hpp"
#include "base/day.hpp"

namespace carestair::experiment {
namespace {

using enum Direction;
using model::StaffState;
using record::Axis;
using record::Indicator;

constexpr HeadlineSource of(record::Outcome outcome) { return {.outcome = outcome}; }
constexpr HeadlineSource of(Indicator indicator) {
  return {.cells = Cells{.indicator = indicator}};
}
constexpr HeadlineSource of(Indicator indicator, Axis axis, std::size_t level) {
  return {.cells = Cells{.indicator = indicator, .axis = axis, .level = level}};
}

constexpr std::array<HeadlineDefinition, headline_count> table{{
    {Headline::cost, Section::money, "cost", "Cost of services", "million NOK a year", neither,
     of(record::Outcome::cost), Per::year, 1e6},
    {Headline::home_hours, Section::staff, "home_hours", "Staff hours at home", "hours a week",
     neither, of(record::Outcome::home_hours), Per::week},
    {Headline::places, Section::places, "places", "24-hour care", "full-time places", neither,
     of(record::Outcome::place_days), Per::day},
    {Headline::waiting, Section::places, "waiting", "On a waiting list", "persons at a time",
     less_is_better, of(record::Outcome::waiting_days), Per::day},
    {Headline::unmet_hours, Section::residents, "unmet_hours", "Need nobody meets", "hours a week",
     less_is_better, of(record::Outcome::unmet_hours), Per::week},
    {Headline::informal_hours, Section::family, "informal_hours", "Informal help", "hours a week",
     neither, of(record::Outcome::informal_hours), Per::week},
    {Headline::recipients, Section::residents, "recipients", "With any service", "persons, mean",
     neither, of(Indicator::recipients_any), Per::month_end},
    {Headline::recipients_end, Section::residents, "recipients_end", "With any service",
     "persons, at the end", neither, of(Indicator::recipients_any), Per::last_month_end},
    {Headline::extensive, Section::residents, "extensive", "Extensive need", "persons at a time",
     less_is_better, of(record::Outcome::extensive_days), Per::day},
    {Headline::hospital_days, Section::places, "hospital_days", "In hospital, acute", "days a year",
     neither, of(Indicator::hospital_days), Per::year},
    {Headline::discharge_ready_days, Section::places, "discharge_ready_days", "Ready for discharge",
     "days a year", less_is_better, of(Indicator::discharge_ready_days), Per::year},
    {Headline::deaths, Section::residents, "deaths", "Deaths", "persons a year", less_is_better,
     of(Indicator::events, Axis::event_kind, model::index(model::EventKind::died)), Per::year},
    {Headline::residents, Section::residents, "residents", "Residents", "persons, mean", neither,
     of(record::Outcome::life_days), Per::day},
    {Headline::net_municipality, Section::money, "net_municipality", "Municipality bears",
     "million NOK a year", neither,
     of(Indicator::money, Axis::payer, model::index(model::Payer::municipality)), Per::year, 1e6},
    {Headline::net_state, Section::money, "net_state", "State bears", "million NOK a year", neither,
     of(Indicator::money, Axis::payer, model::index(model::Payer::state)), Per::year, 1e6},
    {Headline::net_users, Section::money, "net_users", "Users bear", "million NOK a year", neither,
     of(Indicator::money, Axis::payer, model::index(model::Payer::user)), Per::year, 1e6},
    {Headline::qalys, Section::residents, "qalys", "Quality-adjusted life", "years a year",
     more_is_better, of(record::Outcome::qalys), Per::year},
    {Headline::volunteers, Section::family, "volunteers", "Volunteers in care", "persons, mean",
     neither, of(Indicator::volunteers), Per::month_end},
    {Headline::volunteer_hours, Section::family, "volunteer_hours", "Hours of volunteers",
     "hours a week", neither, of(Indicator::volunteer_hours), Per::week},
    {Headline::coordination_cost, Section::money, "coordination_cost", "Coordinators",
     "million NOK a year", neither,
     of(Indicator::money, Axis::account, model::index(model::Account::volunteer_coordination)),
     Per::year, 1e6},
    {Headline::staff_employed, Section::staff, "staff_employed", "Employed", "full-time posts",
     neither, of(Indicator::staff_weeks, Axis::staff_state, model::index(StaffState::employed)),
     Per::week},
    {Headline::employees, Section::staff, "employees", "Employees", "persons, mean", neither,
     of(Indicator::employee_weeks), Per::week},
    {Headline::mean_position, Section::staff, "mean_position", "Mean position",
     "% of a full-time post", neither,
     of(Indicator::staff_weeks, Axis::staff_state, model::index(StaffState::employed)), Per::week,
     0.01, Headline::employees},
    {Headline::staff_sick, Section::staff, "staff_sick", "On sick leave", "full-time posts",
     less_is_better, of(Indicator::staff_weeks, Axis::staff_state, model::index(StaffState::sick)),
     Per::week},
    {Headline::staff_at_work, Section::staff, "staff_at_work", "At work", "full-time posts",
     more_is_better,
     of(Indicator::staff_weeks, Axis::staff_state, model::index(StaffState::present)), Per::week},
    {Headline::undelivered_hours, Section::staff, "undelivered_hours", "Granted and not given",
     "hours a week", less_is_better, of(Indicator::undelivered_hours), Per::week},
    {Headline::lacking_competence, Section::staff, "lacking_competence", "For want of competence",
     "hours a week", less_is_better,
     of(Indicator::unit_hours, Axis::staff_time, model::lacking_competence), Per::week},
    {Headline::carers, Section::family, "carers", "Family carers", "persons, mean", neither,
     of(Indicator::carers), Per::month_end},
    {Headline::carers_burdened, Section::family, "carers_burdened", "Burdened family carers",
     "persons, mean", less_is_better, of(Indicator::carers, Axis::burdened, 1), Per::month_end},
    {Headline::carer_work_lost, Section::family, "carer_work_lost", "Work carers give up",
     "man-years, mean", less_is_better, of(Indicator::carer_work_lost), Per::month_end},
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

void add_spread(ComparedOutcome& outcome, std::span<const HeadlineValues> baseline,
                std::span<const HeadlineValues> other, std::size_t replications) {
  const auto index = static_cast<std::size_t>(outcome.headline);
  const std::vector<double> before = column(baseline, index);
  const std::vector<double> after = column(other, index);
  std::vector<double> differences(before.size());
  std::ranges::transform(after, before, differences.begin(), std::minus<>{});
  outcome.spread = spread_of(differences, replications);
  outcome.paired =
      paired_difference(means_of_draws(before, replications), means_of_draws(after, replications));
}

}  // namespace

std::span<const HeadlineDefinition> headlines() { return table; }

const HeadlineDefinition* find_headline(std::string_view id) {
  const auto found = std::ranges::find(table, id, &HeadlineDefinition::id);
  return found == table.end() ? nullptr : &*found;
}

std::string_view section_title(Section section) {
  constexpr std::array<std::string_view, section_count> titles{
      "Residents", "Places and waiting", "Staff", "Family and volunteers", "Money"};
  return titles[static_cast<std::size_t>(section)];
}

namespace {

double spread(double sum, Per per, double days) {
  switch (per) {
    case Per::day: return sum / days;
    case Per::week: return sum / (days / base::days_per_week);
    default: return sum / (days / base::days_per_year);
  }
}

double value_of(const HeadlineDefinition& definition, const PeriodSums& sums) {
  if (definition.source.outcome) {
    return spread(sums.outcomes[static_cast<std::size_t>(*definition.source.outcome)],
                  definition.per, sums.days);
  }
  const std::vector<double>& months = sums.months[static_cast<std::size_t>(definition.headline)];
  CARE_EXPECTS(!months.empty());
  if (definition.per == Per::month_end) return mean(months);
  if (definition.per == Per::last_month_end) return months.back();
  return spread(std::accumulate(months.begin(), months.end(), 0.0), definition.per, sums.days);
}

}  // namespace

HeadlineValues headline_values(const PeriodSums& sums) {
  CARE_EXPECTS(sums.days > 0.0);
  HeadlineValues values{};
  for (const HeadlineDefinition& definition : table) {
    values[static_cast<std::size_t>(definition.headline)] =
        value_of(definition, sums) / definition.scale;
  }
  for (const HeadlineDefinition& definition : table) {
    if (!definition.over) continue;
    const double whole = values[static_cast<std::size_t>(*definition.over)];
    double& value = values[static_cast<std::size_t>(definition.headline)];
    value = whole > 0.0 ? value / whole : 0.0;
  }
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
                   const CountsByGroup& persons_of_all_replications, const WantedWidth& width,
                   std::size_t replications_of_draw) {
  Comparison comparison;
  const bool draws = replications_of_draw > 0 && baseline.size() >= 2 * replications_of_draw;
  for (const HeadlineDefinition& definition : table) {
    const auto index = static_cast<std::size_t>(definition.headline);
    ComparedOutcome outcome{
        .headline = definition.headline,
        .paired = paired_difference(column(baseline, index), column(other, index)),
        .wanted_half_width = 0.0,
        .more_replications = {},
        .spread = {}};
    if (draws) add_spread(outcome, baseline, other, replications_of_draw);
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
