#include "cli/spread_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/text.hpp"
#include "config/scalar.hpp"
#include "experiment/draws.hpp"

namespace carestair::cli {
namespace {

using experiment::HeadlineDefinition;
using experiment::PairedDifference;
using experiment::Spread;

std::string with_sign(double number, int decimals) {
  const std::string text = decimal(number, decimals);
  return number > 0.0 && text.find_first_not_of("0. ") != std::string::npos ? "+" + text : text;
}

std::string from_to(double low, double high, int decimals) {
  if (!std::isfinite(low)) return "not known";
  return with_sign(low, decimals) + " to " + with_sign(high, decimals);
}

int decimals_of(double width) {
  return width > 0.0 && std::isfinite(width) ? std::clamp(decimals_for(width, 2), 0, 3) : 2;
}

/// Where it is cut off, a range without width and a share of 0 or 100 % would look like certainty.
std::string by_numbers(const Spread& spread, int decimals) {
  if (spread.cut) return "not told";
  return from_to(spread.parameters_low, spread.parameters_high, decimals);
}

std::string higher(const Spread& spread) {
  if (spread.cut) return "not told";
  return decimal(100.0 * spread.share_above_zero, 0) + " %";
}

constexpr double normal_95 = 1.959963984540054;

std::string spread_table(const experiment::Comparison& comparison) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right});
  table.row({"", "", "95 % by the", "95 % by", "95 % by", "higher in"});
  table.row({"", "difference", "numbers put in", "chance", "both", "draws"});
  for (const experiment::ComparedOutcome& outcome : comparison.outcomes) {
    const HeadlineDefinition& headline =
        experiment::headlines()[static_cast<std::size_t>(outcome.headline)];
    const Spread& spread = *outcome.spread;
    const int decimals = decimals_of(spread.both_high - spread.both_low);
    const double chance = normal_95 * spread.chance_sd;
    if (outcome.paired.identical()) continue;
    table.row({fmt::format("  {}, {}", headline.title, headline.unit),
               with_sign(outcome.paired.difference, decimals), by_numbers(spread, decimals),
               std::isfinite(chance) ? "+-" + decimal(chance, decimals) : "not known",
               from_to(spread.both_low, spread.both_high, decimals), higher(spread)});
  }
  return table.text();
}

bool any_cut(const experiment::Comparison& comparison) {
  return std::ranges::any_of(comparison.outcomes,
                             [](const auto& outcome) { return outcome.spread->cut; });
}

/// The outcome in the replications of one draw: the difference from the baseline, or the baseline.
std::vector<double> values_at(const ResultData& data, std::size_t scenario, std::size_t draw,
                              std::size_t outcome) {
  const auto replications = static_cast<std::size_t>(data.header.run.draws.replications);
  const auto finished = static_cast<std::size_t>(data.header.replications_finished);
  std::vector<double> values;
  for (std::size_t r = draw * replications; r < (draw + 1) * replications && r < finished; ++r) {
    const double baseline = data.outcomes.front()[r][outcome];
    values.push_back(scenario == 0 ? baseline : data.outcomes[scenario][r][outcome] - baseline);
  }
  return values;
}

/// Draws of which all replications are there.
std::size_t whole_draws(const ResultData& data) {
  return static_cast<std::size_t>(data.header.replications_finished) /
         static_cast<std::size_t>(data.header.run.draws.replications);
}

std::string interval(const PairedDifference& paired, int decimals) {
  if (!std::isfinite(paired.half_width)) return "one replication";
  return from_to(paired.low(), paired.high(), decimals);
}

struct Swing {
  std::size_t varied = 0;
  double low = 0.0;
  double high = 0.0;
  PairedDifference paired;  // high less low
};

