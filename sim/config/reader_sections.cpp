// The Reader's handling of sections: what is absent, what is unknown, and how that is told.
#include <algorithm>

#include <fmt/format.h>

#include "config/parameter.hpp"
#include "config/reader.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

/// What others call it.
constexpr std::string_view words_for_include[] = {"extends", "extend", "inherits", "imports",
                                                  "import",  "base",   "bases"};

/// `start:2025` is one word to YAML.
std::string space_hint(const Node& node) {
  const std::size_t colon = node.text.find(':');
  const bool looks_like_key = node.is_scalar() && !node.quoted && colon != std::string::npos &&
                              is_identifier(std::string_view(node.text).substr(0, colon));
  return looks_like_key ? "put a space after the colon" : "";
}

}  // namespace

void Reader::open(std::string_view key, std::string_view what) {
  Frame& above = frames_.back();
  const bool optional = is_optional();
  above.known.emplace_back(key);
  Frame frame{.name = std::string(key)};
  const Entry* entry = above.mode == Mode::written ? above.node->find(key) : nullptr;
  if (entry == nullptr) {
    // A required section is itself written as long as nothing in it is required.
    frame.mode = optional || above.mode == Mode::defaulted ? Mode::defaulted : Mode::missing;
  } else {
    frame.node = &entry->value;
    frame.position = entry->key_position;
    frame.length = entry->key_length();
    places[address_of(key)] = Place{frame.position, frame.length};
    if (!entry->value.is_mapping()) {
      frame.mode = Mode::defaulted;
      if (entry->value.is_null() && !entry->value.refused) {
        faults_.add(entry->key_position, entry->key_length(),
                    fmt::format("the section `{}` is empty", address_of(key)),
                    optional ? "leave it out to keep the defaults" : "");
      } else if (!entry->value.refused) {
        wrong_type(entry->value, address_of(key), what, space_hint(entry->value));
      }
    }
  }
  frames_.push_back(std::move(frame));
}

void Reader::close() {
  const std::string section = section_name();
  const Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.mode == Mode::missing) {
    if (!frame.missing.empty()) frames_.back().missing.push_back(frame.name);
    return;
  }
  if (frame.mode == Mode::defaulted) return;
  std::set<std::string> suggested;
  for (const Entry& entry : frame.node->entries) {
    if (std::ranges::find(frame.known, entry.key) != frame.known.end()) continue;
    std::string best = nearest_absent(entry, *frame.node, frame.known);
    if (section.empty() &&
        std::ranges::find(words_for_include, entry.key) != std::end(words_for_include)) {
      best = "include";
    }
    if (!best.empty()) suggested.insert(best);
    unknown_.push_back({entry.key_position, entry.key_length(), entry.key, section, best,
                        best.empty() ? listed(frame.known) : std::string()});
  }
  report_missing(frame, section, suggested);
}

void Reader::report_missing(const Frame& frame, const std::string& section,
                            const std::set<std::string>& suggested) {
  if (!sources_.complete || frame.node->partial) return;
  std::vector<std::string> missing;
  for (const std::string& key : frame.missing) {
    // The misspelt key is reported already, with this one as the suggestion.
    if (!suggested.contains(key)) missing.push_back(key);
  }
  if (missing.empty()) return;
  std::string words;
  for (std::size_t i = 0; i < missing.size(); ++i) {
    words += (i == 0 ? "" : i + 1 == missing.size() ? " and " : ", ") + quote(missing[i]);
  }
  faults_.add(frame.position, frame.length,
              section.empty() ? fmt::format("the configuration lacks {}", words)
                              : fmt::format("`{}` lacks {}", section, words));
}

void Reader::finish() {
  close();
  const std::vector<std::string> all(declared_.begin(), declared_.end());
  for (const Unknown& unknown : unknown_) {
    std::string hint;
    if (!unknown.suggestion.empty()) {
      hint = fmt::format("did you mean `{}`?", unknown.suggestion);
    } else {
      for (const std::string& address : all) {
        if (address.ends_with("." + unknown.key)) {
          hint = fmt::format("there is `{}`; check the indentation", address);
          break;
        }
      }
    }
    if (hint.empty() && !unknown.known.empty()) hint = "known: " + unknown.known;
    faults_.add(unknown.position, unknown.length,
                unknown.section.empty()
                    ? fmt::format("unknown key {}", quote(unknown.key))
                    : fmt::format("unknown key {} in `{}`", quote(unknown.key), unknown.section),
                hint);
  }
}

bool Reader::begin_group(std::string_view key, std::string_view) {
  open(key, "a section (a mapping)");
  return true;
}

void Reader::end_group() { close(); }

std::vector<std::string> Reader::begin_map(std::string_view key, std::vector<std::string> ids,
                                           std::string_view) {
  const bool optional = is_optional();
  open(key, "a mapping from names to entries");
  Frame& frame = frames_.back();
  if (frame.mode == Mode::missing) {
    if (!optional) frame.missing.emplace_back(key);
    return ids;
  }
  if (frame.mode == Mode::defaulted) return ids;
  ids.clear();
  for (const Entry& entry : frame.node->entries) {
    if (!is_identifier(entry.key)) {
      faults_.add(entry.key_position, entry.key_length(),
                  fmt::format("{} cannot name an entry of `{}`", quote(entry.key), section_name()),
                  "use lower-case letters, digits and underscores: names are parts of addresses");
    }
    ids.push_back(entry.key);
  }
  return ids;
}

bool Reader::begin_entry(std::string_view id) {
  open(id, "an entry (a mapping)");
  return true;
}

void Reader::end_entry() { close(); }

void Reader::end_map() { close(); }

}  // namespace carestair::config
