#include "output/deflate.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>

#include <zlib.h>

#include "base/contract.hpp"

namespace carestair::output {
namespace {

/// zlib's state is a quarter of a megabyte: one a thread, set back between chunks.
class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, 1, Z_DEFLATED, MAX_WBITS, 6, Z_RLE) != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// The compressed bytes, valid until the next call.
  std::span<const unsigned char> operator()(std::span<const unsigned char> from) {
    deflateReset(&stream_);
    const std::size_t bound = deflateBound(&stream_, from.size());
    if (bound > room_) {
      buffer_ = std::make_unique_for_overwrite<unsigned char[]>(bound);
      room_ = bound;
    }
    stream_.next_in = const_cast<unsigned char*>(from.data());  // zlib does not write to it
    stream_.avail_in = static_cast<uInt>(from.size());
    stream_.next_out = buffer_.get();
    stream_.avail_out = static_cast<uInt>(room_);
    [[maybe_unused]] const int status = deflate(&stream_, Z_FINISH);
    CARE_ENSURES(status == Z_STREAM_END);
    return {buffer_.get(), room_ - stream_.avail_out};
  }

 private:
  z_stream stream_{};
  std::unique_ptr<unsigned char[]> buffer_;
  std::size_t room_ = 0;
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
  unsigned char* const out = to.data();
  for (std::size_t first = 0; first < cells; first += block) {
    const std::size_t last = std::min(cells, first + block);
    for (std::size_t month = 0; month < months; ++month) {
      const auto* row = reinterpret_cast<const unsigned char*>(numbers.data() + month * cells);
      for (std::size_t cell = first; cell < last; ++cell) {
        for (std::size_t byte = 0; byte < width; ++byte) {
          out[byte * plane + cell * months + month] = row[cell * width + byte];
        }
      }
    }
  }
}

template <class Number>
void shuffle(std::span<const Number> numbers, std::vector<unsigned char>& to) {
  transpose_and_shuffle(numbers, 1, to);
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
template void shuffle(std::span<const std::uint8_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::uint16_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::int32_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::uint32_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const std::int64_t>, std::vector<unsigned char>&);
template void shuffle(std::span<const double>, std::vector<unsigned char>&);

std::size_t append_deflated(std::span<const unsigned char> bytes, std::vector<unsigned char>& to) {
  thread_local Deflater deflater;
  const std::span<const unsigned char> deflated = deflater(bytes);
  to.insert(to.end(), deflated.begin(), deflated.end());
  return deflated.size();
}

}  // namespace carestair::output
