// Files that cannot be written, and files that are not results: what the user is told.
#include <csignal>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"
#include "in_child.hpp"
#include "output/format.hpp"
#include "output/hdf5.hpp"
#include "output/reader.hpp"
#include "output/writer.hpp"
#include "sample.hpp"

using namespace carestair;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr sample::Size faulty{.scenarios = 1, .replications = 2, .municipalities = 1};

void add_all(output::Writer& writer) {
  for (int r = 0; r < faulty.replications; ++r) writer.add(sample::world({0, r, 0}, 14, 3));
}

void write(const std::filesystem::path& path) {
  output::Writer writer(path, sample::run(faulty));
  add_all(writer);
  writer.finish();
}

std::string refusal(const std::filesystem::path& path) {
  try {
    const output::Reader reader(path);
  } catch (const output::FileError& error) {
    CHECK(error.path() == path);
    return error.what();
  }
  return "accepted";
}

template <class Change>
void change(const std::filesystem::path& path, Change&& change) {
  const output::h5::Session session;
  const output::h5::FileHandle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
  change(file.id());
}

/// Writes until something gives way; 0 when it was told as it should be and nothing is left.
int writes_until_full(const std::filesystem::path& folder, const std::string& reason) {
  const std::filesystem::path path = folder / "a.h5";
  try {
    sample::Size large = faulty;
    large.replications = 400;
    output::Writer writer(path, sample::run(large));
    for (int r = 0; r < large.replications; ++r) writer.add(sample::world({0, r, 0}, 14, 3));
    writer.finish();
    return 1;  // nothing gave way
  } catch (const output::FileError& error) {
    const std::string text = error.what();
    if (text.find(reason) == std::string::npos)
      return std::fprintf(stderr, "%s\n", text.c_str()), 2;
    if (text.find("another disk") == std::string::npos) return 3;
    if (text.find("a.h5") == std::string::npos) return 4;
  }
  if (!std::filesystem::is_empty(folder)) return 5;
  // The library must still be usable, and must end in peace.
  const sample::Folder elsewhere;
  write(elsewhere / "b.h5");
  return output::Reader(elsewhere / "b.h5").header().complete ? 0 : 6;
}

}  // namespace

TEST_CASE("what is not a result is refused by name", "[output]") {
  const sample::Folder folder;
  CHECK_THAT(refusal(folder / "none.h5"), ContainsSubstring("No such file"));
  CHECK_THAT(refusal(folder.path()), ContainsSubstring("is a directory"));
  std::ofstream(folder / "empty.h5");
  CHECK_THAT(refusal(folder / "empty.h5"), ContainsSubstring("is empty"));
  std::ofstream(folder / "text.h5") << "scenario,replication\n";
  CHECK_THAT(refusal(folder / "text.h5"), ContainsSubstring("is not an HDF5 file"));
}

TEST_CASE("a file of another format or version is refused by name", "[output]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  {
    const output::h5::Session session;
    const auto file = output::h5::create_file(path.string());
  }
  CHECK_THAT(refusal(path), ContainsSubstring("not a result of carestair"));

  write(path);
  CHECK(refusal(path) == "accepted");
  change(path, [](hid_t file) {
    H5Adelete(file, "format_version");
    output::h5::set_numbers(file, "format_version", std::array<std::int64_t, 2>{2, 3});
  });
  CHECK_THAT(refusal(path),
             ContainsSubstring("has format version 2.3") &&
                 ContainsSubstring("reads version 1." + std::to_string(output::format_minor)) &&
                 ContainsSubstring("a later one"));
  change(path, [](hid_t file) {
    H5Adelete(file, "format_version");
    output::h5::set_numbers(file, "format_version", std::array<std::int64_t, 2>{1, 99});
  });
  CHECK(refusal(path) == "accepted");  // a newer minor version only adds
  change(path, [](hid_t file) {
    H5Adelete(file, "format");
    output::h5::set_text(file, "format", "statepoint");
  });
  CHECK_THAT(refusal(path), ContainsSubstring("has the format \"statepoint\""));
  change(path, [](hid_t file) { H5Adelete(file, "format"); });
  CHECK_THAT(refusal(path), ContainsSubstring("unfinished"));
}

TEST_CASE("a truncated result is refused wherever it ends", "[output]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  write(path);
  const std::string bytes = sample::bytes_of(path);
  const std::size_t whole = bytes.size() - 32;  // the seal is only a check
  for (std::size_t keep = 1; keep < whole; keep += whole / 23) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<long>(keep));
    const std::string text = refusal(path);
    INFO(keep << ": " << text);
    CHECK(text != "accepted");
    if (keep > 100) CHECK_THAT(text, ContainsSubstring("truncated"));
  }
}

