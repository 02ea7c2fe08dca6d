#include "cli/compare_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/evidence_summary.hpp"
#include "cli/money_text.hpp"
#include "cli/persons_text.hpp"
#include "cli/spread_text.hpp"
#include "cli/text.hpp"
#include "experiment/trace_text.hpp"

namespace carestair::cli {
namespace {

using experiment::ComparedOutcome;
using experiment::Comparison;
using experiment::HeadlineDefinition;
using experiment::PairedDifference;

const HeadlineDefinition& definition(const ComparedOutcome& outcome) {
  return experiment::headlines()[static_cast<std::size_t>(outcome.headline)];
}

std::string name_of(const ComparedOutcome& outcome) {
  return fmt::format("{}, {}", definition(outcome).title, definition(outcome).unit);
}

/// Enough decimals to see the difference and its uncertainty, and no more.
int decimals_of(const PairedDifference& paired) {
  const double finest = paired.distinguishable() ? std::abs(paired.difference) : paired.half_width;
  const int wanted = paired.identical() || !std::isfinite(finest) ? decimals_for(paired.baseline, 3)
                                                                  : decimals_for(finest, 2);
  const bool tiny = paired.distinguishable() && std::abs(paired.difference) < 0.005;
  return std::clamp(wanted, 0, tiny ? 3 : 2);
}

std::string signed_decimal(double number, int decimals) {
  const std::string text = decimal(number, decimals);
  const bool zero = text.find_first_not_of("0. ") == std::string::npos;
  return number > 0.0 && !zero ? "+" + text : text;
}

std::string interval_text(const PairedDifference& paired, int decimals) {
  if (!std::isfinite(paired.half_width)) return "one replication";
  return fmt::format("{} to {}", signed_decimal(paired.low(), decimals),
                     signed_decimal(paired.high(), decimals));
}

std::string gain_text(double ratio) {
  if (ratio > 999.0) return "> 999";
  return decimal(ratio, ratio < 10.0 ? 1 : 0);
}

std::string more_text(const ComparedOutcome& outcome) {
  if (!outcome.more_replications) return "-";
  if (*outcome.more_replications > 99'999) return "> 99 999";
  return grouped(static_cast<std::int64_t>(*outcome.more_replications));
}

void add_row(TextTable& table, const ComparedOutcome& outcome) {
  const PairedDifference& paired = outcome.paired;
  const int decimals = decimals_of(paired);
  const std::string name = "  " + name_of(outcome);
  if (paired.identical()) {
    table.row({name, decimal(paired.baseline, decimals), "none", "", "", ""});
    return;
  }
  table.row({name, decimal(paired.baseline, decimals), signed_decimal(paired.difference, decimals),
             interval_text(paired, decimals), gain_text(paired.variance_ratio),
             more_text(outcome)});
}

std::string outcome_table(const Comparison& comparison) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right});
  const bool drawn = comparison.outcomes.front().spread.has_value();
  table.row({"", "", "", "95 % interval", "gain by", "more"});
  table.row(
      {"", "baseline", "difference", "of the difference", "pairing", drawn ? "draws" : "runs"});
  for (std::size_t at = 0; at < experiment::section_count; ++at) {
    const auto section = static_cast<experiment::Section>(at);
    table.row({std::string(experiment::section_title(section)), "", "", "", "", ""});
    for (const ComparedOutcome& outcome : comparison.outcomes) {
      if (definition(outcome).section == section) add_row(table, outcome);
    }
  }
  return table.text();
}

std::string in_words(const ComparedOutcome& outcome) {
  const PairedDifference& paired = outcome.paired;
  std::string text = fmt::format(
      "{}: {} by {} {}", definition(outcome).title, paired.difference < 0 ? "lower" : "higher",
      decimal(std::abs(paired.difference), decimals_of(paired)), definition(outcome).unit);
  if (paired.baseline > 0.0) {
    const double percent = std::abs(100.0 * paired.difference / paired.baseline);
    text += fmt::format(" ({} %)", decimal(percent, std::clamp(decimals_for(percent, 2), 0, 3)));
  }
  return text;
}

std::string what_can_be_said(const Comparison& comparison) {
  std::string text;
  std::vector<std::string> unclear;
  std::vector<std::string> same;
  const std::size_t replications = comparison.outcomes.front().paired.replications;
  for (const ComparedOutcome& outcome : comparison.outcomes) {
    if (outcome.paired.identical()) {
      same.push_back(name_of(outcome));
    } else if (outcome.paired.distinguishable()) {
      text += paragraph("  - ", in_words(outcome));
    } else {
      unclear.push_back(name_of(outcome));
    }
  }
  if (replications < 2) {
    return paragraph("",
                     "One replication tells nothing about chance: no difference can be told "
                     "from zero. Run more replications.");
  }
  std::string out;
  if (!text.empty()) out += "Distinguishable from zero:\n" + text;
  if (!unclear.empty()) {
    out += fmt::format("Not distinguishable from zero with {}:\n",
                       counted(static_cast<std::int64_t>(replications),
                               comparison.outcomes.front().spread ? "draw" : "replication"));
    out += paragraph("  ", fmt::format("{}", fmt::join(unclear, "; ")));
  }
  if (!same.empty()) {
    out += "The same in every replication:\n" +
           paragraph("  ", fmt::format("{}", fmt::join(same, "; ")));
  }
  return out;
}

