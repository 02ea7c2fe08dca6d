// Worlds that are finished but whose turn to be written has not come. What does not fit the memory
// allowed lies in a nameless temporary file, so that nobody ever has to block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>

#include "output/world_tables.hpp"

namespace carestair::output {

class WaitingRoom {
 public:
  /// The temporary file, if it comes to that, is made in `folder`.
  WaitingRoom(std::filesystem::path folder, std::size_t most_bytes);
  ~WaitingRoom();
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  [[nodiscard]] bool has(std::size_t turn) const { return guests_.contains(turn); }
  /// Throws std::system_error when the temporary file cannot be written or read back.
  void put(std::size_t turn, EncodedWorld world);
  EncodedWorld take(std::size_t turn);

  [[nodiscard]] std::size_t bytes_in_memory() const { return in_memory_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return on_disk_; }

 private:
  struct Guest {
    EncodedWorld world;  // `bytes` is empty while on disk
    bool on_disk = false;
    std::uint64_t offset = 0;
    std::size_t size = 0;
  };
  void open_file();

  std::filesystem::path folder_;
  std::size_t most_bytes_;
  std::size_t in_memory_ = 0;
  std::uint64_t on_disk_ = 0;  // length of the file; holes of those who left are not reused
  int file_ = -1;
  std::map<std::size_t, Guest> guests_;
};

}  // namespace carestair::output
