#include "output/seal.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include <zlib.h>

namespace carestair::output {
namespace {

struct Trailer {
  std::array<char, 16> name{'c', 'a', 'r', 'e', 's', 't', 'a', 'i',
                            'r', ' ', 's', 'e', 'a', 'l', ' ', '1'};
  std::uint64_t bytes = 0;
  std::uint32_t checksum = 0;
  std::uint32_t unused = 0;
};
static_assert(sizeof(Trailer) == 32);

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void throw_errno(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

File open(const std::filesystem::path& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode));
  if (!file) throw_errno("cannot open the file");
  return file;
}

std::uint32_t checksum(std::FILE* file, std::uint64_t bytes) {
  std::vector<unsigned char> buffer(std::size_t{1} << 20);
  uLong sum = crc32(0, nullptr, 0);
  while (bytes > 0) {
    const std::size_t wanted =
        bytes < buffer.size() ? static_cast<std::size_t>(bytes) : buffer.size();
    if (std::fread(buffer.data(), 1, wanted, file) != wanted) throw_errno("cannot read the file");
    sum = crc32(sum, buffer.data(), static_cast<uInt>(wanted));
    bytes -= wanted;
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace

void seal(const std::filesystem::path& path) {
  Trailer trailer;
  trailer.bytes = std::filesystem::file_size(path);
  trailer.checksum = checksum(open(path, "rb").get(), trailer.bytes);
  const File file = open(path, "ab");
  if (std::fwrite(&trailer, sizeof trailer, 1, file.get()) != 1 || std::fflush(file.get()) != 0) {
    throw_errno("cannot write the file");
  }
}

Seal check_seal(const std::filesystem::path& path) {
  const std::uint64_t size = std::filesystem::file_size(path);
  if (size < sizeof(Trailer)) return Seal::absent;
  const File file = open(path, "rb");
  Trailer trailer;
  const Trailer expected;
  if (std::fseek(file.get(), -static_cast<long>(sizeof trailer), SEEK_END) != 0 ||
      std::fread(&trailer, sizeof trailer, 1, file.get()) != 1) {
    throw_errno("cannot read the file");
  }
  // One damaged byte of the seal's name must not pass for a file without a seal.
  std::size_t equal = 0;
  for (std::size_t i = 0; i < trailer.name.size(); ++i) {
    equal += trailer.name[i] == expected.name[i] ? 1U : 0U;
  }
  if (equal < trailer.name.size() / 2) return Seal::absent;
  if (trailer.name != expected.name || trailer.unused != 0 ||
      trailer.bytes != size - sizeof trailer) {
    return Seal::broken;
  }
  std::rewind(file.get());
  return checksum(file.get(), trailer.bytes) == trailer.checksum ? Seal::intact : Seal::broken;
}

}  // namespace carestair::output
