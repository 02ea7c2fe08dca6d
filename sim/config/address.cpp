#include "config/address.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/address_path.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"
#include "config/table_rows.hpp"

namespace carestair::config {
namespace {

class AddressList : public PathVisitor {
 public:
  std::vector<AddressInfo> found;
  std::vector<std::string> sections;

  void number(std::string_view key, double&, const NumberSpec& spec) override {
    add(key, ParameterType::number, spec.unit);
  }
  void integer(std::string_view key, int&, const NumberSpec& spec) override {
    add(key, ParameterType::integer, spec.unit);
  }
  void flag(std::string_view key, bool&, std::string_view) override {
    add(key, ParameterType::flag);
  }
  void text(std::string_view key, std::string&, std::string_view) override {
    add(key, ParameterType::text);
  }
  void date(std::string_view key, base::Day&, std::string_view) override {
    add(key, ParameterType::date);
  }
  void table(std::string_view key, Table&, const TableSpec& spec) override {
    add(key, ParameterType::table, spec.unit);
  }
  void choices(std::string_view key, unsigned&, std::span<const std::string_view>,
               std::string_view) override {
    add(key, ParameterType::choices);
  }

 protected:
  void choice_index(std::string_view key, int&, std::span<const std::string_view>,
                    std::string_view) override {
    add(key, ParameterType::choice);
  }
  void entered(const std::string& address) override { sections.push_back(address); }

 private:
  void add(std::string_view key, ParameterType type, std::string_view unit = {}) {
    found.push_back({address_of(key), type, std::string(unit)});
  }
};

enum class Step { apply, capture, ramp, check };

/// Finds the parameter of a change and does to it what the step says.
class ChangeVisitor : public PathVisitor {
 public:
  ChangeVisitor(const Change& change, Step step, base::Diagnostics& faults, const std::string& when)
      : change_(change),
        step_(step),
        faults_(faults),
        when_(when),
        path_(path_of(change.address)) {}

  std::vector<double> values;  // captured, or the start of a ramp
  double share = 1;
  bool found = false;
  bool is_section = false;

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    if (!reached(key) || !without_selector()) return;
    const bool set = in_range(value, spec.min, spec.max);
    std::vector<double*> cells{&value};
    change_numbers(cells, spec.unit, spec.min, spec.max, set);
  }

  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    if (!reached(key) || !without_selector()) return;
    double number = value;
    const double min = std::max(spec.min, static_cast<double>(std::numeric_limits<int>::min()));
    const double max = std::min(spec.max, static_cast<double>(std::numeric_limits<int>::max()));
    if (change_.op == Op::set && change_.value != std::round(change_.value)) {
      if (!std::isnan(change_.value)) {
        fault(fmt::format("`{}` must be a whole number, not {}", path_, to_text(change_.value)));
        return;
      }
    }
    std::vector<double*> cells{&number};
    change_numbers(cells, spec.unit, min, max, in_range(number, min, max));
    // Scaled or ramped counts go to the nearest whole number.
    if (in_range(std::round(number), min, max)) value = static_cast<int>(std::round(number));
  }

  void flag(std::string_view key, bool& value, std::string_view) override {
    if (const std::string* word = word_for(key, "true or false")) {
      const auto read = parse_flag(*word);
      if (read && writes()) value = *read;
      if (!read) fault(fmt::format("`{}` must be true or false, not {}", path_, quote(*word)));
    }
  }

  void text(std::string_view key, std::string& value, std::string_view) override {
    const std::string* word = word_for(key, "a text");
    if (word != nullptr && writes()) value = *word;
  }

  void date(std::string_view key, base::Day& value, std::string_view) override {
    if (const std::string* word = word_for(key, "a date")) {
      const auto day = base::parse_day(*word);
      if (day && writes()) value = *day;
      if (!day) fault(fmt::format("`{}` must be a date, not {}", path_, quote(*word)));
    }
  }

  void table(std::string_view key, Table& value, const TableSpec& spec) override {
    if (!reached(key)) return;
    if (value.empty() && step_ == Step::check) {
      operand(spec.unit);
      return;
    }
    if (value.empty()) {
      fault(fmt::format("`{}` is a table that was left out: there is nothing to change", path_));
      return;
    }
    const auto selection = select_cells(change_.address, value, faults_, change_.position);
    if (!selection) return;
    std::vector<double*> cells;
    for (const std::size_t cell : *selection) cells.push_back(&value.cells()[cell]);
    change_numbers(cells, spec.unit, spec.min, spec.max, true);
  }

