// The rules in force during a stretch of time: one configuration and the tables each mechanism
// prepares from it. Immutable and shared by all worlds; a scenario is a list of them with dates.
#pragma once

#include <memory>
#include <vector>

#include "base/day.hpp"
#include "config/sections/config.hpp"
#include "processes/tables.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

struct Rules {
  config::Config config;
  MortalityTables mortality;
  DemographyTables demography;
  FunctionTables function;
  CognitionTables cognition;
  AcuteTables acute;
  HiddenProblemTables hidden_problems;
  BehaviourTables behaviour;
  NeedTables needs;
  SeekingTables seeking;
  UserGroupTables user_groups;
  ServiceTables services;
  TravelTables travel;
  EconomyTables economy;
  WorkforceTables workforce;
  std::size_t organisation = 0;  // of config.reablement.organisations: the one in force
  synth::HealthTables health;    // for newcomers during the burn-in and for in-movers
};

/// Prepares the rules of a configuration. `first` is the first reported day, `last` the end of the
/// run: tables by calendar year reach over both. Before, years stand still: in the burn-in people
/// live as in the first year, since they are to become what that year's statistics describe.
/// `before` are the rules that a dated change replaces: the norm of the life table is theirs, so
/// that a change of decline or dementia changes deaths through the risks of those who have need,
/// and is not taken out again. Only other relative risks of death, of the same lives, and another
/// morbidity regime make another norm. The means by which ratios of user groups are divided are
/// theirs, too.
std::shared_ptr<const Rules> make_rules(const config::Config& config, base::Day first,
                                        base::Day last, const Rules* before = nullptr);

/// The rules from a day on, until the next entry.
struct DatedRules {
  base::Day from;
  std::shared_ptr<const Rules> rules;
};
using Policy = std::vector<DatedRules>;

}  // namespace carestair::processes
