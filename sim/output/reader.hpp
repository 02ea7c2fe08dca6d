// Opens a result file, refuses what is not one, and reads it into plain arrays.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "output/file_error.hpp"
#include "output/run_description.hpp"

namespace carestair::output {

/// Numbers over named dimensions, the last fastest.
struct Array {
  std::vector<std::string> dimensions;
  std::vector<std::size_t> shape;
  std::vector<double> values;
};

/// What is in a file besides its arrays.
struct ResultHeader {
  int format_major = 0;
  int format_minor = 0;
  std::string program_version;
  std::string git_commit;
  bool complete = false;          // false: the run was stopped
  int replications_finished = 0;  // replications in the file; run.replications were planned
  RunDescription run;
};

/// One index of each outer dimension; `all` keeps the dimension.
struct Slab {
  static constexpr int all = -1;
  int scenario = all;
  int replication = all;
  int municipality = all;
};

class Reader {
 public:
  /// Throws FileError: no such file, a directory, no permission, not HDF5, truncated or damaged,
  /// not a carestair result, unfinished, or of a newer major version.
  explicit Reader(std::filesystem::path path);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  [[nodiscard]] const ResultHeader& header() const;

  /// Names of the datasets in /indicators and in /persons, in the order of the file.
  [[nodiscard]] std::vector<std::string> indicators() const;
  [[nodiscard]] std::vector<std::string> person_tables() const;

  /// Numbers of one dataset, dimensions (scenario, replication, municipality, ..., [time]); with a
  /// slab, only those worlds, and the dimensions given an index are dropped. Throws
  /// std::out_of_range for a name or an index that is not there.
  [[nodiscard]] Array indicator(std::string_view name, const Slab& slab = {}) const;
  [[nodiscard]] Array person_table(std::string_view name, const Slab& slab = {}) const;

 private:
  class File;
  std::unique_ptr<File> file_;
};

}  // namespace carestair::output
