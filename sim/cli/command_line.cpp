#include "cli/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/version.hpp"
#include "cli/commands.hpp"
#include "config/suggest.hpp"

namespace carestair::cli {
namespace {

constexpr const char* footer = R"(
Examples:
  carestair check configs/selbu/reablement.yaml
  carestair run configs/selbu/reablement.yaml --replications 20
  carestair run configs/selbu/reablement.yaml --trace 17 --scenario doubled
  carestair compare outputs/reablement.h5
  carestair picture outputs/reablement.h5
  carestair report outputs/reablement.h5
  carestair validate configs/selbu/validation.yaml
  carestair calibrate configs/selbu/calibration.yaml
  carestair params configs/selbu/reablement.yaml --filter reablement

Exit codes:
  0    done
  1    a fault of the program itself; of validate: a target is missed that is not known to be
  2    a configuration, an argument or a file to be read that is not what it should be, or missing
  3    a file could not be written
  130  stopped by Ctrl-C

Documentation: docs/index.md)";

/// What was asked for: filled by the parser, run after it.
struct Request {
  CheckArguments check;
  RunArguments run;
  MergeArguments merge;
  TraceArguments trace;
  CompareArguments compare;
  ParametersArguments parameters;
  HandOverArguments hand_over;
  std::string parameters_file;
  bool markdown = false;
  bool indicators = false;
  bool csv = false;
  std::function<ExitCode()> action;
};

/// Says what was expected; the parser's own message does not tell a word from a number too large.
CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  const std::string range = fmt::format("{} to {}", least, most);
  return {[least, most, range](const std::string& word) -> std::string {
            std::int64_t number = 0;
            const auto [end, error] =
                std::from_chars(word.data(), word.data() + word.size(), number);
            const bool whole = error == std::errc() && end == word.data() + word.size();
            if (whole && number >= least && number <= most) return {};
            return fmt::format("expected a whole number from {}, not `{}`", range, word);
          },
          range};
}

/// An empty word, as an unset variable of a shell leaves it, would pass for an option not given.
CLI::Validator not_empty(const std::string& hint) {
  return {[hint](const std::string& word) {
            return word.empty() ? "is an empty word: " + hint : std::string();
          },
          ""};
}

CLI::Validator file_name() { return not_empty("give the name of a file"); }

void add_check(CLI::App& app, Request& request) {
  CLI::App* check = app.add_subcommand("check", "Read a configuration and say what it would run");
  check->add_option("FILE", request.check.file, "configuration (YAML)")
      ->required()
      ->check(file_name());
  check->callback([&] { request.action = [&] { return cli::check(request.check); }; });
}

void add_run(CLI::App& app, Request& request) {
  RunArguments& run = request.run;
  TraceArguments& trace = request.trace;
  CLI::App* command = app.add_subcommand("run", "Run all scenarios, or trace one resident");
  command->add_option("FILE", run.file, "configuration (YAML)")->required()->check(file_name());
  auto* output =
      command->add_option("-o,--output", run.output, "result file [outputs/<name of FILE>.h5]")
          ->check(not_empty("give the name of a file, or leave the option out"));
  auto* threads = command->add_option("-t,--threads", run.threads, "threads [all cores]")
                      ->check(whole_number(1, 1024));
  command
      ->add_option("-r,--replications", run.overrides.replications,
                   "worlds per scenario [as in FILE]")
      ->check(whole_number(1, 1000000));
  command
      ->add_option("--scenarios", run.overrides.scenarios,
                   "these scenarios beside the baseline, as a,b [all]")
      ->delimiter(',');
  command->add_option("-s,--seed", run.overrides.seed, "seed of all randomness [as in FILE]")
      ->check(whole_number(0, 2147483647));
  auto* events =
      command->add_flag("--events", run.log_events, "also write every event of every life (large)");
  auto* persons = command->add_flag("--persons", run.log_persons,
                                    "also write a row a person: who was touched, and how");
  auto* shard =
      command
          ->add_option("--shard", run.shard,
                       "run this part only, as 2/4: the second of four, to be put together by "
                       "`carestair merge`")
          ->check(not_empty("write which part of how many, as 2/4, or leave the option out"));
  auto* resume =
      command->add_flag("--resume", run.resume, "go on where a run that was stopped left off");
  auto* uid = command
                  ->add_option("--trace", trace.uid,
                               "print the life of the resident with this number; writes no file")
                  ->check(whole_number(1, (std::int64_t{1} << 53) - 1))
                  ->excludes(output)
                  ->excludes(threads)
                  ->excludes(events)
                  ->excludes(persons)
                  ->excludes(shard)
                  ->excludes(resume);
  command->add_option("--scenario", trace.scenario, "scenario to trace in [the baseline]")
      ->needs(uid);
  command->add_option("--replication", trace.replication, "replication to trace in [0]")
      ->check(whole_number(0, 999999))
      ->needs(uid);
  command->callback([&request, uid] {
    if (uid->count() == 0) {
      request.action = [&request] { return cli::run(request.run); };
      return;
    }
    request.trace.file = request.run.file;
    request.trace.overrides = request.run.overrides;
    request.action = [&request] { return cli::trace(request.trace); };
  });
}

