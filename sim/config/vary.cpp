#include "config/vary.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "config/address.hpp"
#include "config/address_path.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"

namespace carestair::config {
namespace {

/// Passes by whatever is no number and no table: nothing else varies.
class NumberVisitor : public PathVisitor {
 public:
  void flag(std::string_view, bool&, std::string_view) override {}
  void text(std::string_view, std::string&, std::string_view) override {}
  void date(std::string_view, base::Day&, std::string_view) override {}
  void choices(std::string_view, unsigned&, std::span<const std::string_view>,
               std::string_view) override {}

 protected:
  void choice_index(std::string_view, int&, std::span<const std::string_view>,
                    std::string_view) override {}
};

class FieldLister : public NumberVisitor {
 public:
  explicit FieldLister(const std::vector<Evidence>& evidence) {
    for (const Evidence& entry : evidence) evidence_[entry.address] = &entry;
  }

  std::vector<Field> found;

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    if (in_range(value, spec.min, spec.max)) add(key, spec.unit, spec.min, spec.max).value = value;
  }
  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    if (!in_range(value, spec.min, spec.max)) return;
    Field& field = add(key, spec.unit, spec.min, spec.max);
    field.value = value;
    field.whole = true;
  }
  void table(std::string_view key, Table& value, const TableSpec& spec) override {
    if (!value.empty()) add(key, spec.unit, spec.min, spec.max).is_table = true;
  }

 private:
  Field& add(std::string_view key, std::string_view unit, double min, double max) {
    Field field{.address = address_of(key), .unit = std::string(unit), .min = min, .max = max};
    if (const auto known = evidence_.find(field.address); known != evidence_.end()) {
      field.evidence = known->second;
      field.is_legal = known->second->kind == Kind::legal_rule;
    }
    found.push_back(std::move(field));
    return found.back();
  }

  std::map<std::string, const Evidence*, std::less<>> evidence_;
};

class Putter : public NumberVisitor {
 public:
  Putter(const std::vector<Varied>& varied, const double* values, const std::string& when,
         base::Diagnostics& faults)
      : varied_(varied), values_(values), when_(when), faults_(faults) {
    for (std::size_t i = 0; i < varied.size(); ++i) at_.emplace(path(varied[i]), i);
  }

  void number(std::string_view key, double& value, const NumberSpec& spec) override {
    each(key, [&](std::size_t i) {
      if (allowed(i, values_[i], spec.min, spec.max, spec.unit)) value = values_[i];
    });
  }
  void integer(std::string_view key, int& value, const NumberSpec& spec) override {
    each(key, [&](std::size_t i) {
      const double whole = std::round(values_[i]);
      if (allowed(i, whole, spec.min, spec.max, spec.unit)) value = static_cast<int>(whole);
    });
  }
  void table(std::string_view key, Table& value, const TableSpec& spec) override {
    each(key, [&](std::size_t i) {
      if (varied_[i].setting == Setting::position) {
        move(value, *varied_[i].ranges, values_[i], spec.unit);
        return;
      }
      const auto cells = select_cells(varied_[i].address, value, faults_, varied_[i].position);
      if (!cells) return;
      for (const std::size_t cell : *cells) {
        const double scaled = value.cells()[cell] * values_[i];
        if (!allowed(i, scaled, spec.min, spec.max, spec.unit)) return;
        value.cells()[cell] = scaled;
      }
    });
  }

 private:
  static std::string path(const Varied& varied) {
    const std::string path = path_of(varied.address);
    constexpr std::size_t suffix = std::string_view(".position").size();
    return varied.setting == Setting::position ? path.substr(0, path.size() - suffix) : path;
  }

  template <class Put>
  void each(std::string_view key, Put&& put) {
    const auto [from, to] = at_.equal_range(address_of(key));
    for (auto it = from; it != to; ++it) put(it->second);
  }

  bool allowed(std::size_t i, double value, double min, double max, std::string_view unit) {
    const std::string fault = range_fault(value, min, max, unit);
    if (fault.empty()) return true;
    const std::string& address = varied_[i].address;
    faults_.add(varied_[i].position, std::max(1, characters(address)),
                fmt::format("{}`{}` would be {}, {}", when_, address, to_short(value), fault),
                fmt::format("it can be {}", range_in_words(min, max, unit)));
    return false;
  }

  static void move(Table& table, const TableEvidence& ranges, double position,
                   std::string_view unit) {
    const std::vector<double>& ends = position < 0.0 ? ranges.low : ranges.high;
    const double share = std::abs(position);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const double end = ends[i];
      if (std::isnan(end)) continue;
      double& cell = table.cells()[i];
      if (cell > 0.0 && in_proportion(ranges.low[i], unit)) {
        cell *= std::pow(end / cell, share);
      } else {
        cell += (end - cell) * share;
      }
    }
  }

  const std::vector<Varied>& varied_;
  const double* values_;
  const std::string& when_;
  base::Diagnostics& faults_;
  std::multimap<std::string, std::size_t, std::less<>> at_;
};

}  // namespace

bool Field::has_range() const {
  if (evidence == nullptr) return false;
  if (evidence->distribution) return true;
  if (!evidence->is_table()) return evidence->has_range() && evidence->low < evidence->high;
  const TableEvidence& rows = *evidence->table;
  for (std::size_t i = 0; i < rows.low.size(); ++i) {
    if (rows.low[i] < rows.high[i]) return true;
  }
  return false;
}

std::vector<Field> fields_of(const Fields& fields, const std::vector<Evidence>& evidence) {
  FieldLister lister(evidence);
  fields(lister);
  return std::move(lister.found);
}

void put_values(const std::vector<Varied>& varied, const double* values, const std::string& when,
                const Fields& fields, base::Diagnostics& faults) {
  Putter putter(varied, values, when, faults);
  fields(putter);
}

bool in_proportion(double low, std::string_view unit) { return low > 0.0 && unit != "share"; }

}  // namespace carestair::config