  void choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
               std::string_view) override {
    if (!reached(key) || !settable("a list of words")) return;
    unsigned read = 0;
    for (const std::string& word : change_.words) {
      if (const auto at = index_of(word, names)) read |= 1u << *at;
    }
    if (writes()) bits = read;
  }

 protected:
  void choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                    std::string_view) override {
    if (const std::string* word = word_for(key, "a word")) {
      const auto at = index_of(*word, names);
      if (at && writes()) index = static_cast<int>(*at);
    }
  }
  void entered(const std::string& address) override { is_section = is_section || address == path_; }

 private:
  bool reached(std::string_view key) {
    if (address_of(key) != path_) return false;
    found = true;
    return true;
  }

  void fault(std::string message, std::string hint = {}) {
    faults_.add(change_.position, std::max(1, characters(change_.address)),
                when_.empty() ? std::move(message) : when_ + ": " + message, std::move(hint));
  }

  [[nodiscard]] bool writes() const { return step_ != Step::check; }

  bool without_selector() {
    if (path_ == change_.address) return true;
    fault(fmt::format("`{}` is not a table: a selector in brackets does not fit", path_),
          fmt::format("write `{}`; brackets choose cells of a table", path_));
    return false;
  }

  bool settable(std::string_view wanted) {
    if (!without_selector()) return false;
    if (change_.op == Op::set) return true;
    fault(fmt::format("`{}` is {}: it can only be `set`", path_, wanted));
    return false;
  }

  const std::string* word_for(std::string_view key, std::string_view wanted) {
    if (!reached(key) || !settable(wanted)) return nullptr;
    if (change_.words.size() == 1) return &change_.words.front();
    fault(fmt::format("`{}` must be {}", path_, wanted));
    return nullptr;
  }

  std::optional<std::size_t> index_of(const std::string& word,
                                      std::span<const std::string_view> names) {
    const auto at = std::ranges::find(names, word);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    fault(fmt::format("`{}` cannot be {}", path_, quote(word)),
          did_you_mean(word, {names.begin(), names.end()}));
    return std::nullopt;
  }

  /// The operand in the unit of the parameter.
  std::optional<double> operand(std::string_view unit) {
    if (std::isnan(change_.value)) {
      const std::string word = change_.words.size() == 1 ? change_.words.front() : std::string();
      fault(fmt::format("`{}` is a number and cannot be {}", path_,
                        word.empty() ? "a list" : quote(word)),
            operand_hint(word, op_name(change_.op)));
      return std::nullopt;
    }
    if (change_.unit.empty()) return change_.value;
    if (const auto factor = base::conversion(change_.unit, unit.empty() ? "count" : unit)) {
      return base::convert(change_.value, *factor);
    }
    fault(fmt::format("the unit {} does not fit `{}`", quote(change_.unit), path_),
          "units that fit: " + listed(base::units_like(unit.empty() ? "count" : unit)));
    return std::nullopt;
  }

  /// What is set or ramped to can be judged without knowing what it was before.
  void check_operand(std::string_view unit, double min, double max) {
    const auto by = operand(unit);
    if (!by || (change_.op != Op::set && change_.op != Op::ramp)) return;
    const std::string wrong = range_fault(*by, min, max, unit);
    if (!wrong.empty()) fault(fmt::format("`{}` cannot be {}, {}", path_, to_short(*by), wrong));
  }

  void change_numbers(const std::vector<double*>& cells, std::string_view unit, double min,
                      double max, bool is_set) {
    if (step_ == Step::check) {
      check_operand(unit, min, max);
      return;
    }
    if (!is_set && change_.op != Op::set) {
      fault(fmt::format("`{}` has no value in the base configuration, so there is nothing to {}",
                        path_, op_name(change_.op)),
            "`set` it first");
      return;
    }
    const auto by = operand(unit);
    if (!by) return;
    if (step_ == Step::capture) {
      for (const double* cell : cells) values.push_back(*cell);
      return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double& cell = *cells[i];
      const double before = cell;
      if (step_ == Step::ramp) {
        cell = share >= 1 ? *by : values[i] + (*by - values[i]) * share;
      } else {
        switch (change_.op) {
          case Op::set:
          case Op::ramp: cell = *by; break;
          case Op::scale: cell *= *by; break;
          case Op::add: cell += *by; break;
        }
      }
      if (in_range(cell, min, max)) continue;
      const std::string wrong = range_fault(cell, min, max, unit);
      const std::string what = cells.size() > 1 ? "a cell of " : "";
      fault(fmt::format("{}`{}` would go from {} to {}, {}", what, path_, to_short(before),
                        to_short(cell), wrong));
      return;  // one cell says it all
    }
  }

  const Change& change_;
  Step step_;
  base::Diagnostics& faults_;
  const std::string& when_;
  std::string path_;
};

