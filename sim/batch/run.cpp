#include "batch/run.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "batch/overwrite.hpp"
#include "output/run_text.hpp"
#include "output/writer.hpp"

namespace carestair::batch {
namespace {

namespace fs = std::filesystem;
using experiment::Study;
using output::RunDescription;
using output::Shard;

/// Worlds in whole replications, each once: a replication cut off in the middle is lived again.
void take_over(const output::JournalReader& journal, const std::vector<bool>& whole,
               output::Writer& writer) {
  std::set<record::WorldKey> seen;
  journal.each([&](const record::WorldKey& key, output::EncodedWorld world) {
    const bool wanted = whole[static_cast<std::size_t>(key.replication)];
    if (wanted && seen.insert(key).second) writer.add(key, std::move(world));
  });
}

/// The journal of a run, begun or gone on with, and the replications in it.
struct Begun {
  output::Journal journal;
  std::vector<bool> whole;

  [[nodiscard]] bool empty() const {
    return std::find(whole.begin(), whole.end(), true) == whole.end();
  }
};

Begun begin_journal(const fs::path& path, const RunDescription& run, const Shard& shard,
                    bool resume) {
  if (resume && fs::exists(path)) {
    output::Journal journal = output::Journal::resume(path, run, shard);
    return {std::move(journal), output::JournalReader(path).whole_replications(run)};
  }
  return {output::Journal::begin(path, run, shard),
          std::vector<bool>(static_cast<std::size_t>(run.replications), false)};
}

experiment::RunOptions options_of(const Settings& settings, const RunDescription& run,
                                  const std::vector<bool>& whole, const Shard& shard) {
  experiment::RunOptions options;
  options.threads = settings.threads;
  options.log_events = run.event_log;
  options.log_persons = run.person_rows;
  options.stop = settings.stop;
  options.progress = settings.progress;
  const auto planned = static_cast<int>(whole.size());
  options.wanted = [&whole, first = shard.first(planned), end = shard.end(planned)](int r) {
    return r >= first && r < end && !whole[static_cast<std::size_t>(r)];
  };
  return options;
}

/// Lives what the journal lacks; `take` gets each world once the journal has it.
template <class Take>
Outcome live(const Study& study, const RunDescription& run, const Settings& settings,
             const Shard& shard, Begun& begun, const fs::path& journal, Take&& take) {
  const auto options = options_of(settings, run, begun.whole, shard);
  Outcome outcome;
  outcome.summary = experiment::run_study(study, options, [&](record::FinishedWorld world) {
    if (!run.event_log) world.events.clear();
    output::EncodedWorld encoded = output::encode(world);
    begun.journal.append(world.key, encoded);
    take(world.key, std::move(encoded));
  });
  outcome.stopped =
      outcome.summary.replications_finished < experiment::wanted_replications(study, options);
  if (outcome.stopped) {
    if (begun.empty() && outcome.summary.replications_finished == 0) begun.journal.remove();
    if (fs::exists(journal)) outcome.journal = journal;
  }
  return outcome;
}

/// The configuration with all it includes.
std::vector<fs::path> files_of(const Study& study) {
  return {study.loaded.files.begin(), study.loaded.files.end()};
}

}  // namespace

fs::path journal_of(const fs::path& result) {
  fs::path journal = result;
  journal += ".worlds";
  return journal;
}

Outcome run_whole(const Study& study, const RunDescription& run, const fs::path& path,
                  const Settings& settings) {
  refuse_to_overwrite_inputs(path, files_of(study));
  refuse_to_overwrite(path);
  const fs::path journal = journal_of(path);
  output::Writer writer(path, run);
  Begun begun = begin_journal(journal, run, {}, settings.resume);
  if (!begun.empty()) take_over(output::JournalReader(journal), begun.whole, writer);
  Outcome outcome = live(study, run, settings, {}, begun, journal,
                         [&writer](const record::WorldKey& key, output::EncodedWorld world) {
                           writer.add(key, std::move(world));
                         });
  if (outcome.stopped) {
    outcome.kept = writer.finish_early();
    return outcome;
  }
  writer.finish();
  begun.journal.remove();
  outcome.kept = run.replications;
  return outcome;
}

Outcome run_part(const Study& study, const RunDescription& run, const Shard& shard,
                 const fs::path& path, const Settings& settings) {
  refuse_to_overwrite_inputs(path, files_of(study));
  if (shard.count > run.replications) {
    throw base::UserError(fmt::format("{} cannot be shared among {} parts",
                                      base::counted(run.replications, "replication"), shard.count),
                          "take fewer parts");
  }
  if (fs::exists(path)) {
    throw base::UserError(path.string() + " exists already",
                          "choose another name, or remove the file first");
  }
  const fs::path growing = output::part_path(path);
  Begun begun = begin_journal(growing, run, shard, settings.resume);
  Outcome outcome = live(study, run, settings, shard, begun, growing,
                         [](const record::WorldKey&, const output::EncodedWorld&) {});
  if (!outcome.stopped) begun.journal.rename(path);
  return outcome;
}

bool is_finished(const fs::path& path, const RunDescription& run, const Shard& shard) {
  const output::JournalReader reader(path);
  const std::vector<bool> whole = reader.whole_replications(run);
  bool all = reader.shard() == shard &&
             output::difference_of(reader.run_text(), output::to_text(run)).empty();
  for (int r = shard.first(run.replications); r < shard.end(run.replications); ++r) {
    all = all && whole[static_cast<std::size_t>(r)];
  }
  return all;
}

}  // namespace carestair::batch
