// What is written is read back, label by label and number by number.
#include <cmath>

#include "base/version.hpp"
#include "catch.hpp"
#include "output/format.hpp"
#include "output/reader.hpp"
#include "output/world_tables.hpp"
#include "output/writer.hpp"
#include "sample.hpp"

using namespace carestair;

namespace {

void write(const std::filesystem::path& path, const sample::Size& size,
           const output::RunDescription& run) {
  output::Writer writer(path, run);
  for (int r = 0; r < size.replications; ++r) {
    for (int m = 0; m < size.municipalities; ++m) {
      for (int s = 0; s < size.scenarios; ++s) {
        writer.add(sample::world({s, r, m}, static_cast<std::size_t>(size.months),
                                 static_cast<std::size_t>(size.services)));
      }
    }
  }
  writer.finish();
}

/// [month][cell] as it was, [cell][month] as it is in the file.
template <class Number>
bool same(std::span<const Number> recorded, std::size_t months, const std::vector<double>& read) {
  if (recorded.size() != read.size()) return false;
  const std::size_t cells = recorded.size() / months;
  for (std::size_t month = 0; month < months; ++month) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const auto a = static_cast<double>(recorded[month * cells + cell]);
      const double b = read[cell * months + month];
      if (a != b && !(std::isnan(a) && std::isnan(b))) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("indicators come back as they were", "[output]") {
  const sample::Folder folder;
  const sample::Size size;
  write(folder / "a.h5", size, sample::run(size));
  CHECK(folder.files() == 1);  // no .part, no temporary file

  const output::Reader reader(folder / "a.h5");
  std::vector<std::string> names;
  for (const auto& d : record::definitions()) names.emplace_back(d.name);
  CHECK(reader.indicators() == names);
  const auto world = sample::world({1, 2, 0}, 14, 3);
  for (const record::Definition& d : record::definitions()) {
    INFO(d.name);
    const output::Array array =
        reader.indicator(d.name, {.scenario = 1, .replication = 2, .municipality = 0});
    CHECK(array.dimensions.back() == "time");
    REQUIRE(array.dimensions.size() == d.axes.size() + 1);
    for (std::size_t i = 0; i < d.axes.size(); ++i) {
      CHECK(array.dimensions[i] == record::axis_name(d.axes[i]));
      CHECK(array.shape[i] == record::axis_size(d.axes[i], sample::run(size).sizes()));
    }
    switch (d.storage) {
      case record::Storage::u16:
        CHECK(same(world.result.all<std::uint16_t>(d.indicator), 14, array.values));
        break;
      case record::Storage::u32:
        CHECK(same(world.result.all<std::uint32_t>(d.indicator), 14, array.values));
        break;
      case record::Storage::f32:
        CHECK(same(world.result.all<float>(d.indicator), 14, array.values));
        break;
    }
  }
  const output::Array whole = reader.indicator("population");
  CHECK(whole.dimensions == std::vector<std::string>{"scenario", "replication", "municipality",
                                                     "age_group", "sex", "need_level", "time"});
  CHECK(whole.shape == std::vector<std::size_t>{2, 3, 2, 6, 2, 4, 14});
}

TEST_CASE("persons come back as they were", "[output]") {
  const sample::Folder folder;
  const sample::Size size;
  write(folder / "a.h5", size, sample::run(size));
  const output::Reader reader(folder / "a.h5");
  const auto world = sample::world({1, 1, 1}, 14, 3);
  const output::Slab slab{.scenario = 1, .replication = 1, .municipality = 1};
  const auto total = reader.person_table("total", slab);
  CHECK(total.dimensions == std::vector<std::string>{"age_group", "sex", "outcome"});
  const auto squares = reader.person_table("difference_sum_squares", slab);
  const auto less = reader.person_table("less", slab);
  const auto touched = reader.person_table("touched", slab);
  for (std::size_t g = 0; g < record::person_group_count; ++g) {
    CHECK(touched.values[g] == world.pairing->groups[g].touched);
    for (std::size_t o = 0; o < record::outcome_count; ++o) {
      const std::size_t at = g * record::outcome_count + o;
      CHECK(total.values[at] == world.sums.sum[g][o]);
      CHECK(squares.values[at] == world.pairing->groups[g].sum_squares[o]);
      CHECK(less.values[at] == world.pairing->groups[g].less[o]);
    }
  }
  // The baseline against itself: everybody paired, nothing changed.
  const output::Slab baseline{.scenario = 0, .replication = 1, .municipality = 1};
  const auto same_world = sample::world({0, 1, 1}, 14, 3);
  const auto paired = reader.person_table("paired", baseline);
  for (std::size_t g = 0; g < record::person_group_count; ++g) {
    CHECK(paired.values[g] == same_world.sums.persons[g]);
  }
  for (const double d : reader.person_table("difference_sum", baseline).values) CHECK(d == 0.0);
}

TEST_CASE("the description comes back as it was", "[output]") {
  const sample::Folder folder;
  const sample::Size size;
  const output::RunDescription run = sample::run(size);
  write(folder / "a.h5", size, run);
  const output::Reader reader(folder / "a.h5");
  const output::ResultHeader& header = reader.header();
  CHECK(header.format_major == output::format_major);
  CHECK(header.program_version == base::version_string);
  CHECK(header.complete);
  CHECK(header.replications_finished == 3);
  CHECK(header.run.title == run.title);
  CHECK(header.run.question.empty());
  CHECK(header.run.command == run.command);
  CHECK(header.run.seed == 42);
  CHECK(header.run.configuration_yaml == run.configuration_yaml);
  CHECK(header.run.configuration_sha256 == run.configuration_sha256);
  CHECK(header.run.start == run.start);
  CHECK(header.run.month_ends == run.month_ends);
  CHECK(header.run.replications == 3);
  CHECK_FALSE(header.run.event_log);
  REQUIRE(header.run.scenarios.size() == 2);
  CHECK(header.run.scenarios[1].description == "changes something");
  CHECK(header.run.scenarios[0].structure.empty());
  CHECK(header.run.scenarios[1].structure == "another");
  CHECK(header.run.scenarios[1].policy == "scenario_1");
  REQUIRE(header.run.municipalities.size() == 2);
  CHECK(header.run.municipalities[1].population == 4100);
  REQUIRE(header.run.services.size() == 3);
  CHECK(header.run.services[2].norwegian == "Tjeneste");
  REQUIRE(header.run.units.size() == 1);
  CHECK(header.run.units[0].norwegian == "Enhet");
  REQUIRE(header.run.evidence.size() == 2);
  CHECK(std::isnan(header.run.evidence[0].value));
  CHECK(header.run.evidence[1].value == 612);
  CHECK(header.run.evidence[1].kind == "assumption");
}

TEST_CASE("a world of nothing but zeros is read as zeros", "[output]") {
  const sample::Folder folder;
  const sample::Size size{.scenarios = 1, .replications = 1, .municipalities = 1};
  output::Writer writer(folder / "a.h5", sample::run(size));
  writer.add(
      {.key = {}, .result = record::WorldResult(14, {3}), .sums = {}, .pairing = {}, .events = {}});
  writer.finish();
  const output::Reader reader(folder / "a.h5");
  for (const std::string& name : reader.indicators()) {
    for (const double number : reader.indicator(name).values) REQUIRE(number == 0.0);
  }
}

TEST_CASE("names and indices that are not there are out of range", "[output]") {
  const sample::Folder folder;
  const sample::Size size{.scenarios = 1, .replications = 1, .municipalities = 1};
  write(folder / "a.h5", size, sample::run(size));
  const output::Reader reader(folder / "a.h5");
  CHECK_THROWS_AS(reader.indicator("happiness"), std::out_of_range);
  CHECK_THROWS_AS(reader.indicator("population", {.scenario = 1}), std::out_of_range);
  CHECK_THROWS_AS(reader.indicator("population", {.replication = -2}), std::out_of_range);
}

TEST_CASE("the page of the file format names every dataset and the version", "[output]") {
  const std::string page = sample::bytes_of(CARESTAIR_SOURCE_DIR "/docs/file-format.md");
  REQUIRE_FALSE(page.empty());
  CHECK(page.find("Format version " + std::to_string(output::format_major) + "." +
                  std::to_string(output::format_minor)) != std::string::npos);
  for (const auto& table : output::person_table_infos()) {
    INFO(table.name);
    CHECK(page.find("| `" + std::string(table.name) + "` |") != std::string::npos);
    CHECK(page.find(std::string(table.meaning)) != std::string::npos);
  }
  for (const auto& outcome : record::outcomes()) {
    INFO(outcome.name);
    CHECK(page.find("| `" + std::string(outcome.name) + "` | " + std::string(outcome.unit) +
                    " |") != std::string::npos);
  }
}
