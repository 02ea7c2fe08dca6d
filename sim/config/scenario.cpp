#include "config/scenario.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

class ScenarioReader {
 public:
  ScenarioReader(const Node& scenarios, const KnownSources& sources, base::Diagnostics& faults,
                 std::string_view section)
      : scenarios_(scenarios), sources_(sources), faults_(faults), section_(section) {}

  std::vector<Scenario> read() {
    for (const Entry& entry : scenarios_.entries) own_[entry.key] = read_one(entry);
    std::vector<Scenario> all;
    for (const Entry& entry : scenarios_.entries) {
      Scenario scenario = own_[entry.key];
      std::set<std::string> open;
      std::set<std::string> taken;
      scenario.changes = all_changes(entry.key, open, taken);
      all.push_back(std::move(scenario));
    }
    return all;
  }

 private:
  std::string text_of(const Node& node, const std::string& what) {
    if (node.is_scalar()) return node.text;
    if (!node.refused) {
      faults_.add(node.position, node.length(),
                  fmt::format("{} must be a text, not {}", what, node.describe()));
    }
    return {};
  }

  Scenario read_one(const Entry& entry) {
    Scenario scenario;
    scenario.id = entry.key;
    scenario.policy = entry.key;
    scenario.position = entry.key_position;
    const std::string name = fmt::format("{}.{}", section_, entry.key);
    if (!is_identifier(entry.key)) {
      faults_.add(entry.key_position, entry.key_length(),
                  fmt::format("{} cannot name a {}", quote(entry.key), one()),
                  "use lower-case letters, digits and underscores");
    }
    const Node& node = entry.value;
    if (node.refused) return scenario;
    if (!node.is_mapping()) {
      faults_.add(entry.key_position, entry.key_length(),
                  fmt::format("`{}` must be a mapping, not {}", name, node.describe()),
                  "write `{title: ..., changes: []}`");
      return scenario;
    }
    const UnknownKeys unknown =
        check_keys(node, {"title", "question", "expected", "extends", "changes"}, name, faults_);
    if (const Entry* title = node.find("title")) {
      scenario.title = text_of(title->value, "`title`");
    } else if (!unknown.stand_for("title")) {
      faults_.add(entry.key_position, entry.key_length(),
                  fmt::format("`{}` lacks a `title`", name));
    }
    if (const Entry* question = node.find("question")) {
      scenario.question = text_of(question->value, "`question`");
    }
    if (const Entry* expected = node.find("expected")) read_expected(*expected, name, scenario);
    if (const Entry* extends = node.find("extends")) {
      const Node& value = extends->value;
      if (value.is_sequence()) {
        for (const Node& item : value.items) bases_[entry.key].push_back(&item);
      } else {
        bases_[entry.key].push_back(&value);
      }
    }
    if (const Entry* changes = node.find("changes")) {
      if (changes->value.is_sequence()) {
        for (const Node& item : changes->value.items) read_change(item, name, scenario);
      } else if (!changes->value.refused) {
        faults_.add(
            changes->key_position, changes->key_length(),
            fmt::format("`{}.changes` must be a list, not {}", name, changes->value.describe()),
            "write `[]` when nothing is changed");
      }
    } else if (!node.has("extends") && !unknown.stand_for("extends") &&
               !unknown.stand_for("changes")) {
      faults_.add(entry.key_position, entry.key_length(), fmt::format("`{}` lacks `changes`", name),
                  "write `changes: []` for the base configuration itself");
    }
    return scenario;
  }

  void read_expected(const Entry& entry, const std::string& name, Scenario& scenario) {
    const Node& node = entry.value;
    if (node.refused) return;
    if (!node.is_mapping()) {
      faults_.add(entry.key_position, entry.key_length(),
                  fmt::format("`{}.expected` must be a mapping, not {}", name, node.describe()),
                  "write `{indicator: ..., direction: ..., source: <id>}`");
      return;
    }
    check_keys(node, {"indicator", "direction", "source", "note"}, name + ".expected", faults_);
    Expectation expected;
    const auto field = [&](const char* key, std::string& into) {
      if (const Entry* at = node.find(key)) into = text_of(at->value, quote(key));
    };
    field("indicator", expected.indicator);
    field("direction", expected.direction);
    const Origin origin = read_origin(node, sources_, faults_);
    expected.sources = origin.sources;
    expected.note = origin.note;
    scenario.expected = std::move(expected);
  }

