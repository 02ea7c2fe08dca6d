#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/command.hpp"
#include "output/reader.hpp"

using namespace carestair;
using namespace carestair::tests;
namespace fs = std::filesystem;

namespace {

/// Long enough to be stopped: many replications of the short experiment.
const std::string long_run = R"(
include: [selbu/reablement.yaml]
title: Long
simulation: {end: 2024-01-01, burn_in_years: 1, replications: 20000}
)";

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("run writes a result that says what it was made with") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const Outcome run = run_command(
      folder.path(), {"run", "configs/small.yaml", "--replications", "2", "--seed", "11"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK_THAT(run.out, contains("6 worlds, ") && contains("million person-years") &&
                          contains("outputs/small.h5"));
  CHECK_THAT(run.err, contains("100 %, 2 of 2 replications"));
  CHECK(names_in(folder.path() / "outputs") == std::vector<std::string>{"small.h5"});

  const output::Reader reader(folder.path() / "outputs" / "small.h5");
  const output::ResultHeader& header = reader.header();
  CHECK(header.complete);
  CHECK(header.replications_finished == 2);
  CHECK(header.run.seed == 11);
  CHECK(header.run.command == "carestair run configs/small.yaml --replications 2 --seed 11");
  CHECK(header.run.scenarios.size() == 3);
  CHECK_THAT(header.run.scenarios[1].description, contains("from 1 January 2022: "));
  CHECK_THAT(header.run.configuration_yaml, contains("replications: 2") && contains("seed: 11"));
  CHECK_FALSE(header.run.evidence.empty());

  // The configuration in the file repeats the run.
  write_text(folder.path() / "again.yaml", header.run.configuration_yaml);
  const Outcome again = run_command(folder.path(), {"run", "again.yaml", "-o", "again.h5"});
  INFO(again.err);
  REQUIRE(again.code == 0);
  const output::Reader repeated(folder.path() / "again.h5");
  CHECK(repeated.header().run.configuration_sha256 == header.run.configuration_sha256);
  for (const std::string& name : reader.indicators()) {
    CAPTURE(name);
    const auto first = reader.indicator(name).values;
    const auto second = repeated.indicator(name).values;
    CHECK(std::equal(first.begin(), first.end(), second.begin(), second.end(),
                     [](double a, double b) { return a == b || (a != a && b != b); }));
  }
}

TEST_CASE("the file has the same bytes whatever the number of threads") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  std::vector<std::string> files;
  for (const char* threads : {"1", "2", "8"}) {
    const std::string name = std::string("threads-") + threads + ".h5";
    const Outcome run = run_command(folder.path(), {"run", "configs/small.yaml", "--events", "-r",
                                                    "5", "-t", threads, "-o", name});
    INFO(run.err);
    REQUIRE(run.code == 0);
    files.push_back(read_bytes(folder.path() / name));
  }
  REQUIRE(files[0].size() > 100'000);
  CHECK((files[1] == files[0]));
  CHECK((files[2] == files[0]));
}

TEST_CASE("a result is replaced, anything else is left alone") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const std::vector<std::string> command{"run", "configs/small.yaml", "-r", "1", "-o", "a.h5"};
  REQUIRE(run_command(folder.path(), command).code == 0);
  const std::string first = read_bytes(folder.path() / "a.h5");
  CHECK(run_command(folder.path(), command).code == 0);
  CHECK((read_bytes(folder.path() / "a.h5") == first));

  write_text(folder.path() / "a.h5", "my notes\n");
  const Outcome refused = run_command(folder.path(), command);
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, contains("a.h5 exists and is not a result of carestair"));
  CHECK(read_bytes(folder.path() / "a.h5") == "my notes\n");

  fs::create_directory(folder.path() / "results");
  const Outcome is_folder =
      run_command(folder.path(), {"run", "configs/small.yaml", "-r", "1", "-o", "results"});
  CHECK(is_folder.code == 2);
  CHECK_THAT(is_folder.err, contains("results is a folder"));
}

