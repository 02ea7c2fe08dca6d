#include "output/locked_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/file_error.hpp"

namespace carestair::output {
namespace {

/// Whether the open file still goes by this name: the run that had it may have renamed or removed
/// it between our opening and our locking.
bool goes_by_name(int file, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

[[noreturn]] void refuse_file(const std::filesystem::path& shown, const std::string& doing,
                              int reason) {
  const std::string text = std::strerror(reason);
  throw FileError(shown, doing + ": " + text, hint_for(text));
}

[[noreturn]] void refuse_lock(const std::filesystem::path& shown, int reason) {
  if (reason != EWOULDBLOCK) refuse_file(shown, "cannot lock the file", reason);
  throw FileError(shown, "is being written by another run",
                  "wait for it, or give another name with --output");
}

}  // namespace

LockedFile::LockedFile(const std::filesystem::path& path, const std::filesystem::path& shown) {
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) refuse_file(shown, "cannot open the file", errno);
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      const int reason = errno;
      ::close(file);
      refuse_lock(shown, reason);
    }
    if (goes_by_name(file, path)) {
      file_ = file;
      return;
    }
    ::close(file);
  }
}

LockedFile::~LockedFile() {
  if (file_ >= 0) ::close(file_);
}

LockedFile::LockedFile(LockedFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

}  // namespace carestair::output