  std::optional<base::Day> day_of(const Node& node, const char* key) {
    const Entry* entry = node.find(key);
    if (entry == nullptr || entry->value.refused) return std::nullopt;
    const auto day = entry->value.is_scalar() ? base::parse_day(entry->value.text) : std::nullopt;
    if (!day) {
      faults_.add(entry->value.position, entry->value.length(),
                  fmt::format("`{}` must be a date, not {}", key, entry->value.describe()),
                  "write year, month and day: 2025-01-31");
    }
    return day;
  }

  void read_change(const Node& node, const std::string& name, Scenario& scenario) {
    if (node.refused) return;
    if (!node.is_mapping()) {
      faults_.add(node.position, node.length(),
                  fmt::format("a change must be a mapping, not {}", node.describe()),
                  "write `{at: 2025-01-01, address: ..., set: ...}`");
      return;
    }
    const std::size_t before = faults_.size();
    const UnknownKeys unknown = check_keys(
        node, {"at", "until", "address", "set", "scale", "add", "ramp", "unit", "source", "note"},
        name + ".changes", faults_);
    Change change;
    const auto lacks = [&](const char* key) {
      if (!node.has(key) && !unknown.stand_for(key)) {
        faults_.add(node.position, 1, fmt::format("this change lacks `{}`", key));
      }
      return !node.has(key);
    };
    const auto at = lacks("at") ? std::nullopt : day_of(node, "at");
    change.dated = at.has_value();
    if (at) {
      change.at = *at;
      change.at_position = node.find("at")->value.position;
    }
    if (!lacks("address")) {
      const Node& address = node.find("address")->value;
      change.address = text_of(address, "`address`");
      change.position = address.position;
    }
    read_operation(node, change, unknown);
    if (const Entry* unit = node.find("unit")) {
      change.unit = text_of(unit->value, "`unit`");
      if (change.op == Op::scale) {
        faults_.add(unit->key_position, unit->key_length(), "`scale` multiplies: it has no unit");
      }
    }
    const Origin origin = read_origin(node, sources_, faults_);
    change.sources = origin.sources;
    change.note = origin.note;
    change.sound = faults_.size() == before;
    scenario.changes.push_back(std::move(change));
  }

  void read_operation(const Node& node, Change& change, const UnknownKeys& unknown) {
    std::vector<const Entry*> found;
    for (const Op op : {Op::set, Op::scale, Op::add, Op::ramp}) {
      if (const Entry* entry = node.find(op_name(op))) {
        found.push_back(entry);
        change.op = op;
      }
    }
    if (found.empty() && unknown.any) return;  // the key that is not known was to do it
    if (found.size() != 1) {
      faults_.add(
          node.position, 1,
          found.empty() ? "this change does nothing" : "this change does two things at once",
          "give one of `set`, `scale`, `add` or `ramp`");
      return;
    }
    const Node& value = found.front()->value;
    const bool is_number = value.is_scalar() && !value.quoted && parse_number(value.text);
    if (is_number) {
      change.value = *parse_number(value.text);
    } else if (change.op != Op::set) {
      refuse_operand(value, op_name(change.op));
      if (value.is_null()) return;
    } else if (value.is_scalar()) {
      change.words.push_back(value.text);
    } else if (value.is_sequence()) {
      for (const Node& item : value.items) change.words.push_back(text_of(item, "`set`"));
    } else if (!value.refused) {
      faults_.add(value.position, value.length(),
                  fmt::format("`set` needs a number, a word or a date, not {}", value.describe()));
    }
    const Entry* until = node.find("until");
    if (change.op == Op::ramp) {
      if (until == nullptr) {
        faults_.add(node.position, 1, "this ramp lacks `until`",
                    "a ramp goes straight from the value on `at` to the given one on `until`");
      } else if (const auto day = day_of(node, "until")) {
        change.until = *day;
        const auto at = day_of_silently(node, "at");
        if (at && *day <= *at) {
          faults_.add(until->value.position, until->value.length(),
                      "`until` must be later than `at`");
        } else if (at && *day - *at > longest_ramp_days) {
          faults_.add(until->value.position, until->value.length(),
                      "a ramp may last 100 years at most");
        }
      }
    } else if (until != nullptr) {
      faults_.add(until->key_position, until->key_length(),
                  fmt::format("`until` belongs to `ramp`, not to `{}`", op_name(change.op)),
                  "to undo a change later, write a second one");
    }
  }