TEST_CASE("a file that misses a part is refused", "[output]") {
  const sample::Folder folder;
  const auto path = folder / "a.h5";
  for (const char* part : {"scenario", "service_title", "configuration"}) {
    write(path);
    change(path, [part](hid_t file) { H5Ldelete(file, part, H5P_DEFAULT); });
    CHECK_THAT(refusal(path), ContainsSubstring("cannot be read"));
  }
}

TEST_CASE("a result cannot be written over a folder or into none", "[output]") {
  const sample::Folder folder;
  CHECK_THROWS_WITH(output::Writer(folder.path(), sample::run(faulty)),
                    ContainsSubstring("is a directory"));
  CHECK_THROWS_WITH(output::Writer(folder / "none/a.h5", sample::run(faulty)),
                    ContainsSubstring("No such file") && ContainsSubstring("make the folder"));
  CHECK(folder.files() == 0);
}

TEST_CASE("a result that another run is writing is left to it", "[output]") {
  const sample::Folder folder;
  const std::filesystem::path path = folder / "a.h5";
  const std::filesystem::path part = path.string() + ".part";
  write(folder / "alone.h5");
  {
    output::Writer first(path, sample::run(faulty));
    // Within a program and from another one.
    CHECK_THROWS_WITH(output::Writer(path, sample::run(faulty)),
                      ContainsSubstring("is being written by another run") &&
                          ContainsSubstring("another name with --output"));
    const auto second = in_child::run([&] {
      try {
        const output::Writer writer(path, sample::run(faulty));
        return 1;
      } catch (const output::FileError&) {
        return 0;
      }
    });
    CHECK(second.value == 0);
    add_all(first);
    first.finish();
  }
  CHECK_FALSE(std::filesystem::exists(part));
  CHECK((sample::bytes_of(path) == sample::bytes_of(folder / "alone.h5")));

  const int other = ::open(part.c_str(), O_RDWR | O_CREAT, 0666);
  REQUIRE(::write(other, "\x89HDF\r\n\x1a\n begun", 14) == 14);
  REQUIRE(flock(other, LOCK_EX | LOCK_NB) == 0);
  CHECK_THROWS_WITH(output::Writer(path, sample::run(faulty)),
                    ContainsSubstring("is being written by another run"));
  CHECK(std::filesystem::file_size(part) == 14);
  // With the program its lock goes, and what it had begun is begun anew.
  close(other);
  write(path);
  CHECK((sample::bytes_of(path) == sample::bytes_of(folder / "alone.h5")));
}

TEST_CASE("what lies where a result would grow and is none is left alone", "[output]") {
  const sample::Folder folder;
  const std::filesystem::path part = folder / "a.h5.part";
  for (const std::string& text : {std::string("my notes, and more of them"), std::string("note")}) {
    std::ofstream(part, std::ios::binary) << text;
    CHECK_THROWS_WITH(output::Writer(folder / "a.h5", sample::run(faulty)),
                      ContainsSubstring("a.h5.part") && ContainsSubstring("is in the way"));
    CHECK(sample::bytes_of(part) == text);
  }
  // Left by a run that was killed before HDF5 had written the beginning.
  std::ofstream(part, std::ios::binary) << std::string(5000, '\0');
  write(folder / "a.h5");
  CHECK(refusal(folder / "a.h5") == "accepted");
}

TEST_CASE("no permission is said to be that", "[output]") {
  const sample::Folder folder;
  write(folder / "a.h5");
  chmod(folder.path().c_str(), 0555);
  chmod((folder / "a.h5").c_str(), 0);
  const auto end = in_child::run([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return 0;  // root may do anything
    try {
      const output::Writer writer(folder / "b.h5", sample::run(faulty));
      return 1;
    } catch (const output::FileError& error) {
      if (std::strstr(error.what(), "Permission denied") == nullptr) return 2;
    }
    return refusal(folder / "a.h5").find("Permission denied") == std::string::npos ? 3 : 0;
  });
  chmod(folder.path().c_str(), 0755);
  CHECK_FALSE(end.crashed);
  CHECK(end.value == 0);
}

