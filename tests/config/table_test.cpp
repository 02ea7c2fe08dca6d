#include "config/table.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "catch.hpp"
#include "config/csv.hpp"
#include "config/load.hpp"
#include "config/table_rows.hpp"
#include "config/table_writer.hpp"
#include "place.hpp"
#include "toy.hpp"

using namespace carestair;
using namespace carestair::config;
using namespace carestair::config::test;

namespace {

/// The mortality table of a configuration whose CSV is `csv`.
Table mortality(const std::string& csv, const std::string& unit = "per_year") {
  const Folder folder;
  folder.write("base.yaml", read_file(tests_folder() / "museum" / "configs" / "base.yaml"));
  folder.write("rate.csv", csv);
  return load<toy::Root>(folder.write("config.yaml",
                                      "include: base.yaml\n"
                                      "mortality:\n"
                                      "  rate: {table: rate.csv, unit: " +
                                          unit + ", source: ssb, kind: measured}\n"))
      .root.mortality.rate;
}

}  // namespace

TEST_CASE("axes have the levels the comments of table.hpp promise") {
  CHECK(axis_size(Axis::age) == 111);
  CHECK(axis_size(Axis::sex) == 2);
  CHECK(axis_size(Axis::need_level) == 4);
  CHECK(axis_size(Axis::cognition) == 5);
  CHECK(axis_size(Axis::need_type) == 5);
  CHECK(axis_size(Axis::distance) == 4);
  CHECK(axis_size(Axis::income) == 3);
  CHECK(axis_size(Axis::home_zone) == 3);
  CHECK(axis_name(Axis::need_type) == "need_type");
  CHECK(axis_levels(Axis::cognition)[1] == "mild_impairment");
}

TEST_CASE("the last axis runs fastest") {
  Table table({Axis::age, Axis::sex}, 1.5);
  CHECK(table.cells().size() == 222);
  table.cells()[2 * 80 + 1] = 7;
  CHECK(table(80, 1) == 7);
  CHECK(table(80, 0) == 1.5);
}

TEST_CASE("points are joined by straight lines, constant beyond the ends") {
  const Table rate =
      mortality("age,sex,value\n20,all,0.1\n40,all,0.3\n90,male,0.8\n90,female,0.3\n");
  CHECK(rate(0, 0) == 0.1);
  CHECK(rate(20, 1) == 0.1);
  CHECK(rate(30, 0) == Approx(0.2));
  CHECK(rate(65, 0) == Approx(0.55));
  CHECK(rate(65, 1) == Approx(0.3));
  CHECK(rate(110, 0) == 0.8);
}

TEST_CASE("bands are constant, an empty end is open") {
  const Table rate =
      mortality("sex,age_from,age_to,value\nall,0,0,3\nall,1,66,1\nmale,67,,200\nfemale,67,,100\n",
                "per_1000_person_years");
  CHECK(rate(0, 0) == 0.003);
  CHECK(rate(1, 0) == 0.001);
  CHECK(rate(66, 1) == 0.001);
  CHECK(rate(67, 1) == 0.1);
  CHECK(rate(110, 0) == 0.2);
}

TEST_CASE("comments, empty lines, spaces, quotes and Windows line ends are fine") {
  const Table rate = mortality(
      "\xef\xbb\xbf# deaths\r\n\r\n age , sex ,value,note\r\n 0 , all , 0.1 ,\"a, \"\"b\"\"\"\r\n");
  CHECK(rate(50, 0) == 0.1);
}

TEST_CASE("a row that speaks for all ages may stand among points") {
  const Table rate = mortality("age,sex,value\nall,male,0.5\n0,female,0.1\n100,female,0.2\n");
  CHECK(rate(30, 0) == 0.5);
  CHECK(rate(50, 1) == Approx(0.15));
}

TEST_CASE("words for levels") {
  CHECK(levels_of(Axis::age, "80+").size() == 31);
  CHECK(levels_of(Axis::age, "67..79").size() == 13);
  CHECK(levels_of(Axis::age, "67") == std::vector<std::size_t>{67});
  CHECK(levels_of(Axis::sex, "all").size() == 2);
  for (const char* word : {"", "-1", "111", "80..70", "x", "1..", "..5", "1..2..3", "8 0"}) {
    INFO(word);
    CHECK(levels_of(Axis::age, word).empty());
  }
}

