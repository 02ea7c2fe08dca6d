#include "config/sources.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace {

constexpr std::array<std::array<std::string_view, 3>, 6> families{{{"mean", "sd", ""},
                                                                   {"median", "sigma", ""},
                                                                   {"alpha", "beta", ""},
                                                                   {"low", "high", ""},
                                                                   {"low", "mode", "high"},
                                                                   {"shape", "scale", ""}}};
constexpr std::array<std::string_view, 6> family_names{"normal",  "lognormal",  "beta",
                                                       "uniform", "triangular", "gamma"};

std::vector<std::string> ids_of(const std::vector<Source>& sources) {
  std::vector<std::string> ids;
  for (const Source& source : sources) ids.push_back(source.id);
  return ids;
}

bool is_text(const Node& node, std::string_view what, base::Diagnostics& faults) {
  if (node.refused) return false;
  if (node.is_scalar()) return true;
  faults.add(node.position, node.length(),
             fmt::format("{} must be a text, not {}", what, node.describe()));
  return false;
}

}  // namespace

std::string_view family_name(Distribution::Family family) {
  return family_names[static_cast<std::size_t>(family)];
}

std::span<const std::string_view> argument_names(Distribution::Family family) {
  const auto& names = families[static_cast<std::size_t>(family)];
  return {names.data(), names[2].empty() ? 2u : 3u};
}

std::vector<Source> read_sources(const Node& node, base::Diagnostics& faults) {
  std::vector<Source> sources;
  if (node.refused) return sources;
  if (!node.is_mapping()) {
    faults.add(
        node.position, node.length(),
        "`sources` must be a mapping from an id to what the source is, not " + node.describe(),
        "write `sources: {my_source: {title: ...}}`");
    return sources;
  }
  const std::vector<std::string> keys{"title", "publisher", "year", "url", "note"};
  for (const Entry& entry : node.entries) {
    Source source;
    source.id = entry.key;
    source.position = entry.key_position;
    if (!is_identifier(entry.key)) {
      faults.add(entry.key_position, entry.key_length(),
                 fmt::format("the source id {} is not an identifier", quote(entry.key)),
                 "use lower-case letters, digits and underscores");
    }
    sources.push_back(source);
    if (entry.value.refused) continue;
    if (!entry.value.is_mapping()) {
      faults.add(entry.value.position.known() ? entry.value.position : entry.key_position,
                 entry.value.length(),
                 fmt::format("the source {} must be a mapping, not {}", quote(entry.key),
                             entry.value.describe()),
                 fmt::format("write `{}: {{title: ...}}`", entry.key));
      continue;
    }
    Source& kept = sources.back();
    std::string* const fields[] = {&kept.title, &kept.publisher, &kept.year, &kept.url, &kept.note};
    bool title_meant = false;
    for (const Entry& field : entry.value.entries) {
      const auto at = std::ranges::find(keys, field.key);
      if (at == keys.end()) {
        const std::string best = nearest_absent(field, entry.value, keys);
        faults.add(
            field.key_position, field.key_length(),
            fmt::format("unknown key {} in the source {}", quote(field.key), quote(entry.key)),
            best.empty() ? "known: " + listed(keys) : fmt::format("did you mean `{}`?", best));
        title_meant = title_meant || best == "title";
      } else if (is_text(field.value, quote(field.key), faults)) {
        *fields[at - keys.begin()] = field.value.text;
      }
    }
    if (kept.title.empty() && !title_meant && !entry.value.has("title")) {
      faults.add(entry.key_position, entry.key_length(),
                 fmt::format("the source {} lacks a `title`", quote(entry.key)));
    }
  }
  return sources;
}

bool check_source(const std::string& id, const base::SourcePosition& position,
                  const KnownSources& known, base::Diagnostics& faults) {
  if (std::ranges::find(*known.all, id, &Source::id) != known.all->end()) return true;
  if (!known.complete) return true;
  const std::string best = nearest(id, ids_of(*known.all));
  faults.add(position, std::max(1, characters(id)), fmt::format("there is no source {}", quote(id)),
             !best.empty() ? fmt::format("did you mean `{}`?", best)
                           : "add it to `sources` at the top level, with at least a `title`");
  return false;
}

std::optional<Kind> check_kind(const std::string& word, const base::SourcePosition& position,
                               base::Diagnostics& faults) {
  const auto at = std::ranges::find(kind_names, word);
  if (at != kind_names.end()) return static_cast<Kind>(at - kind_names.begin());
  faults.add(position, std::max(1, characters(word)),
             fmt::format("{} is not a kind of evidence", quote(word)),
             did_you_mean(word, {kind_names.begin(), kind_names.end()}));
  return std::nullopt;
}

Origin read_origin(const Node& parameter, const KnownSources& known, base::Diagnostics& faults) {
  Origin origin;
  const std::size_t before = faults.size();
  const auto take_source = [&](const Node& node) {
    if (!is_text(node, "`source`", faults)) {
      origin.faulty = true;
    } else if (check_source(node.text, node.position, known, faults)) {
      origin.sources.push_back(node.text);
    }
  };
  if (const Entry* source = parameter.find("source")) {
    if (source->value.is_sequence()) {
      for (const Node& item : source->value.items) take_source(item);
    } else {
      take_source(source->value);
    }
  }
  if (const Entry* kind = parameter.find("kind")) {
    if (is_text(kind->value, "`kind`", faults)) {
      origin.kind = check_kind(kind->value.text, kind->value.position, faults);
    }
    if (!origin.kind) origin.faulty = true;
  }
  if (const Entry* note = parameter.find("note")) {
    if (is_text(note->value, "`note`", faults)) origin.note = note->value.text;
  }
  origin.faulty = origin.faulty || faults.size() > before;
  return origin;
}

void require_evidence(const std::string& address, const Node& node, const Origin& origin,
                      std::string_view unit, base::Diagnostics& faults) {
  // A key near to the missing one is reported as misspelt; that says it all.
  const auto lacks = [&](const std::string& key) {
    return !node.partial && !node.has(key) &&
           std::ranges::none_of(
               node.entries, [&](const Entry& entry) { return nearest(entry.key, {key}) == key; });
  };
  std::vector<std::string> missing;
  std::string hint;
  const auto add_hint = [&](const std::string& line) { hint += (hint.empty() ? "" : "\n") + line; };
  if (!unit.empty() && lacks("unit")) {
    missing.emplace_back("unit");
    add_hint("units that fit: " + listed(base::units_like(unit)));
  }
  const bool assumed = origin.kind == Kind::assumption;
  if (!assumed && lacks("source")) missing.emplace_back("source");
  if (lacks("kind")) {
    missing.emplace_back("kind");
    add_hint("kinds: " + listed({kind_names.begin(), kind_names.end()}));
  }
  if (missing.size() == 1 && missing.front() == "source") {
    add_hint("name an entry of `sources`; without one, it is an assumption");
  }
  if (!missing.empty()) {
    std::string words;
    for (std::size_t i = 0; i < missing.size(); ++i) {
      words += (i == 0 ? "" : i + 1 == missing.size() ? " and " : ", ") + quote(missing[i]);
    }
    faults.add(node.position, 1, fmt::format("`{}` is evidence: it needs {}", address, words),
               hint);
  } else if (assumed && !origin.faulty && origin.sources.empty() && origin.note.empty()) {
    faults.add(node.position, 1,
               fmt::format("`{}` is an assumption: it needs a `source`, or a `note` that says why",
                           address));
  }
}

}  // namespace carestair::config
