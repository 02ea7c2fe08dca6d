// The parts of a run, lived apart, as the one file the whole run would be.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace carestair::batch {

/// Puts the files of run_part() together into the result `path`; returns the number of worlds.
/// Throws UserError when they are not all parts of one run, each once, output::FileError when one
/// cannot be read or the result not be written.
std::size_t merge(const std::vector<std::filesystem::path>& parts,
                  const std::filesystem::path& path);

}  // namespace carestair::batch
