// The table of definitions, the calendar and the documentation that is made from them.
#include <fstream>
#include <iterator>
#include <set>

#include "catch.hpp"
#include "record/indicators.hpp"
#include "record/months.hpp"
#include "record/world_result.hpp"

using namespace carestair;

TEST_CASE("every indicator is defined once, with axes and words", "[record]") {
  std::set<std::string_view> names;
  for (const record::Definition& d : record::definitions()) {
    INFO(d.name);
    CHECK(names.insert(d.name).second);
    CHECK_FALSE(d.unit.empty());
    CHECK_FALSE(d.axes.empty());
    CHECK_FALSE(d.long_name.empty());
    CHECK(d.counts.ends_with('.'));
    // A name that is also a dimension would be taken for a coordinate.
    for (const record::Axis axis : record::all_axes) CHECK(d.name != record::axis_name(axis));
    // xarray turns these unit names into durations.
    for (const char* unit : {"days", "hours", "minutes", "seconds"}) CHECK(d.unit != unit);
  }
  CHECK(names.size() == record::indicator_count);
}

TEST_CASE("cells are the product of the axes", "[record]") {
  CHECK(record::cells(record::definition(record::Indicator::recipients), {18}) == 18 * 6 * 2 * 4);
  CHECK(record::cells(record::definition(record::Indicator::unmet_hours), {18}) == 6);
}

TEST_CASE("bands of hours include their lower bound", "[record]") {
  CHECK(record::hours_band(0.5F) == 0);
  CHECK(record::hours_band(4.99F) == 1);
  CHECK(record::hours_band(5.0F) == 2);
  CHECK(record::hours_band(168.0F) == record::hours_band_count - 1);
}

TEST_CASE("months are those that end within the run", "[record]") {
  const auto day = [](int y, int m, int d) { return base::to_day({y, m, d}); };
  CHECK(record::month_ends(day(2028, 1, 1), day(2028, 4, 1)) ==
        std::vector{day(2028, 1, 31), day(2028, 2, 29), day(2028, 3, 31)});
  CHECK(record::month_ends(day(2029, 12, 15), day(2030, 1, 31)) == std::vector{day(2029, 12, 31)});
  CHECK(record::month_ends(day(2030, 1, 1), day(2030, 1, 31)).empty());
  CHECK(record::month_ends(day(2030, 1, 1), day(2050, 1, 1)).size() == 240);
}

TEST_CASE("a world of 240 months and 18 services takes under three megabytes", "[record]") {
  std::size_t bytes = 0;
  for (const record::Definition& d : record::definitions()) {
    bytes += record::cells(d, {18, 7}) * 240 * (d.storage == record::Storage::u16 ? 2 : 4);
  }
  CHECK(bytes < 3'000'000);
}

TEST_CASE("the page of the file format holds the table as it is in the code", "[record]") {
  std::ifstream file(CARESTAIR_SOURCE_DIR "/docs/file-format.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  REQUIRE_FALSE(page.empty());
  // When this fails: paste the text below between the two markers of the page.
  const std::string expected =
      "<!-- indicators: begin -->\n" + record::indicator_reference() + "<!-- indicators: end -->";
  CAPTURE(expected);
  CHECK(page.find(expected) != std::string::npos);
}
