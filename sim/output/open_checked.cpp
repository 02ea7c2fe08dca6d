#include "output/open_checked.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include "base/version.hpp"
#include "output/file_error.hpp"
#include "output/format.hpp"
#include "output/seal.hpp"

namespace carestair::output {
namespace {

constexpr std::string_view not_hdf5_hint = "name the .h5 file that `carestair run` wrote";

/// Looks at the file with our own eyes first: HDF5 explains none of this well.
void check_readable(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw FileError(path, "is a directory, not a result file", "name a file in it");
  }
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw FileError(path, std::string("cannot open the file: ") + std::strerror(errno));

  constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  std::array<unsigned char, 8> start{};
  const std::size_t got = std::fread(start.data(), 1, start.size(), file.get());
  if (got == 0) throw FileError(path, "is empty", std::string(not_hdf5_hint));
  if (got < start.size() || start != signature) {
    throw FileError(path, "is not an HDF5 file", std::string(not_hdf5_hint));
  }
}

void check_format(const std::filesystem::path& path, hid_t file) {
  if (!h5::has_attribute(file, "format")) {
    if (h5::has_attribute(file, "program") && h5::text_attribute(file, "program") == "carestair") {
      throw FileError(path, "is an unfinished result: the run was cut off before it was written",
                      "run the simulation again");
    }
    throw FileError(path, "is an HDF5 file, but not a result of carestair",
                    std::string(not_hdf5_hint));
  }
  const std::string format = h5::text_attribute(file, "format");
  if (format != format_name) {
    throw FileError(path, "has the format \"" + format + "\", not \"" + format_name + "\"",
                    std::string(not_hdf5_hint));
  }
  const auto version = h5::integer_attribute(file, "format_version");
  if (version.size() != 2) throw h5::Error("attribute format_version is not two numbers");
  if (version[0] == format_major) return;
  const std::string text = std::to_string(version[0]) + "." + std::to_string(version[1]);
  const std::string known = std::to_string(format_major) + "." + std::to_string(format_minor);
  const bool newer = version[0] > format_major;
  const std::string by = h5::has_attribute(file, "program_version")
                             ? " (carestair " + h5::text_attribute(file, "program_version") + ")"
                             : "";
  throw FileError(path,
                  "has format version " + text + by + "; carestair " +
                      std::string(base::version_string) + " reads version " + known,
                  newer ? "use the carestair that wrote it, or a later one"
                        : "use the carestair that wrote it, or run the simulation again");
}

void check_whole(const std::filesystem::path& path) {
  try {
    if (check_seal(path) != Seal::broken) return;
  } catch (const std::system_error& error) {
    throw FileError(path, error.what());
  }
  throw FileError(path, "is damaged: its checksum does not fit",
                  "copy it again, or run the simulation again");
}

}  // namespace

h5::FileHandle open_checked(const std::filesystem::path& path) {
  check_readable(path);
  check_whole(path);
  h5::FileHandle file;
  try {
    file = h5::open_file(path.string());
  } catch (const h5::Error& error) {
    const std::string_view reason = error.what();
    if (reason.find("truncated") != std::string_view::npos) {
      throw FileError(path, "is truncated: its end is missing",
                      "copy it again, or run the simulation again");
    }
    throw FileError(path, error.what(), "the file may be damaged; run the simulation again");
  }
  try {
    check_format(path, file.id());
  } catch (const h5::Error& error) {
    throw FileError(path, error.what(), "the file may be damaged; run the simulation again");
  }
  return file;
}

}  // namespace carestair::output
