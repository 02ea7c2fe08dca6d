// The tables of a result file in memory, for those who look at worlds and keep no file.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "output/run_description.hpp"
#include "output/world_tables.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

class MemoryTables {
 public:
  struct Column {
    WorldTable table;
    /// Numbers of `table.type`: [scenario][replication] and then an indicator's as [month][cell],
    /// not [cell][month] as in the file; a table of persons in the order of its shape.
    std::vector<std::byte> bytes;
    std::size_t bytes_of_world = 0;
  };

  /// Room for all worlds of one municipality. `indicators` names those to keep, in whatever order;
  /// empty: all. Tables of persons are always kept. Throws UserError for a name there is not.
  MemoryTables(const RunDescription& run, const std::vector<std::string>& indicators);

  /// May be called from any number of threads.
  void add(const record::FinishedWorld& world);

  /// Replications of which all worlds are in, from the first on without gaps.
  [[nodiscard]] std::size_t whole_replications() const;
  [[nodiscard]] std::vector<Column>& columns() { return columns_; }

 private:
  std::size_t scenarios_;
  std::size_t replications_;
  std::vector<Column> columns_;               // those kept
  std::vector<std::size_t> column_of_table_;  // columns_.size(): not kept
  std::mutex mutex_;
  std::vector<std::size_t> worlds_in_;  // by replication; guarded by the mutex
};

}  // namespace carestair::output
