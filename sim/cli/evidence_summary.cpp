#include "cli/evidence_summary.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/text.hpp"
#include "config/evidence.hpp"

namespace carestair::cli {

std::vector<std::pair<std::string, std::size_t>> count_kinds(
    const std::vector<std::string>& kinds) {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const std::string_view name : config::kind_names) {
    const auto count = static_cast<std::size_t>(std::ranges::count(kinds, name));
    if (count > 0) counts.emplace_back(name, count);
  }
  return counts;
}

std::string evidence_in_words(const std::vector<std::string>& kinds) {
  const auto counts = count_kinds(kinds);
  std::size_t total = 0;
  std::size_t assumed = 0;
  std::vector<std::string> words;
  for (const auto& [kind, count] : counts) {
    total += count;
    if (kind == config::kind_name(config::Kind::assumption)) {
      assumed = count;
    } else {
      words.push_back(fmt::format("{} {}", count, as_words(kind)));
    }
  }
  if (total == 0) return "Nothing is said about the evidence behind the numbers.";
  std::string text = fmt::format("{} and tables stand behind this",
                                 counted(static_cast<std::int64_t>(total), "number"));
  if (!words.empty()) text += ": " + enumerated(words);
  return text +
         fmt::format(". {} of them ({:.0f} %) are assumptions.", assumed,
                     std::round(100.0 * static_cast<double>(assumed) / static_cast<double>(total)));
}

}  // namespace carestair::cli
