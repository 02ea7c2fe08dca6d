#include "output/journal.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "output/run_text.hpp"

namespace carestair::output {
namespace {

constexpr std::array<char, 16> journal_name{'c', 'a', 'r', 'e', 's', 't', 'a', 'i',
                                            'r', ' ', 'w', 'o', 'r', 'l', 'd', 's'};

/// Before the text of the run.
struct Opening {
  std::array<char, 16> name = journal_name;
  std::uint32_t text_bytes = 0;
  std::uint32_t text_checksum = 0;
  std::int32_t shard = 1;
  std::int32_t shards = 1;
};
static_assert(sizeof(Opening) == 32);

/// Before each world; the sizes of its chunks and the chunks follow.
struct WorldOpening {
  std::uint32_t mark = 0x574f524c;
  std::int32_t scenario = 0;
  std::int32_t replication = 0;
  std::int32_t municipality = 0;
  std::uint32_t chunks = 0;
  std::uint32_t checksum = 0;  // of what follows
  std::uint64_t bytes = 0;
};
static_assert(sizeof(WorldOpening) == 32);

constexpr std::uint32_t most_chunks = 10'000;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 36;

std::uint32_t crc(const void* bytes, std::size_t size, std::uint32_t before = 0) {
  return static_cast<std::uint32_t>(
      crc32_z(before, static_cast<const unsigned char*>(bytes), size));
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void refuse(const std::filesystem::path& path, const char* doing) {
  const std::string reason = std::strerror(errno);
  throw FileError(path, std::string(doing) + ": " + reason, hint_for(reason));
}

/// The file is well, but not what is asked for.
base::UserError refusal(const std::filesystem::path& path, std::string message, std::string hint) {
  return base::UserError(base::Diagnostic{.position = base::SourcePosition::in_file(path.string()),
                                          .message = std::move(message),
                                          .hint = std::move(hint)});
}

OpenFile open_to_read(const std::filesystem::path& path) {
  OpenFile file(std::fopen(path.c_str(), "rb"));
  if (!file && errno == ENOENT) {
    throw FileError(path, "is not there", "name a file that `carestair run --shard` wrote");
  }
  if (!file) refuse(path, "cannot open the file");
  return file;
}

bool read_exactly(std::FILE* file, void* into, std::size_t size) {
  return size == 0 || std::fread(into, 1, size, file) == size;
}

void write_all(const std::filesystem::path& path, int file, const void* bytes, std::size_t size) {
  const auto* from = static_cast<const unsigned char*>(bytes);
  while (size > 0) {
    const ssize_t wrote = ::write(file, from, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) refuse(path, "cannot write finished worlds");
    from += wrote;
    size -= static_cast<std::size_t>(wrote);
  }
}

/// Whether a run was killed before it had written what stands before the first world: an empty
/// file, or the beginning of an opening and no more.
bool is_cut_off_in_opening(const std::filesystem::path& path) {
  const std::uint64_t size = std::filesystem::file_size(path);
  if (size == 0) return true;
  const OpenFile file = open_to_read(path);
  Opening opening;
  opening.name = {};
  const std::size_t read = std::fread(&opening, 1, sizeof opening, file.get());
  const std::size_t named = std::min(read, journal_name.size());
  if (std::memcmp(opening.name.data(), journal_name.data(), named) != 0) return false;
  return read < sizeof opening || size < sizeof opening + opening.text_bytes;
}

}  // namespace

Journal Journal::begin(const std::filesystem::path& path, const RunDescription& run,
                       const Shard& shard) {
  Journal journal(path, LockedFile(path));
  if (!is_cut_off_in_opening(path) && !JournalReader(path).empty()) {
    throw refusal(path, "holds the finished worlds of a run that was stopped",
                  "add --resume to go on with it, or remove the file to begin anew");
  }
  journal.open(run, shard);
  return journal;
}

void Journal::open(const RunDescription& run, const Shard& shard) {
  if (ftruncate(file_.descriptor(), 0) != 0) refuse(path_, "cannot write the file");
  const std::string text = to_text(run);
  Opening opening;
  opening.text_bytes = static_cast<std::uint32_t>(text.size());
  opening.text_checksum = crc(text.data(), text.size());
  opening.shard = shard.index;
  opening.shards = shard.count;
  write_all(path_, file_.descriptor(), &opening, sizeof opening);
  write_all(path_, file_.descriptor(), text.data(), text.size());
}

Journal Journal::resume(const std::filesystem::path& path, const RunDescription& run,
                        const Shard& shard) {
  Journal journal(path, LockedFile(path));
  if (is_cut_off_in_opening(path)) {
    journal.open(run, shard);
    return journal;
  }
  const JournalReader reader(path);
  const std::string difference = difference_of(reader.run_text(), to_text(run));
  if (!difference.empty() || reader.shard() != shard) {
    throw refusal(path,
                  "holds worlds of another run: " +
                      (difference.empty() ? "another part of it (--shard)" : difference),
                  "use what it was begun with, or remove it to begin anew");
  }
  const std::uint64_t whole = reader.each({});
  if (ftruncate(journal.file_.descriptor(), static_cast<off_t>(whole)) != 0 ||
      lseek(journal.file_.descriptor(), 0, SEEK_END) < 0) {
    refuse(path, "cannot go on with the file");
  }
  return journal;
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), file_(std::move(other.file_)) {}

void Journal::append(const record::WorldKey& key, const EncodedWorld& world) {
  const std::size_t sizes = world.sizes.size() * sizeof(std::uint32_t);
  WorldOpening opening;
  opening.scenario = key.scenario;
  opening.replication = key.replication;
  opening.municipality = key.municipality;
  opening.chunks = static_cast<std::uint32_t>(world.sizes.size());
  opening.bytes = world.bytes.size();
  opening.checksum = crc(world.bytes.data(), world.bytes.size(), crc(world.sizes.data(), sizes));
  const std::scoped_lock lock(mutex_);
  buffer_.resize(sizeof opening + sizes + world.bytes.size());
  std::memcpy(buffer_.data(), &opening, sizeof opening);
  std::memcpy(buffer_.data() + sizeof opening, world.sizes.data(), sizes);
  if (!world.bytes.empty()) {
    std::memcpy(buffer_.data() + sizeof opening + sizes, world.bytes.data(), world.bytes.size());
  }
  write_all(path_, file_.descriptor(), buffer_.data(), buffer_.size());
}

void Journal::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void Journal::rename(const std::filesystem::path& to) {
  std::error_code error;
  if (fsync(file_.descriptor()) != 0) refuse(path_, "cannot write finished worlds");
  std::filesystem::rename(path_, to, error);
  if (error) throw FileError(to, "cannot give the file its name: " + error.message());
  path_ = to;
}

JournalReader::JournalReader(std::filesystem::path path) : path_(std::move(path)) {
  const OpenFile file = open_to_read(path_);
  Opening opening;
  if (!read_exactly(file.get(), &opening, sizeof opening) || opening.name != journal_name) {
    throw FileError(path_, "holds no finished worlds of carestair",
                    "name a file that `carestair run --shard` wrote");
  }
  constexpr std::uint32_t most_text = 1U << 30;
  if (opening.text_bytes <= most_text) run_text_.resize(opening.text_bytes);
  if (run_text_.empty() || !read_exactly(file.get(), run_text_.data(), run_text_.size()) ||
      crc(run_text_.data(), run_text_.size()) != opening.text_checksum) {
    throw FileError(path_, "is damaged: it does not say which run it belongs to",
                    "remove it and run again");
  }
  shard_ = {opening.shard, opening.shards};
  begin_ = sizeof opening + run_text_.size();
}

std::uint64_t JournalReader::each(
    const std::function<void(const record::WorldKey&, EncodedWorld)>& take) const {
  const OpenFile file = open_to_read(path_);
  if (std::fseek(file.get(), static_cast<long>(begin_), SEEK_SET) != 0) {
    refuse(path_, "cannot read the file");
  }
  const std::uint64_t size = std::filesystem::file_size(path_);
  std::uint64_t whole = begin_;
  for (;;) {
    WorldOpening opening;
    if (!read_exactly(file.get(), &opening, sizeof opening)) return whole;
    if (opening.mark != WorldOpening{}.mark || opening.chunks > most_chunks) return whole;
    if (opening.bytes > most_bytes || opening.bytes > size) return whole;
    EncodedWorld world;
    world.sizes.resize(opening.chunks);
    world.bytes.resize(opening.bytes);
    const std::size_t sizes = world.sizes.size() * sizeof(std::uint32_t);
    if (!read_exactly(file.get(), world.sizes.data(), sizes) ||
        !read_exactly(file.get(), world.bytes.data(), world.bytes.size())) {
      return whole;
    }
    if (crc(world.bytes.data(), world.bytes.size(), crc(world.sizes.data(), sizes)) !=
        opening.checksum) {
      return whole;
    }
    whole += sizeof opening + sizes + world.bytes.size();
    if (take) {
      take({.scenario = opening.scenario,
            .replication = opening.replication,
            .municipality = opening.municipality},
           std::move(world));
    }
  }
}

std::vector<bool> JournalReader::whole_replications(const RunDescription& run) const {
  std::set<record::WorldKey> keys;
  each([&](const record::WorldKey& key, const EncodedWorld&) { keys.insert(key); });
  std::vector<std::size_t> worlds(static_cast<std::size_t>(run.replications), 0);
  for (const record::WorldKey& key : keys) {
    if (key.replication >= 0 && key.replication < run.replications) {
      ++worlds[static_cast<std::size_t>(key.replication)];
    }
  }
  std::vector<bool> whole;
  for (const std::size_t count : worlds) {
    whole.push_back(count == run.scenarios.size() * run.municipalities.size());
  }
  return whole;
}

}  // namespace carestair::output
