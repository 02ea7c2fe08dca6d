// The order in which numbers are written, against one worked out cell by cell.
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "catch.hpp"
#include "output/shuffle.hpp"

using namespace carestair;

TEST_CASE("months become planes of bytes along time", "[output]") {
  std::mt19937 random(7);
  for (const std::size_t cells : {1UL, 31UL, 32UL, 100UL}) {
    constexpr std::size_t months = 14;
    std::vector<std::uint16_t> numbers(months * cells);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (i % 100 < 40) numbers[i] = static_cast<std::uint16_t>(random());
    }
    std::vector<unsigned char> planes;
    output::transpose_and_shuffle(std::span<const std::uint16_t>(numbers), months, planes);
    std::vector<unsigned char> expected;
    for (const unsigned shift : {0U, 8U}) {
      for (std::size_t cell = 0; cell < cells; ++cell) {
        for (std::size_t month = 0; month < months; ++month) {
          expected.push_back(
              static_cast<unsigned char>(numbers[month * cells + cell] >> shift & 255U));
        }
      }
    }
    CHECK(planes == expected);
  }
}
