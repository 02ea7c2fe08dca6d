#include "output/row_table.hpp"

#include <array>

#include "base/contract.hpp"
#include "output/deflate.hpp"
#include "output/shuffle.hpp"

namespace carestair::output {
namespace {

constexpr std::size_t chunk_rows = 65536;

std::vector<ColumnInfo> after_world(std::vector<ColumnInfo> columns) {
  std::vector<ColumnInfo> all{
      column_info<std::uint16_t>("scenario_index", "position in scenario"),
      column_info<std::uint32_t>("replication_index", "position in replication"),
      column_info<std::uint16_t>("municipality_index", "position in municipality")};
  for (ColumnInfo& info : columns) all.push_back(std::move(info));
  return all;
}

}  // namespace

RowTable::RowTable(hid_t file, const char* group, std::string dimension,
                   std::vector<ColumnInfo> columns, h5::DimensionScales& scales)
    : dimension_(std::move(dimension)) {
  const h5::Group made = h5::create_group(file, group);
  scales.add_unlimited(made.id(), dimension_);
  for (const ColumnInfo& info : after_world(std::move(columns))) {
    h5::Dataset dataset =
        h5::create_dataset(made.id(), info.name.c_str(), info.type,
                           {.shape = {0}, .largest = {H5S_UNLIMITED}, .chunk = {chunk_rows}});
    h5::set_text(dataset.id(), "long_name", info.long_name);
    if (!info.units.empty()) h5::set_text(dataset.id(), "units", info.units);
    if (info.units.starts_with("days since ")) {
      h5::set_text(dataset.id(), "calendar", "proleptic_gregorian");
    }
    scales.attach(dataset.id(), std::array{dimension_});
    columns_.push_back({std::move(dataset), info.width, {}});
  }
}

void RowTable::begin(const record::WorldKey& world) {
  CARE_EXPECTS(at_ == 0);
  put(static_cast<std::uint16_t>(world.scenario));
  put(static_cast<std::uint32_t>(world.replication));
  put(static_cast<std::uint16_t>(world.municipality));
}

void RowTable::end() {
  CARE_EXPECTS(at_ == columns_.size());
  at_ = 0;
  ++rows_;
  if (rows_ - written_ == chunk_rows) write_chunk();
}

void RowTable::write_chunk() {
  const hsize_t size = written_ + chunk_rows;
  const hsize_t offset = written_;
  for (Column& column : columns_) {
    // The last chunk is filled up; the dataset's size says where it ends.
    column.pending.resize(chunk_rows * column.width);
    h5::check(H5Dset_extent(column.dataset.id(), &size), "make room for rows");
    shuffle(column.pending, column.width, planes_);
    deflated_.clear();
    append_deflated(planes_, deflated_);
    h5::check(H5Dwrite_chunk(column.dataset.id(), H5P_DEFAULT, 0, &offset, deflated_.size(),
                             deflated_.data()),
              "write rows");
    column.pending.clear();
  }
  written_ += chunk_rows;
}

void RowTable::finish(std::uint64_t rows, h5::DimensionScales& scales) {
  if (rows_ > written_) write_chunk();
  const hsize_t size = rows;
  for (Column& column : columns_) {
    h5::check(H5Dset_extent(column.dataset.id(), &size), "set the number of rows");
    column.dataset.close();
  }
  scales.extend(dimension_, size);
}

}  // namespace carestair::output
