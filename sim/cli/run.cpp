// `carestair run`: lives every scenario and writes the result file, or one part of the run.
#include "batch/run.hpp"

#include <system_error>

#include <fmt/format.h>

#include "batch/describe.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/text.hpp"
#include "config/scalar.hpp"
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

batch::Settings settings_of(const RunArguments& arguments, Progress& progress) {
  return {.threads = arguments.threads,
          .resume = arguments.resume,
          .stop = &InterruptGuard::requested(),
          .progress = [&progress](int finished, int of) { progress(finished, of); }};
}

/// Where the finished worlds are, if there are any.
ExitCode tell_of_journal(const fs::path& journal) {
  if (!journal.empty()) {
    tell(fmt::format("All finished worlds are in {}: --resume goes on from there.\n",
                     journal.string()));
  }
  return ExitCode::stopped;
}

ExitCode stopped(const batch::Outcome& outcome, int planned, const fs::path& path) {
  if (outcome.kept > 0) {
    tell(fmt::format("Stopped: {} of {} are in {}, marked as not complete.\n", outcome.kept,
                     counted(planned, "replication"), path.string()));
  } else {
    tell(fmt::format("Stopped before {} was finished: there is no file.\n",
                     outcome.journal.empty() ? "any replication" : "the first replication"));
  }
  return tell_of_journal(outcome.journal);
}

ExitCode run_whole(const RunArguments& arguments, const Study& study, const RunDescription& run) {
  const fs::path path = output_of(arguments, ".h5");
  const InterruptGuard interrupt(output::part_path(path));  // before there is a file to leave
  Progress progress(stderr);
  const batch::Outcome outcome =
      batch::run_whole(study, run, path, settings_of(arguments, progress));
  progress.end();
  if (outcome.stopped) return stopped(outcome, study.replications(), path);
  print_done(summary_line(outcome.summary, study.scenarios.size(), progress.seconds(), path));
  return ExitCode::ok;
}

Shard shard_of(const std::string& text) {
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
  return {index, count};
}

ExitCode run_part(const RunArguments& arguments, const Study& study, const RunDescription& run) {
  const Shard shard = shard_of(arguments.shard);
  const fs::path path =
      output_of(arguments, fmt::format(".{}-of-{}.worlds", shard.index, shard.count));
  if (arguments.resume && fs::exists(path) && batch::is_finished(path, run, shard)) {
    print(fmt::format("{} is finished already.\n", path.string()));
    return ExitCode::ok;
  }
  const InterruptGuard interrupt({});
  Progress progress(stderr);
  const batch::Outcome outcome =
      batch::run_part(study, run, shard, path, settings_of(arguments, progress));
  progress.end();
  if (outcome.stopped) {
    tell("Stopped: this part is not finished.\n");
    return tell_of_journal(outcome.journal);
  }
  print_done(summary_line(outcome.summary, study.scenarios.size(), progress.seconds(), path));
  return ExitCode::ok;
}

}  // namespace

ExitCode run(const RunArguments& arguments) {
  const Study study = experiment::plan_study(arguments.file, arguments.overrides);
  const batch::RowTables rows{.events = arguments.log_events, .persons = arguments.log_persons};
  const RunDescription description = batch::describe(
      study, batch::command_of(arguments.file.string(), arguments.overrides, rows), rows);
  try {
    return arguments.shard.empty() ? run_whole(arguments, study, description)
                                   : run_part(arguments, study, description);
  } catch (const output::FileError& error) {
    throw DiskError(error.diagnostics());
  }
}

}  // namespace carestair::cli
