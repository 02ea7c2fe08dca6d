#include <cstdlib>
#include <fstream>

#include "cli/command.hpp"

using namespace carestair;
using namespace carestair::tests;

namespace {

/// A stand-in for the interpreter: says how it was called; `package` is what it answers when asked
/// for the package.
void write_interpreter(const std::filesystem::path& path, int package) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << "#!/bin/sh\nif [ \"$1\" = -c ]; then exit " << package
                      << "; fi\necho \"$CARESTAIR_CALLED:\" \"$@\"\nexit 7\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("picture, report and validate become the Python package, with all that follows") {
  const TemporaryFolder folder;
  write_interpreter(folder.path() / "python", 0);
  const Variable named("CARESTAIR_PYTHON", (folder.path() / "python").string());
  const Outcome picture = run_command(folder.path(), {"picture", "a.h5", "-o", "a b.png"});
  CHECK(picture.code == 7);
  CHECK(picture.out == "carestair: -m carestair picture a.h5 -o a b.png\n");
  const Outcome report = run_command(folder.path(), {"report", "a.h5", "--words", "b.yaml"});
  CHECK(report.out == "carestair: -m carestair report a.h5 --words b.yaml\n");
  const Outcome validate =
      run_command(folder.path(), {"validate", "--help", "--version", "-r", "2"});
  CHECK(validate.out == "carestair: -m carestair validate --help --version -r 2\n");
  const Outcome calibrate = run_command(folder.path(), {"calibrate", "a.yaml", "--resume"});
  CHECK(calibrate.out == "carestair: -m carestair calibrate a.yaml --resume\n");
}

TEST_CASE("an interpreter in .venv of the working directory is used unless one is named") {
  const TemporaryFolder folder;
  unsetenv("CARESTAIR_PYTHON");
  write_interpreter(folder.path() / ".venv" / "bin" / "python", 0);
  CHECK(run_command(folder.path(), {"picture", "a.h5"}).code == 7);
}

TEST_CASE("a missing Python package or interpreter is told with the way to install it") {
  const TemporaryFolder folder;
  write_interpreter(folder.path() / "python", 3);
  {
    const Variable named("CARESTAIR_PYTHON", (folder.path() / "python").string());
    const Outcome run = run_command(folder.path(), {"validate", "a.yaml"});
    CHECK(run.code == 2);
    CHECK_THAT(run.err, contains("Python package carestair") &&
                            contains("scripts/install-dependencies.sh") &&
                            contains("CARESTAIR_PYTHON"));
  }
  const Variable named("CARESTAIR_PYTHON", (folder.path() / "nothing").string());
  const Outcome run = run_command(folder.path(), {"picture", "a.h5"});
  CHECK(run.code == 2);
  CHECK_THAT(run.err, contains("cannot be run") && contains("CARESTAIR_PYTHON"));
}
