// The bytes of a result depend on the run alone: not on threads, not on who finished first, not on
// how much had to wait on disk.
#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "catch.hpp"
#include "output/reader.hpp"
#include "output/writer.hpp"
#include "sample.hpp"

using namespace carestair;

namespace {

constexpr sample::Size size{
    .scenarios = 2, .replications = 6, .municipalities = 3, .months = 14, .services = 3};

std::vector<record::WorldKey> canonical() {
  std::vector<record::WorldKey> keys;
  for (int r = 0; r < size.replications; ++r) {
    for (int m = 0; m < size.municipalities; ++m) {
      for (int s = 0; s < size.scenarios; ++s) keys.push_back({s, r, m});
    }
  }
  return keys;
}

record::FinishedWorld world(const record::WorldKey& key) {
  return sample::world(key, 14, 3, static_cast<std::size_t>(700 + 100 * key.municipality));
}

std::string written(const std::vector<record::WorldKey>& order, int threads, bool events,
                    output::WriterOptions options = {}) {
  const sample::Folder folder;
  output::RunDescription run = sample::run(size);
  run.event_log = events;
  run.person_rows = events;
  output::Writer writer(folder / "a.h5", run, options);
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < order.size(); at = next++) writer.add(world(order[at]));
    });
  }
  for (std::thread& worker : workers) worker.join();
  writer.finish();
  return sample::bytes_of(folder / "a.h5");
}

}  // namespace

TEST_CASE("the same bytes for any order and any number of threads", "[output]") {
  for (const bool events : {false, true}) {
    const std::string expected = written(canonical(), 1, events);
    REQUIRE(expected.size() > 10'000);
    CHECK(written(canonical(), 1, events) == expected);
    std::mt19937 random(3);
    for (const int threads : {1, 2, 8}) {
      auto order = canonical();
      std::shuffle(order.begin(), order.end(), random);
      CHECK(written(order, threads, events) == expected);
    }
    auto backwards = canonical();
    std::reverse(backwards.begin(), backwards.end());
    CHECK(written(backwards, 1, events) == expected);
    // No memory to wait in: everything goes by way of the temporary file.
    CHECK(written(backwards, 2, events, {.waiting_bytes = 0}) == expected);
  }
}

TEST_CASE("a stopped run keeps its whole replications", "[output]") {
  const sample::Folder folder;
  output::RunDescription run = sample::run(size);
  run.event_log = true;
  output::Writer writer(folder / "a.h5", run);
  const auto keys = canonical();
  // Two replications and a half, and one that finished early: that one cannot be kept.
  for (std::size_t i = 0; i < 15; ++i) writer.add(world(keys[i]));
  for (std::size_t i = 24; i < 30; ++i) writer.add(world(keys[i]));
  CHECK(writer.finish_early() == 2);
  CHECK(folder.files() == 1);

  const output::Reader reader(folder / "a.h5");
  CHECK_FALSE(reader.header().complete);
  CHECK(reader.header().replications_finished == 2);
  CHECK(reader.header().run.replications == 6);
  CHECK(reader.indicator("population").shape[1] == 2);
  CHECK(reader.person_table("total").shape[1] == 2);
  const auto last =
      reader.indicator("recipients", {.scenario = 1, .replication = 1, .municipality = 2});
  CHECK(std::ranges::any_of(last.values, [](double x) { return x != 0; }));
}

TEST_CASE("a run stopped before its first replication leaves nothing", "[output]") {
  const sample::Folder folder;
  output::Writer writer(folder / "a.h5", sample::run(size));
  writer.add(world({0, 0, 0}));
  CHECK(std::filesystem::exists(output::part_path(folder / "a.h5")));
  CHECK(writer.finish_early() == 0);
  CHECK(folder.files() == 0);
}

TEST_CASE("an abandoned writer leaves an older result alone", "[output]") {
  const sample::Folder folder;
  std::ofstream(folder / "a.h5") << "older";
  {
    output::Writer writer(folder / "a.h5", sample::run(size));
    writer.add(world({0, 0, 0}));
  }
  CHECK(folder.files() == 1);
  CHECK(sample::bytes_of(folder / "a.h5") == "older");
}

TEST_CASE("a world that comes twice or from elsewhere is a mistake of the program", "[output]") {
  const sample::Folder folder;
  output::Writer writer(folder / "a.h5", sample::run(size));
  CHECK_THROWS_AS(writer.add(world({2, 0, 0})), std::logic_error);
  writer.add(world({0, 0, 0}));
  CHECK_THROWS_AS(writer.finish(), std::logic_error);
  CHECK_THROWS_AS(writer.add(world({0, 0, 0})), std::logic_error);
}
