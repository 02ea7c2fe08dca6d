#include "batch/overwrite.hpp"

#include <system_error>

#include <fmt/format.h>

#include "output/reader.hpp"
#include "output/writer.hpp"

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

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code error;
  if (std::filesystem::equivalent(a, b, error)) return true;  // both are there: hard links too
  const auto real = [&error](const std::filesystem::path& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  };
  const std::filesystem::path first = real(a);
  return !first.empty() && first == real(b);
}

void refuse_to_overwrite_inputs(const std::filesystem::path& output,
                                const std::vector<std::filesystem::path>& inputs) {
  for (const auto& written : {output, output::part_path(output)}) {
    for (const auto& input : inputs) {
      if (!same_file(written, input)) continue;
      throw base::UserError(fmt::format("the result {} would be written over {}, which is read",
                                        output.string(), input.string()),
                            "give the result another name with --output");
    }
  }
}

}  // namespace carestair::batch
