#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "cli/commands.hpp"

namespace carestair::cli {

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) throw ClosedPipe{};
  throw DiskError(std::string("cannot write to standard output: ") + std::strerror(errno));
}

void print_done(const std::string& text) {
  try {
    print(text);
  } catch (const DiskError& error) {
    tell(error.what());
  }
}

void tell(const std::string& text) { std::fputs(text.c_str(), stderr); }

void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is taken: this one.
    if (fcntl(stream, F_GETFD) < 0) ::open("/dev/null", O_RDONLY);
  }
}

}  // namespace carestair::cli
