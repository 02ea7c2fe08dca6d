// Sets of cases against a sorted set.
#include <random>
#include <set>

#include "catch.hpp"
#include "model/case_set.hpp"

using namespace carestair;
using model::CaseId;

TEST_CASE("a set of cases holds what was put in, in order", "[model]") {
  std::mt19937 random(3);
  model::CaseSet set;
  std::set<std::size_t> known;
  for (int i = 0; i < 5000; ++i) {
    const std::size_t index = random() % 700;
    if (random() % 3 == 0) {
      set.erase(CaseId(index));
      known.erase(index);
    } else {
      set.insert(CaseId(index));
      known.insert(index);
    }
    REQUIRE(set.contains(CaseId(index)) == known.contains(index));
    if (i % 100 != 0) continue;
    std::vector<std::size_t> met;
    for (const CaseId id : set) met.push_back(id.index);
    REQUIRE(met == std::vector<std::size_t>(known.begin(), known.end()));
  }
}

TEST_CASE("the case visited, and those before it, may be taken out meanwhile", "[model]") {
  model::CaseSet set;
  for (std::size_t i = 0; i < 200; ++i) set.insert(CaseId(i));
  std::size_t met = 0;
  for (const CaseId id : set) {
    CHECK(id.index == met++);
    set.erase(id);
    if (id.index > 0) set.erase(CaseId(id.index - 1U));
  }
  CHECK(met == 200);
  for (const CaseId id : set) FAIL("still holds " << id.index);
}
