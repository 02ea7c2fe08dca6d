#include "output/shuffle.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace carestair::output {
namespace {

constexpr std::size_t cache_line = 64;

bool all_zero(const unsigned char* line) {
  std::array<std::uint64_t, cache_line / sizeof(std::uint64_t)> words;
  std::memcpy(words.data(), line, sizeof words);
  std::uint64_t any = 0;
  for (const std::uint64_t word : words) any |= word;
  return any == 0;
}

}  // namespace

template <class Number>
void transpose_and_shuffle(std::span<const Number> numbers, std::size_t months,
                           std::vector<unsigned char>& to) {
  constexpr std::size_t width = sizeof(Number);
  constexpr std::size_t block = cache_line / width;  // cells
  const std::size_t cells = numbers.size() / months;
  const std::size_t plane = numbers.size();
  to.assign(plane * width, 0);
  for (std::size_t first = 0; first < cells; first += block) {
    const std::size_t count = std::min(cells - first, block);
    for (std::size_t month = 0; month < months; ++month) {
      const auto* from = reinterpret_cast<const unsigned char*>(&numbers[month * cells + first]);
      if (count == block && all_zero(from)) continue;  // most are
      unsigned char* out = to.data() + first * months + month;
      for (std::size_t cell = 0; cell < count; ++cell, out += months) {
        for (std::size_t byte = 0; byte < width; ++byte) out[byte * plane] = *from++;
      }
    }
  }
}

void shuffle(std::span<const unsigned char> numbers, std::size_t width,
             std::vector<unsigned char>& to) {
  const std::size_t count = numbers.size() / width;
  to.resize(numbers.size());
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t byte = 0; byte < width; ++byte) {
      to[byte * count + i] = numbers[i * width + byte];
    }
  }
}

template void transpose_and_shuffle(std::span<const std::uint16_t>, std::size_t,
                                    std::vector<unsigned char>&);
template void transpose_and_shuffle(std::span<const std::uint32_t>, std::size_t,
                                    std::vector<unsigned char>&);
template void transpose_and_shuffle(std::span<const float>, std::size_t,
                                    std::vector<unsigned char>&);
template void transpose_and_shuffle(std::span<const double>, std::size_t,
                                    std::vector<unsigned char>&);

}  // namespace carestair::output
