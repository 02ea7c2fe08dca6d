// Opens a file only if it is a result this program can read; otherwise says what it is instead.
#pragma once

#include <filesystem>

#include "output/hdf5.hpp"

namespace carestair::output {

/// Throws FileError with what is wrong and what to do. Needs an h5::Session.
h5::FileHandle open_checked(const std::filesystem::path& path);

}  // namespace carestair::output
