#include <cstdlib>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "processes/clock.hpp"
#include "processes/schedule.hpp"

using namespace carestair;
using namespace carestair::tests;

namespace {

Outcome command(const std::vector<std::string>& arguments) {
  static const TemporaryFolder folder;
  return run_command(folder.path(), arguments);
}

}  // namespace

TEST_CASE("the version names the commit") {
  const Outcome run = command({"--version"});
  CHECK(run.code == 0);
  CHECK_THAT(run.out, contains("carestair ") && contains("(commit "));
}

TEST_CASE("the help lists commands, examples and exit codes") {
  const Outcome run = command({"--help"});
  CHECK(run.code == 0);
  for (const char* text : {"check", "run", "compare", "params", "schema", "explain", "picture",
                           "report", "validate", "calibrate", "Examples:", "Exit codes:", "130"}) {
    CHECK_THAT(run.out, contains(text));
  }
  for (const char* name : {"check", "run", "compare", "params", "schema", "explain"}) {
    const Outcome own = command({name, "--help"});
    CHECK(own.code == 0);
    CHECK_THAT(own.out, contains(name));
  }
}

TEST_CASE("arguments that make no sense are refused with a way out") {
  const Outcome nothing = command({});
  CHECK(nothing.code == 2);
  CHECK(nothing.err == "error: say what to do\n  hint: see `carestair --help`\n");

  const Outcome misspelt = command({"rnu", "file.yaml"});
  CHECK(misspelt.code == 2);
  CHECK(misspelt.err == "error: there is no command `rnu`\n  hint: did you mean `run`?\n");

  const Outcome option = command({"run", "file.yaml", "--thread", "2"});
  CHECK(option.code == 2);
  CHECK(option.err ==
        "error: `carestair run` has no option `--thread`\n"
        "  hint: did you mean `--threads`? see `carestair run --help`\n");
  const Outcome misspelt_option = command({"run", "file.yaml", "--replicatons", "3"});
  CHECK(misspelt_option.code == 2);
  CHECK_THAT(misspelt_option.err,
             contains("no option `--replicatons`") && contains("did you mean `--replications`?"));
  const Outcome word = command({"run", "file.yaml", "-r", "abc"});
  CHECK(word.code == 2);
  CHECK_THAT(word.err, contains("expected a whole number from 1 to 1000000, not `abc`"));

  for (const std::vector<std::string>& bad : {std::vector<std::string>{"run"},
                                              {"run", "f.yaml", "--threads", "0"},
                                              {"run", "f.yaml", "--replications", "none"},
                                              {"run", "f.yaml", "--seed", "-1"},
                                              {"run", "f.yaml", "--scenario", "x"},
                                              {"run", "f.yaml", "--trace", "0"},
                                              {"run", "f.yaml", "--trace", "1", "-o", "x.h5"},
                                              {"params", "--csv", "--markdown"}}) {
    const Outcome run = command(bad);
    CAPTURE(bad);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, contains("error: ") && contains("hint: "));
  }
}

TEST_CASE("explain lists every phase of the schedule and every clock") {
  const Outcome run = command({"explain"});
  CHECK(run.code == 0);
  for (const processes::Phase& phase : processes::schedule()) {
    CHECK_THAT(run.out, contains(std::string(phase.name)));
  }
  for (const std::string_view clock : processes::clock_names) {
    const std::string first_word(clock.substr(0, clock.find('_')));
    CHECK_THAT(run.out, contains(first_word));
  }
}

TEST_CASE("the schema is a JSON Schema of objects with properties") {
  const Outcome run = command({"schema"});
  CHECK(run.code == 0);
  const auto schema = nlohmann::json::parse(run.out);
  CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema.at("properties").contains("simulation"));
  CHECK(schema.at("properties").contains("services"));
}

TEST_CASE("what can be set is listed without a configuration") {
  const Outcome table = command({"params", "--filter", "reablement.fade"});
  CHECK(table.code == 0);
  CHECK_THAT(table.out, contains("reablement.fade_years"));

  const Outcome page = command({"params", "--markdown"});
  CHECK(page.code == 0);
  CHECK_THAT(page.out, contains("# Parameters") && contains("## `simulation`") &&
                           contains("`services.*.capacity`"));

  const Outcome none = command({"params", "--filter", "unicorns"});
  CHECK(none.code == 2);
  CHECK_THAT(none.err, contains("no parameter has `unicorns`"));
}

TEST_CASE("a page that cannot be written is an error of the disk") {
  if (!std::filesystem::exists("/dev/full")) return;
  const TemporaryFolder folder;
  const Outcome run = run_command(folder.path(), {"explain"}, "/dev/full");
  CHECK(run.code == 3);
  CHECK_THAT(run.err, contains("cannot write to standard output"));
}

TEST_CASE("a reader that has seen enough is no error") {
  const TemporaryFolder folder;
  const std::string in = "cd '" + folder.path().string() + "' && ";
  const std::string pipe = std::string("( '") + CARESTAIR_COMMAND +
                           "' params --markdown 2> err; echo $? > code ) | head -n 1 > out";
  REQUIRE(std::system((in + pipe).c_str()) == 0);
  CHECK(read_bytes(folder.path() / "out") == "# Parameters\n");
  CHECK(read_bytes(folder.path() / "err").empty());
  CHECK(read_bytes(folder.path() / "code") == "0\n");
}
