// How far a run is, on standard error: a bar on a terminal, else a line every 5 %. When it cannot
// be written (nobody reads it any more, a full disk), it ends and the run goes on.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

namespace carestair::cli {

class Progress {
 public:
  explicit Progress(std::FILE* to);

  void operator()(int finished, int of);
  /// Ends the line of the bar, if there is one.
  void end();
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  void write(const std::string& text);
  void draw_bar(int finished, int of);
  void write_line(int finished, int of);

  std::FILE* to_;
  bool terminal_;
  bool bar_open_ = false;
  bool ended_ = false;  // it could not be written
  Clock::time_point begun_ = Clock::now();
  Clock::time_point drawn_{};
  int steps_told_ = 0;  // of 5 %
};

}  // namespace carestair::cli
