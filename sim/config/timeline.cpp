#include "config/timeline.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/node.hpp"

namespace carestair::config {
namespace {

bool may_touch_the_same(const Change& a, const Change& b) {
  const std::string path = path_of(a.address);
  if (path != path_of(b.address)) return false;
  return a.address == b.address || a.address == path || b.address == path;
}

/// What a change and a ramp that both speak of a parameter make of each other; empty when nothing
/// is lost. On one day they take effect as written.
struct Clash {
  std::string message = {};
  std::string hint = {};
};

Clash clash_of(const Change& ramp, const Change& other, bool other_is_later) {
  const bool begins = other.at == ramp.at && other_is_later;
  const std::string from = base::to_string(ramp.at);
  const std::string until = base::to_string(ramp.until);
  if ((other.at > ramp.at && other.at < ramp.until) || (begins && other.op == Op::ramp)) {
    return {
        fmt::format("this change falls inside a ramp of the same parameter, {} to {}", from, until),
        "end the ramp on that day, or begin there"};
  }
  if (begins) {
    return {fmt::format("this change would be lost: a ramp of the same parameter, written before "
                        "it, begins on {}",
                        from),
            "write it before the ramp, which then begins from its value, or leave one of them out"};
  }
  if (other.at == ramp.until && !other_is_later) {
    return {fmt::format("this change would be lost: a ramp of the same parameter, written after "
                        "it, ends on {}",
                        until),
            "write it after the ramp"};
  }
  return {};
}

}  // namespace

std::vector<DatedStep> plan_steps(const std::vector<Change>& changes, base::Diagnostics& faults) {
  std::vector<DatedStep> steps;
  std::vector<std::size_t> ramps;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    if (!change.sound) continue;
    if (change.op != Op::ramp) {
      steps.push_back({change.at, i, -1});
      continue;
    }
    ramps.push_back(i);
    steps.push_back({change.at, i, 0});
    const double length = change.until - change.at;
    base::Date month = base::to_date(change.at);
    while (true) {
      month = month.month == 12 ? base::Date{month.year + 1, 1, 1}
                                : base::Date{month.year, month.month + 1, 1};
      const base::Day day = base::to_day(month);
      if (day >= change.until) break;
      steps.push_back({day, i, (day - change.at) / length});
    }
    steps.push_back({change.until, i, 1});
  }
  for (const std::size_t ramp : ramps) {
    for (std::size_t other = 0; other < changes.size(); ++other) {
      const Change& a = changes[ramp];
      const Change& b = changes[other];
      if (other == ramp || !b.sound || !may_touch_the_same(a, b)) continue;
      const Clash clash = clash_of(a, b, other > ramp);
      if (clash.message.empty()) continue;
      faults.add(base::Diagnostic{
          .position = b.position,
          .message = clash.message,
          .hint = clash.hint,
          .length = std::max(1, characters(b.address)),
          .notes = {base::Note{a.position, "the ramp", std::max(1, characters(a.address))}}});
    }
  }
  std::ranges::stable_sort(steps, [](const DatedStep& a, const DatedStep& b) {
    return a.day != b.day ? a.day < b.day : a.change < b.change;
  });
  return steps;
}

}  // namespace carestair::config
