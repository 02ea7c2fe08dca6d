// `carestair run`: lives every scenario and writes the result file.
#include "experiment/run.hpp"

#include <system_error>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/describe.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/text.hpp"
#include "output/reader.hpp"
#include "output/writer.hpp"

namespace carestair::cli {
namespace {

namespace fs = std::filesystem;

/// The result file; its folder is made when it is the default one.
fs::path output_of(const RunArguments& arguments) {
  if (!arguments.output.empty()) return arguments.output;
  const fs::path folder = "outputs";
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw DiskError("cannot make the folder outputs: " + error.message());
  return folder / arguments.file.stem().concat(".h5");
}

/// A result may be replaced by another result; nothing else may.
void refuse_to_overwrite(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return;
  if (fs::is_directory(status)) {
    throw base::UserError(fmt::format("{} is a folder", path.string()),
                          "name a file in it, for example " + (path / "result.h5").string());
  }
  if (fs::is_regular_file(status)) {
    try {
      const output::Reader reader(path);
      return;
    } catch (const output::FileError&) {
      // Told below.
    }
  }
  throw base::UserError(
      fmt::format("{} exists and is not a result of carestair that can be read", path.string()),
      "choose another name with -o, or remove the file first");
}

std::string command_of(const RunArguments& arguments) {
  std::string command = "carestair run " + arguments.file.string();
  if (arguments.overrides.replications > 0) {
    command += fmt::format(" --replications {}", arguments.overrides.replications);
  }
  if (arguments.overrides.seed >= 0) command += fmt::format(" --seed {}", arguments.overrides.seed);
  if (arguments.log_events) command += " --events";
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

ExitCode stopped(int kept, int planned, const fs::path& path) {
  if (kept == 0) {
    fmt::print(stderr, "Stopped before any replication was finished: there is no file.\n");
  } else {
    fmt::print(stderr, "Stopped: {} of {} are in {}, marked as not complete.\n", kept,
               counted(planned, "replication"), path.string());
  }
  return ExitCode::stopped;
}

}  // namespace

ExitCode run(const RunArguments& arguments) {
  const experiment::Study study = experiment::plan_study(arguments.file, arguments.overrides);
  const fs::path path = output_of(arguments);
  refuse_to_overwrite(path);
  const int planned = study.replications();
  try {
    const InterruptGuard interrupt(output::part_path(path));  // before there is a file to leave
    output::Writer writer(path, describe(study, command_of(arguments), arguments.log_events));
    Progress progress(stderr);

    experiment::RunOptions options;
    options.threads = arguments.threads;
    options.log_events = arguments.log_events;
    options.stop = &InterruptGuard::requested();
    options.progress = [&progress](int finished, int of) { progress(finished, of); };
    const experiment::RunSummary summary = experiment::run_study(
        study, options, [&writer](record::FinishedWorld world) { writer.add(std::move(world)); });
    progress.end();

    if (summary.replications_finished < planned) {
      return stopped(writer.finish_early(), planned, path);
    }
    writer.finish();
    print(summary_line(summary, study.scenarios.size(), progress.seconds(), path));
    return ExitCode::ok;
  } catch (const output::FileError& error) {
    throw DiskError(error.diagnostics());
  }
}

}  // namespace carestair::cli
