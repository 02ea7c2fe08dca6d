// The HDF5 side of writing: an open file that takes encoded worlds in the order of the file. Who
// comes when, and under which name the file ends, is the writer's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output/dimension_scale.hpp"
#include "output/hdf5.hpp"
#include "output/row_table.hpp"
#include "output/run_description.hpp"
#include "output/world_tables.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

/// Every member function throws h5::Error when HDF5 refuses.
class ResultFile {
 public:
  /// Creates the file, locked by the caller, with everything but the worlds. `run` must outlive
  /// this.
  ResultFile(std::string path, const RunDescription& run);
  /// Removes the file unless it is to be kept.
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  void write(const record::WorldKey& key, const EncodedWorld& world);
  /// The worlds so far are whole replications: rows from here on may be dropped by close().
  void mark_replication();
  /// Keeps the first `replications`, declares the file a result and closes it.
  void close(int replications);
  /// The closed file has got its name: leave it alone.
  void keep() { path_.clear(); }

 private:
  explicit ResultFile(const RunDescription& run) : run_(run) {}
  void create_tables();
  void link(const h5::Group& group, const char* name);
  h5::Dataset create_table(hid_t group, const WorldTable& table);
  void create_draws();
  void drop_replications_from(hsize_t count);
  void close_datasets();

  const RunDescription& run_;
  std::string path_;  // empty: nothing to remove
  h5::FileHandle file_;
  h5::DimensionScales scales_;
  std::vector<h5::Dataset> tables_;
  h5::Dataset draw_of_replication_;  // of an experiment
  /// A table of rows, and how many of them belong to whole replications.
  struct Rows {
    RowTable table;
    std::uint64_t whole = 0;
  };
  std::optional<Rows> events_;
  std::optional<Rows> persons_;
};

}  // namespace carestair::output
