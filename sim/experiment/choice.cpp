#include "experiment/choice.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "config/address.hpp"
#include "config/address_path.hpp"
#include "config/suggest.hpp"

namespace carestair::experiment {
namespace {

using config::Field;
using config::Setting;
using config::Varied;

constexpr std::string_view position_suffix = ".position";

/// `*` stands for anything, dots included.
bool fits(std::string_view text, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (fits(text.substr(at), rest)) return true;
  }
  return false;
}

/// An address, a section with all below it, or a pattern.
bool names(const std::string& pattern, const std::string& address) {
  return fits(address, pattern) || (address.size() > pattern.size() &&
                                    address.starts_with(pattern) && address[pattern.size()] == '.');
}

/// Read once for all worlds, or when results are compared: other values would do nothing.
bool same_in_all_worlds(std::string_view address) {
  return address.starts_with("simulation.") || address == "municipality.number" ||
         address == "economy.discount_rate";
}

/// All sections that addresses lie in, each once, those around others first.
std::vector<std::string> sections_of(const std::vector<std::string>& addresses) {
  std::set<std::string> sections;
  for (const std::string& address : addresses) {
    for (std::size_t dot = address.find('.'); dot != std::string::npos;
         dot = address.find('.', dot + 1)) {
      sections.insert(address.substr(0, dot));
    }
  }
  return {sections.begin(), sections.end()};
}

}  // namespace

Choice::Choice(const config::LoadResult<config::Config>& loaded, base::Diagnostics& faults)
    : faults_(faults) {
  config::Config config = loaded.root;  // visitors take fields they may change
  fields_ = config::fields_of([&config](config::Visitor& v) { config.fields(v); }, loaded.evidence);
}

void Choice::fault(const config::Written& at, std::string message, std::string hint) {
  faults_.add(at.position, std::max(1, config::characters(at.text)), std::move(message),
              std::move(hint));
}

std::vector<std::string> Choice::addresses() const {
  std::vector<std::string> all;
  for (const Field& field : fields_) all.push_back(field.address);
  return all;
}

std::vector<const Field*> Choice::with_range(const config::Experiment& experiment,
                                             std::vector<std::string>& without_range) {
  for (const auto* patterns : {&experiment.vary, &experiment.fix}) {
    for (const config::Written& pattern : *patterns) {
      check_pattern(pattern, patterns == &experiment.vary);
    }
  }
  const auto among = [](const std::vector<config::Written>& patterns, const Field& field) {
    return std::ranges::any_of(patterns, [&](const config::Written& pattern) {
      return names(pattern.text, field.address);
    });
  };
  std::vector<const Field*> found;
  for (const Field& field : fields_) {
    const bool wanted = experiment.vary.empty() || among(experiment.vary, field);
    if (!wanted || among(experiment.fix, field) || field.is_legal) continue;
    if (same_in_all_worlds(field.address)) continue;
    if (field.has_range()) {
      found.push_back(&field);
    } else if (field.is_table && field.evidence != nullptr) {
      without_range.push_back(field.address);
    }
  }
  return found;
}

void Choice::check_pattern(const config::Written& pattern, bool to_vary) {
  bool any = false;
  bool any_range = false;
  bool all_legal = true;
  for (const Field& field : fields_) {
    if (!names(pattern.text, field.address)) continue;
    any = true;
    any_range = any_range || field.has_range();
    all_legal = all_legal && field.is_legal;
  }
  if (!any) {
    fault(pattern, "there is no number or table " + config::quote(pattern.text),
          config::address_hint(pattern.text, addresses(), sections_of(addresses())));
  } else if (to_vary && all_legal) {
    fault(pattern,
          fmt::format("{} is a legal rule: it is known, and is not drawn",
                      config::quote(pattern.text)),
          "change it in a scenario, or give levels in `sweep`");
  } else if (to_vary && !any_range) {
    fault(pattern, config::quote(pattern.text) + " has no range to draw from",
          "give `low` and `high`, or a `distribution`, where its value stands");
  }
}

Varied Choice::drawn(const Field& field) {
  Varied varied{.address = field.address,
                .setting = Setting::value,
                .unit = field.unit,
                .written = field.value,
                .ranges = {},
                .position = field.evidence->position};
  if (field.is_table) {
    varied.address += position_suffix;
    varied.setting = Setting::position;
    varied.unit = "position";
    varied.written = 0.0;
    varied.ranges = field.evidence->table;
  }
  return varied;
}

Varied Choice::named(const config::Written& name) {
  const auto at = [this](const std::string& address) {
    return std::ranges::find(fields_, address, &Field::address);
  };
  const std::string path = config::path_of(name.text);
  Varied varied{.address = name.text,
                .setting = Setting::value,
                .unit = {},
                .written = config::not_given,
                .ranges = {},
                .position = name.position};
  if (same_in_all_worlds(path)) {
    fault(name, config::quote(path) + " is the same in all worlds of a run",
          "leave it out here, and change it in the configuration itself");
  }
  if (const auto field = at(path); field != fields_.end()) {
    varied.setting = field->is_table ? Setting::factor : Setting::value;
    varied.unit = field->is_table ? "ratio" : field->unit;
    varied.written = field->is_table ? 1.0 : field->value;
    if (!field->is_table && path != name.text) {
      fault(name, config::quote(path) + " is not a table: a selector in brackets does not fit");
    }
  } else if (const auto moved =
                 name.text.ends_with(position_suffix)
                     ? at(name.text.substr(0, name.text.size() - position_suffix.size()))
                     : fields_.end();
             moved != fields_.end() && moved->is_table) {
    varied.setting = Setting::position;
    varied.unit = "position";
    varied.written = 0.0;
    varied.ranges = moved->evidence->table;
    if (!moved->has_range()) {
      fault(name,
            config::quote(moved->address) + " has no columns `low` and `high` to move between",
            "name the table itself: its value is then a factor");
    }
  } else {
    fault(name, "there is no number or table " + config::quote(name.text),
          config::address_hint(path, addresses(), sections_of(addresses())));
  }
  return varied;
}

}  // namespace carestair::experiment