TEST_CASE("a run does not overwrite its own configuration") {
  const TemporaryFolder folder;
  const fs::path config = small_study(folder, short_reablement);
  fs::copy_file(config, folder.path() / "configs" / "small.h5.part");
  fs::create_symlink("small.yaml", folder.path() / "configs" / "link.h5");
  for (const auto& [file, output] : std::vector<std::pair<std::string, std::string>>{
           {"configs/small.yaml", "configs/small.yaml"},
           {"configs/small.yaml", "configs/link.h5"},
           {"configs/small.yaml", "configs/selbu/baseline.yaml"},
           {"configs/small.h5.part", "configs/small.h5"}}) {
    CAPTURE(file, output);
    for (const std::vector<std::string>& part :
         {std::vector<std::string>{}, std::vector<std::string>{"--shard", "1/1"}}) {
      std::vector<std::string> words{"run", file, "-r", "1", "-o", output};
      words.insert(words.end(), part.begin(), part.end());
      const Outcome run = run_command(folder.path(), words);
      CHECK(run.code == 2);
      CHECK_THAT(run.err, contains("would be written over") && contains("which is read"));
    }
  }
  CHECK(read_bytes(config) == short_reablement);
  CHECK(read_bytes(folder.path() / "configs" / "small.h5.part") == short_reablement);
}

TEST_CASE("a result that cannot be written is an error of the disk") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const Outcome run =
      run_command(folder.path(), {"run", "configs/small.yaml", "-r", "1", "-o", "not/there.h5"});
  CHECK(run.code == 3);
  CHECK_THAT(run.err, contains("not/there.h5") && contains("make the folder first"));
}

TEST_CASE("a resident's life is told in words and nothing is written") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  int told = 0;
  for (const char* uid : {"1", "2000", "3900"}) {
    const Outcome run = run_command(
        folder.path(), {"run", "configs/small.yaml", "--trace", uid, "--scenario", "doubled"});
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK_THAT(run.out,
               contains(std::string("Resident ") + uid + " in scenario doubled, replication 0"));
    told += run.out.size() > 200 ? 1 : 0;
  }
  CHECK(told > 0);
  CHECK_FALSE(fs::exists(folder.path() / "outputs"));

  const Outcome nobody =
      run_command(folder.path(), {"run", "configs/small.yaml", "--trace", "999999"});
  CHECK(nobody.code == 2);
  CHECK_THAT(nobody.err, contains("no resident has the number 999999") && contains("are 1 to "));

  const Outcome scenario = run_command(
      folder.path(), {"run", "configs/small.yaml", "--trace", "1", "--scenario", "dubled"});
  CHECK(scenario.code == 2);
  CHECK_THAT(scenario.err, contains("did you mean `doubled`?"));
}

TEST_CASE("Ctrl-C keeps the replications that are finished") {
  const TemporaryFolder folder;
  small_study(folder, long_run);
  const int signal = GENERATE(SIGINT, SIGTERM);
  Command command(folder.path(), {"run", "configs/small.yaml", "-o", "part.h5"});
  // Long enough for some replications: they take a few hundredths of a second each.
  for (int i = 0; i < 200 && !fs::exists(folder.path() / "part.h5.part"); ++i) usleep(20'000);
  usleep(1'500'000);
  command.signal(signal);
  const Outcome run = command.finish();
  INFO(run.err);
  CHECK(run.code == 130);
  CHECK_THAT(run.err, contains("Stopping: replications under way are finished first"));
  CHECK_FALSE(fs::exists(folder.path() / "part.h5.part"));
  if (!fs::exists(folder.path() / "part.h5")) {
    CHECK_THAT(run.err, contains("there is no file"));
    return;
  }
  const output::Reader reader(folder.path() / "part.h5");
  CHECK_FALSE(reader.header().complete);
  CHECK(reader.header().replications_finished >= 1);
  CHECK_THAT(run.err,
             contains("Stopped: " + std::to_string(reader.header().replications_finished) + " of"));

  const Outcome compared = run_command(folder.path(), {"compare", "part.h5"});
  CHECK(compared.code == 0);
  CHECK_THAT(compared.out, contains("NOT COMPLETE: the run was stopped after"));
}

TEST_CASE("a run goes on when its progress cannot be told") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  REQUIRE(
      run_command(folder.path(), {"run", "configs/small.yaml", "-r", "4", "-o", "told.h5"}).code ==
      0);
  const std::string told = read_bytes(folder.path() / "told.h5");
  const std::string begin = "cd '" + folder.path().string() +
                            "' && { " CARESTAIR_COMMAND
                            " run configs/small.yaml -r 4 -o silent.h5; echo $? > code; } ";
  // Closed, full, closed by a reader that has seen enough: standard error, output, or both.
  for (const std::string streams :
       {"2>&-", "2>/dev/full", ">/dev/full 2>/dev/null", "<&- >&- 2>&-", "2>&1 | head -n 1"}) {
    CAPTURE(streams);
    REQUIRE(std::system((begin + streams + " > shell.txt").c_str()) >= 0);
    CHECK(read_bytes(folder.path() / "code") == "0\n");
    CHECK((read_bytes(folder.path() / "silent.h5") == told));
    fs::remove(folder.path() / "silent.h5");
  }
}

