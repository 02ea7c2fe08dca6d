#include "cli/interrupt.hpp"

#include <array>
#include <csignal>
#include <cstring>

#include <unistd.h>

#include "cli/exit_code.hpp"

namespace carestair::cli {
namespace {

std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler may touch it

std::array<char, 4096> unfinished_file{};  // empty: none
struct sigaction interrupt_before;
struct sigaction terminate_before;

void say(const char* text) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text, std::strlen(text));
}

extern "C" void on_signal(int) {
  if (stop_requested.exchange(true)) {
    if (unfinished_file[0] != '\0') unlink(unfinished_file.data());
    _exit(static_cast<int>(ExitCode::stopped));
  }
  say("\nStopping: replications under way are finished first. Again to stop at once.\n");
}

}  // namespace

InterruptGuard::InterruptGuard(const std::filesystem::path& unfinished) {
  stop_requested = false;
  const std::string name =
      unfinished.empty() ? std::string() : std::filesystem::absolute(unfinished).string();
  unfinished_file.fill('\0');
  if (name.size() < unfinished_file.size()) {
    std::memcpy(unfinished_file.data(), name.data(), name.size());
  }
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &interrupt_before);
  sigaction(SIGTERM, &action, &terminate_before);
}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &interrupt_before, nullptr);
  sigaction(SIGTERM, &terminate_before, nullptr);
}

const std::atomic<bool>& InterruptGuard::requested() { return stop_requested; }

}  // namespace carestair::cli
