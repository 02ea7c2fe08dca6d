// Orders numbers so that they compress well.
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

/// Splits numbers of `width` bytes, given as bytes, into planes, as HDF5's shuffle does.
void shuffle(std::span<const unsigned char> numbers, std::size_t width,
             std::vector<unsigned char>& to);

}  // namespace carestair::output
