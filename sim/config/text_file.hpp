// Opening the files of a configuration: only regular UTF-8 text files of a sane size, only inside
// the configuration folder, and every refusal explained.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"

namespace carestair::config {

inline constexpr std::size_t largest_yaml_file = 4u << 20;
inline constexpr std::size_t largest_csv_file = 16u << 20;
inline constexpr std::size_t longest_line = 256u << 10;

/// The folder a configuration may read from: the nearest folder called `configs` that holds the
/// main file, else the folder of the main file.
std::filesystem::path configuration_root(const std::filesystem::path& main_file);

/// Where a reference was written, for messages about the file it names.
struct Reference {
  base::SourcePosition position;
  int length = 1;
};

/// The path a file named in `including` stands for, checked: relative, inside `root` (symbolic
/// links resolved), a regular file. Throws UserError at the reference.
std::filesystem::path resolve(const std::string& named, const std::filesystem::path& including,
                              const std::filesystem::path& root, const Reference& from);

/// Reads a text file: byte order mark dropped, line ends made \n, encoding and control characters
/// checked.
/// `from` is null for the main file.
std::shared_ptr<const base::SourceText> read_text(const std::filesystem::path& path,
                                                  std::size_t largest, const Reference* from);

/// The same for a text that is at hand, as if it stood in the file `path`.
std::shared_ptr<const base::SourceText> checked_text(const std::filesystem::path& path,
                                                     std::string raw, std::size_t largest,
                                                     const Reference* from = nullptr);

}  // namespace carestair::config
