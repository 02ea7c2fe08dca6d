// Paths through a configuration: a visitor that knows where it is, selectors of table cells, and
// what to suggest for an address that leads nowhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// Keeps the dotted address of the section being visited.
class PathVisitor : public Visitor {
 protected:
  bool begin_group(std::string_view key, std::string_view) override { return enter(key); }
  void end_group() override { path_.pop_back(); }
  std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                     std::string_view) override {
    enter(key);
    return ids;
  }
  bool begin_entry(std::string_view id) override { return enter(id); }
  void end_entry() override { path_.pop_back(); }
  void end_map() override { path_.pop_back(); }

  /// Called with the address of every section, map and entry.
  virtual void entered(const std::string& address) { static_cast<void>(address); }

  [[nodiscard]] std::string address_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_.back() + "." + std::string(key);
  }
  [[nodiscard]] std::size_t depth() const { return path_.size(); }

 private:
  bool enter(std::string_view key) {
    path_.push_back(address_of(key));
    entered(path_.back());
    return true;
  }

  std::vector<std::string> path_;  // the address of each section entered
};

/// Cells named by the selector at the end of an address (`[age=80..110,sex=female]`, several
/// levels joined by `|`), all cells without one; empty after a fault.
std::optional<std::vector<std::size_t>> select_cells(std::string_view address, const Table& table,
                                                     base::Diagnostics& faults,
                                                     const base::SourcePosition& position);

/// The nearest address, the same name in another section, or the names of the last section on the
/// way that exists.
std::string address_hint(const std::string& path, const std::vector<std::string>& addresses,
                         const std::vector<std::string>& sections);

}  // namespace carestair::config
