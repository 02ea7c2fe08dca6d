// Damaged files. The seal tells them from whole ones before HDF5 sees them, so accidents are always
// refused. HDF5 makes no promise for files that are damaged and yet sealed (made with ill intent,
// or changed by another program): there every file is opened in a child, ours must throw nothing
// but FileError, and crashes inside the library are counted, not hidden.
#include <random>

#include "catch.hpp"
#include "in_child.hpp"
#include "output/reader.hpp"
#include "output/seal.hpp"
#include "output/writer.hpp"
#include "sample.hpp"

using namespace carestair;

namespace {

constexpr int refused = 0, read_whole = 1;

int read_everything(const std::filesystem::path& path) {
  try {
    const output::Reader reader(path);
    for (const std::string& name : reader.indicators()) {
      static_cast<void>(reader.indicator(name));
    }
    for (const std::string& name : reader.person_tables()) {
      static_cast<void>(reader.person_table(name));
    }
    return read_whole;
  } catch (const output::FileError&) {
    return refused;
  }
}

std::string small_result(const std::filesystem::path& path) {
  const sample::Size size{
      .scenarios = 1, .replications = 1, .municipalities = 1, .months = 2, .services = 2};
  output::Writer writer(path, sample::run(size));
  writer.add(sample::world({0, 0, 0}, 2, 2));
  writer.finish();
  return sample::bytes_of(path);
}

void store(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string damaged(std::string bytes, std::mt19937& random) {
  const int changes = 1 << random() % 5;
  for (int c = 0; c < changes; ++c) {
    char& byte = bytes[random() % bytes.size()];
    byte = static_cast<char>(byte ^ (1 + random() % 255));
  }
  return bytes;
}

}  // namespace

TEST_CASE("a damaged result is always refused", "[output][fuzz]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  const std::string whole = small_result(path);
  CHECK(read_everything(path) == read_whole);
  std::mt19937 random(20300101);
  for (int i = 0; i < 2000; ++i) {
    store(path, damaged(whole, random));
    REQUIRE(read_everything(path) == refused);
  }
}

TEST_CASE("a result without its seal can still be read", "[output]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  const std::string whole = small_result(path);
  store(path, whole.substr(0, whole.size() - 32));
  CHECK(output::check_seal(path) == output::Seal::absent);
  CHECK(read_everything(path) == read_whole);
}

TEST_CASE("files damaged under an intact seal are refused, unless HDF5 itself falls",
          "[output][fuzz]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  std::string whole = small_result(path);
  whole.resize(whole.size() - 32);
  std::mt19937 random(20300101);
  int crashes = 0;
  constexpr int cases = 300;
  for (int i = 0; i < cases; ++i) {
    store(path, damaged(whole, random));
    output::seal(path);
    const auto end = in_child::run([&] { return read_everything(path); }, 20);
    INFO("case " << i << ": " << end.value);
    crashes += end.crashed ? 1 : 0;
    if (!end.crashed) CHECK((end.value == refused || end.value == read_whole));
  }
  if (crashes > 0) WARN("HDF5 crashed on " << crashes << " of " << cases << " files");
  CHECK(crashes <= cases / 20);
}
