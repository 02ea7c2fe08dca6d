#include "config/table.hpp"

#include <string>

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
