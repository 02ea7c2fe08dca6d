#include "output/deflate.hpp"

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

std::size_t append_deflated(std::span<const unsigned char> bytes, std::vector<unsigned char>& to) {
  thread_local Deflater deflater;
  const std::span<const unsigned char> deflated = deflater(bytes);
  to.insert(to.end(), deflated.begin(), deflated.end());
  return deflated.size();
}

}  // namespace carestair::output
