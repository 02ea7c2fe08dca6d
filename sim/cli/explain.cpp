// `carestair explain`: the model's day as the program itself lists it.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "processes/clock.hpp"
#include "processes/schedule.hpp"
#include "record/indicators.hpp"

namespace carestair::cli {
namespace {

std::string_view rhythm_in_words(processes::Rhythm rhythm) {
  using enum processes::Rhythm;
  switch (rhythm) {
    case daily: return "every day";
    case weekly: return "every meeting";
    case monthly: return "every month's end";
    case yearly: return "every year's start";
    case mondays: return "every Monday";
    case at_dates: return "at dates";
  }
  return {};
}

}  // namespace

ExitCode explain() {
  std::string text = "A day goes through these phases, in this order:\n\n";
  std::size_t name_width = 0;
  for (const processes::Phase& phase : processes::schedule()) {
    name_width = std::max(name_width, phase.name.size());
  }
  int number = 0;
  for (const processes::Phase& phase : processes::schedule()) {
    text += paragraph(fmt::format("  {:2}  {:{}}  {:18}  ", ++number, phase.name, name_width,
                                  rhythm_in_words(phase.rhythm)),
                      phase.what);
  }
  text +=
      "\nClocks: chances in a life that run in continuous time, each on the resident's own "
      "random stream:\n\n";
  std::vector<std::string> clocks;
  for (const std::string_view name : processes::clock_names) clocks.push_back(as_words(name));
  text += paragraph("  ", enumerated(clocks));
  print(text);
  return ExitCode::ok;
}

ExitCode explain_indicators() {
  print(record::indicator_reference());
  return ExitCode::ok;
}

}  // namespace carestair::cli
