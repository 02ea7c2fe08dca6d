// Compresses one world's numbers as HDF5's own deflate filter would, but in the thread of the
// caller: the library compresses under its lock, one chunk at a time.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace carestair::output {

/// Appends the zlib stream of `bytes`; returns its length. Run-length matches only (Z_RLE): on
/// shuffled counts both faster and smaller than level 1, and read by every inflate.
std::size_t append_deflated(std::span<const unsigned char> bytes, std::vector<unsigned char>& to);

}  // namespace carestair::output