void add_merge(CLI::App& app, Request& request) {
  MergeArguments& merge = request.merge;
  CLI::App* command = app.add_subcommand("merge", "Put the parts of a run (run --shard) together");
  command->add_option("FILES", merge.files, "all parts, in any order")
      ->required()
      ->check(file_name());
  command->add_option("-o,--output", merge.output, "result file")->required()->check(file_name());
  command->callback([&] { request.action = [&] { return cli::merge(request.merge); }; });
}

void add_compare(CLI::App& app, Request& request) {
  CompareArguments& compare = request.compare;
  CLI::App* command =
      app.add_subcommand("compare", "Compare the scenarios of a result with its baseline");
  command->add_option("FILE", compare.file, "result file (HDF5)")->required()->check(file_name());
  command->add_option("--scenario", compare.scenario, "this scenario only");
  command->add_option("--width", compare.widths,
                      "wanted half-width of the intervals: a share of the difference (5%), or a "
                      "number for one outcome (cost=0.2); may be repeated [10%]");
  command->add_option("--outcome", compare.outcome,
                      "outcome by which the points of a sweep are told [cost]");
  command->add_option("--csv", compare.csv, "also write the outcomes as a table to this file")
      ->check(not_empty("give the name of a file, or leave the option out"));
  command->add_flag("--json", compare.json, "print JSON instead of text");
  command->callback([&] { request.action = [&] { return cli::compare(request.compare); }; });
}

void add_parameters(CLI::App& app, Request& request) {
  ParametersArguments& parameters = request.parameters;
  CLI::App* command = app.add_subcommand(
      "params", "List the parameters of a configuration, or all there are to set");
  auto* file = command
                   ->add_option("FILE", request.parameters_file,
                                "configuration (YAML) [none: what can be set, from the program]")
                   ->check(not_empty("give the name of a file, or leave it out"));
  auto* markdown = command->add_flag("--markdown", request.markdown, "as a Markdown page");
  command->add_flag("--csv", request.csv, "as a CSV table")->excludes(markdown);
  command->add_option("--filter", parameters.filter, "only addresses or meanings with this text");
  command->callback([&request, file] {
    if (file->count() > 0) request.parameters.file = request.parameters_file;
    if (request.markdown) request.parameters.format = ParametersFormat::markdown;
    if (request.csv) request.parameters.format = ParametersFormat::csv;
    request.action = [&request] { return cli::parameters(request.parameters); };
  });
}

/// What the Python package does: its arguments and its help are its own.
void add_handed_over(CLI::App& app, Request& request, const std::string& name,
                     const std::string& what) {
  CLI::App* command = app.add_subcommand(name, what + " (needs the Python package)");
  command->set_help_flag();
  command->prefix_command();
  command->callback([&request, command, name] {
    request.hand_over = {name, command->remaining()};
    request.action = [&request] { return cli::hand_over(request.hand_over); };
  });
}

std::string version_text() {
  return fmt::format("carestair {} (commit {})", base::version_string, base::git_commit);
}

