#include "batch/overwrite.hpp"

#include <system_error>

#include <fmt/format.h>

#include "output/reader.hpp"

namespace carestair::batch {

void refuse_to_overwrite(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return;
  if (std::filesystem::is_directory(status)) {
    throw base::UserError(fmt::format("{} is a folder", path.string()),
                          "name a file in it, for example " + (path / "result.h5").string());
  }
  if (std::filesystem::is_regular_file(status)) {
    try {
      const output::Reader reader(path);
      return;
    } catch (const output::FileError&) {
      // Told below.
    }
  }
  throw base::UserError(
      fmt::format("{} exists and is not a result of carestair that can be read", path.string()),
      "choose another name, or remove the file first");
}

}  // namespace carestair::batch
