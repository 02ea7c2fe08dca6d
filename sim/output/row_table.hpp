// A group of columns of equal length, to which worlds append rows: events, persons. Opt-in, for
// such tables are far larger than everything else.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "output/dimension_scale.hpp"
#include "output/hdf5.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

struct ColumnInfo {
  std::string name;
  hid_t type;
  std::size_t width;  // bytes of a number
  std::string long_name;
  std::string units = {};
};
template <class Number>
ColumnInfo column_info(std::string name, std::string long_name, std::string units = {}) {
  return {std::move(name), h5::file_type<Number>(), sizeof(Number), std::move(long_name),
          std::move(units)};
}

class RowTable {
 public:
  /// The columns of the world (scenario_index, replication_index, municipality_index) come first.
  RowTable(hid_t file, const char* group, std::string dimension, std::vector<ColumnInfo> columns,
           h5::DimensionScales& scales);

  /// Begins a row; then each column in its order.
  void begin(const record::WorldKey& world);
  template <class Number>
  void put(Number number) {
    Column& column = columns_[at_++];
    const std::size_t before = column.pending.size();
    column.pending.resize(before + sizeof number);
    std::memcpy(column.pending.data() + before, &number, sizeof number);
  }
  /// Ends it.
  void end();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  /// Writes what is left, keeps the first `rows` rows and closes the columns.
  void finish(std::uint64_t rows, h5::DimensionScales& scales);

 private:
  struct Column {
    h5::Dataset dataset;
    std::size_t width;
    std::vector<unsigned char> pending;
  };
  void write_chunk();

  std::string dimension_;
  std::vector<Column> columns_;
  std::size_t at_ = 0;  // column of the row under way
  std::uint64_t rows_ = 0;
  std::uint64_t written_ = 0;
  std::vector<unsigned char> planes_, deflated_;
};

}  // namespace carestair::output