  void refuse_operand(const Node& value, std::string_view op) {
    if (value.refused) return;
    faults_.add(value.position, value.length(),
                fmt::format("`{}` must be a number, not {}", op, value.describe()),
                value.is_scalar() ? operand_hint(value.text, op) : "");
  }

  static std::optional<base::Day> day_of_silently(const Node& node, const char* key) {
    const Entry* entry = node.find(key);
    return entry != nullptr && entry->value.is_scalar() ? base::parse_day(entry->value.text)
                                                        : std::nullopt;
  }

  /// Own changes after those of the scenarios extended. Each is taken once, where it is met first:
  /// two that extend the same one would multiply by its factors twice.
  std::vector<Change> all_changes(const std::string& id, std::set<std::string>& open,
                                  std::set<std::string>& taken) {
    std::vector<Change> changes;
    open.insert(id);
    taken.insert(id);
    for (const Node* base : bases_[id]) {
      if (base->refused) continue;
      const bool known = base->is_scalar() && own_.contains(base->text);
      if (known && taken.contains(base->text) && !open.contains(base->text)) continue;
      if (known && !open.contains(base->text) && open.size() < most_extended) {
        const std::vector<Change> inherited = all_changes(base->text, open, taken);
        changes.insert(changes.end(), inherited.begin(), inherited.end());
      } else if (reported_.insert(base).second) {
        std::vector<std::string> ids;
        for (const auto& [other, unused] : own_) ids.push_back(other);
        if (!known) {
          faults_.add(base->position, base->length(),
                      fmt::format("there is no {} {}", one(),
                                  base->is_scalar() ? quote(base->text) : base->describe()),
                      did_you_mean(base->text, ids));
        } else if (open.contains(base->text)) {
          faults_.add(base->position, base->length(),
                      fmt::format("{} extend each other in a circle", section_));
        } else if (!std::exchange(too_deep_, true)) {
          faults_.add(
              base->position, base->length(),
              fmt::format("more than {} {} extend one another in a row", most_extended, section_),
              "name several that are extended in a list: `extends: [one, two]`");
        }
      }
    }
    open.erase(id);
    const std::vector<Change>& own = own_[id].changes;
    changes.insert(changes.end(), own.begin(), own.end());
    if (changes.size() > most_changes) {
      if (reported_.insert(nullptr).second) {
        faults_.add(
            own_[id].position, 1,
            fmt::format("the {} {} has more than {} changes", one(), quote(id), most_changes));
      }
      changes.clear();
    }
    return changes;
  }

  [[nodiscard]] std::string_view one() const { return section_.substr(0, section_.size() - 1); }

  static constexpr int longest_ramp_days = 36525;
  static constexpr std::size_t most_extended = 16;
  static constexpr std::size_t most_changes = 10'000;

  const Node& scenarios_;
  KnownSources sources_;
  base::Diagnostics& faults_;
  std::string_view section_;
  std::map<std::string, Scenario> own_;
  std::map<std::string, std::vector<const Node*>> bases_;
  std::set<const Node*> reported_;
  bool too_deep_ = false;  // reported: the same row would be told from each of its members
};

}  // namespace

std::vector<Scenario> read_scenarios(const Node& node, const KnownSources& sources,
                                     base::Diagnostics& faults, std::string_view section) {
  if (node.refused) return {};
  if (!node.is_mapping()) {
    const std::string_view one = section.substr(0, section.size() - 1);
    faults.add(node.position, node.length(),
               fmt::format("`{}` must be a mapping from an id to a {}, not {}", section, one,
                           node.describe()),
               fmt::format("write `{}: {{{}: {{title: ..., changes: []}}}}`", section,
                           section == "scenarios" ? "baseline" : "less_family"));
    return {};
  }
  return ScenarioReader(node, sources, faults, section).read();
}

}  // namespace carestair::config
