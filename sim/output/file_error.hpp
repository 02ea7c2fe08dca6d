// A fault of a result file that the user can mend: which file, what is wrong, what to do.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace carestair::output {

class FileError : public base::UserError {
 public:
  FileError(const std::filesystem::path& path, std::string message, std::string hint = {})
      : UserError(base::Diagnostic{.position = base::SourcePosition::in_file(path.string()),
                                   .message = std::move(message),
                                   .hint = std::move(hint)}),
        path_(path) {}

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What helps when the system will not write, by the reason it gives; empty when nothing is known.
std::string hint_for(std::string_view reason);

}  // namespace carestair::output
