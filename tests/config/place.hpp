// A folder of its own for tests that write files.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace carestair::config::test {

inline std::filesystem::path tests_folder() {
#ifdef CARESTAIR_SOURCE_DIR
  return std::filesystem::path(CARESTAIR_SOURCE_DIR) / "tests" / "config";
#else
  return std::filesystem::absolute(__FILE__).parent_path();
#endif
}

class Folder {
 public:
  Folder() {
    static std::atomic<int> count{0};
    path = std::filesystem::temp_directory_path() /
           ("carestair-config-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << content;
    return path / name;
  }

  std::filesystem::path path;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The working directory for the time of a test.
class WorkingIn {
 public:
  explicit WorkingIn(const std::filesystem::path& folder)
      : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~WorkingIn() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }
  WorkingIn(const WorkingIn&) = delete;
  WorkingIn& operator=(const WorkingIn&) = delete;

 private:
  std::filesystem::path before_;
};

}  // namespace carestair::config::test
