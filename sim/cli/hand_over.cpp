// `carestair picture`, `report`, `validate` and `calibrate`: what the Python package does, under
// one command.
#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.hpp"

extern char** environ;

namespace carestair::cli {
namespace {

namespace fs = std::filesystem;

/// This program; empty where the system does not tell.
fs::path own_path() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none);
}

std::optional<fs::path> environment_of(const fs::path& folder) {
  const fs::path python = folder / ".venv" / "bin" / "python";
  std::error_code none;
  if (!fs::exists(python, none)) return std::nullopt;
  return python;
}

/// $CARESTAIR_PYTHON, else that of .venv here or beside the source this was built in, else python3.
std::string find_python() {
  if (const char* named = std::getenv("CARESTAIR_PYTHON"); named != nullptr && *named != '\0') {
    return named;
  }
  std::error_code none;
  if (const auto here = environment_of(fs::current_path(none))) return here->string();
  fs::path folder = own_path().parent_path();
  for (int up = 0; up < 3 && folder.has_parent_path(); ++up) {  // <source>/build/release
    if (const auto beside = environment_of(folder)) return beside->string();
    folder = folder.parent_path();
  }
  return "python3";
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

enum class Package { there, missing, no_python };

/// Asks the interpreter whether it has the package, without importing it.
Package ask_for_package(const std::string& python) {
  std::vector<std::string> words{
      python, "-c",
      "import importlib.util as u, sys; sys.exit(0 if u.find_spec('carestair') else 3)"};
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int failed =
      posix_spawnp(&child, python.c_str(), &silent, nullptr, pointers_to(words).data(), environ);
  posix_spawn_file_actions_destroy(&silent);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
    return Package::no_python;
  }
  switch (WEXITSTATUS(status)) {
    case 0: return Package::there;
    case 3: return Package::missing;
    default: return Package::no_python;
  }
}

}  // namespace

ExitCode hand_over(const HandOverArguments& arguments) {
  const std::string python = find_python();
  switch (ask_for_package(python)) {
    case Package::there: break;
    case Package::missing:
      throw base::UserError(
          fmt::format("`carestair {}` needs the Python package carestair, which {} does not have",
                      arguments.command, python),
          "scripts/install-dependencies.sh installs it into .venv; or `pip install ./python`, "
          "and CARESTAIR_PYTHON names the interpreter that has it");
    case Package::no_python:
      throw base::UserError(
          fmt::format("`carestair {}` needs Python, and {} cannot be run", arguments.command,
                      python),
          "set CARESTAIR_PYTHON to an interpreter that has the Python package carestair");
  }
  // It runs this same program, and speaks of itself by this name.
  if (const fs::path own = own_path(); !own.empty()) setenv("CARESTAIR", own.c_str(), 0);
  setenv("CARESTAIR_CALLED", "carestair", 1);
  std::vector<std::string> words{python, "-m", "carestair", arguments.command};
  words.insert(words.end(), arguments.rest.begin(), arguments.rest.end());
  execvp(python.c_str(), pointers_to(words).data());
  throw base::UserError(fmt::format("{} cannot be run", python), "set CARESTAIR_PYTHON");
}

}  // namespace carestair::cli
