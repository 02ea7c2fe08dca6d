// A run in parts, and a run that was stopped and goes on: the same bytes as one run.
#include "cli/command.hpp"
#include "output/journal.hpp"

using namespace carestair;
using namespace carestair::tests;
namespace fs = std::filesystem;

namespace {

/// Two draws of three replications, so that a part ends within a draw.
const std::string drawn =
    short_reablement + "experiment: {draws: 2, vary: [reablement, mortality]}\n";

std::vector<std::string> run_of(std::initializer_list<std::string> more) {
  std::vector<std::string> words{"run", "configs/small.yaml", "-t", "2"};
  words.insert(words.end(), more);
  return words;
}

}  // namespace

TEST_CASE("parts of a run are merged to the bytes of the whole") {
  const TemporaryFolder folder;
  small_study(folder, drawn);
  REQUIRE(run_command(folder.path(), run_of({"--events", "--persons", "-o", "whole.h5"})).code ==
          0);
  for (const char* part : {"1/4", "2/4", "3/4", "4/4"}) {
    const Outcome run =
        run_command(folder.path(), run_of({"--events", "--persons", "--shard", part}));
    INFO(run.err);
    REQUIRE(run.code == 0);
  }
  const std::string name = "outputs/small.";
  const Outcome merged = run_command(
      folder.path(), {"merge", name + "3-of-4.worlds", name + "1-of-4.worlds",
                      name + "4-of-4.worlds", name + "2-of-4.worlds", "-o", "merged.h5"});
  INFO(merged.err);
  REQUIRE(merged.code == 0);
  CHECK_THAT(merged.out, contains("18 worlds from 4 parts"));
  CHECK((read_bytes(folder.path() / "merged.h5") == read_bytes(folder.path() / "whole.h5")));

  // What is not all of one run, once, is refused.
  const Outcome missing = run_command(
      folder.path(), {"merge", name + "1-of-4.worlds", name + "3-of-4.worlds", "-o", "m.h5"});
  CHECK(missing.code == 2);
  CHECK_THAT(missing.err, contains("4 of 6 replications are in no part, the first of them 1"));
  const Outcome twice = run_command(
      folder.path(), {"merge", name + "1-of-4.worlds", name + "1-of-4.worlds", "-o", "m.h5"});
  CHECK(twice.code == 2);
  CHECK_THAT(twice.err, contains("replication 0 is in two parts"));
  REQUIRE(run_command(folder.path(), run_of({"--events", "--persons", "--shard", "2/4", "--seed",
                                             "9", "-o", "other.worlds"}))
              .code == 0);
  const Outcome mixed =
      run_command(folder.path(), {"merge", name + "1-of-4.worlds", "other.worlds", "-o", "m.h5"});
  CHECK(mixed.code == 2);
  CHECK_THAT(mixed.err, contains("are not parts of one run: another seed"));
  const Outcome not_a_part = run_command(folder.path(), {"merge", "whole.h5", "-o", "m.h5"});
  CHECK(not_a_part.code == 2);
  CHECK_THAT(not_a_part.err, contains("holds no finished worlds"));
  CHECK_FALSE(fs::exists(folder.path() / "m.h5"));

  // A part that is there is left alone.
  const Outcome again =
      run_command(folder.path(), run_of({"--events", "--persons", "--shard", "2/4"}));
  CHECK(again.code == 2);
  CHECK_THAT(again.err, contains("exists already"));
  const Outcome finished =
      run_command(folder.path(), run_of({"--events", "--persons", "--shard", "2/4", "--resume"}));
  CHECK(finished.code == 0);
  CHECK_THAT(finished.out, contains("is finished already"));
}

TEST_CASE("a part that cannot be is refused") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  for (const char* part : {"0/4", "5/4", "2", "a/b", "1/0", "-1/2", "1.5/2"}) {
    CAPTURE(part);
    const Outcome run =
        run_command(folder.path(), {"run", "configs/small.yaml", std::string("--shard=") + part});
    CHECK(run.code == 2);
    CHECK_THAT(run.err, contains("write which part of how many"));
  }
  const Outcome many = run_command(folder.path(), run_of({"--shard", "1/9"}));
  CHECK(many.code == 2);
  CHECK_THAT(many.err, contains("cannot be shared among 9 parts"));
}

