#include "output/result_file.hpp"

#include <array>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/contract.hpp"
#include "output/event_log.hpp"
#include "output/format.hpp"
#include "output/person_log.hpp"
#include "output/preamble.hpp"
#include "record/axes.hpp"

namespace carestair::output {
namespace {

/// Rows that encode() has put down as they lay in memory.
template <class Row>
std::vector<Row> rows_in(const unsigned char* bytes, std::size_t size) {
  std::vector<Row> rows(size / sizeof(Row));
  if (!rows.empty()) std::memcpy(static_cast<void*>(rows.data()), bytes, size);
  return rows;
}

}  // namespace

// Delegates, so that the destructor tidies up when something below throws.
ResultFile::ResultFile(std::string path, const RunDescription& run) : ResultFile(run) {
  const h5::Session session;
  path_ = std::move(path);
  file_ = h5::create_file(path_);
  write_root(file_.id(), run_);
  write_dimensions(file_.id(), run_, scales_);
  create_tables();
  write_configuration(file_.id(), run_, scales_);
  if (!run_.draws.empty()) create_draws();
  if (run_.event_log) events_.emplace(Rows{create_event_log(file_.id(), scales_)});
  if (run_.person_rows) persons_.emplace(Rows{create_person_log(file_.id(), scales_)});
  scales_.write_users();
}

ResultFile::~ResultFile() {
  const h5::Session session;
  close_datasets();
  file_ = {};
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

void ResultFile::create_tables() {
  const h5::Group indicators = h5::create_group(file_.id(), group::indicators);
  const h5::Group persons = h5::create_group(file_.id(), group::persons);
  for (const WorldTable& table : world_tables(run_.month_ends.size(), run_.sizes())) {
    const bool is_indicator = std::string_view(table.group) == group::indicators;
    tables_.push_back(create_table(is_indicator ? indicators.id() : persons.id(), table));
  }
  // The groups hold the coordinates they use under their own names too, so that a group opened
  // alone is labelled.
  for (const char* name : {"scenario", "scenario_title", "replication", "municipality",
                           "municipality_title", "age_group", "sex"}) {
    link(indicators, name);
    link(persons, name);
  }
  for (const record::Axis axis : record::all_axes) {
    if (axis == record::Axis::age_group || axis == record::Axis::sex) continue;
    link(indicators, std::string(record::axis_name(axis)).c_str());
  }
  for (const char* name : {"service_title", "time"}) link(indicators, name);
  for (const char* name : {"outcome", "outcome_unit"}) link(persons, name);
}

void ResultFile::create_draws() {
  write_draws(file_.id(), run_, scales_);
  std::vector<std::int32_t> draws(static_cast<std::size_t>(run_.replications));
  for (std::size_t i = 0; i < draws.size(); ++i) {
    draws[i] = static_cast<std::int32_t>(run_.draws.draw_of(i));
  }
  draw_of_replication_ =
      h5::write_numbers(file_.id(), "replication_draw", std::span<const std::int32_t>(draws),
                        {.shape = {draws.size()}, .chunk = {draws.size()}, .filtered = false});
  h5::set_text(draw_of_replication_.id(), "long_name", "position of the replication in draws/draw");
  scales_.attach(draw_of_replication_.id(), std::array<std::string, 1>{"replication"});
  for (const char* name : {group::indicators, group::persons}) {
    h5::link_object(draw_of_replication_.id(), h5::open_group(file_.id(), name).id(),
                    "replication_draw");
  }
}

void ResultFile::link(const h5::Group& group, const char* name) {
  h5::link_object(h5::open_dataset(file_.id(), name).id(), group.id(), name);
}

namespace {

hid_t file_type_of(NumberType type) {
  switch (type) {
    case NumberType::u16: return h5::file_type<std::uint16_t>();
    case NumberType::u32: return h5::file_type<std::uint32_t>();
    case NumberType::f32: return h5::file_type<float>();
    case NumberType::f64: return h5::file_type<double>();
  }
  return H5I_INVALID_HID;
}

}  // namespace

h5::Dataset ResultFile::create_table(hid_t group, const WorldTable& table) {
  h5::Layout layout{.shape = {run_.scenarios.size(), static_cast<hsize_t>(run_.replications),
                              run_.municipalities.size()},
                    .chunk = {1, 1, 1}};
  layout.shape.insert(layout.shape.end(), table.shape.begin(), table.shape.end());
  layout.chunk.insert(layout.chunk.end(), table.shape.begin(), table.shape.end());
  std::vector<std::string> dimensions{"scenario", "replication", "municipality"};
  dimensions.insert(dimensions.end(), table.dimensions.begin(), table.dimensions.end());

  h5::Dataset dataset =
      h5::create_dataset(group, table.name.c_str(), file_type_of(table.type), layout);
  scales_.attach(dataset.id(), dimensions);
  const auto describe = [&](const char* attribute, const std::string& text) {
    if (!text.empty()) h5::set_text(dataset.id(), attribute, text);
  };
  describe("long_name", table.long_name);
  describe("units", table.unit);
  describe("description", table.description);
  describe("cell_methods", table.cell_methods);
  std::string labels = "scenario_title municipality_title";
  for (const std::string& dimension : table.dimensions) {
    if (dimension == "service") labels += " service_title";
    if (dimension == "outcome") labels += " outcome_unit";
  }
  describe("coordinates", labels);
  if (table.may_miss) h5::set_missing_is_nan(dataset.id());
  return dataset;
}

void ResultFile::write(const record::WorldKey& key, const EncodedWorld& world) {
  CARE_EXPECTS(world.sizes.size() == tables_.size() + 2);
  const h5::Session session;
  const unsigned char* bytes = world.bytes.data();
  std::array<hsize_t, H5S_MAX_RANK> offset{static_cast<hsize_t>(key.scenario),
                                           static_cast<hsize_t>(key.replication),
                                           static_cast<hsize_t>(key.municipality)};
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (world.sizes[i] == 0) continue;
    h5::check(H5Dwrite_chunk(tables_[i].id(), H5P_DEFAULT, 0, offset.data(), world.sizes[i], bytes),
              "write results");
    bytes += world.sizes[i];
  }
  const std::uint32_t of_events = world.sizes[tables_.size()];
  if (events_) append(events_->table, key, rows_in<model::Event>(bytes, of_events));
  bytes += of_events;
  if (persons_) {
    append(persons_->table, key, rows_in<record::PersonOutcome>(bytes, world.sizes.back()));
  }
}

void ResultFile::mark_replication() {
  for (auto* rows : {&events_, &persons_}) {
    if (*rows) (*rows)->whole = (*rows)->table.rows();
  }
}

void ResultFile::close(int replications) {
  const h5::Session session;
  const bool complete = replications == run_.replications;
  if (!complete) drop_replications_from(static_cast<hsize_t>(replications));
  for (auto* rows : {&events_, &persons_}) {
    if (*rows) (*rows)->table.finish((*rows)->whole, scales_);
  }
  // Only now is it a result: without these a reader refuses the file.
  h5::set_text(file_.id(), "format", format_name);
  h5::set_numbers(file_.id(), "format_version",
                  std::array<std::int64_t, 2>{format_major, format_minor});
  h5::set_integer(file_.id(), "replications_finished", replications);
  h5::set_integer(file_.id(), "complete", complete ? 1 : 0);
  h5::set_text(file_.id(), "Conventions", "CF-1.10");
  h5::check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "write the file");
  for (h5::Dataset& table : tables_) table.close();
  draw_of_replication_.close();
  scales_.close();
  file_.close();
  h5::throw_if_lost();
}

void ResultFile::drop_replications_from(hsize_t count) {
  h5::check(H5Dset_extent(scales_.dataset("replication"), &count), "drop replications");
  if (draw_of_replication_.open()) {
    h5::check(H5Dset_extent(draw_of_replication_.id(), &count), "drop replications");
  }
  for (const h5::Dataset& table : tables_) {
    h5::Shape shape = h5::shape_of(table.id());
    shape[1] = count;
    h5::check(H5Dset_extent(table.id(), shape.data()), "drop replications");
  }
}

void ResultFile::close_datasets() {
  tables_.clear();
  draw_of_replication_ = {};
  events_.reset();
  persons_.reset();
  scales_ = {};
}

}  // namespace carestair::output
