// The tables of a result that the comparison reads. A file that another program has changed, or
// another version has written, may lack one or hold one of another shape: it is refused by name,
// where it would be added up into numbers that mean nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "output/reader.hpp"
#include "output/world_tables.hpp"

namespace carestair::cli {

class ResultTables {
 public:
  /// The reader outlives it. Throws FileError when the tables cannot be listed.
  ResultTables(const output::Reader& reader, std::string path);

  /// As those of the reader; throw base::UserError when the table is not there or not as it is
  /// written.
  [[nodiscard]] output::Array indicator(std::string_view name, const output::Slab& slab) const;
  [[nodiscard]] output::Array persons(std::string_view name, const output::Slab& slab) const;
  [[nodiscard]] const output::ResultHeader& header() const { return reader_.header(); }

 private:
  using Name = std::pair<std::string, std::string>;  // group and dataset

  [[nodiscard]] output::Array read(const Name& name, const output::Slab& slab) const;
  void check(const Name& name, const output::Slab& slab, const output::Array& array) const;
  [[noreturn]] void refuse(const Name& name, const std::string& what) const;

  const output::Reader& reader_;
  std::string path_;
  std::map<Name, output::WorldTable> written_;  // what this version would have written
  std::vector<std::string> indicators_;
  std::vector<std::string> persons_;
};

}  // namespace carestair::cli
