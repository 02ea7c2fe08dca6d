// The comparison of scenarios with the baseline: the headline outcomes replication by replication,
// and the persons behind them by age and sex. Works on plain numbers; where they come from (a file,
// worlds just run) is the caller's business.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/money.hpp"
#include "experiment/spread.hpp"
#include "experiment/statistics.hpp"
#include "model/levels.hpp"
#include "record/indicators.hpp"
#include "record/persons.hpp"

namespace carestair::experiment {

enum class Headline {
  cost,
  home_hours,
  places,
  waiting,
  unmet_hours,
  informal_hours,
  recipients,
  recipients_end,
  extensive,
  hospital_days,
  discharge_ready_days,
  deaths,
  residents,
  net_municipality,
  net_state,
  net_users,
  qalys,
  volunteers,
  volunteer_hours,
  coordination_cost,
  staff_employed,
  employees,
  mean_position,
  staff_sick,
  staff_at_work,
  undelivered_hours,
  lacking_competence,
  carers,
  carers_burdened,
  carer_work_lost
};
inline constexpr std::size_t headline_count = 30;
using HeadlineValues = std::array<double, headline_count>;

/// Which way is good for residents; most outcomes are neither by themselves.
enum class Direction { neither, more_is_better, less_is_better };

/// What an outcome is about; the comparison is printed section by section.
enum class Section { residents, places, staff, family, money };
inline constexpr std::size_t section_count = 5;
std::string_view section_title(Section section);

/// How the numbers of the period become one: sums are spread over time, stocks are averaged.
enum class Per { day, week, year, month_end, last_month_end };

/// Cells of an indicator: all, or one level of one of its axes.
struct Cells {
  record::Indicator indicator;
  std::optional<record::Axis> axis = {};
  std::size_t level = 0;
};

/// Where an outcome comes from: totals of the persons, or an indicator month by month.
struct HeadlineSource {
  std::optional<record::Outcome> outcome = {};
  std::optional<Cells> cells = {};
};

struct HeadlineDefinition {
  Headline headline;
  Section section;
  std::string_view id;     // in CSV and JSON, and for --width
  std::string_view title;  // as a planner would say it
  std::string_view unit;
  Direction direction;
  HeadlineSource source;
  Per per;
  double scale = 1.0;                 // of the unit: 1e6 for millions
  std::optional<Headline> over = {};  // divided by this one; nothing of nothing is 0
};
std::span<const HeadlineDefinition> headlines();
const HeadlineDefinition* find_headline(std::string_view id);

/// What was counted in one world (or one replication of several municipalities) over the reported
/// period.
struct PeriodSums {
  std::array<double, record::outcome_count> outcomes{};  // of all persons together
  /// Month by month, the cells an outcome asks for added up; empty for those of persons.
  std::array<std::vector<double>, headline_count> months{};
  double days = 0.0;  // length of the period
};

/// The headline outcomes as rates and means a planner knows.
HeadlineValues headline_values(const PeriodSums& sums);

/// Persons of one age group and sex, summed over replications.
struct PersonCounts {
  double paired = 0.0;  // live in both scenarios
  double touched = 0.0;
  std::array<double, record::outcome_count> more{};
  std::array<double, record::outcome_count> less{};

  PersonCounts& operator+=(const PersonCounts& other);
};
using CountsByGroup =
    std::array<std::array<PersonCounts, model::sex_count>, model::age_group_count>;

/// A half-width that is wanted: a share of the difference, or a number in the unit of the outcome.
struct WantedWidth {
  double share_of_difference = 0.1;
  std::array<std::optional<double>, headline_count> absolute{};
};

struct ComparedOutcome {
  Headline headline;
  PairedDifference paired;
  double wanted_half_width = 0.0;
  /// Beyond those there are; empty when no number of replications is known to be enough (a
  /// difference of zero has no tenth).
  std::optional<std::size_t> more_replications;
  /// Of the difference, when replications belong to draws. `paired` then counts draws, each at the
  /// mean of its replications.
  std::optional<Spread> spread;
};

struct Comparison {
  std::vector<ComparedOutcome> outcomes;
  CountsByGroup persons{};  // mean per replication
  MoneyComparison money;    // see compare_money
};

/// One scenario against the baseline; both hold one entry a replication, in the same order. With
/// draws, `replications_of_draw` says how many belong to each; else it is 0.
Comparison compare(std::span<const HeadlineValues> baseline, std::span<const HeadlineValues> other,
                   const CountsByGroup& persons_of_all_replications, const WantedWidth& width = {},
                   std::size_t replications_of_draw = 0);

}  // namespace carestair::experiment