/// `services[nursing_home].capacity` with dots; empty when brackets stand at the end only.
std::string dotted(const std::string& address) {
  const std::size_t close = address.find(']');
  if (close == std::string::npos || close + 1 == address.size()) return {};
  std::string out;
  for (const char c : address) {
    if (c != ']') out += c == '[' ? '.' : c;
  }
  return out;
}

/// What to say of an address that leads nowhere.
void report_unknown(const Change& change, const std::string& path, const AddressList& list,
                    bool is_section, base::Diagnostics& faults) {
  std::vector<std::string> all;
  for (const AddressInfo& info : list.found) all.push_back(info.address);
  const int length = std::max(1, characters(path));
  if (const std::string meant = dotted(change.address); !meant.empty()) {
    const bool exists = std::ranges::find(all, meant) != all.end();
    faults.add(change.position, std::max(1, characters(change.address)),
               fmt::format("{} has brackets in its midst", quote(change.address)),
               exists ? fmt::format("did you mean `{}`?", meant)
                      : "names are joined by dots; brackets choose cells of a table, at the end");
    return;
  }
  if (is_section) {
    std::vector<std::string> inside;
    for (const std::string& address : all) {
      if (address.starts_with(path + ".")) inside.push_back(address.substr(path.size() + 1));
    }
    faults.add(change.position, length,
               fmt::format("{} is a section, not a parameter", quote(path)),
               inside.empty() ? "" : "it holds: " + listed(inside));
    return;
  }
  faults.add(change.position, length, fmt::format("there is no parameter {}", quote(path)),
             address_hint(path, all, list.sections));
}

bool run(const Change& change, ChangeVisitor& visitor, const Fields& fields,
         base::Diagnostics& faults) {
  const std::size_t before = faults.size();
  fields(visitor);
  if (!visitor.found) {
    AddressList list;
    fields(list);
    report_unknown(change, path_of(change.address), list, visitor.is_section, faults);
  }
  return faults.size() == before;
}

}  // namespace

std::string_view type_name(ParameterType type) {
  constexpr std::array<std::string_view, 8> names{"number", "integer", "flag",    "text",
                                                  "date",   "choice",  "choices", "table"};
  return names[static_cast<std::size_t>(type)];
}

std::vector<AddressInfo> list_addresses(const Fields& fields) {
  AddressList list;
  fields(list);
  return list.found;
}

void check_change(const Change& change, const Fields& fields, base::Diagnostics& faults) {
  if (change.address.empty()) return;  // reported where it is read
  base::Diagnostics found;
  const std::string no_date;
  ChangeVisitor visitor(change, Step::check, found, no_date);
  run(change, visitor, fields, found);
  if (change.sound || !visitor.found) faults.add_new(found);
}

ChangeApplier::ChangeApplier(const Change& change, base::Diagnostics& faults, std::string when)
    : change_(change), faults_(faults), when_(std::move(when)) {}

bool ChangeApplier::apply(const Fields& fields) {
  ChangeVisitor visitor(change_, Step::apply, faults_, when_);
  return run(change_, visitor, fields, faults_);
}

std::vector<double> ChangeApplier::current(const Fields& fields) {
  ChangeVisitor visitor(change_, Step::capture, faults_, when_);
  run(change_, visitor, fields, faults_);
  return visitor.values;
}

bool ChangeApplier::ramp(const Fields& fields, const std::vector<double>& start, double share) {
  ChangeVisitor visitor(change_, Step::ramp, faults_, when_);
  visitor.values = start;
  visitor.share = share;
  return run(change_, visitor, fields, faults_);
}

}  // namespace carestair::config
