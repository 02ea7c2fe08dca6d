#include "config/address_path.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "config/address.hpp"
#include "config/suggest.hpp"
#include "config/table_rows.hpp"

namespace carestair::config {
namespace {

/// Parts of `text` between separators.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string path_of(std::string_view address) {
  return std::string(address.substr(0, address.find('[')));
}

std::optional<std::vector<std::size_t>> select_cells(std::string_view address, const Table& table,
                                                     base::Diagnostics& faults,
                                                     const base::SourcePosition& position) {
  const auto axes = table.axes();
  const std::size_t before = faults.size();
  const auto fault = [&](std::string message, std::string hint = {}) {
    faults.add(position, std::max(1, characters(address)), std::move(message), std::move(hint));
  };
  std::vector<std::vector<bool>> chosen;
  for (const Axis axis : axes) chosen.emplace_back(axis_size(axis), true);
  const std::size_t open = address.find('[');
  if (open != std::string_view::npos) {
    if (!address.ends_with(']')) {
      fault(fmt::format("the selector of {} is not closed", quote(address)),
            "write `[age=80..110,sex=female]`");
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (const Axis axis : axes) names.emplace_back(axis_name(axis));
    std::set<std::string_view> seen;
    for (std::string_view part : split(address.substr(open + 1, address.size() - open - 2), ',')) {
      while (part.starts_with(' ')) part.remove_prefix(1);
      const std::size_t equals = part.find('=');
      const std::string_view name = part.substr(0, equals);
      const auto at = std::ranges::find(names, name);
      if (equals == std::string_view::npos || at == names.end() || !seen.insert(name).second) {
        fault(equals == std::string_view::npos ? fmt::format("{} is not a selection", quote(part))
              : at == names.end()
                  ? fmt::format("{} has no axis {}", quote(path_of(address)), quote(name))
                  : fmt::format("the axis {} is selected twice", quote(name)),
              "axes: " + listed(names) + "; write `[age=80..110,sex=female]`");
        continue;
      }
      const std::size_t i = static_cast<std::size_t>(at - names.begin());
      chosen[i].assign(chosen[i].size(), false);
      for (const std::string_view word : split(part.substr(equals + 1), '|')) {
        const std::vector<std::size_t> levels = levels_of(axes[i], word);
        if (levels.empty()) {
          fault(fmt::format("{} is not a level of {}", quote(word), name),
                did_you_mean(word, level_words(axes[i])));
        }
        for (const std::size_t level : levels) chosen[i][level] = true;
      }
    }
  }
  if (faults.size() > before) return std::nullopt;
  std::vector<std::size_t> cells;
  for (std::size_t cell = 0; cell < table.cells().size(); ++cell) {
    bool in = true;
    std::size_t rest = cell;
    for (std::size_t i = axes.size(); i-- > 0;) {
      in = in && chosen[i][rest % axis_size(axes[i])];
      rest /= axis_size(axes[i]);
    }
    if (in) cells.push_back(cell);
  }
  return cells;
}

std::string address_hint(const std::string& path, const std::vector<std::string>& addresses,
                         const std::vector<std::string>& sections) {
  for (const std::string& address : addresses) {
    if (edit_distance(path.substr(0, 200), address) <= 2) {
      return fmt::format("did you mean `{}`?", address);
    }
  }
  // Follow the path as far as it exists and look at the names there.
  std::string known;
  std::string rest = path;
  while (true) {
    const std::string next = rest.substr(0, rest.find('.'));
    const std::string longer = known.empty() ? next : known + "." + next;
    if (rest.size() == next.size() || std::ranges::find(sections, longer) == sections.end()) break;
    known = longer;
    rest = rest.substr(next.size() + 1);
  }
  const std::string wrong = rest.substr(0, rest.find('.'));
  std::vector<std::string> names;
  const std::string prefix = known.empty() ? "" : known + ".";
  for (const auto* list : {&sections, &addresses}) {
    for (const std::string& address : *list) {
      if (!address.starts_with(prefix)) continue;
      const std::string name = address.substr(prefix.size());
      if (name.find('.') == std::string::npos) names.push_back(name);
    }
  }
  if (const std::string best = nearest(wrong, names); !best.empty()) {
    const std::string tail = rest.substr(wrong.size());
    const std::string whole = prefix + best + tail;
    const bool exists = std::ranges::find(addresses, whole) != addresses.end();
    return fmt::format("did you mean `{}`?", exists ? whole : prefix + best);
  }
  // The right name in the wrong place: of its places, the one most like what was written.
  const std::size_t dot = path.rfind('.');
  const std::string leaf = dot == std::string::npos ? "." + path : path.substr(dot);
  const std::string* alike = nullptr;
  std::size_t least = 0;
  for (const std::string& address : addresses) {
    if (!address.ends_with(leaf)) continue;
    const std::size_t distance = edit_distance(path.substr(0, 200), address);
    if (alike == nullptr || distance < least) {
      alike = &address;
      least = distance;
    }
  }
  if (alike != nullptr) return fmt::format("there is `{}`", *alike);
  return (known.empty() ? "top level: " : quote(known) + " holds: ") + listed(names);
}

}  // namespace carestair::config