TEST_CASE("parts are not overwritten by what they are merged to") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement);
  for (const char* part : {"1/2", "2/2"}) {
    REQUIRE(run_command(folder.path(), run_of({"--shard", part})).code == 0);
  }
  const fs::path parts = folder.path() / "outputs";
  const fs::path growing = folder.path() / "m.h5.part";
  fs::rename(parts / "small.1-of-2.worlds", growing);
  fs::rename(parts / "small.2-of-2.worlds", folder.path() / "two.worlds");
  fs::create_symlink("two.worlds", folder.path() / "link.h5");
  fs::create_symlink(growing, folder.path() / "n.h5.part");
  const std::string first = read_bytes(growing);
  const std::string second = read_bytes(folder.path() / "two.worlds");
  for (const char* output : {"m.h5", "two.worlds", "link.h5", "n.h5", "./outputs/../m.h5"}) {
    CAPTURE(output);
    const Outcome merged =
        run_command(folder.path(), {"merge", "m.h5.part", "two.worlds", "-o", output});
    CHECK(merged.code == 2);
    CHECK_THAT(merged.err, contains("would be written over") && contains("another name"));
  }
  CHECK((read_bytes(growing) == first));
  CHECK((read_bytes(folder.path() / "two.worlds") == second));
  CHECK_FALSE(fs::exists(folder.path() / "m.h5"));
}

TEST_CASE("a run that was killed goes on to the same bytes") {
  const TemporaryFolder folder;
  small_study(folder, drawn);
  const auto whole = run_of({"-r", "4", "-o", "whole.h5"});
  const auto begun = std::chrono::steady_clock::now();
  REQUIRE(run_command(folder.path(), whole).code == 0);
  const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begun);
  const std::string bytes = read_bytes(folder.path() / "whole.h5");
  // At moments that no test chose: the clock of the machine decides where a world is cut off.
  for (const int tenths : {2, 5, 8}) {
    const auto name = "killed-" + std::to_string(tenths) + ".h5";
    bool done = false;
    for (int attempt = 0; attempt < 3; ++attempt) {
      Command command(folder.path(), run_of({"-r", "4", "-o", name, "--resume"}));
      std::this_thread::sleep_for(taken * tenths / 10);
      command.signal(attempt == 1 ? SIGTERM : SIGKILL);
      done = command.finish().code == 0;
      if (done) break;
    }
    const Outcome last =
        done ? Outcome{} : run_command(folder.path(), run_of({"-r", "4", "-o", name, "--resume"}));
    INFO(last.err);
    CHECK((read_bytes(folder.path() / name) == bytes));
    CHECK_FALSE(fs::exists(folder.path() / (name + ".worlds")));
  }
}

TEST_CASE("finished worlds are not thrown away, nor mixed with those of another run") {
  const TemporaryFolder folder;
  small_study(folder, drawn);
  Command command(folder.path(), run_of({"-r", "2000", "-o", "a.h5"}));
  const fs::path worlds = folder.path() / "a.h5.worlds";
  const auto any_world = [&worlds] {
    try {
      return !output::JournalReader(worlds).empty();
    } catch (const output::FileError&) {
      return false;  // not begun yet
    }
  };
  for (int tenth = 0; tenth < 600 && !any_world(); ++tenth) usleep(100'000);
  command.signal(SIGKILL);
  command.finish();
  REQUIRE(any_world());

  const Outcome anew = run_command(folder.path(), run_of({"-r", "2000", "-o", "a.h5"}));
  CHECK(anew.code == 2);
  CHECK_THAT(anew.err, contains("add --resume to go on with it"));
  const Outcome seed =
      run_command(folder.path(), run_of({"-r", "2000", "-s", "3", "-o", "a.h5", "--resume"}));
  CHECK(seed.code == 2);
  CHECK_THAT(seed.err, contains("holds worlds of another run: another seed"));
  const Outcome fewer = run_command(folder.path(), run_of({"-r", "2", "-o", "a.h5", "--resume"}));
  CHECK(fewer.code == 2);
  CHECK_THAT(fewer.err, contains("another number of replications"));
}

TEST_CASE("a part that is not there is told as that") {
  const TemporaryFolder folder;
  const Outcome run = run_command(folder.path(), {"merge", "none.worlds", "-o", "out.h5"});
  CHECK(run.code == 2);
  CHECK_THAT(run.err, contains("none.worlds: error: is not there") && contains("--shard"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "out.h5"));
}
