#include "cli/compare_data.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/evidence_summary.hpp"

namespace carestair::cli {
namespace {

using experiment::ComparedOutcome;
using nlohmann::ordered_json;

const experiment::HeadlineDefinition& headline_of(const ComparedOutcome& outcome) {
  return experiment::headlines()[static_cast<std::size_t>(outcome.headline)];
}

std::string cell(double number) { return std::isfinite(number) ? fmt::format("{}", number) : ""; }

ordered_json value(double number) {
  return std::isfinite(number) ? ordered_json(number) : ordered_json(nullptr);
}

ordered_json spread_json(const experiment::Spread& spread) {
  return {{"draws", spread.draws},
          {"replications_per_draw", spread.replications},
          {"cut", spread.cut},
          {"parameters_sd", value(spread.parameters_sd)},
          {"parameters_low", value(spread.parameters_low)},
          {"parameters_high", value(spread.parameters_high)},
          {"chance_sd", value(spread.chance_sd)},
          {"both_low", spread.both_low},
          {"both_high", spread.both_high},
          {"share_above_zero", value(spread.share_above_zero)}};
}

ordered_json outcome_json(const ComparedOutcome& outcome) {
  const experiment::PairedDifference& paired = outcome.paired;
  return {{"id", headline_of(outcome).id},
          {"section", experiment::section_title(headline_of(outcome).section)},
          {"title", headline_of(outcome).title},
          {"unit", headline_of(outcome).unit},
          {"baseline", paired.baseline},
          {"scenario", paired.other},
          {"difference", paired.difference},
          {"low", value(paired.low())},
          {"high", value(paired.high())},
          {"sd", paired.sd},
          {"distinguishable", paired.distinguishable()},
          {"variance_ratio", value(paired.variance_ratio)},
          {"wanted_half_width", outcome.wanted_half_width},
          {"more_replications", outcome.more_replications ? ordered_json(*outcome.more_replications)
                                                          : ordered_json(nullptr)},
          {"spread", outcome.spread ? spread_json(*outcome.spread) : ordered_json(nullptr)}};
}

ordered_json paired_json(const experiment::PairedDifference& paired) {
  return {{"baseline", paired.baseline},
          {"difference", paired.difference},
          {"low", value(paired.low())},
          {"high", value(paired.high())}};
}

ordered_json row_json(const experiment::MoneyComparison::Row& row) {
  ordered_json payers;
  for (std::size_t p = 0; p < model::payer_count; ++p) {
    payers[std::string(model::payer_names[p])] = paired_json(row[p]);
  }
  payers["society"] = paired_json(row[experiment::society]);
  return payers;
}

ordered_json payback_json(const experiment::Payback& payback) {
  return {{"share_of_replications", payback.share},
          {"median_years", payback.years ? ordered_json(*payback.years) : ordered_json(nullptr)}};
}

ordered_json money_json(const experiment::MoneyComparison& money,
                        const std::vector<output::UnitInfo>& units) {
  ordered_json accounts;
  for (std::size_t a = 0; a < model::account_count; ++a) {
    accounts[std::string(model::account_names[a])] = row_json(money.matrix[a]);
  }
  accounts["sum"] = row_json(money.matrix[experiment::all_accounts]);
  ordered_json by_unit = ordered_json::object();
  for (std::size_t u = 0; u < money.units.size(); ++u) {
    ordered_json& of_unit = by_unit[units[u].id];
    for (std::size_t a = 0; a < model::unit_account_count; ++a) {
      of_unit[std::string(model::unit_account_names[a])] = paired_json(money.units[u][a]);
    }
    of_unit["sum"] = paired_json(money.units[u][experiment::all_of_unit]);
  }
  const auto ratio = money.cost_per_qaly();
  return {{"discount_rate", money.discount_rate},
          {"years", money.years},
          {"million_nok_a_year", std::move(accounts)},
          {"units_million_nok_a_year", std::move(by_unit)},
          {"present_value_million_nok", row_json(money.present_value)},
          {"payback",
           {{"municipality", payback_json(money.municipality)},
            {"society", payback_json(money.society_as_a_whole)}}},
          {"qalys_discounted", paired_json(money.qalys)},
          {"nok_per_qaly", ratio ? ordered_json(*ratio) : ordered_json(nullptr)},
          {"who_gains", money.who_gains()}};
}

ordered_json persons_json(const experiment::CountsByGroup& counts) {
  ordered_json groups = ordered_json::array();
  for (std::size_t age = 0; age < model::age_group_count; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      const experiment::PersonCounts& group = counts[age][sex];
      ordered_json more;
      ordered_json less;
      for (const record::OutcomeDefinition& outcome : record::outcomes()) {
        const auto index = static_cast<std::size_t>(outcome.outcome);
        more[std::string(outcome.name)] = group.more[index];
        less[std::string(outcome.name)] = group.less[index];
      }
      groups.push_back({{"age_group", model::age_group_names[age]},
                        {"sex", model::sex_names[sex]},
                        {"persons", group.paired},
                        {"touched", group.touched},
                        {"more", std::move(more)},
                        {"less", std::move(less)}});
    }
  }
  return groups;
}

ordered_json over_time_json(const output::RunDescription& run, const Comparisons& comparisons,
                            const OverTime& over_time) {
  ordered_json trends = ordered_json::array();
  for (const experiment::TrendDefinition& definition : experiment::trends()) {
    const auto& values = over_time.trends[static_cast<std::size_t>(definition.trend)];
    ordered_json simulated{{run.scenarios.front().id, values.simulated.front()}};
    for (const auto& [scenario, comparison] : comparisons) {
      simulated[run.scenarios[scenario].id] = values.simulated[scenario];
    }
    trends.push_back({{"id", definition.id},
                      {"title", definition.title},
                      {"unit", definition.unit},
                      {"projected_from_coverage", values.projected},
                      {"simulated", std::move(simulated)}});
  }
  return {{"years", over_time.years}, {"trends", std::move(trends)}};
}

std::string spread_cells(const ComparedOutcome& outcome) {
  if (!outcome.spread) return ",,,,,";
  const experiment::Spread& spread = *outcome.spread;
  return fmt::format("{},{},{},{},{},{}", cell(spread.parameters_sd), cell(spread.parameters_low),
                     cell(spread.parameters_high), cell(spread.chance_sd), spread.both_low,
                     spread.both_high);
}

}  // namespace

