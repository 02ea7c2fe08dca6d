#include "base/short_list.hpp"

#include "catch.hpp"

using carestair::base::ShortList;

TEST_CASE("a short list keeps every entry, in place or not, in order") {
  ShortList<int, 3> list;
  CHECK_FALSE(list.has(0));  // room is not an entry
  for (int i = 0; i < 8; ++i) {
    list.add(i);
    CHECK(list.size() == static_cast<std::size_t>(i) + 1);
  }
  for (int i = 0; i < 8; ++i) {
    CHECK(list[static_cast<std::size_t>(i)] == i);
    CHECK(list.has(i));
  }
  CHECK_FALSE(list.has(8));
}