TEST_CASE("a table written as CSV joins ages of equal value") {
  Table table({Axis::age, Axis::sex}, 1);
  for (std::size_t age = 67; age <= 110; ++age) table.cells()[2 * age + 1] = 2;
  CHECK(to_csv(table, nullptr) ==
        "age_from,age_to,sex,value\n0,110,male,1\n0,66,female,1\n67,110,female,2\n");
}

namespace {

struct Town {
  Table population;
  void fields(Visitor& v) {
    v.table("population", population,
            {.axes = toy::age_sex, .unit = "persons", .min = 0, .doc = "", .every_age = true});
  }
};

LoadResult<Town> town(const std::string& csv) {
  const Folder folder;
  folder.write("population.csv", csv);
  return load<Town>(folder.write(
      "config.yaml",
      "population: {table: population.csv, unit: persons, kind: assumption, note: \"test\"}\n"));
}

/// As many of both sexes at each age from 0 on, then the last one.
std::string persons(int ages, int each, int last) {
  std::string csv = "age,sex,value\n";
  for (int age = 0; age < ages; ++age) {
    const int value = age + 1 < ages ? each : last;
    csv += fmt::format("{0},male,{1}\n{0},female,{1}\n", age, value);
  }
  return csv;
}

std::string refused(const std::string& csv) {
  try {
    town(csv);
  } catch (const base::UserError& error) {
    return error.what();
  }
  return "no error";
}

auto tells(const std::string& text) { return Catch::Matchers::ContainsSubstring(text); }

}  // namespace

TEST_CASE("a count is given age by age, and nobody is older than its last age") {
  const Table population = town(persons(101, 10, 1)).root.population;
  CHECK(population(99, 0) == 10);
  CHECK(population(100, 1) == 1);
  CHECK(population(101, 1) == 0);
  CHECK(population(110, 0) == 0);
}

TEST_CASE("counts of groups of ages are refused, the first age that is missing is named") {
  CHECK_THAT(refused("age,sex,value\n0,male,50\n0,female,50\n5,male,60\n5,female,60\n"),
             tells("population.csv:4:1: error: no row for age 1, male") &&
                 tells("one row for each year of age") && tells("among its years"));
  CHECK_THAT(refused("age,sex,value\n1,male,5\n1,female,5\n"), tells("no row for age 0, male"));
  CHECK_THAT(
      refused("age_from,age_to,sex,value\n0,4,male,50\n0,4,female,50\n5,,male,1\n5,,female,1\n"),
      tells(
          "population.csv:2:1: error: this row gives 50 to each of 5 combinations of age and sex, "
          "250 in all; 3 more rows do the like"));
  CHECK_THAT(refused("age,sex,value\n0,all,50\n"), tells("50 to each of 2 combinations"));
}

TEST_CASE("a last count that stands for all above it is refused") {
  CHECK_THAT(refused(persons(91, 10, 40)),
             tells("population.csv:182:1: error: the last row, age 90, male, holds 40") &&
                 tells("it looks like all of 90 and over") && tells("rows of 0"));
  CHECK_THAT(refused(persons(67, 10, 10)), tells("the table ends at age 66, male, with 10"));
  CHECK(refused(persons(96, 10, 10)) == "no error");
  CHECK(refused(persons(101, 10, 40)) == "no error");  // few reach a hundred
}

TEST_CASE("counts are echoed age by age, so that the echo reads back") {
  const auto first = town(persons(101, 10, 1));
  CHECK_THAT(first.echo, tells("\n    4,4,male,10\n") && tells("\n    101,110,male,0\n"));
  const Folder folder;
  const auto again = load<Town>(folder.write("config.yaml", first.echo));
  CHECK(again.echo == first.echo);
  const auto a = first.root.population.cells();
  const auto b = again.root.population.cells();
  CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
}
