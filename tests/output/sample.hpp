// Runs and worlds made up for the tests of the room output: cheap, and different in every cell.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

#include "output/run_description.hpp"
#include "record/finished_world.hpp"
#include "record/months.hpp"

namespace sample {

using namespace carestair;

/// A folder of its own for one test, removed at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "carestair-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Size {
  int scenarios = 2;
  int replications = 3;
  int municipalities = 2;
  int months = 14;
  int services = 3;
};

inline output::RunDescription run(const Size& size = {}) {
  output::RunDescription run;
  run.title = "Hverdagsrehabilitering i Ås";
  run.question = "";
  run.command = "carestair run sample.yaml";
  run.seed = 42;
  run.configuration_yaml = "title: Hverdagsrehabilitering i Ås\n";
  run.configuration_sha256 = std::string(64, 'a');
  run.start = base::to_day({2030, 1, 1});
  run.month_ends = record::month_ends(
      run.start, base::first_of_month(2030 + size.months / 12, size.months % 12 + 1));
  run.replications = size.replications;
  for (int i = 0; i < size.scenarios; ++i) {
    const std::string id = "scenario_" + std::to_string(i);
    run.scenarios.push_back({id, "Scenario " + std::to_string(i), i == 0 ? "" : "changes something",
                             i == 0 ? "" : "another", id});
  }
  for (int i = 0; i < size.municipalities; ++i) {
    run.municipalities.push_back({"m" + std::to_string(i), "Kommune " + std::to_string(i), 4100});
  }
  for (int i = 0; i < size.services; ++i) {
    run.services.push_back({"service_" + std::to_string(i), "Service", "Tjeneste", "hours"});
  }
  run.units = {{"unit_0", "Unit", "Enhet"}};
  run.evidence = {
      {"needs.hours", output::EvidenceRow::not_given, 1, 2, "h", "x2019", "measured", ""},
      {"services.a.cost_per_hour", 612, 500, 700, "NOK_per_hour", "", "assumption", "no source"}};
  return run;
}

/// A small generator, so that the numbers look like counts and not like a pattern.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>((state_ >> 33) % limit);
  }

 private:
  std::uint64_t state_;
};

inline record::FinishedWorld world(const record::WorldKey& key, std::size_t months,
                                   std::size_t services, std::size_t events = 0) {
  using record::Storage;
  Numbers numbers(static_cast<std::uint64_t>(key.scenario * 1'000'003 + key.replication * 1009 +
                                             key.municipality));
  record::FinishedWorld world{.key = key,
                              .result = record::WorldResult(months, {services}),
                              .sums = {},
                              .pairing = {},
                              .events = {}};
  for (const record::Definition& d : record::definitions()) {
    for (std::size_t month = 0; month < months; ++month) {
      const auto fill = [&](auto cells) {
        // Two of three cells stay empty, as most combinations do in life.
        for (std::size_t i = 0; i < cells.size(); ++i) {
          using Number = std::remove_reference_t<decltype(cells[0])>;
          if (i % 3 == 0) cells[i] = static_cast<Number>(numbers.below(10));
        }
      };
      switch (d.storage) {
        case Storage::u16: fill(world.result.month<std::uint16_t>(d.indicator, month)); break;
        case Storage::u32: fill(world.result.month<std::uint32_t>(d.indicator, month)); break;
        case Storage::f32: fill(world.result.month<float>(d.indicator, month)); break;
      }
    }
  }
  for (std::size_t g = 0; g < record::person_group_count; ++g) {
    world.sums.persons[g] = numbers.below(500);
    for (double& sum : world.sums.sum[g]) sum = numbers.below(1'000'000) / 7.0;
  }
  if (key.scenario > 0) {
    world.pairing.emplace();
    for (record::PairedGroup& group : world.pairing->groups) {
      group.paired = numbers.below(500);
      group.touched = numbers.below(50);
      group.only_baseline = numbers.below(3);
      group.only_other = numbers.below(3);
      for (std::size_t i = 0; i < record::outcome_count; ++i) {
        group.more[i] = numbers.below(20);
        group.less[i] = numbers.below(20);
        group.sum[i] = numbers.below(1000) / 3.0;
        group.sum_squares[i] = numbers.below(1000) / 3.0;
      }
    }
  }
  for (std::size_t i = 0; i < events; ++i) {
    world.events.push_back(
        {.uid = (1ULL << 52) + numbers.below(5000),
         .day = base::to_day({2030, 1, 1}) + static_cast<int>(i % 400),
         .kind = static_cast<model::EventKind>(numbers.below(model::event_kind_count)),
         .from = static_cast<std::uint8_t>(numbers.below(4)),
         .to = static_cast<std::uint8_t>(numbers.below(4))});
  }
  for (std::size_t i = 0; i < events / 4; ++i) {
    record::PersonOutcome person{.uid = i + 1, .values = {}};
    for (float& value : person.values) value = static_cast<float>(numbers.below(1000)) / 3.0F;
    person.age = static_cast<std::uint8_t>(numbers.below(100));
    person.sex = numbers.below(2) == 0 ? model::Sex::female : model::Sex::male;
    if (i % 5 != 0)
      person.first_day = {.need_level = 2, .living_alone = 1, .dwelling = 3, .cognition = 4};
    world.persons.push_back(person);
  }
  return world;
}

}  // namespace sample
