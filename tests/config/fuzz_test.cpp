// Valid files, mutated by a keyed generator: whatever comes out is either loaded or refused with a
// message that has a place. Nothing crashes, hangs or throws anything else.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "config/load.hpp"
#include "place.hpp"
#include "toy.hpp"

using namespace carestair;
using namespace carestair::config::test;

namespace {

/// SplitMix64: one number a key.
std::uint64_t mixed(std::uint64_t key) {
  key += 0x9e3779b97f4a7c15u;
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9u;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebu;
  return key ^ (key >> 31);
}

class Mutator {
 public:
  explicit Mutator(std::uint64_t key) : key_(key << 20) {}

  std::string mutate(std::string text) {
    const std::size_t times = 1 + draw(4);
    for (std::size_t i = 0; i < times; ++i) step(text);
    return text;
  }

 private:
  std::size_t draw(std::size_t below) { return below == 0 ? 0 : mixed(key_++) % below; }

  void step(std::string& text) {
    static const std::vector<std::string_view> words{"&a ",
                                                     "*a",
                                                     "<<: ",
                                                     "!!map ",
                                                     "---\n",
                                                     "[",
                                                     "]",
                                                     "{",
                                                     "}",
                                                     ": ",
                                                     "- ",
                                                     "|\n",
                                                     ">\n",
                                                     "\"",
                                                     "'",
                                                     "#",
                                                     "\t",
                                                     "\n",
                                                     "\r\n",
                                                     "\x01",
                                                     "\xff",
                                                     "\xc3\xa5",
                                                     "null",
                                                     "~",
                                                     "nan",
                                                     ".inf",
                                                     "1e309",
                                                     "-0",
                                                     "0x1",
                                                     "1,5",
                                                     "999999999999999999999",
                                                     ",",
                                                     ";",
                                                     "include: config.yaml\n",
                                                     "value: ",
                                                     "unit: weeks",
                                                     "all",
                                                     "[age=1..2]",
                                                     "..",
                                                     "percent",
                                                     "%",
                                                     "@",
                                                     "`",
                                                     "? "};
    const std::size_t at = draw(text.size() + 1);
    switch (draw(7)) {
      case 0: text.insert(at, words[draw(words.size())]); break;
      case 1: text.erase(at, 1 + draw(8)); break;
      case 2: text.erase(at, 1 + draw(200)); break;
      case 3: {
        const std::string piece = text.substr(at, 1 + draw(60));
        text.insert(draw(text.size() + 1), piece);
        break;
      }
      case 4:
        if (!text.empty()) text[at % text.size()] = static_cast<char>(draw(256));
        break;
      case 5: {  // swap two lines
        const std::size_t other = draw(text.size() + 1);
        const auto line_at = [&](std::size_t i) {
          const std::size_t before = i == 0 ? std::string::npos : text.rfind('\n', i - 1);
          const std::size_t begin = before == std::string::npos ? 0 : before + 1;
          return text.substr(begin, text.find('\n', begin) - begin);
        };
        const std::string moved = line_at(at) + "\n";
        text.insert(
            text.find('\n', other) == std::string::npos ? text.size() : text.find('\n', other) + 1,
            moved);
        break;
      }
      default: {
        const std::size_t digit = text.find_first_of("0123456789", at);
        if (digit != std::string::npos) {
          const std::string_view with[] = {"-", "9", ".", "e", "00"};
          text.replace(digit, 1, with[draw(5)]);
        }
      }
    }
  }

  std::uint64_t key_;
};

/// True when it loads; otherwise every diagnostic must have a message and a file.
bool is_loaded_or_refused(const std::filesystem::path& path) {
  try {
    const auto loaded = config::load<config::toy::Root>(path);
    CHECK(loaded.hash.size() == 64);
    return true;
  } catch (const base::UserError& error) {
    CHECK_FALSE(error.diagnostics().empty());
    for (const base::Diagnostic& fault : error.diagnostics()) {
      if (fault.message.empty() || !fault.position.known()) {
        FAIL("a fault without message or place: " << error.what());
      }
    }
    return false;
  }
}

}  // namespace

TEST_CASE("mutated YAML is loaded or refused with a place") {
  const auto good = tests_folder() / "good";
  const Folder folder;
  folder.write("base.yaml", read_file(good / "base.yaml"));
  folder.write("data/mortality.csv", read_file(good / "data/mortality.csv"));
  const std::string valid = read_file(good / "config.yaml");
  REQUIRE(is_loaded_or_refused(folder.write("config.yaml", valid)));
  int loaded = 0;
  constexpr int rounds = 2500;
  for (int i = 0; i < rounds; ++i) {
    INFO("mutation " << i);
    const std::string text = Mutator(static_cast<std::uint64_t>(i)).mutate(valid);
    loaded += is_loaded_or_refused(folder.write("config.yaml", text)) ? 1 : 0;
  }
  CHECK(loaded > 0);
  CHECK(loaded < rounds);
}

TEST_CASE("mutated shared YAML is loaded or refused with a place") {
  const auto good = tests_folder() / "good";
  const Folder folder;
  folder.write("config.yaml", read_file(good / "config.yaml"));
  folder.write("data/mortality.csv", read_file(good / "data/mortality.csv"));
  const std::string valid = read_file(good / "base.yaml");
  for (int i = 0; i < 1500; ++i) {
    INFO("mutation " << i);
    folder.write("base.yaml", Mutator(1'000'000u + static_cast<std::uint64_t>(i)).mutate(valid));
    is_loaded_or_refused(folder.path / "config.yaml");
  }
}

TEST_CASE("mutated CSV is loaded or refused with a place") {
  const auto good = tests_folder() / "good";
  const Folder folder;
  folder.write("config.yaml", read_file(good / "config.yaml"));
  folder.write("base.yaml", read_file(good / "base.yaml"));
  const std::string valid = read_file(good / "data/mortality.csv");
  for (int i = 0; i < 1500; ++i) {
    INFO("mutation " << i);
    folder.write("data/mortality.csv",
                 Mutator(2'000'000u + static_cast<std::uint64_t>(i)).mutate(valid));
    is_loaded_or_refused(folder.path / "config.yaml");
  }
}

TEST_CASE("what loads after a mutation has an echo that loads to the same") {
  const auto good = tests_folder() / "good";
  const Folder folder;
  const std::string valid = config::load<config::toy::Root>(good / "config.yaml").echo;
  int loaded = 0;
  for (int i = 0; i < 1000; ++i) {
    INFO("mutation " << i);
    const auto path = folder.write(
        "config.yaml", Mutator(3'000'000u + static_cast<std::uint64_t>(i)).mutate(valid));
    if (!is_loaded_or_refused(path)) continue;
    ++loaded;
    const std::string first = config::load<config::toy::Root>(path).echo;
    const auto again = config::load<config::toy::Root>(folder.write("echo.yaml", first));
    CHECK(again.echo == first);
  }
  CHECK(loaded > 10);
}
