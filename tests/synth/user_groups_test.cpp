#include "synth/user_groups.hpp"

#include <array>
#include <cmath>

#include "catch.hpp"
#include "synth/health.hpp"
#include "towns.hpp"

using namespace carestair;
using model::NeedLevel;
using model::UserGroup;

TEST_CASE("a user group is for those with need below 67, and one person's own", "[synth]") {
  const synth::HealthTables tables(test::town(1000));
  const auto group = [&](std::uint64_t uid, NeedLevel need, int age) {
    model::Resident who;
    who.uid = uid;
    who.need = need;
    synth::draw_user_group(tables, test::seed_number(1), who, age);
    return who.group;
  };
  constexpr int persons = 4000;
  std::array<int, model::user_group_count> counts{};
  for (int i = 0; i < persons; ++i) {
    const auto uid = static_cast<std::uint64_t>(i) + 1;
    CHECK(group(uid, NeedLevel::none, 40) == UserGroup::general);
    CHECK(group(uid, NeedLevel::moderate, 67) == UserGroup::general);
    // The shares are the same at every age and level here, and so is the person's number.
    CHECK(group(uid, NeedLevel::moderate, 40) == group(uid, NeedLevel::some, 20));
    ++counts[model::index(group(uid, NeedLevel::moderate, 40))];
  }
  // 4.5 standard deviations: five comparisons fail by chance once in 30 000 seeds.
  for (const int count : counts) {
    CHECK(std::abs(count - 0.2 * persons) < 4.5 * std::sqrt(0.16 * persons));
  }
}
