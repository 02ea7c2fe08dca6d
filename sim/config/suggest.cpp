#include "config/suggest.hpp"

#include <algorithm>

#include "config/node.hpp"

namespace carestair::config {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the optimal string alignment table: two back, one back, this one.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({replace, last[j] + 1, now[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[j] = std::min(now[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 200;  // nobody meant a name longer than this
  if (word.empty() || word.size() > longest) return {};
  const std::size_t allowed = word.size() <= 3 ? 1 : 2;
  std::string best;
  std::size_t best_distance = allowed + 1;
  for (const std::string& name : known) {
    const std::size_t gap =
        name.size() > word.size() ? name.size() - word.size() : word.size() - name.size();
    if (gap > allowed || name.size() > longest) continue;
    const std::size_t distance = edit_distance(word, name);
    if (distance < best_distance) {
      best_distance = distance;
      best = name;
    }
  }
  if (!best.empty() || word.size() < 3) return best;
  for (const std::string& name : known) {
    const bool begins = name.starts_with(word) || (name.size() >= 3 && word.starts_with(name));
    if (begins && (best.empty() || name.size() < best.size())) best = name;
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  if (const std::string best = nearest(word, known); !best.empty()) {
    return "did you mean `" + best + "`?";
  }
  return known.empty() ? std::string() : "known: " + listed(known);
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most_listed = 12;
  std::string out;
  for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i) {
    out += (i > 0 ? ", " : "") + words[i];
  }
  return words.size() > most_listed ? out + ", ..." : out;
}

std::string one_of(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += quote(words[i]);
  }
  return out;
}

}  // namespace carestair::config
