// Dotted addresses: the list of all there are, and the change of what one of them names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "config/echo.hpp"
#include "config/scenario.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

enum class ParameterType { number, integer, flag, text, date, choice, choices, table };
std::string_view type_name(ParameterType type);

struct AddressInfo {
  std::string address;
  ParameterType type;
  std::string unit;
};

/// Every address of a configuration, in the order declared; entries of maps by their own names.
std::vector<AddressInfo> list_addresses(const Fields& fields);

/// A change of one address, in the steps a timeline takes. All faults are reported at the place
/// of the change, with `when` ("on 2025-01-01", or empty) in the message.
class ChangeApplier {
 public:
  ChangeApplier(const Change& change, base::Diagnostics& faults, std::string when = {});

  /// set, scale or add; for a ramp: all the way. False when something was wrong.
  bool apply(const Fields& fields);

  /// The values the change speaks of as they are now (one, or the cells of a table). Used as the
  /// beginning of a ramp.
  std::vector<double> current(const Fields& fields);

  /// A ramp from `start`, `share` of the way (0..1).
  bool ramp(const Fields& fields, const std::vector<double>& start, double share);

 private:
  const Change& change_;
  base::Diagnostics& faults_;
  std::string when_;
};

/// Reports what is wrong with a change whatever the values it meets: an address that leads nowhere,
/// a unit of another kind, a value that can never be. Of a change that is not sound, the address.
void check_change(const Change& change, const Fields& fields, base::Diagnostics& faults);

/// Address without its selector.
std::string path_of(std::string_view address);

}  // namespace carestair::config