TEST_CASE("a file that may not grow further is a message, not a crash", "[output]") {
  const sample::Folder folder;
  for (const rlim_t limit : {0UL, 20'000UL, 150'000UL, 400'000UL}) {
    const auto end = in_child::run([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limits{limit, RLIM_INFINITY};
      setrlimit(RLIMIT_FSIZE, &limits);
      const std::string reason = "File too large";
      try {
        output::Writer writer(
            folder / "a.h5",
            sample::run({.scenarios = 1, .replications = 400, .municipalities = 1}));
        for (int r = 0; r < 400; ++r) writer.add(sample::world({0, r, 0}, 14, 3));
        writer.finish();
        return 1;
      } catch (const output::FileError& error) {
        if (std::strstr(error.what(), reason.c_str()) == nullptr) {
          std::fprintf(stderr, "%s\n", error.what());
          return 2;
        }
      }
      return std::filesystem::is_empty(folder.path()) ? 0 : 3;
    });
    INFO("limit " << limit);
    CHECK_FALSE(end.crashed);
    CHECK(end.value == 0);
  }
}

/// From the first refusal on there is room again.
extern "C" void make_room(int) {
  const rlimit endless{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &endless);
}

/// Writes with room for `bytes` until one write was refused; 0 when that was told, or nothing was
/// lost by it.
int writes_while_full_for_a_moment(const std::filesystem::path& path, rlim_t bytes,
                                   const std::string& expected) {
  std::signal(SIGXFSZ, make_room);
  const rlimit limits{bytes, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &limits);
  try {
    write(path);
  } catch (const output::FileError&) {
    return std::filesystem::exists(path) ? 1 : 0;
  }
  return sample::bytes_of(path) == expected ? 0 : 2;
}

TEST_CASE("a result is whole or not there when the disk was full for a moment", "[output]") {
  const sample::Folder folder;
  write(folder / "whole.h5");
  const std::string whole = sample::bytes_of(folder / "whole.h5");
  // A hundred places over the file, in no step with its blocks.
  const rlim_t step = whole.size() / 100 | 1U;
  for (rlim_t bytes = 0; bytes < whole.size(); bytes += step) {
    INFO("room for " << bytes << " of " << whole.size());
    const auto path = folder / "a.h5";
    const auto end =
        in_child::run([&] { return writes_while_full_for_a_moment(path, bytes, whole); });
    CHECK_FALSE(end.crashed);
    CHECK(end.value == 0);
    std::filesystem::remove(path);
  }
}

TEST_CASE("a dataset that cannot be closed is told", "[output]") {
  const sample::Folder folder;
  const auto end = in_child::run([&] {
    const output::h5::Session session;
    const auto file = output::h5::create_file((folder / "a.h5").string());
    // Held back until the dataset is closed.
    std::vector<std::int32_t> numbers(100, 7);
    auto dataset =
        output::h5::write_numbers(file.id(), "numbers", std::span<const std::int32_t>(numbers),
                                  {.shape = {100}, .chunk = {100}});
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limits{0, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limits);
    try {
      dataset.close();
      return 1;
    } catch (const output::h5::Error& error) {
      return std::strstr(error.what(), "File too large") != nullptr ? 0 : 2;
    }
  });
  CHECK_FALSE(end.crashed);
  CHECK(end.value == 0);
}

TEST_CASE("a dataset that nobody closes is told when the file is", "[output]") {
  const sample::Folder folder;
  const auto end = in_child::run([&] {
    const output::h5::Session session;
    const auto file = output::h5::create_file((folder / "a.h5").string());
    std::vector<std::int32_t> numbers(100, 7);
    {
      const auto dataset =
          output::h5::write_numbers(file.id(), "numbers", std::span<const std::int32_t>(numbers),
                                    {.shape = {100}, .chunk = {100}});
      output::h5::throw_if_lost();
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limits{0, RLIM_INFINITY};
      setrlimit(RLIMIT_FSIZE, &limits);
    }
    try {
      output::h5::throw_if_lost();
      return 1;
    } catch (const output::h5::Error&) {
      return 0;
    }
  });
  CHECK_FALSE(end.crashed);
  CHECK(end.value == 0);

  output::Writer writer(folder / "b.h5", sample::run(faulty));
  {
    const output::h5::Session session;
    output::h5::note_loss();
  }
  add_all(writer);
  CHECK_THROWS_WITH(writer.finish(), ContainsSubstring("cannot close what was written"));
  CHECK_FALSE(std::filesystem::exists(folder / "b.h5"));
  write(folder / "b.h5");  // the next one begins anew
  CHECK(refusal(folder / "b.h5") == "accepted");
}

TEST_CASE("a full disk is a message, and leaves nothing behind", "[output]") {
  const sample::Folder folder;
  const auto mounted = folder / "disk";
  std::filesystem::create_directory(mounted);
  for (const char* bytes : {"size=64k", "size=512k", "size=2m"}) {
    if (mount("none", mounted.c_str(), "tmpfs", 0, bytes) != 0) {
      WARN("not allowed to mount a small disk: " << std::strerror(errno));
      return;
    }
    const auto end = in_child::run([&] { return writes_until_full(mounted, "No space left"); });
    umount(mounted.c_str());
    INFO(bytes);
    CHECK_FALSE(end.crashed);
    CHECK(end.value == 0);
  }
}
