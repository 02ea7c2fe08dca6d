// `carestair run`: lives every scenario and writes the result file, or one part of the run.
#include "experiment/run.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/describe.hpp"
#include "cli/interrupt.hpp"
#include "cli/overwrite.hpp"
#include "cli/progress.hpp"
#include "cli/text.hpp"
#include "config/scalar.hpp"
#include "output/journal.hpp"
#include "output/run_text.hpp"
#include "output/writer.hpp"

namespace carestair::cli {
namespace {

namespace fs = std::filesystem;
using experiment::Study;
using output::RunDescription;
using output::Shard;

/// The result file; its folder is made when it is the default one.
fs::path output_of(const RunArguments& arguments, const std::string& ending) {
  if (!arguments.output.empty()) return arguments.output;
  const fs::path folder = "outputs";
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw DiskError("cannot make the folder outputs: " + error.message());
  return folder / arguments.file.stem().concat(ending);
}

std::string command_of(const RunArguments& arguments) {
  std::string command = "carestair run " + arguments.file.string();
  if (arguments.overrides.replications > 0) {
    command += fmt::format(" --replications {}", arguments.overrides.replications);
  }
  if (arguments.overrides.seed >= 0) command += fmt::format(" --seed {}", arguments.overrides.seed);
  if (arguments.log_events) command += " --events";
  if (arguments.log_persons) command += " --persons";
  return command;
}

std::string summary_line(const experiment::RunSummary& summary, std::size_t scenarios,
                         double seconds, const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return fmt::format(
      "{}, {:.3g} million person-years, {:.3g} million events in {:.1f} s; {}, {}\n",
      counted(summary.replications_finished * static_cast<std::int64_t>(scenarios), "world"),
      summary.person_years / 1e6, static_cast<double>(summary.events) / 1e6, seconds, path.string(),
      error ? "size unknown" : file_size(size));
}

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

experiment::RunOptions options_of(const RunArguments& arguments, const std::vector<bool>& whole,
                                  const Shard& shard, Progress& progress) {
  experiment::RunOptions options;
  options.threads = arguments.threads;
  options.log_events = arguments.log_events;
  options.log_persons = arguments.log_persons;
  options.stop = &InterruptGuard::requested();
  options.progress = [&progress](int finished, int of) { progress(finished, of); };
  const auto planned = static_cast<int>(whole.size());
  options.wanted = [&whole, first = shard.first(planned), end = shard.end(planned)](int r) {
    return r >= first && r < end && !whole[static_cast<std::size_t>(r)];
  };
  return options;
}

/// Where the finished worlds are, if there are any.
ExitCode tell_of_journal(const fs::path& journal) {
  if (fs::exists(journal)) {
    fmt::print(stderr, "All finished worlds are in {}: --resume goes on from there.\n",
               journal.string());
  }
  return ExitCode::stopped;
}

ExitCode stopped(int kept, int planned, const fs::path& path, const fs::path& journal) {
  if (kept > 0) {
    fmt::print(stderr, "Stopped: {} of {} are in {}, marked as not complete.\n", kept,
               counted(planned, "replication"), path.string());
  } else {
    fmt::print(stderr, "Stopped before {} was finished: there is no file.\n",
               fs::exists(journal) ? "the first replication" : "any replication");
  }
  return tell_of_journal(journal);
}

ExitCode run_whole(const RunArguments& arguments, const Study& study) {
  const fs::path path = output_of(arguments, ".h5");
  refuse_to_overwrite(path);
  fs::path journal_path = path;
  journal_path += ".worlds";
  const InterruptGuard interrupt(output::part_path(path));  // before there is a file to leave
  const RunDescription run =
      cli::describe(study, command_of(arguments), {arguments.log_events, arguments.log_persons});
  output::Writer writer(path, run);
  Begun begun = begin_journal(journal_path, run, {}, arguments.resume);
  if (!begun.empty()) take_over(output::JournalReader(journal_path), begun.whole, writer);

  Progress progress(stderr);
  const auto options = options_of(arguments, begun.whole, {}, progress);
  const experiment::RunSummary summary =
      experiment::run_study(study, options, [&](record::FinishedWorld world) {
        if (!run.event_log) world.events.clear();
        output::EncodedWorld encoded = output::encode(world);
        begun.journal.append(world.key, encoded);
        writer.add(world.key, std::move(encoded));
      });
  progress.end();
  if (summary.replications_finished < experiment::wanted_replications(study, options)) {
    if (begun.empty() && summary.replications_finished == 0) begun.journal.remove();
    return stopped(writer.finish_early(), study.replications(), path, journal_path);
  }
  writer.finish();
  begun.journal.remove();
  print(summary_line(summary, study.scenarios.size(), progress.seconds(), path));
  return ExitCode::ok;
}

Shard shard_of(const std::string& text, int replications) {
  const std::size_t slash = text.find('/');
  const auto number = [](const std::string& part) {
    const auto read = config::parse_number(part);
    return read && *read >= 1 && *read <= 1e6 && *read == static_cast<int>(*read)
               ? static_cast<int>(*read)
               : 0;
  };
  const int index = number(text.substr(0, slash));
  const int count = slash == std::string::npos ? 0 : number(text.substr(slash + 1));
  if (index == 0 || count == 0 || index > count) {
    throw base::UserError(fmt::format("--shard cannot be `{}`", text),
                          "write which part of how many: --shard 2/4");
  }
  if (count > replications) {
    throw base::UserError(fmt::format("{} cannot be shared among {} parts",
                                      counted(replications, "replication"), count),
                          "take fewer parts");
  }
  return {index, count};
}

/// A part that is there already is left alone when the run is the same.
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

ExitCode run_shard(const RunArguments& arguments, const Study& study) {
  const Shard shard = shard_of(arguments.shard, study.replications());
  const fs::path path =
      output_of(arguments, fmt::format(".{}-of-{}.worlds", shard.index, shard.count));
  const RunDescription run =
      cli::describe(study, command_of(arguments), {arguments.log_events, arguments.log_persons});
  if (fs::exists(path)) {
    if (arguments.resume && is_finished(path, run, shard)) {
      print(fmt::format("{} is finished already.\n", path.string()));
      return ExitCode::ok;
    }
    throw base::UserError(path.string() + " exists already",
                          "choose another name with -o, or remove the file first");
  }
  const InterruptGuard interrupt({});
  const fs::path growing = output::part_path(path);
  Begun begun = begin_journal(growing, run, shard, arguments.resume);
  Progress progress(stderr);
  const auto options = options_of(arguments, begun.whole, shard, progress);
  const experiment::RunSummary summary =
      experiment::run_study(study, options, [&](record::FinishedWorld world) {
        if (!run.event_log) world.events.clear();
        begun.journal.append(world.key, output::encode(world));
      });
  progress.end();
  if (summary.replications_finished < experiment::wanted_replications(study, options)) {
    if (begun.empty() && summary.replications_finished == 0) begun.journal.remove();
    fmt::print(stderr, "Stopped: this part is not finished.\n");
    return tell_of_journal(growing);
  }
  begun.journal.rename(path);
  print(summary_line(summary, study.scenarios.size(), progress.seconds(), path));
  return ExitCode::ok;
}

}  // namespace

ExitCode run(const RunArguments& arguments) {
  const Study study = experiment::plan_study(arguments.file, arguments.overrides);
  try {
    return arguments.shard.empty() ? run_whole(arguments, study) : run_shard(arguments, study);
  } catch (const output::FileError& error) {
    throw DiskError(error.diagnostics());
  }
}

}  // namespace carestair::cli