/// Differences are means over the whole period, also where nothing can differ for years: until the
/// first change, paired worlds are the same. That makes the factor exact for means over days.
std::string parting_text(const output::RunDescription& run, std::optional<base::Day> parting) {
  const base::Day end = run.month_ends.back() + 1;
  if (!parting || *parting <= run.start || *parting >= end) return {};
  const double factor = static_cast<double>(end - run.start) / (end - *parting);
  return paragraph("", fmt::format("Differences are means over the whole period, save those at its "
                                   "end. The first change is on {}, so "
                                   "a year from then on has on average {:.3g} times as much.",
                                   experiment::date_in_words(*parting), factor));
}

std::string worlds_text(const output::ResultHeader& header) {
  const output::DrawTable& draws = header.run.draws;
  std::string text = counted(header.replications_finished, "replication");
  if (draws.empty()) return text;
  return fmt::format("{}: {} of {}", text,
                     counted(static_cast<std::int64_t>(draws.names.size()), "draw"),
                     counted(draws.replications, "replication"));
}

/// Ranges of draws need two whole ones: without them only chance is told, and that must be said.
std::string few_draws_text(const output::ResultHeader& header) {
  const output::DrawTable& draws = header.run.draws;
  if (draws.empty() || is_sweep(draws)) return {};
  const int whole = header.replications_finished / std::max(1, draws.replications);
  if (whole >= 2) return {};
  return paragraph(
      "",
      fmt::format("FEWER THAN TWO WHOLE DRAWS: {} of {}. What is not known of the numbers put in "
                  "is not told; intervals hold chance alone. {}",
                  whole, draws.names.size(),
                  header.complete ? "Take more draws (experiment.draws)."
                                  : "Go on with `carestair run --resume`."));
}

}  // namespace

std::string heading_text(const output::ResultHeader& header) {
  const output::RunDescription& run = header.run;
  std::vector<std::string> places;
  for (const output::MunicipalityInfo& m : run.municipalities) {
    places.push_back(fmt::format("{} ({} residents)", m.title, grouped(m.population)));
  }
  std::string text = run.title + "\n";
  text += paragraph("", fmt::format("{}, {} to {}, {}, seed {}", enumerated(places),
                                    experiment::date_in_words(run.start),
                                    experiment::date_in_words(run.month_ends.back()),
                                    worlds_text(header), run.seed));
  if (!header.complete) {
    text += paragraph(
        "", fmt::format("NOT COMPLETE: the run was stopped after {} of {}.",
                        header.replications_finished, counted(run.replications, "replication")));
  }
  return text + few_draws_text(header);
}

std::string comparison_text(const output::ResultHeader& header, std::size_t scenario,
                            const Comparison& comparison, std::optional<base::Day> parting) {
  const output::ScenarioInfo& baseline = header.run.scenarios.front();
  const output::ScenarioInfo& other = header.run.scenarios[scenario];
  std::string text = paragraph(other.id + ": ", other.title);
  for (std::size_t at = 0; at < other.description.size();) {
    const std::size_t end = std::min(other.description.find('\n', at), other.description.size());
    text += paragraph("  ", other.description.substr(at, end - at));
    at = end + 1;
  }
  text += paragraph("", fmt::format("compared with {}: {}", baseline.id, baseline.title));
  if (!other.structure.empty()) {
    text += paragraph(
        "", fmt::format("{}: it is lived in the structure {}, the baseline in the one "
                        "as written. `carestair report` tells them apart.",
                        other.policy == baseline.id ? "This is what the structure changes"
                                                    : "This is policy and structure together",
                        other.structure));
  }
  text += parting_text(header.run, parting);
  text += "\n";
  text += outcome_table(comparison) + "\n" + what_can_be_said(comparison) + "\n";
  text += spread_text(comparison);
  std::vector<std::string> units;
  for (const output::UnitInfo& unit : header.run.units) units.push_back(unit.title);
  text += money_text(comparison.money, base::to_date(header.run.start).year, units) + "\n";
  return text + persons_text(comparison.persons);
}

std::string closing_text(const output::ResultHeader& header, const experiment::WantedWidth& width) {
  std::string text = paragraph(
      "",
      fmt::format("How to read it. The same persons live in all scenarios, so differences are "
                  "measured person by person and replication by replication. Gain by pairing: "
                  "runs with different persons would need so many times the replications. More "
                  "runs: replications needed beyond these for an interval of +-{:.3g} % of the "
                  "difference{}. Each interval stands for itself: of 20 outcomes without any "
                  "effect, one will seem to have one.",
                  100.0 * width.share_of_difference,
                  std::ranges::any_of(width.absolute, [](const auto& w) { return w.has_value(); })
                      ? " or of the width asked for"
                      : ""));
  std::vector<std::string> kinds;
  for (const output::EvidenceRow& row : header.run.evidence) kinds.push_back(row.kind);
  text += paragraph(
      "", (header.run.draws.empty() ? "Intervals hold chance in the lives simulated, not doubt "
                                      "about the numbers put in. "
                                    : "") +
              evidence_in_words(kinds) + " `carestair params` lists them with their ranges.");
  return text;
}

}  // namespace carestair::cli
