#include "output/event_log.hpp"

#include <array>
#include <string>

#include "output/deflate.hpp"
#include "output/format.hpp"

namespace carestair::output {
namespace {

constexpr std::size_t chunk_rows = 65536;
const std::string dimension = "event";

struct Column {
  const char* name;
  hid_t type;
  const char* long_name;
};

}  // namespace

EventLog::EventLog(hid_t file, h5::DimensionScales& scales) {
  const std::array<Column, 8> columns{{
      {"scenario_index", h5::file_type<std::uint16_t>(), "position in scenario"},
      {"replication_index", h5::file_type<std::uint32_t>(), "position in replication"},
      {"municipality_index", h5::file_type<std::uint16_t>(), "position in municipality"},
      {"uid", h5::file_type<std::int64_t>(), "the resident, the same in every scenario"},
      {"day", h5::file_type<std::int32_t>(), "day of the event"},
      {"kind", h5::file_type<std::uint8_t>(), "position in event_kind"},
      {"from", h5::file_type<std::uint8_t>(), "level or service before, by kind"},
      {"to", h5::file_type<std::uint8_t>(), "level or service after, by kind"},
  }};
  const h5::Group group = h5::create_group(file, group::events);
  scales.add_unlimited(group.id(), dimension);
  for (const Column& column : columns) {
    h5::Dataset dataset =
        h5::create_dataset(group.id(), column.name, column.type,
                           {.shape = {0}, .largest = {H5S_UNLIMITED}, .chunk = {chunk_rows}});
    h5::set_text(dataset.id(), "long_name", column.long_name);
    if (std::string_view(column.name) == "day") {
      h5::set_text(dataset.id(), "units", "days since 1970-01-01");
      h5::set_text(dataset.id(), "calendar", "proleptic_gregorian");
    }
    scales.attach(dataset.id(), std::array{dimension});
    columns_.push_back(std::move(dataset));
  }
}

void EventLog::append(const record::WorldKey& world, std::span<const model::Event> events) {
  for (const model::Event& event : events) {
    pending_.scenario.push_back(static_cast<std::uint16_t>(world.scenario));
    pending_.replication.push_back(static_cast<std::uint32_t>(world.replication));
    pending_.municipality.push_back(static_cast<std::uint16_t>(world.municipality));
    pending_.uid.push_back(static_cast<std::int64_t>(event.uid));
    pending_.day.push_back(event.day.number);
    pending_.kind.push_back(static_cast<std::uint8_t>(event.kind));
    pending_.from.push_back(event.from);
    pending_.to.push_back(event.to);
    ++rows_;
    if (pending_.uid.size() == chunk_rows) write_chunk();
  }
}

void EventLog::write_chunk() {
  write_column(0, pending_.scenario);
  write_column(1, pending_.replication);
  write_column(2, pending_.municipality);
  write_column(3, pending_.uid);
  write_column(4, pending_.day);
  write_column(5, pending_.kind);
  write_column(6, pending_.from);
  write_column(7, pending_.to);
  written_ += chunk_rows;
}

template <class Number>
void EventLog::write_column(std::size_t column, std::vector<Number>& numbers) {
  const hid_t dataset = columns_[column].id();
  numbers.resize(chunk_rows);  // the last chunk is filled up; the dataset's size says where it ends
  const hsize_t size = written_ + chunk_rows;
  h5::check(H5Dset_extent(dataset, &size), "make room for events");
  deflated_.clear();
  if (sizeof(Number) > 1) {
    shuffle(std::span<const Number>(numbers), planes_);
  } else {
    planes_.assign(numbers.begin(), numbers.end());
  }
  append_deflated(planes_, deflated_);
  const hsize_t offset = written_;
  h5::check(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, &offset, deflated_.size(), deflated_.data()),
            "write events");
  numbers.clear();
}

void EventLog::finish(std::uint64_t rows, h5::DimensionScales& scales) {
  if (!pending_.uid.empty()) write_chunk();
  const hsize_t size = rows;
  for (const h5::Dataset& column : columns_) {
    h5::check(H5Dset_extent(column.id(), &size), "set the number of events");
  }
  scales.extend(dimension, size);
}

}  // namespace carestair::output
