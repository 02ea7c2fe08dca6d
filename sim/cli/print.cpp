#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/commands.hpp"

namespace carestair::cli {

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) throw ClosedPipe{};
  throw DiskError(std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace carestair::cli
