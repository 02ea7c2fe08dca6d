// Finished worlds in a file that grows world by world and outlives the program, however it ends: a
// run that was cut off goes on from it, and the parts of a run made on several machines meet in it.
// Not for reading by others: the result file is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "output/encoded_world.hpp"
#include "output/file_error.hpp"
#include "output/locked_file.hpp"
#include "output/run_description.hpp"

namespace carestair::output {

/// Part `index` of `count`, counted from 1: the replications from `first` up to but not `end`.
struct Shard {
  int index = 1;
  int count = 1;

  [[nodiscard]] int first(int replications) const { return boundary(replications, index - 1); }
  [[nodiscard]] int end(int replications) const { return boundary(replications, index); }
  friend bool operator==(const Shard&, const Shard&) = default;

 private:
  [[nodiscard]] int boundary(int replications, int at) const {
    return static_cast<int>(static_cast<std::int64_t>(replications) * at / count);
  }
};

/// A journal that is being written. Throws FileError when the disk refuses, UserError when the file
/// is not what is asked for.
class Journal {
 public:
  /// A new one; refuses when worlds lie there already.
  static Journal begin(const std::filesystem::path& path, const RunDescription& run,
                       const Shard& shard = {});
  /// Goes on with the one there is: it must be of the same run and part. What was cut off in the
  /// middle of a world is dropped, and one cut off before its first world is begun anew.
  static Journal resume(const std::filesystem::path& path, const RunDescription& run,
                        const Shard& shard = {});
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;

  /// May be called from any number of threads.
  void append(const record::WorldKey& key, const EncodedWorld& world);

  /// The worlds are where they belong: removes the file.
  void remove();
  /// Gives the finished file its name.
  void rename(const std::filesystem::path& to);

 private:
  Journal(std::filesystem::path path, LockedFile file)
      : path_(std::move(path)), file_(std::move(file)) {}

  /// Writes what stands before the first world, and nothing after it.
  void open(const RunDescription& run, const Shard& shard);

  std::filesystem::path path_;
  LockedFile file_;
  std::mutex mutex_;
  std::vector<unsigned char> buffer_;
};

/// A journal that is read.
class JournalReader {
 public:
  /// Throws FileError: no such file, not a journal, its beginning damaged.
  explicit JournalReader(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::string& run_text() const { return run_text_; }
  [[nodiscard]] const Shard& shard() const { return shard_; }
  [[nodiscard]] bool empty() const { return each({}) == begin_; }

  /// Each whole world in the order written; stops where the file was cut off or is damaged.
  /// Returns the length of what is whole.
  std::uint64_t each(const std::function<void(const record::WorldKey&, EncodedWorld)>& take) const;

  /// By replication: whether all of its worlds are there.
  [[nodiscard]] std::vector<bool> whole_replications(const RunDescription& run) const;

 private:
  std::filesystem::path path_;
  std::string run_text_;
  Shard shard_;
  std::uint64_t begin_ = 0;  // of the first world
};

}  // namespace carestair::output
