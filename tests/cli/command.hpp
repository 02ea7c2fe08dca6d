// Runs the built command as a user would, in a folder of its own.
#pragma once

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catch.hpp"
#include "experiment/small_study.hpp"

namespace carestair::tests {

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// The command under way; output goes to files in the folder.
class Command {
 public:
  Command(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
          const std::string& out = {})
      : out_(out.empty() ? (folder / "stdout.txt").string() : out),
        err_((folder / "stderr.txt").string()) {
    std::vector<std::string> words{CARESTAIR_COMMAND};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
      const int to_out = open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      const int to_err = open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      dup2(to_out, STDOUT_FILENO);
      dup2(to_err, STDERR_FILENO);
      if (chdir(folder.c_str()) != 0) _exit(126);
      execv(CARESTAIR_COMMAND, pointers.data());
      _exit(127);
    }
  }

  void signal(int number) const { kill(child_, number); }

  [[nodiscard]] std::string errors_so_far() const { return read_bytes(err_); }

  /// Waits until standard error holds `text`; false after a minute, or when the command has ended.
  [[nodiscard]] bool wait_for(const std::string& text) const {
    using namespace std::chrono_literals;
    for (int tenth = 0; tenth < 6000; ++tenth) {
      if (errors_so_far().find(text) != std::string::npos) return true;
      siginfo_t info{};
      waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
      if (info.si_pid != 0) return errors_so_far().find(text) != std::string::npos;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  Outcome finish() {
    int status = 0;
    waitpid(child_, &status, 0);
    // A device such as /dev/full never ends when it is read.
    const bool to_file = std::filesystem::is_regular_file(out_);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status),
            to_file ? read_bytes(out_) : std::string(), read_bytes(err_)};
  }

 private:
  std::string out_;
  std::string err_;
  pid_t child_ = -1;
};

inline Outcome run_command(const std::filesystem::path& folder,
                           const std::vector<std::string>& arguments, const std::string& out = {}) {
  return Command(folder, arguments, out).finish();
}

inline auto contains(const std::string& text) { return Catch::Matchers::ContainsSubstring(text); }

/// A folder with the short experiment on reablement, and its result `result.h5`, made once.
inline const std::filesystem::path& finished_study() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    small_study(folder, short_reablement);
    const Outcome run =
        run_command(folder.path(), {"run", "configs/small.yaml", "-o", "result.h5"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    return true;
  }();
  static_cast<void>(made);
  return folder.path();
}

}  // namespace carestair::tests