std::string tornado(const ResultData& data, std::size_t scenario, std::size_t outcome) {
  constexpr std::size_t most_rows = 25;
  const output::DrawTable& draws = data.header.run.draws;
  std::vector<Swing> swings;
  for (std::size_t i = 0; 2 * i + 2 < whole_draws(data); ++i) {
    const auto low = values_at(data, scenario, 1 + 2 * i, outcome);
    const auto high = values_at(data, scenario, 2 + 2 * i, outcome);
    swings.push_back({i, experiment::mean(low), experiment::mean(high),
                      experiment::paired_difference(low, high)});
  }
  std::ranges::stable_sort(swings, [](const Swing& a, const Swing& b) {
    return std::abs(a.paired.difference) > std::abs(b.paired.difference);
  });
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right});
  table.row({"  parameter", "low", "high", "at low", "at high", "swing, 95 % interval"});
  const double largest = swings.empty() ? 0.0 : std::abs(swings.front().paired.difference);
  const int decimals = decimals_of(largest);
  std::size_t still = 0;
  for (std::size_t at = 0; at < swings.size(); ++at) {
    const Swing& swing = swings[at];
    if (swing.paired.identical()) ++still;
    if (swing.paired.identical() || at >= most_rows) continue;
    const auto value = [&](std::size_t draw) {
      return config::to_short(draws.values[draw * draws.varied.size() + swing.varied]);
    };
    table.row({"  " + draws.varied[swing.varied].address, value(1 + 2 * swing.varied),
               value(2 + 2 * swing.varied), decimal(swing.low, decimals),
               decimal(swing.high, decimals), interval(swing.paired, decimals)});
  }
  std::string text = table.text();
  if (swings.size() - still > most_rows) {
    text += fmt::format("  and {} that move it less\n", swings.size() - still - most_rows);
  }
  if (still > 0) {
    text += fmt::format("  {} {} not move it at all\n",
                        counted(static_cast<std::int64_t>(still), "parameter"),
                        still == 1 ? "does" : "do");
  }
  return text;
}

std::string points(const ResultData& data, std::size_t scenario, std::size_t outcome) {
  using enum TextTable::Align;
  TextTable table({left, right, right});
  table.row({"", scenario == 0 ? "mean" : "difference", "less the first, 95 % interval"});
  const std::vector<double> first = values_at(data, scenario, 0, outcome);
  for (std::size_t draw = 0; draw < whole_draws(data); ++draw) {
    const PairedDifference paired =
        experiment::paired_difference(first, values_at(data, scenario, draw, outcome));
    const int decimals = std::isfinite(paired.half_width) && paired.half_width > 0.0
                             ? decimals_of(paired.half_width)
                             : std::clamp(decimals_for(paired.other, 3), 0, 3);
    table.row({"  " + data.header.run.draws.names[draw], decimal(paired.other, decimals),
               draw == 0 ? "" : interval(paired, decimals)});
  }
  return table.text();
}

}  // namespace

std::string spread_text(const experiment::Comparison& comparison) {
  if (!comparison.outcomes.front().spread) return {};
  const Spread& spread = *comparison.outcomes.front().spread;
  std::string text = "How far it may reach\n" + spread_table(comparison);
  text += paragraph(
      "  ",
      spread.replications < 2
          ? "One replication a draw: chance and the numbers put in cannot be told apart. Two or "
            "more (simulation.replications) split them."
          : "By the numbers put in: what would be expected if they lay elsewhere in their ranges. "
            "By chance: one municipality over the period, with given numbers. Both: one "
            "municipality, numbers as uncertain as they are.");
  if (any_cut(comparison)) {
    text += paragraph("  ",
                      "Not told: the draws differ no more than chance explains, so that what the "
                      "numbers put in do cannot be told from chance, and may still be something. "
                      "More replications a draw may tell.");
  }
  return text + "\n";
}

bool is_sweep(const output::DrawTable& draws) {
  using enum experiment::Design;
  return draws.design == experiment::design_name(one_at_a_time) ||
         draws.design == experiment::design_name(grid) ||
         draws.design == experiment::design_name(experiment::Design::points);
}

std::string sweep_text(const ResultData& data, const HeadlineDefinition& outcome,
                       const std::vector<std::size_t>& scenarios) {
  const output::RunDescription& run = data.header.run;
  const auto index = static_cast<std::size_t>(outcome.headline);
  const bool one_at_a_time =
      run.draws.design == experiment::design_name(experiment::Design::one_at_a_time);
  std::string text;
  for (const std::size_t s : scenarios) {
    if (whole_draws(data) == 0) return text + "No point of the sweep is whole.\n";
    const double written = experiment::mean(values_at(data, s, 0, index));
    const std::string& baseline = run.scenarios.front().id;
    text += fmt::format("\n{}, {}: {}{}\n", outcome.title, outcome.unit, run.scenarios[s].id,
                        s == 0 ? "" : " less " + baseline);
    if (one_at_a_time) {
      text += fmt::format("  as written: {}\n",
                          decimal(written, std::clamp(decimals_for(written, 3), 0, 3)));
    }
    text += one_at_a_time ? tornado(data, s, index) : points(data, s, index);
  }
  return text + "\n" +
         paragraph("",
                   "All points share the same persons and their chance, so that what differs "
                   "is the parameter. --outcome tells another outcome; the draws and all "
                   "results stand in the file (docs/file-format.md).");
}

}  // namespace carestair::cli