TEST_CASE("a result, a spreadsheet or nothing in place of a configuration is told as that") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const auto refused = [&folder](const std::vector<std::string>& words, const std::string& what,
                                 const std::string& fix) {
    CAPTURE(words);
    const Outcome run = run_command(folder.path(), words);
    CHECK(run.code == 2);
    CHECK_THAT(run.err, contains(what) && contains(fix));
  };
  const std::string result = (finished_study() / "result.h5").string();
  refused({"run", result}, "is an HDF5 file, as a result is", "run it again");
  refused({"check", result}, "is an HDF5 file, as a result is", "carestair compare");
  write_text(folder.path() / "part.worlds", "carestair worlds\x01\x02");
  refused({"run", "part.worlds"}, "holds finished worlds", "carestair merge");
  // No text follows: what kind of file it is comes before how large it is.
  const std::string sheet = "PK\x03\x04" + std::string(20'000'000, '\x07');
  write_text(folder.path() / "configs" / "people.xlsx", sheet);
  refused({"run", "configs/people.xlsx"}, "is a spreadsheet or an archive", "a YAML file");
  write_text(
      folder.path() / "configs" / "sheet.yaml",
      "include: [small.yaml]\nmunicipality: {population: {table: people.xlsx, unit: persons, "
      "source: ssb_population, kind: official_statistic}}\n");
  refused({"check", "configs/sheet.yaml"}, "configs/sheet.yaml:2:36: error: ", "as CSV (UTF-8)");

  refused({"run", ""}, "is an empty word", "give the name of a file");
  refused({"run", "configs/small.yaml", "-o", ""}, "--output: is an empty word",
          "leave the option");
  refused({"run", "configs/small.yaml", "--shard", ""}, "--shard: is an empty word", "as 2/4");
  refused({"merge", "part.worlds", "-o", ""}, "--output: is an empty word", "name of a file");
  refused({"compare", result, "--csv", ""}, "--csv: is an empty word", "leave the option out");
  CHECK_FALSE(fs::exists(folder.path() / "outputs"));
}

