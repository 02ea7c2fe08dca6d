#include "config/dates.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace carestair::config {
namespace {

constexpr std::array<std::string_view, 3> period_addresses{"simulation.start", "simulation.end",
                                                           "simulation.burn_in_years"};

bool same_line(const base::SourcePosition& a, const base::SourcePosition& b) {
  return a.source == b.source && a.line == b.line;
}

bool period_is_at_fault(const Places& places, const base::Diagnostics& faults) {
  return std::ranges::any_of(period_addresses, [&](std::string_view address) {
    const auto place = places.find(address);
    if (place == places.end()) return address != "simulation.burn_in_years";
    return std::ranges::any_of(faults.all(), [&](const base::Diagnostic& fault) {
      return same_line(fault.position, place->second.position);
    });
  });
}

/// Whether the end was written in a file laid over that of the change.
bool was_made_shorter(const Change& change, const Places& places,
                      const std::vector<std::string>& laid) {
  const auto rank = [&](std::string_view file) { return std::ranges::find(laid, file); };
  const auto end = places.find(std::string_view("simulation.end"));
  return end != places.end() && rank(end->second.position.file()) > rank(change.position.file());
}

/// The date that was meant, when two digits of the year changed places (2062 for 2026) or the
/// century is wrong.
std::optional<base::Day> meant(base::Day written, const LivedDays& lived) {
  const base::Date date = base::to_date(written);
  const auto fits = [&](int year) -> std::optional<base::Day> {
    const base::Day day = base::to_day({year, date.month, date.day});
    if (day < lived.first || day >= lived.end) return std::nullopt;
    return day;
  };
  const std::string digits = fmt::format("{:04}", date.year);
  for (std::size_t i = digits.size() - 1; i > 0; --i) {
    std::string swapped = digits;
    std::swap(swapped[i], swapped[i - 1]);
    if (const auto day = fits(std::stoi(swapped))) return day;
  }
  return fits(base::to_date(lived.reported).year / 100 * 100 + date.year % 100);
}

std::string hint_for(base::Day written, const LivedDays& lived) {
  std::string hint;
  if (const auto day = meant(written, lived)) {
    hint = fmt::format("did you mean {}? ", base::to_string(*day));
  }
  return hint + fmt::format("expected a date from {}, {}, to {}, before simulation.end",
                            base::to_string(lived.first),
                            lived.first < lived.reported ? "the first day of the burn-in"
                                                         : "which is simulation.start",
                            base::to_string(lived.end - 1));
}

void report(const Change& change, const LivedDays& lived, base::Diagnostics& faults) {
  const std::string date = base::to_string(change.at);
  const bool late = change.at >= lived.end;
  base::Diagnostics own;  // a change may be in several scenarios
  own.add(
      change.at_position, static_cast<int>(date.size()),
      late ? fmt::format("this change is on {}, when the run has ended: it would do nothing", date)
           : fmt::format("this change is on {}, before the run begins", date),
      hint_for(change.at, lived) +
          (late ? "" : "; what holds from the beginning belongs in the configuration itself"));
  faults.add_new(own);
}

}  // namespace

void check_dates(std::vector<Scenario>& scenarios, const LivedDays& lived, const Places& places,
                 const std::vector<std::string>& laid, base::Diagnostics& faults) {
  if (lived.end <= lived.reported || period_is_at_fault(places, faults)) return;
  for (Scenario& scenario : scenarios) {
    for (Change& change : scenario.changes) {
      if (!change.dated || (change.at >= lived.first && change.at < lived.end)) continue;
      change.unlived = change.at >= lived.end && was_made_shorter(change, places, laid);
      if (!change.unlived) report(change, lived, faults);
    }
  }
}

}  // namespace carestair::config
