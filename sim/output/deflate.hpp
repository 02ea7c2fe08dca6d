// Compresses one world's numbers as HDF5's own shuffle and deflate filters would, but in the thread
// of the caller: the library compresses under its lock, one chunk at a time.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace carestair::output {

/// Turns [month][cell] into [cell][month] and splits the bytes of the numbers into planes, in one
/// pass. Along time a stock hardly changes, so both make long runs of equal bytes.
template <class Number>
void transpose_and_shuffle(std::span<const Number> numbers, std::size_t months,
                           std::vector<unsigned char>& to);

/// Splits the bytes of numbers into planes, as HDF5's shuffle does.
template <class Number>
void shuffle(std::span<const Number> numbers, std::vector<unsigned char>& to);

/// The same of numbers of `width` bytes that are given as bytes.
void shuffle(std::span<const unsigned char> numbers, std::size_t width,
             std::vector<unsigned char>& to);

/// Appends the zlib stream of `bytes`; returns its length. Run-length matches only (Z_RLE): on
/// shuffled counts both faster and smaller than level 1, and read by every inflate.
std::size_t append_deflated(std::span<const unsigned char> bytes, std::vector<unsigned char>& to);

}  // namespace carestair::output