TEST_CASE("a second run into the same file is refused and leaves the first alone") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  REQUIRE(run_command(folder.path(), {"run", "configs/small.yaml", "-r", "1", "--shard", "1/1",
                                      "-o", "one.worlds"})
              .code == 0);
  Command first(folder.path(), {"run", "configs/small.yaml", "-t", "1", "-r", "40", "-o", "a.h5"},
                (folder.path() / "first.txt").string());
  const fs::path worlds = folder.path() / "a.h5.worlds";
  for (int i = 0; i < 500 && !fs::exists(worlds); ++i) usleep(20'000);
  REQUIRE(fs::exists(worlds));
  first.signal(SIGSTOP);  // it must not be done before the others have tried

  const fs::path elsewhere = folder.path() / "elsewhere";  // for what the others say
  fs::create_directory(elsewhere);
  const std::string config = (folder.path() / "configs" / "small.yaml").string();
  const std::string part = (folder.path() / "one.worlds").string();
  const std::string into = "../a.h5";
  for (const std::vector<std::string>& second : std::vector<std::vector<std::string>>{
           {"run", config, "-r", "1", "-o", into},
           {"run", config, "-r", "40", "-o", into, "--resume"},
           {"run", config, "-r", "40", "--shard", "1/2", "-o", into},
           {"merge", part, "-o", into}}) {
    CAPTURE(second);
    const Outcome refused = run_command(elsewhere, second);
    CHECK(refused.code == 3);
    CHECK_THAT(refused.err, contains("a.h5") && contains("is being written by another run") &&
                                contains("another name with --output"));
  }
  first.signal(SIGCONT);
  CHECK(first.finish().code == 0);
  REQUIRE(run_command(folder.path(), {"run", "configs/small.yaml", "-r", "40", "-o", "alone.h5"})
              .code == 0);
  CHECK((read_bytes(folder.path() / "a.h5") == read_bytes(folder.path() / "alone.h5")));
  CHECK_FALSE(fs::exists(worlds));

  // With the program its lock goes.
  Command killed(folder.path(), {"run", "configs/small.yaml", "-r", "40", "-o", "b.h5"});
  for (int i = 0; i < 500 && !fs::exists(folder.path() / "b.h5.worlds"); ++i) usleep(20'000);
  killed.signal(SIGKILL);
  killed.finish();
  CHECK(run_command(folder.path(),
                    {"run", "configs/small.yaml", "-r", "40", "-o", "b.h5", "--resume"})
            .code == 0);
}

TEST_CASE("a second Ctrl-C stops at once and leaves nothing behind") {
  const TemporaryFolder folder;
  small_study(folder, long_run);
  // Worlds of twenty years, so that the second signal comes while the first is being obeyed.
  write_text(
      folder.path() / "configs" / "small.yaml",
      "include: [selbu/reablement.yaml]\nsimulation: {end: 2059-01-01, replications: 500}\n");
  Command command(folder.path(), {"run", "configs/small.yaml", "-t", "1", "-o", "part.h5"});
  for (int i = 0; i < 500 && !fs::exists(folder.path() / "part.h5.part"); ++i) usleep(20'000);
  usleep(50'000);
  command.signal(SIGINT);
  REQUIRE(command.wait_for("Again to stop at once"));
  command.signal(SIGINT);
  const Outcome run = command.finish();
  CHECK(run.code == 130);
  CHECK_FALSE(fs::exists(folder.path() / "part.h5.part"));
}

TEST_CASE("a run is not disturbed by what the environment says of HDF5's locks") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  const std::string whole = read_bytes(finished_study() / "result.h5");
  for (const char* asked : {"TRUE", "FALSE"}) {
    CAPTURE(asked);
    setenv("HDF5_USE_FILE_LOCKING", asked, 1);
    const Outcome run = run_command(folder.path(), {"run", "configs/small.yaml", "-o", "out.h5"});
    const Outcome told = run_command(folder.path(), {"compare", "out.h5"});
    unsetenv("HDF5_USE_FILE_LOCKING");
    CHECK(run.err.find("error") == std::string::npos);
    CHECK(run.code == 0);
    CHECK(told.code == 0);
    CHECK((read_bytes(folder.path() / "out.h5") == whole));
    std::filesystem::remove(folder.path() / "out.h5");
  }
}

TEST_CASE("a result that may not grow further is an error of the disk, and leaves no half of one") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const Outcome run = run_command(folder.path(), {"run", "configs/small.yaml", "-o", "out.h5"});
  setrlimit(RLIMIT_FSIZE, &before);
  CHECK(run.code == 3);
  CHECK_THAT(run.err, contains("File too large") && contains("to another disk"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "out.h5"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "out.h5.part"));
}
