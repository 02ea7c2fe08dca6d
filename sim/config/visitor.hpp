// One declaration a parameter: every configuration section is a plain struct whose `fields(v)`
// names each field once. Reader, checker, reference, JSON Schema, resolved echo and the dotted
// addresses of scenario changes are visitors over that one declaration.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.hpp"
#include "config/table.hpp"

namespace carestair::config {

/// What a number means. `unit` is the canonical unit of the field in memory: a value written in
/// another unit of the same dimension (months for years, percent for share) is converted on
/// reading; another dimension is an error.
struct NumberSpec {
  std::string_view unit;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view doc;
  /// True: an empirical quantity, which must carry `source` and `kind`.
  /// False: a setting of the run or of policy (a date, a switch, a number of replications).
  bool evidence = true;
};

/// What a table means: axes by name (see table.hpp), unit and range of its cells.
struct TableSpec {
  std::span<const Axis> axes;
  std::string_view unit;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view doc;
  /// True: a count, which has a row for each year of age (table_counts.hpp). False: a rate or a
  /// share, which may be given at some ages or in bands.
  bool every_age = false;
};

class Visitor {
 public:
  virtual ~Visitor() = default;

  virtual void number(std::string_view key, double& value, const NumberSpec& spec) = 0;
  virtual void integer(std::string_view key, int& value, const NumberSpec& spec) = 0;
  virtual void flag(std::string_view key, bool& value, std::string_view doc) = 0;
  virtual void text(std::string_view key, std::string& value, std::string_view doc) = 0;
  virtual void date(std::string_view key, base::Day& value, std::string_view doc) = 0;
  virtual void table(std::string_view key, Table& value, const TableSpec& spec) = 0;

  /// One of `names`; the struct's field is an enum class whose values count 0, 1, ...
  template <class Enum>
  void choice(std::string_view key, Enum& value, std::span<const std::string_view> names,
              std::string_view doc) {
    int index = static_cast<int>(value);
    choice_index(key, index, names, doc);
    value = static_cast<Enum>(index);
  }

  /// Several of `names`, as a bit set.
  virtual void choices(std::string_view key, unsigned& bits,
                       std::span<const std::string_view> names, std::string_view doc) = 0;

  /// A nested section.
  template <class Section>
  void group(std::string_view key, Section& section, std::string_view doc) {
    if (begin_group(key, doc)) {
      required([&] { section.fields(*this); });
      end_group();
    }
  }

  /// A mapping from an identifier to a section, in the order written. `Section` must have a
  /// `std::string id` (filled from the key) and `fields(Visitor&)`.
  template <class Section>
  void map(std::string_view key, std::vector<Section>& entries, std::string_view doc) {
    const std::vector<std::string> ids = begin_map(key, ids_of(entries), doc);
    // A reading visitor returns the keys it found; every other visitor returns what it was given.
    if (ids != ids_of(entries)) merge_ids(entries, ids);
    if (wants_prototype()) {
      Section prototype{};
      prototype.id = "*";
      visit_entry(prototype);
    } else {
      for (Section& entry : entries) visit_entry(entry);
    }
    end_map();
  }

  /// Fields that may be absent keep the value the struct was made with; only fields declared
  /// while this is on are optional (of an optional group or map: the whole, not its parts). A
  /// number whose default lies outside its range means "not set".
  /// Used as `v.optional([&] { v.text("note", note, "..."); });`
  template <class Fields>
  void optional(Fields&& declare) {
    const bool before = std::exchange(optional_, true);
    std::forward<Fields>(declare)();
    optional_ = before;
  }

 protected:
  virtual void choice_index(std::string_view key, int& index,
                            std::span<const std::string_view> names, std::string_view doc) = 0;
  virtual bool begin_group(std::string_view key, std::string_view doc) = 0;
  virtual void end_group() = 0;
  virtual std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                             std::string_view doc) = 0;
  virtual bool begin_entry(std::string_view id) = 0;
  virtual void end_entry() = 0;
  virtual void end_map() = 0;
  /// Schema and reference describe what an entry may hold, by one entry called `*`.
  [[nodiscard]] virtual bool wants_prototype() const { return false; }

  [[nodiscard]] bool is_optional() const { return optional_; }

 private:
  template <class Fields>
  void required(Fields&& declare) {
    const bool before = std::exchange(optional_, false);
    std::forward<Fields>(declare)();
    optional_ = before;
  }
  template <class Section>
  void visit_entry(Section& entry) {
    if (begin_entry(entry.id)) {
      required([&] { entry.fields(*this); });
      end_entry();
    }
  }
  template <class Section>
  static std::vector<std::string> ids_of(const std::vector<Section>& entries) {
    std::vector<std::string> ids;
    ids.reserve(entries.size());
    for (const Section& entry : entries) ids.push_back(entry.id);
    return ids;
  }
  template <class Section>
  static void merge_ids(std::vector<Section>& entries, const std::vector<std::string>& ids) {
    std::vector<Section> merged;
    merged.reserve(ids.size());
    for (const std::string& id : ids) {
      Section section{};
      for (const Section& entry : entries) {
        if (entry.id == id) section = entry;
      }
      section.id = id;
      merged.push_back(std::move(section));
    }
    entries = std::move(merged);
  }

  bool optional_ = false;
};

}  // namespace carestair::config
