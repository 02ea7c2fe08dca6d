#include "cli/progress.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace carestair::cli {
namespace {

std::string duration(double seconds) {
  const auto whole = static_cast<long long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

Progress::Progress(std::FILE* to) : to_(to), terminal_(isatty(fileno(to)) == 1) {}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - begun_).count();
}

void Progress::write(const std::string& text) {
  ended_ = std::fputs(text.c_str(), to_) < 0 || std::fflush(to_) != 0;
}

void Progress::operator()(int finished, int of) {
  if (ended_) return;
  terminal_ ? draw_bar(finished, of) : write_line(finished, of);
}

void Progress::draw_bar(int finished, int of) {
  using namespace std::chrono_literals;
  const auto now = Clock::now();
  if (finished < of && now - drawn_ < 100ms) return;
  drawn_ = now;
  bar_open_ = true;
  constexpr int width = 40;
  const int filled = static_cast<int>(static_cast<long long>(width) * finished / of);
  const double left = seconds() / finished * (of - finished);
  const std::string line =
      fmt::format("\r[{}{}] {} of {} replications, {} left", std::string(filled, '#'),
                  std::string(width - filled, '.'), finished, of, duration(left));
  write(line + "\x1b[K");  // clears what a longer line has left behind
}

void Progress::write_line(int finished, int of) {
  const int step = static_cast<int>(20LL * finished / of);
  if (step <= steps_told_) return;
  steps_told_ = step;
  const double left = seconds() / finished * (of - finished);
  write(fmt::format("{:3} %, {} of {} replications, {} left\n", 5 * step, finished, of,
                    duration(left)));
}

void Progress::end() {
  if (bar_open_ && !ended_) write("\n");
  bar_open_ = false;
}

}  // namespace carestair::cli
