// Writes a result file while worlds finish, in whatever order they do. The file appears under its
// name only when it is whole, and its bytes do not depend on threads or on who finished first.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "output/encoded_world.hpp"
#include "output/file_error.hpp"
#include "output/run_description.hpp"
#include "record/finished_world.hpp"

namespace carestair::output {

struct WriterOptions {
  /// Worlds are committed in the order of (replication, municipality, scenario). Those that finish
  /// early wait, compressed, in memory up to this many bytes and beyond that in a nameless
  /// temporary file beside the result.
  std::size_t waiting_bytes = std::size_t{256} << 20;
};

class Writer {
 public:
  /// Opens `<path>.part` and writes the description. Throws FileError when it cannot.
  Writer(std::filesystem::path path, RunDescription description, WriterOptions options = {});
  /// Removes the `.part` file unless the result was finished.
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  /// Takes one world; may be called from any number of threads. Compression runs in the calling
  /// thread, only the writing is one at a time. Throws FileError (disk full, ...); after that the
  /// writer accepts nothing more and the `.part` file is gone.
  void add(record::FinishedWorld world);
  /// One that was encoded before: a journal's.
  void add(const record::WorldKey& key, EncodedWorld world);

  /// All worlds are in: closes the file and gives it its name.
  void finish();

  /// The run was stopped: keeps the replications of which all worlds are in (from the first on,
  /// without gaps) and gives the file its name with `complete` = 0. Returns how many; with none
  /// there is no file.
  int finish_early();

  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  class File;
  std::unique_ptr<File> file_;
};

/// Name under which a file grows until it is whole.
std::filesystem::path part_path(const std::filesystem::path& path);

}  // namespace carestair::output
