#include "experiment/trace_text.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace carestair::experiment {

std::string date_in_words(base::Day day) {
  constexpr std::array<std::string_view, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const base::Date date = base::to_date(day);
  return fmt::format("{} {} {}", date.day, months[static_cast<std::size_t>(date.month - 1)],
                     date.year);
}

std::string trace_text(const Trace& trace, base::Day report_from) {
  std::string text;
  bool reported = false;
  const model::TraceLine* before = nullptr;
  for (const model::TraceLine& line : trace.lines) {
    if (before == nullptr && line.day < report_from) text += "(before the first day reported)\n";
    if (!reported && line.day >= report_from) {
      reported = true;
      text += fmt::format("{}(reported from {} on)\n", text.empty() ? "" : "\n",
                          date_in_words(report_from));
    }
    if (before == nullptr || before->day != line.day) {
      text += "\n" + date_in_words(line.day) + "\n";
    }
    text += "  " + line.text + "\n";
    before = &line;
  }
  return text;
}

}  // namespace carestair::experiment