std::string comparisons_csv(const output::ResultHeader& header, const Comparisons& comparisons) {
  std::string text =
      "scenario,outcome,unit,replications,baseline,scenario_mean,difference,low,high,sd,"
      "distinguishable,variance_ratio,wanted_half_width,more_replications,parameters_sd,"
      "parameters_low,parameters_high,chance_sd,both_low,both_high\n";
  for (const auto& [scenario, comparison] : comparisons) {
    for (const ComparedOutcome& outcome : comparison.outcomes) {
      const experiment::PairedDifference& paired = outcome.paired;
      text += fmt::format(
          "{},{},\"{}\",{},{},{},{},{},{},{},{},{},{},{},{}\n", header.run.scenarios[scenario].id,
          headline_of(outcome).id, headline_of(outcome).unit, paired.replications, paired.baseline,
          paired.other, paired.difference, cell(paired.low()), cell(paired.high()), paired.sd,
          paired.distinguishable() ? 1 : 0, cell(paired.variance_ratio), outcome.wanted_half_width,
          outcome.more_replications ? std::to_string(*outcome.more_replications) : "",
          spread_cells(outcome));
    }
  }
  return text;
}

std::string comparisons_json(const output::ResultHeader& header, const Comparisons& comparisons,
                             const OverTime& over_time) {
  const output::RunDescription& run = header.run;
  std::vector<std::string> kinds;
  for (const output::EvidenceRow& row : run.evidence) kinds.push_back(row.kind);
  ordered_json evidence = ordered_json::object();
  for (const auto& [kind, count] : count_kinds(kinds)) evidence[kind] = count;
  ordered_json document = {{"title", run.title},
                           {"complete", header.complete},
                           {"replications", header.replications_finished},
                           {"replications_planned", run.replications},
                           {"seed", run.seed},
                           {"baseline", run.scenarios.front().id},
                           {"evidence", std::move(evidence)},
                           {"scenarios", ordered_json::array()}};
  for (const auto& [scenario, comparison] : comparisons) {
    ordered_json outcomes = ordered_json::array();
    for (const ComparedOutcome& outcome : comparison.outcomes) {
      outcomes.push_back(outcome_json(outcome));
    }
    document["scenarios"].push_back({{"id", run.scenarios[scenario].id},
                                     {"title", run.scenarios[scenario].title},
                                     {"outcomes", std::move(outcomes)},
                                     {"money", money_json(comparison.money, run.units)},
                                     {"persons", persons_json(comparison.persons)}});
  }
  document["over_time"] = over_time_json(run, comparisons, over_time);
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace carestair::cli
