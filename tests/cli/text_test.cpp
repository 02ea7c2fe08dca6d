#include "cli/text.hpp"

#include "catch.hpp"

using namespace carestair::cli;

TEST_CASE("numbers are written for people") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1 000");
  CHECK(grouped(-1234567) == "-1 234 567");
  CHECK(decimal(1234.567, 1) == "1 234.6");
  CHECK(decimal(-0.04, 1) == "0.0");
  CHECK(decimal(-999.96, 1) == "-1 000.0");
  CHECK(decimals_for(0.0123, 2) == 3);
  CHECK(decimals_for(123.0, 2) == 0);
  CHECK(decimals_for(0.0, 2) == 0);
  CHECK(counted(1, "world") == "1 world");
  CHECK(counted(2000, "world") == "2 000 worlds");
  CHECK(file_size(999) == "999 bytes");
  CHECK(file_size(1'536'000) == "1.5 MB");
  CHECK(enumerated({"a"}) == "a");
  CHECK(enumerated({"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("paragraphs are broken at spaces and indented under their beginning") {
  CHECK(paragraph("- ", "one two three four", 11) == "- one two\n  three\n  four\n");
  CHECK(paragraph("", "of them 66 % are", 10) == "of them\n66 % are\n");
  CHECK(paragraph("", "", 10) == "\n");
  CHECK(paragraph("", "unbreakable-and-long x", 8) == "unbreakable-and-long\nx\n");
}

TEST_CASE("columns of a table line up, also with letters of two bytes") {
  TextTable table({TextTable::Align::left, TextTable::Align::right}, 1);
  table.row({"Værøy", "1"});
  table.row({"Selbu", "20"});
  table.row({"x", "300"});
  CHECK(table.text() == " Værøy    1\n Selbu   20\n x      300\n");
  CHECK(columns("Værøy") == 5);
}
