// Ctrl-C: the first asks the run to stop after the replications that are under way, the second
// stops at once.
#pragma once

#include <atomic>
#include <filesystem>

namespace carestair::cli {

/// While it lives, SIGINT and SIGTERM set the flag; the second one removes the unfinished file (if
/// one is named) and ends the process with status 130.
class InterruptGuard {
 public:
  explicit InterruptGuard(const std::filesystem::path& unfinished);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] static const std::atomic<bool>& requested();
};

}  // namespace carestair::cli
