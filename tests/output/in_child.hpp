// Runs a piece of a test in a process of its own: it may crash, change its limits or its user.
#pragma once

#include <csignal>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

namespace in_child {

struct End {
  bool crashed = false;  // by a signal
  int value = 0;         // what `work` returned, or the signal
};

/// `work` returns 0..125; an exception it lets out counts as 126.
template <class Work>
End run(Work&& work, unsigned seconds = 60) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    alarm(seconds);
    // Catch's handlers would report a crash here as the parent's.
    for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
      std::signal(number, SIG_DFL);
    }
    int value = 126;
    try {
      value = work();
    } catch (...) {
    }
    _exit(value);  // no destructors of the parent's objects
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return {true, WTERMSIG(status)};
  return {false, WEXITSTATUS(status)};
}

}  // namespace in_child
