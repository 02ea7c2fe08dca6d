// Parameters that vary from world to world: which there are, and how values are put in.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/echo.hpp"
#include "config/evidence.hpp"

namespace carestair::config {

/// A number or a table of the configuration, with what the field allows.
struct Field {
  std::string address;
  std::string unit;
  double min = 0.0;
  double max = 0.0;
  double value = not_given;  // not_given for a table
  bool whole = false;
  bool is_table = false;
  bool is_legal = false;               // a rule of law: known, not uncertain
  const Evidence* evidence = nullptr;  // what stands behind it, if anything

  /// A range or a distribution; of a table: rows with `low` and `high`.
  [[nodiscard]] bool has_range() const;
};

/// All numbers and tables in the order declared. `evidence` must outlive the result.
std::vector<Field> fields_of(const Fields& fields, const std::vector<Evidence>& evidence);

/// How a value is put into a field.
enum class Setting {
  value,    // a number: as it is
  factor,   // a table: the cells chosen, times it
  position  // a table, within its own range: -1 the column `low`, 0 as written, 1 `high`
};

/// One parameter that varies. The address of a position ends in `.position`, that of a factor may
/// end in a selector of cells.
struct Varied {
  std::string address;
  Setting setting = Setting::value;
  std::string unit;
  double written = not_given;                        // what the configuration says
  std::shared_ptr<const TableEvidence> ranges = {};  // of a position
  base::SourcePosition position = {};
};

/// Puts values[i] into varied[i], all in one visit. What cannot be is reported with `when` before
/// it ("draw 3").
void put_values(const std::vector<Varied>& varied, const double* values, const std::string& when,
                const Fields& fields, base::Diagnostics& faults);

/// Numbers known to be positive vary in proportion (on the logarithm), shares and all others by
/// addition.
bool in_proportion(double low, std::string_view unit);

}  // namespace carestair::config
