// Group /events: one row an event, in columns. Opt-in, for it is far larger than everything else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/ledger.hpp"
#include "output/dimension_scale.hpp"
#include "output/hdf5.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

class EventLog {
 public:
  EventLog(hid_t file, h5::DimensionScales& scales);

  /// Rows of one world; worlds come in the order of the file.
  void append(const record::WorldKey& world, std::span<const model::Event> events);
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  /// Writes what is left and keeps the first `rows` rows.
  void finish(std::uint64_t rows, h5::DimensionScales& scales);

 private:
  struct Rows {
    std::vector<std::uint16_t> scenario;
    std::vector<std::uint32_t> replication;
    std::vector<std::uint16_t> municipality;
    std::vector<std::int64_t> uid;
    std::vector<std::int32_t> day;
    std::vector<std::uint8_t> kind, from, to;
  };
  void write_chunk();
  template <class Number>
  void write_column(std::size_t column, std::vector<Number>& numbers);

  std::vector<h5::Dataset> columns_;
  Rows pending_;
  std::uint64_t rows_ = 0;
  std::uint64_t written_ = 0;
  std::vector<unsigned char> planes_, deflated_;
};

}  // namespace carestair::output
