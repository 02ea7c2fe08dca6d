#include "output/deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

#include "base/contract.hpp"

namespace carestair::output {
namespace {

/// zlib's state is a quarter of a megabyte: one a thread, set back between chunks.
class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, 1, Z_DEFLATED, MAX_WBITS, 8, Z_RLE) != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::size_t run(std::span<const unsigned char> from, unsigned char* to, std::size_t room) {
    deflateReset(&stream_);
    stream_.next_in = const_cast<unsigned char*>(from.data());  // zlib does not write to it
    stream_.avail_in = static_cast<uInt>(from.size());
    stream_.next_out = to;
    stream_.avail_out = static_cast<uInt>(room);
    [[maybe_unused]] const int status = deflate(&stream_, Z_FINISH);
    CARE_ENSURES(status == Z_STREAM_END);
    return room - stream_.avail_out;
  }
  std::size_t bound(std::size_t size) { return deflateBound(&stream_, size); }

 private:
  z_stream stream_{};
};

}  // namespace

template <class Number>
void transpose_and_shuffle(std::span<const Number> numbers, std::size_t months,
                           std::vector<unsigned char>& to) {
  constexpr std::size_t width = sizeof(Number);
  constexpr std::size_t block = 64 / width;  // cells of one cache line
  const std::size_t cells = numbers.size() / months;
  const std::size_t plane = numbers.size();
  to.resize(plane * width);
  for (std::size_t first = 0; first < cells; first += block) {
    const std::size_t last = std::min(cells, first + block);
    for (std::size_t month = 0; month < months; ++month) {
      const auto* row = reinterpret_cast<const unsigned char*>(numbers.data() + month * cells);
      for (std::size_t cell = first; cell < last; ++cell) {
        for (std::size_t byte = 0; byte < width; ++byte) {
          to[byte * plane + cell * months + month] = row[cell * width + byte];
        }
      }
    }
  }
}

template <class Number>
void shuffle(std::span<const Number> numbers, std::vector<unsigned char>& to) {
  transpose_and_shuffle(numbers, 1, to);
}

template void transpose_and_shuffle(std::span<const std::uint16_t>, std::size_t,
                                    std::vector<unsigned char>&);
template void transpose_and_shuffle(std::span<const std::uint32_t>, std::size_t,
                                    std::vector<unsigned char>&);
template void transpose_and_shuffle(std::span<const float>, std::size_t,
                                    std::vector<unsigned char>&);
template void shuffle(std::span<const std::uint8_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::uint16_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::int32_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::uint32_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::int64_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const double>, std::vector<unsigned char>&);

std::size_t append_deflated(std::span<const unsigned char> bytes, std::vector<unsigned char>& to) {
  thread_local Deflater deflater;
  const std::size_t before = to.size();
  to.resize(before + deflater.bound(bytes.size()));
  const std::size_t size = deflater.run(bytes, to.data() + before, to.size() - before);
  to.resize(before + size);
  return size;
}

}  // namespace carestair::output
