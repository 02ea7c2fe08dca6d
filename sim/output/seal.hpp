// A checksum of the whole file behind its end, where HDF5 does not look. HDF5 itself may crash on a
// file whose bytes were damaged on the way; with the seal the reader knows before HDF5 sees it.
#pragma once

#include <filesystem>

namespace carestair::output {

/// Appends the seal: 16 bytes of name, the CRC-32 of all before it, and the number of bytes before
/// it, both little-endian. Throws std::system_error.
void seal(const std::filesystem::path& path);

enum class Seal {
  intact,
  broken,
  absent  // not from us, or changed by another program, which is its right
};
/// Throws std::system_error when the file cannot be read.
Seal check_seal(const std::filesystem::path& path);

}  // namespace carestair::output
