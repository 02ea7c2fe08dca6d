// The museum of malformed configurations: every exhibit is a folder with a config.yaml and the
// exact message a user gets, in expected.txt. With CARESTAIR_UPDATE_MUSEUM=1 in the environment the
// expected messages are written anew, to be reviewed as a diff.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "config/load.hpp"
#include "place.hpp"
#include "toy.hpp"

namespace fs = std::filesystem;
using namespace carestair;
using namespace carestair::config::test;

namespace {

std::string message_of(const fs::path& exhibit) {
  const WorkingIn here(exhibit);
  try {
    config::load<config::toy::Root>("config.yaml");
  } catch (const base::UserError& error) {
    return error.what();
  }
  return "no error\n";
}

std::vector<fs::path> exhibits() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(tests_folder() / "museum" / "configs")) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("every exhibit of the museum is refused with the expected message") {
  const std::vector<fs::path> all = exhibits();
  CHECK(all.size() >= 40);
  const bool update = std::getenv("CARESTAIR_UPDATE_MUSEUM") != nullptr;
  for (const fs::path& exhibit : all) {
    const std::string message = message_of(exhibit);
    if (update) std::ofstream(exhibit / "expected.txt", std::ios::binary) << message;
    INFO(exhibit.filename().string());
    CHECK(message != "no error\n");
    CHECK(message == read_file(exhibit / "expected.txt"));
  }
}

TEST_CASE("the base of the museum is sound") {
  const WorkingIn here(tests_folder() / "museum" / "configs");
  CHECK_NOTHROW(config::load<config::toy::Root>("base.yaml"));
}