void describe(CLI::App& app, Request& request) {
  app.footer(footer);
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text(), "print version and commit");
  app.set_help_flag("-h,--help", "print this help; also after a subcommand");
  add_check(app, request);
  add_run(app, request);
  add_merge(app, request);
  add_compare(app, request);
  add_parameters(app, request);
  add_handed_over(app, request, "picture", "Draw the results of a run");
  add_handed_over(app, request, "report", "Make a page of a run: answer, charts, what it rests on");
  add_handed_over(app, request, "validate", "Run a configuration and compare it with statistics");
  add_handed_over(app, request, "calibrate", "Fit parameters of a configuration to statistics");
  app.add_subcommand("schema", "Print the JSON Schema of configurations, for editors")
      ->callback([&] { request.action = schema; });
  auto* explaining =
      app.add_subcommand("explain", "Print what happens in a day of the model, in order");
  explaining->add_flag("--indicators", request.indicators,
                       "instead, every indicator of a result file, as Markdown tables");
  explaining->callback([&] { request.action = request.indicators ? explain_indicators : explain; });
}

std::vector<std::string> subcommands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// A first word that is no command: the parser's own message would not name the nearest.
void refuse_unknown_command(const CLI::App& app, int count, const char* const* arguments) {
  if (count < 2 || arguments[1][0] == '-') return;
  const std::vector<std::string> known = subcommands_of(app);
  const std::string word = arguments[1];
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  throw base::UserError(fmt::format("there is no command `{}`", word),
                        config::did_you_mean(word, known));
}

std::string hint_for(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    return fmt::format("see `carestair {} --help`", command->get_name());
  }
  return "see `carestair --help`";
}

/// An option the command does not have: the parser's own message would not name the nearest.
void refuse_unknown_option(const CLI::App& app, int count, const char* const* arguments) {
  for (const CLI::App* command : app.get_subcommands()) {
    std::vector<std::string> known;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    for (int i = 2; i < count; ++i) {
      const std::string word = arguments[i];
      const std::string name = word.substr(0, word.find('='));
      if (!name.starts_with("--") || name.size() == 2) continue;
      if (std::ranges::find(known, name) != known.end()) continue;
      const std::string best = config::nearest(name, known);
      throw base::UserError(
          fmt::format("`carestair {}` has no option `{}`", command->get_name(), name),
          (best.empty() ? "" : fmt::format("did you mean `{}`? ", best)) + hint_for(app));
    }
  }
}

/// Parses; returns the exit code when there is nothing to run (help, version, a bad argument).
std::optional<ExitCode> parse(CLI::App& app, int count, const char* const* arguments) {
  try {
    app.parse(count, arguments);
    return std::nullopt;
  } catch (const CLI::Success& wanted) {
    app.exit(wanted);
    return ExitCode::ok;
  } catch (const CLI::ParseError& error) {
    if (count == 1) throw base::UserError("say what to do", "see `carestair --help`");
    refuse_unknown_option(app, count, arguments);
    throw base::UserError(error.what(), hint_for(app));
  }
}

}  // namespace

int run_command_line(int count, const char* const* arguments) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // writing tells of a closed pipe, see print()
  std::signal(SIGXFSZ, SIG_IGN);  // and of a file that may not grow further
  ExitCode code = ExitCode::fault;
  try {
    CLI::App app("Simulates municipal care: residents, families, services, places and money.",
                 "carestair");
    Request request;
    describe(app, request);
    refuse_unknown_command(app, count, arguments);
    const auto done = parse(app, count, arguments);
    code = done ? *done : request.action();
  } catch (const ClosedPipe&) {
    code = ExitCode::ok;
  } catch (const DiskError& error) {
    std::fputs(error.what(), stderr);
    code = ExitCode::disk_error;
  } catch (const base::UserError& error) {
    std::fputs(error.what(), stderr);
    code = ExitCode::user_error;
  } catch (const std::bad_alloc&) {
    std::fputs("error: not enough memory\n  hint: use fewer threads\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr,
                 "fault of carestair itself: %s\n  hint: please report it, with the "
                 "configuration and `carestair --version`\n",
                 error.what());
  }
  return static_cast<int>(code);
}

}  // namespace carestair::cli
