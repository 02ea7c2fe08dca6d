#include "output/writer.hpp"

#include <array>
#include <cerrno>
#include <exception>
#include <fstream>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/contract.hpp"
#include "output/locked_file.hpp"
#include "output/result_file.hpp"
#include "output/seal.hpp"
#include "output/waiting_room.hpp"

namespace carestair::output {
namespace {

/// What goes by the name of the growing file is a part that a killed run has left, or nobody's to
/// overwrite. HDF5 writes the beginning of a file late: nothing may stand there yet.
void refuse_to_overwrite_other(const std::filesystem::path& part) {
  constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> start{};
  std::ifstream(part, std::ios::binary).read(start.data(), start.size());
  if (start == signature || start == std::array<char, 8>{}) return;
  throw FileError(part, "is in the way of the result, and is no result that was begun",
                  "give the result another name, or remove this file first");
}

/// The data must be on the disk before the name is.
void sync(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const bool done = file >= 0 && fsync(file) == 0;
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (!done) throw std::system_error(reason, std::generic_category(), "cannot write the file");
}

void check(const RunDescription& run) {
  if (run.month_ends.empty()) {
    throw base::UserError("the run has no complete month to report",
                          "let simulation.end be at least a month after simulation.start");
  }
  if (run.services.empty()) throw base::UserError("the configuration has no services");
  CARE_EXPECTS(run.replications > 0 && !run.scenarios.empty() && !run.municipalities.empty());
}

}  // namespace

std::filesystem::path part_path(const std::filesystem::path& path) {
  std::filesystem::path part = path;
  part += ".part";
  return part;
}

class Writer::File {
 public:
  File(std::filesystem::path path, RunDescription run, WriterOptions options)
      : path_(std::move(path)),
        part_(part_path(path_)),
        run_(std::move(run)),
        waiting_(path_.has_parent_path() ? path_.parent_path() : ".", options.waiting_bytes) {
    check(run_);
    if (std::filesystem::is_directory(path_)) {
      throw FileError(path_, "is a directory", "name a file in it");
    }
    guarded([this] {
      lock_.emplace(part_, path_);  // before a byte of it is changed
      refuse_to_overwrite_other(part_);
      result_.emplace(part_.string(), run_);
    });
  }

  void add(record::FinishedWorld world) {
    CARE_EXPECTS(world.result.months() == run_.month_ends.size());
    CARE_EXPECTS(world.result.sizes() == run_.sizes());
    if (!run_.event_log) world.events.clear();
    if (!run_.person_rows) world.persons.clear();
    add(world.key, encode(world));
  }

  void add(const record::WorldKey& key, EncodedWorld encoded) {
    const std::size_t turn = turn_of(key);
    const std::scoped_lock lock(mutex_);
    guarded([&] {
      if (turn < next_ || waiting_.has(turn)) throw std::logic_error("a world came twice");
      if (turn == next_) {
        write(encoded);
      } else {
        waiting_.put(turn, std::move(encoded));
      }
      while (waiting_.has(next_)) write(waiting_.take(next_));
    });
  }

  int finish(bool early) {
    const std::scoped_lock lock(mutex_);
    const auto replications = static_cast<int>(next_ / worlds_per_replication());
    if (!early && replications != run_.replications) {
      throw std::logic_error("finish(): worlds are missing");
    }
    if (replications == 0) {
      result_.reset();
      lock_.reset();
      return 0;
    }
    guarded([&] {
      result_->close(replications);
      seal(part_);
      sync(part_);
      std::filesystem::rename(part_, path_);
      result_->keep();
      result_.reset();
      lock_.reset();
    });
    return replications;
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  [[nodiscard]] std::size_t worlds_per_replication() const {
    return run_.scenarios.size() * run_.municipalities.size();
  }

  [[nodiscard]] std::size_t turn_of(const record::WorldKey& key) const {
    const auto within = [](int index, std::size_t size) {
      return index >= 0 && static_cast<std::size_t>(index) < size;
    };
    if (!within(key.scenario, run_.scenarios.size()) ||
        !within(key.replication, static_cast<std::size_t>(run_.replications)) ||
        !within(key.municipality, run_.municipalities.size())) {
      throw std::logic_error("a world outside the plan of the run");
    }
    const auto index = [](int i) { return static_cast<std::size_t>(i); };
    return (index(key.replication) * run_.municipalities.size() + index(key.municipality)) *
               run_.scenarios.size() +
           index(key.scenario);
  }

  [[nodiscard]] record::WorldKey key_of(std::size_t turn) const {
    const std::size_t scenarios = run_.scenarios.size();
    const std::size_t municipalities = run_.municipalities.size();
    return {.scenario = static_cast<int>(turn % scenarios),
            .replication = static_cast<int>(turn / scenarios / municipalities),
            .municipality = static_cast<int>(turn / scenarios % municipalities)};
  }

  /// Runs `work`; a failure leaves no `.part` behind and is thrown again at every later call.
  template <class Work>
  void guarded(Work&& work) {
    if (failure_) std::rethrow_exception(failure_);
    try {
      try {
        std::forward<Work>(work)();
      } catch (const h5::Error& error) {
        throw FileError(path_, error.what(), hint_for(error.what()));
      } catch (const std::system_error& error) {
        throw FileError(path_, error.what(), hint_for(error.what()));
      }
    } catch (...) {
      failure_ = std::current_exception();
      result_.reset();  // removes the file
      throw;
    }
  }

  void write(const EncodedWorld& world) {
    result_->write(key_of(next_), world);
    if (++next_ % worlds_per_replication() == 0) result_->mark_replication();
  }

  std::filesystem::path path_;
  std::filesystem::path part_;
  RunDescription run_;
  WaitingRoom waiting_;
  std::mutex mutex_;
  std::optional<LockedFile> lock_;  // of the growing file; outlives what writes it
  std::optional<ResultFile> result_;
  std::size_t next_ = 0;  // turn of the world to be written next
  std::exception_ptr failure_;
};

Writer::Writer(std::filesystem::path path, RunDescription description, WriterOptions options)
    : file_(std::make_unique<File>(std::move(path), std::move(description), options)) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

void Writer::add(record::FinishedWorld world) { file_->add(std::move(world)); }
void Writer::add(const record::WorldKey& key, EncodedWorld world) {
  file_->add(key, std::move(world));
}
void Writer::finish() { file_->finish(false); }
int Writer::finish_early() { return file_->finish(true); }
const std::filesystem::path& Writer::path() const { return file_->path(); }

}  // namespace carestair::output
