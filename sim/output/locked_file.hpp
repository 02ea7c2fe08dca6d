// A file that one program at a time writes. It is locked before anything in it is changed, so that
// a second run into the same file is refused and the first one's is left as it is.
#pragma once

#include <filesystem>

namespace carestair::output {

class LockedFile {
 public:
  /// Opens the file, made when it is not there and never cut short, and locks it until the end of
  /// this object or of the program, however that comes. Throws FileError on `shown`: another run
  /// holds it, or the disk refuses.
  explicit LockedFile(const std::filesystem::path& path, const std::filesystem::path& shown);
  explicit LockedFile(const std::filesystem::path& path) : LockedFile(path, path) {}
  ~LockedFile();
  LockedFile(LockedFile&& other) noexcept;
  LockedFile& operator=(LockedFile&&) = delete;

  [[nodiscard]] int descriptor() const { return file_; }

 private:
  int file_ = -1;
};

}  // namespace carestair::output
