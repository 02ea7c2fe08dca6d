// `carestair merge`: the parts of a run, lived apart, as the one file the whole run would be.
#include "batch/merge.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "output/file_error.hpp"

namespace carestair::cli {

ExitCode merge(const MergeArguments& arguments) {
  try {
    const std::size_t worlds = batch::merge(arguments.files, arguments.output);
    print_done(fmt::format("{} from {}: {}\n", counted(static_cast<std::int64_t>(worlds), "world"),
                           counted(static_cast<std::int64_t>(arguments.files.size()), "part"),
                           arguments.output.string()));
    return ExitCode::ok;
  } catch (const output::FileError& error) {
    const auto& parts = arguments.files;
    if (std::ranges::find(parts, error.path()) != parts.end()) {
      throw base::UserError(error.diagnostics());  // a part to be read
    }
    throw DiskError(error.diagnostics());
  }
}

}  // namespace carestair::cli
