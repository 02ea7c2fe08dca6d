// Finished worlds in a journal: whatever was cut off at the end, what is before it is kept.
#include <random>

#include "catch.hpp"
#include "output/journal.hpp"
#include "output/run_text.hpp"
#include "output/writer.hpp"
#include "sample.hpp"

using namespace carestair;
using Catch::Matchers::ContainsSubstring;
using output::Journal;
using output::JournalReader;

namespace {

constexpr sample::Size journal_size{
    .scenarios = 2, .replications = 4, .municipalities = 1, .months = 14, .services = 3};

output::EncodedWorld encoded(const record::WorldKey& key) {
  return output::encode(sample::world(key, 14, 3, 50));
}

std::vector<record::WorldKey> all_keys() {
  std::vector<record::WorldKey> keys;
  for (int r = 0; r < journal_size.replications; ++r) {
    for (int s = 0; s < journal_size.scenarios; ++s) keys.push_back({s, r, 0});
  }
  return keys;
}

}  // namespace

TEST_CASE("the description of a run survives being text", "[output]") {
  output::RunDescription run = sample::run(journal_size);
  run.draws = {"random",
               2,
               {{"a.b", "share", 0.1}, {"c.position", "position", 0.0}},
               {"draw 0", "draw 1"},
               {0.1 + 0.2, -0.5, 1e-300, 1.0}};
  const std::string text = output::to_text(run);
  const output::RunDescription back = output::run_from_text(text);
  CHECK(output::to_text(back) == text);
  CHECK(back.draws.values == run.draws.values);
  CHECK(back.evidence.size() == run.evidence.size());
  CHECK((back.sizes() == run.sizes()));
  CHECK(output::difference_of(text, text).empty());
  run.command += " again";
  CHECK(output::difference_of(text, output::to_text(run)).empty());
  run.draws.values[1] = 0.0;
  CHECK(output::difference_of(text, output::to_text(run)) == "another configuration");
  CHECK_THROWS_AS(output::run_from_text("{}"), std::invalid_argument);
}

TEST_CASE("a journal keeps every world before the cut", "[output]") {
  const sample::Folder folder;
  const output::RunDescription run = sample::run(journal_size);
  std::vector<std::uintmax_t> ends;
  {
    Journal journal = Journal::begin(folder / "a.worlds", run);
    ends.push_back(std::filesystem::file_size(folder / "a.worlds"));
    for (const record::WorldKey& key : all_keys()) {
      journal.append(key, encoded(key));
      ends.push_back(std::filesystem::file_size(folder / "a.worlds"));
    }
  }
  const std::string bytes = sample::bytes_of(folder / "a.worlds");
  std::mt19937 random(5);
  for (int i = 0; i < 40; ++i) {
    const std::size_t cut = ends.front() + random() % (bytes.size() - ends.front() + 1);
    std::ofstream(folder / "b.worlds", std::ios::binary) << bytes.substr(0, cut);
    const auto whole =
        static_cast<std::size_t>(std::ranges::upper_bound(ends, cut) - ends.begin() - 1);
    std::size_t found = 0;
    JournalReader(folder / "b.worlds").each([&](const record::WorldKey& key, auto world) {
      CHECK(key == all_keys()[found]);
      CHECK((world.bytes == encoded(key).bytes));
      ++found;
    });
    CHECK(found == whole);
    // Going on with it drops the rest, so that worlds after it are found.
    Journal::resume(folder / "b.worlds", run).append({1, 3, 0}, encoded({1, 3, 0}));
    std::size_t after = 0;
    JournalReader(folder / "b.worlds").each([&](const auto&, const auto&) { ++after; });
    CHECK(after == whole + 1);
  }
}

