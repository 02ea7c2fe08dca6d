// The same persons in two scenarios.
#include "catch.hpp"
#include "record/pairing.hpp"

using namespace carestair;
using record::Outcome;
using record::PersonOutcome;

namespace {

PersonOutcome person(std::uint64_t uid, float days, float cost, std::uint8_t age_group = 4,
                     model::Sex sex = model::Sex::female) {
  PersonOutcome p{.uid = uid, .values = {}, .age_group = age_group, .sex = sex};
  p.values[model::index(Outcome::life_days)] = days;
  p.values[model::index(Outcome::cost)] = cost;
  return p;
}

constexpr std::size_t life = model::index(Outcome::life_days);
constexpr std::size_t cost = model::index(Outcome::cost);

}  // namespace

TEST_CASE("a world paired with itself is untouched", "[record]") {
  const std::vector<PersonOutcome> world{person(1, 100, 5), person(2, 50, 0.1F)};
  const auto all = record::pair(world, world).all();
  CHECK(all.paired == 2);
  CHECK(all.touched == 0);
  CHECK(all.sum[cost] == 0.0);
  CHECK(all.sum_squares[cost] == 0.0);
}

TEST_CASE("differences are summed by the group of the baseline", "[record]") {
  const std::vector<PersonOutcome> baseline{person(1, 100, 1000), person(2, 200, 3000),
                                            person(3, 300, 0, 5, model::Sex::male)};
  const std::vector<PersonOutcome> other{person(1, 110, 400), person(2, 200, 3000),
                                         person(3, 290, 0, 5, model::Sex::male)};
  const record::Pairing pairing = record::pair(baseline, other);
  const record::PairedGroup& women = pairing.groups[4 * 2 + 1];
  CHECK(women.paired == 2);
  CHECK(women.touched == 1);
  CHECK(women.sum[cost] == -600.0);
  CHECK(women.sum_squares[cost] == 360000.0);
  CHECK(women.less[cost] == 1);
  CHECK(women.more[cost] == 0);
  CHECK(women.more[life] == 1);
  CHECK(pairing.groups[5 * 2 + 0].sum[life] == -10.0);
  const record::PairedGroup all = pairing.all();
  CHECK(all.paired == 3);
  CHECK(all.touched == 2);
  CHECK(all.sum[life] == 0.0);
  CHECK(all.sum_squares[life] == 200.0);
}

TEST_CASE("persons of one scenario alone are counted apart", "[record]") {
  const std::vector<PersonOutcome> baseline{person(1, 1, 0), person(5, 1, 0), person(9, 1, 0)};
  const std::vector<PersonOutcome> other{person(1, 1, 0), person(7, 1, 0), person(9, 1, 0),
                                         person(11, 1, 0)};
  const auto all = record::pair(baseline, other).all();
  CHECK(all.paired == 2);
  CHECK(all.only_baseline == 1);
  CHECK(all.only_other == 2);
  CHECK(record::pair({}, other).all().only_other == 4);
}

TEST_CASE("rounding does not touch a life", "[record]") {
  CHECK_FALSE(record::differs(1'000'000.0F, 1'000'001.0F));
  CHECK(record::differs(1'000'000.0F, 1'000'100.0F));
  CHECK_FALSE(record::differs(0.0F, 0.0005F));
  CHECK(record::differs(0.0F, 0.01F));
}

TEST_CASE("the difference of sums is the sum of differences and of the unpaired", "[record]") {
  const std::vector<PersonOutcome> baseline{person(1, 10, 100), person(2, 20, 50)};
  const std::vector<PersonOutcome> other{person(1, 11, 90), person(3, 7, 5)};
  const auto a = record::sum_up(baseline);
  const auto b = record::sum_up(other);
  const auto paired = record::pair(baseline, other).all();
  CHECK(b.sum[9][cost] - a.sum[9][cost] == paired.sum[cost] - 50.0 + 5.0);
  CHECK(a.persons[9] == 2);
}

TEST_CASE("later arrivals are sorted behind the founders", "[record]") {
  std::vector<PersonOutcome> persons{person(1, 1, 0), person(2, 1, 0), person(1ULL << 52, 1, 0),
                                     person(2'030'000'001, 1, 0), person(2'030'000'000, 1, 0)};
  record::sort_by_uid(persons);
  std::vector<std::uint64_t> uids;
  for (const auto& p : persons) uids.push_back(p.uid);
  CHECK(uids == std::vector<std::uint64_t>{1, 2, 2'030'000'000, 2'030'000'001, 1ULL << 52});
}
