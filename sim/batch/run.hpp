// A study lived into its file: the whole run, or one part of it. Finished worlds lie in a journal
// beside the file until it is whole, so that a run that was stopped can go on.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "experiment/run.hpp"
#include "output/journal.hpp"
#include "output/run_description.hpp"

namespace carestair::batch {

struct Settings {
  int threads = 0;  // 0: all cores
  bool resume = false;
  const std::atomic<bool>* stop = nullptr;  // set: no further replication is started
  std::function<void(int finished, int of)> progress;
};

/// How a run ended.
struct Outcome {
  experiment::RunSummary summary;  // of what was lived now, not of what was resumed from
  bool stopped = false;
  int kept = 0;                   // replications in the result file; of a part: none
  std::filesystem::path journal;  // of a run that was stopped: where finished worlds are, if any
};

/// Where the finished worlds of a run lie while its file grows.
std::filesystem::path journal_of(const std::filesystem::path& result);

/// Lives all replications into the result file `path`. Of a run that was stopped, the first
/// replications are kept, marked as not complete. Throws output::FileError when the disk refuses,
/// UserError when something else lies where the file or its journal should.
Outcome run_whole(const experiment::Study& study, const output::RunDescription& run,
                  const std::filesystem::path& path, const Settings& settings);

/// Lives the replications of one part into `path`, for merge(). Throws as run_whole().
Outcome run_part(const experiment::Study& study, const output::RunDescription& run,
                 const output::Shard& shard, const std::filesystem::path& path,
                 const Settings& settings);

/// Whether `path` holds the whole of this part already.
bool is_finished(const std::filesystem::path& path, const output::RunDescription& run,
                 const output::Shard& shard);

}  // namespace carestair::batch