TEST_CASE("a journal cut off before its first world is begun anew", "[output]") {
  const sample::Folder folder;
  const output::RunDescription run = sample::run(journal_size);
  { const Journal empty = Journal::begin(folder / "a.worlds", run); }
  const std::string bytes = sample::bytes_of(folder / "a.worlds");
  for (const std::size_t cut : {std::size_t{0}, std::size_t{5}, std::size_t{20}, std::size_t{32},
                                std::size_t{40}, bytes.size() - 1}) {
    CAPTURE(cut);
    for (const bool resumed : {false, true}) {
      std::ofstream(folder / "b.worlds", std::ios::binary) << bytes.substr(0, cut);
      {
        Journal journal = resumed ? Journal::resume(folder / "b.worlds", run)
                                  : Journal::begin(folder / "b.worlds", run);
        journal.append({0, 1, 0}, encoded({0, 1, 0}));
      }
      CHECK(JournalReader(folder / "b.worlds").run_text() ==
            JournalReader(folder / "a.worlds").run_text());
      CHECK_FALSE(JournalReader(folder / "b.worlds").empty());
    }
  }
  // What is no journal is nobody's to overwrite.
  std::ofstream(folder / "c.worlds", std::ios::binary) << "my notes";
  CHECK_THROWS(Journal::begin(folder / "c.worlds", run));
  CHECK_THROWS(Journal::resume(folder / "c.worlds", run));
  CHECK(sample::bytes_of(folder / "c.worlds") == "my notes");
}

TEST_CASE("a damaged world ends the journal", "[output]") {
  const sample::Folder folder;
  const output::RunDescription run = sample::run(journal_size);
  std::uintmax_t first = 0;
  {
    Journal journal = Journal::begin(folder / "a.worlds", run);
    journal.append({0, 0, 0}, encoded({0, 0, 0}));
    first = std::filesystem::file_size(folder / "a.worlds");
    journal.append({1, 0, 0}, encoded({1, 0, 0}));
  }
  std::string bytes = sample::bytes_of(folder / "a.worlds");
  bytes[first + 200] = static_cast<char>(bytes[first + 200] ^ 1);
  std::ofstream(folder / "b.worlds", std::ios::binary) << bytes;
  CHECK(JournalReader(folder / "b.worlds").each({}) == first);
  CHECK(JournalReader(folder / "b.worlds").whole_replications(run) ==
        std::vector<bool>{false, false, false, false});

  std::ofstream(folder / "c.worlds", std::ios::binary) << bytes.substr(0, 40);
  CHECK_THROWS_WITH(JournalReader(folder / "c.worlds"), ContainsSubstring("is damaged"));
  std::ofstream(folder / "d.worlds", std::ios::binary) << "my notes";
  CHECK_THROWS_WITH(JournalReader(folder / "d.worlds"),
                    ContainsSubstring("holds no finished worlds"));
  CHECK_THROWS_WITH(JournalReader(folder / "e.worlds"), ContainsSubstring("is not there"));
}

TEST_CASE("a journal is of one run, one part and one writer", "[output]") {
  const sample::Folder folder;
  output::RunDescription run = sample::run(journal_size);
  {
    Journal journal = Journal::begin(folder / "a.worlds", run, {2, 4});
    CHECK_THROWS_WITH(Journal::resume(folder / "a.worlds", run, {2, 4}),
                      ContainsSubstring("being written by another run"));
    journal.append({0, 1, 0}, encoded({0, 1, 0}));
  }
  CHECK_THROWS_WITH(Journal::begin(folder / "a.worlds", run, {2, 4}),
                    ContainsSubstring("--resume"));
  CHECK_THROWS_WITH(Journal::resume(folder / "a.worlds", run, {3, 4}),
                    ContainsSubstring("another part"));
  run.seed = 43;
  CHECK_THROWS_WITH(Journal::resume(folder / "a.worlds", run, {2, 4}),
                    ContainsSubstring("another seed"));
  // Nothing finished, nothing to keep.
  { const Journal empty = Journal::begin(folder / "b.worlds", run); }
  CHECK_NOTHROW(Journal::begin(folder / "b.worlds", run));
}

TEST_CASE("parts share all replications, each once", "[output]") {
  for (const int count : {1, 3, 7}) {
    int at = 0;
    for (int index = 1; index <= count; ++index) {
      const output::Shard shard{index, count};
      CHECK(shard.first(100) == at);
      at = shard.end(100);
      CHECK(at > shard.first(100));
    }
    CHECK(at == 100);
  }
}
