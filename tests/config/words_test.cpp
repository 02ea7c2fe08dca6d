// Small things: numbers, suggestions, SHA-256.
#include <cmath>
#include <string>

#include "catch.hpp"
#include "config/scalar.hpp"
#include "config/sha256.hpp"
#include "config/suggest.hpp"
#include "config/yaml_writer.hpp"

using namespace carestair::config;

TEST_CASE("numbers are decimal, finite and nothing else") {
  CHECK(parse_number("3") == 3.0);
  CHECK(parse_number("-0.5") == -0.5);
  CHECK(parse_number("+2") == 2.0);
  CHECK(parse_number("1e-4") == 1e-4);
  CHECK(parse_number(".5") == 0.5);
  CHECK(to_text(1e-5) == "1.0e-05");
  CHECK(to_text(0.1) == "0.1");
  CHECK(std::signbit(*parse_number("-0")) == false);
  for (const char* text : {"", "-", "+", ".", "1,5", "1_000", "0x10", "1e999", "nan", "inf", ".inf",
                           "-.inf", "+-1", "1 ", " 1", "1e", "true", "--1", "1.2.3"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text));
  }
}

TEST_CASE("identifiers can be part of an address") {
  CHECK(is_identifier("home_nursing"));
  CHECK(is_identifier("2030"));
  for (const char* text : {"", "Home", "a.b", "a b", "_a", "å", "a-b", "a[b"}) {
    INFO(text);
    CHECK_FALSE(is_identifier(text));
  }
}

TEST_CASE("edit distance counts a swap of neighbours once") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("hours", "huors") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest name, or its beginning, or none") {
  const std::vector<std::string> names{"strictness", "review_interval", "age"};
  CHECK(nearest("strictnes", names) == "strictness");
  CHECK(nearest("review", names) == "review_interval");
  CHECK(nearest("ages", names) == "age");
  CHECK(nearest("sex", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest(std::string(100'000, 'x'), names).empty());
  CHECK(did_you_mean("sex", names) == "known: strictness, review_interval, age");
  CHECK(one_of({"a", "b", "c"}) == "`a`, `b` or `c`");
}

TEST_CASE("SHA-256 of the published examples") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  for (std::size_t length : {55u, 56u, 63u, 64u, 65u}) {
    CHECK(sha256(std::string(length, 'x')).size() == 64);
  }
}

TEST_CASE("a long mapping is written on several lines") {
  MappingWriter mapping;
  mapping.add("value", "1");
  mapping.add_text("note", std::string(500, 'n'));
  mapping.add_text("empty", "");
  CHECK(mapping.write("key", 2) ==
        "  key:\n    value: 1\n    note: \"" + std::string(500, 'n') + "\"\n");
  CHECK(mapping.write_item(2) == "  - value: 1\n    note: \"" + std::string(500, 'n') + "\"\n");
}

TEST_CASE("words that YAML 1.1 takes for switches or numbers are quoted") {
  CHECK(plain_word("on") == "\"on\"");
  CHECK(plain_word("no") == "\"no\"");
  CHECK(plain_word("1930") == "\"1930\"");
  CHECK(plain_word("none") == "none");
  CHECK(flow_list({"a", "off"}) == "[a, \"off\"]");
}
