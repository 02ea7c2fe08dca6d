#include "random/stream.hpp"

#include <cmath>
#include <vector>

#include "bounds.hpp"
#include "catch.hpp"

using namespace carestair::random;
using test::false_alarm;

namespace {

constexpr WorldSeed seed{0x299f31d0a4093822ULL};
constexpr std::size_t many = 200000;

/// One draw from each of many persons' streams.
template <class Draw>
std::vector<double> sample(Draw draw, std::size_t n = many, Purpose purpose = Purpose::birth_day) {
  std::vector<double> values;
  for (std::size_t uid = 0; uid < n; ++uid) {
    Stream stream(seed, uid, purpose);
    values.push_back(draw(stream));
  }
  return values;
}

}  // namespace

TEST_CASE("Philox 4x32-10 gives the published answers") {
  r123::Philox4x32 philox;
  using Counter = r123::Philox4x32::ctr_type;
  using Key = r123::Philox4x32::key_type;
  constexpr std::uint32_t all = 0xffffffffU;
  CHECK(philox(Counter{{0, 0, 0, 0}}, Key{{0, 0}}) ==
        Counter{{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}});
  CHECK(philox(Counter{{all, all, all, all}}, Key{{all, all}}) ==
        Counter{{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}});
  CHECK(philox(Counter{{0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}},
               Key{{0xa4093822U, 0x299f31d0U}}) ==
        Counter{{0xd16cfe09U, 0x94fdcceb, 0x5001e420U, 0x24126ea1U}});
}

TEST_CASE("a stream is Philox keyed by seed and counted by person, purpose and occasion") {
  constexpr std::uint64_t uid = 0x0123456789abcdefULL;
  Stream stream(seed, uid, Purpose::pairing, 17);
  const auto purpose = static_cast<std::uint32_t>(Purpose::pairing);
  for (std::uint32_t block = 0; block < 3; ++block) {
    const auto expected = r123::Philox4x32{}(
        {{0x89abcdefU, 0x01234567U, purpose | (block << 16), 17}}, {{0xa4093822U, 0x299f31d0U}});
    for (int i = 0; i < 4; ++i) CHECK(stream.bits() == expected[i]);
  }
}

TEST_CASE("the numbers of purposes are part of the reproducibility promise") {
  // A purpose that is added gets the next number; a test that fails here means that every stored
  // result and every paired comparison changes.
  const std::vector<Purpose> in_order{Purpose::birth_day,
                                      Purpose::pairing,
                                      Purpose::frailty,
                                      Purpose::need_at_start,
                                      Purpose::cognition_at_start,
                                      Purpose::diagnosis_at_start,
                                      Purpose::dwelling_at_start,
                                      Purpose::illness_at_start,
                                      Purpose::income_at_start,
                                      Purpose::loneliness_at_start,
                                      Purpose::preference_at_start,
                                      Purpose::served_at_start,
                                      Purpose::children,
                                      Purpose::child_place,
                                      Purpose::child_life,
                                      Purpose::newborn,
                                      Purpose::in_mover_count,
                                      Purpose::in_mover,
                                      Purpose::partner_choice,
                                      Purpose::separation,
                                      Purpose::child_moved_to,
                                      Purpose::loneliness_change,
                                      Purpose::habit,
                                      Purpose::offer,
                                      Purpose::acceptance,
                                      Purpose::completion,
                                      Purpose::course_stop,
                                      Purpose::interim_offer,
                                      Purpose::visit_offer,
                                      Purpose::visit_acceptance,
                                      Purpose::reaction,
                                      Purpose::first_review,
                                      Purpose::replacement,
                                      Purpose::test,
                                      Purpose::child_helps,
                                      Purpose::episode,
                                      Purpose::fall,
                                      Purpose::user_group,
                                      Purpose::terminal_phase,
                                      Purpose::place_of_death,
                                      Purpose::hidden_problem,
                                      Purpose::detection,
                                      Purpose::loneliness,
                                      Purpose::behaviour,
                                      Purpose::mastery,
                                      Purpose::language,
                                      Purpose::home_zone,
                                      Purpose::housing,
                                      Purpose::service_offer,
                                      Purpose::service_use,
                                      Purpose::judgement,
                                      Purpose::carer,
                                      Purpose::care_tie,
                                      Purpose::friend_helps,
                                      Purpose::building,
                                      Purpose::volunteer,
                                      Purpose::post,
                                      Purpose::employee,
                                      Purpose::sick_leave,
                                      Purpose::parental_leave,
                                      Purpose::quit,
                                      Purpose::vacancy,
                                      Purpose::training,
                                      Purpose::parameter};
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    CHECK(static_cast<std::size_t>(in_order[i]) == 64 + i);
  }
  CHECK(static_cast<int>(Purpose::clock_first) == 0);
  CHECK(static_cast<int>(Purpose::clock_last) == 63);
  CHECK(static_cast<int>(clock_purpose(9)) == 9);
}

TEST_CASE("world seeds are pinned, and differ by seed, replication and municipality") {
  CHECK(WorldSeed::of(1, 0, 0).value == 0xc42c5a1aa3820138ULL);
  std::vector<std::uint64_t> values;
  for (std::uint32_t s = 0; s < 20; ++s) {
    for (std::uint32_t r = 0; r < 20; ++r) {
      for (std::uint32_t m = 0; m < 20; ++m) values.push_back(WorldSeed::of(s, r, m).value);
    }
  }
  std::sort(values.begin(), values.end());
  CHECK(std::adjacent_find(values.begin(), values.end()) == values.end());
}

TEST_CASE("uniform is never 0 or 1, and an exponential never 0 or infinite") {
  CHECK(unit_interval(0) > 0.0);
  CHECK(unit_interval(0xffffffffU) < 1.0);
  const auto longest = static_cast<float>(-std::log(unit_interval(0)));
  const auto shortest = static_cast<float>(-std::log(unit_interval(0xffffffffU)));
  CHECK(longest < 23.0F);
  CHECK(shortest > 0.0F);
}

TEST_CASE("how many blocks a routine draws is pinned") {
  const auto blocks = [](auto draw) {
    Stream stream(seed, 5, Purpose::frailty);
    draw(stream);
    return stream.blocks_used();
  };
  CHECK(blocks([](Stream&) {}) == 0);
  CHECK(blocks([](Stream& s) { s.uniform(); }) == 1);
  CHECK(blocks([](Stream& s) { s.exponential(); }) == 1);
  CHECK(blocks([](Stream& s) { s.normal(); }) == 1);
  CHECK(blocks([](Stream& s) { s.normal(), s.normal(); }) == 1);
  CHECK(blocks([](Stream& s) { s.normal(), s.normal(), s.uniform(); }) == 2);
  CHECK(blocks([](Stream& s) {
          for (int i = 0; i < 9; ++i) s.chance(0.5);
        }) == 3);
  const std::vector<double> weights{1, 2, 3};
  CHECK(blocks([&](Stream& s) { s.pick(weights); }) == 1);
  CHECK(blocks([](Stream& s) { s.gamma_mean_one(0.0); }) == 0);
  CHECK(blocks([](Stream& s) { s.poisson(0.0); }) == 0);
}

TEST_CASE("uniform, exponential and normal follow their distributions") {
  const double bound = test::ks_bound(many, false_alarm(3));
  CHECK(test::ks_distance(sample([](Stream& s) { return s.uniform(); }),
                          [](double x) { return x; }) < bound);
  CHECK(test::ks_distance(sample([](Stream& s) { return s.exponential(); }),
                          [](double x) { return 1 - std::exp(-x); }) < bound);
  CHECK(test::ks_distance(sample([](Stream& s) { return s.normal(); }),
                          [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }) < bound);
}

TEST_CASE("gamma has mean one and the variance asked for") {
  const double z = test::z_bound(false_alarm(10));
  for (const double variance : {0.05, 0.3, 1.0, 2.0, 5.0}) {
    const auto values = sample([=](Stream& s) { return s.gamma_mean_one(variance); });
    const auto found = test::moments(values);
    INFO("variance " << variance);
    CHECK(std::abs(found.mean - 1.0) < z * found.mean_error());
    CHECK(std::abs(found.variance - variance) < z * found.variance_error());
    CHECK(*std::min_element(values.begin(), values.end()) >= 0.0);
  }
  // Variance 1 is the exponential, variance 1/2 the mean of two.
  const double bound = test::ks_bound(many, false_alarm(2));
  CHECK(test::ks_distance(sample([](Stream& s) { return s.gamma_mean_one(1.0); }),
                          [](double x) { return 1 - std::exp(-x); }) < bound);
  CHECK(test::ks_distance(sample([](Stream& s) { return s.gamma_mean_one(0.5); }),
                          [](double x) { return 1 - std::exp(-2 * x) * (1 + 2 * x); }) < bound);
}

TEST_CASE("Poisson follows its distribution, for means that need one chunk and several") {
  for (const double mean : {0.2, 3.0, 29.9, 31.0, 200.0}) {
    std::vector<double> counted(600), expected(600);
    for (const double v : sample([=](Stream& s) { return s.poisson(mean); }, 50000)) {
      counted[static_cast<std::size_t>(v)] += 1;
    }
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const auto x = static_cast<double>(k);
      expected[k] = 50000 * std::exp(x * std::log(mean) - mean - std::lgamma(x + 1));
    }
    const auto fit = test::chi_square(counted, expected);
    INFO("mean " << mean);
    CHECK(fit.statistic < test::chi_square_bound(fit.freedom, false_alarm(5)));
  }
}

TEST_CASE("pick chooses in proportion, and never what has no weight") {
  const std::vector<double> weights{0.0, 3.0, 0.0, 1.0, 0.5, -2.0, 5.5, 0.0};
  std::vector<double> counted(weights.size()), expected;
  for (const double v :
       sample([&](Stream& s) { return static_cast<double>(s.pick(weights)); }, many)) {
    counted[static_cast<std::size_t>(v)] += 1;
  }
  for (const double w : weights) expected.push_back(std::max(w, 0.0) / 10.0 * many);
  CHECK(counted[0] + counted[2] + counted[5] + counted[7] == 0);
  const auto fit = test::chi_square(counted, expected);
  CHECK(fit.freedom == 3);
  CHECK(fit.statistic < test::chi_square_bound(fit.freedom, false_alarm()));
  Stream stream(seed, 1, Purpose::frailty);
  CHECK(stream.pick(std::vector<double>{0.0, 0.0, 7.0, 0.0}) == 2);
}

TEST_CASE("streams of other purposes, persons, occasions and seeds are independent") {
  // Joint counts of the first draws of two streams in a 16 x 16 table against evenness: finds
  // dependence of any shape, not only correlation.
  const auto table = [](auto first, auto second) {
    std::vector<double> counted(256), expected(256, many / 256.0);
    for (std::size_t uid = 0; uid < many; ++uid) {
      counted[(first(uid).bits() >> 28) * 16 + (second(uid).bits() >> 28)] += 1;
    }
    return test::chi_square(counted, expected).statistic;
  };
  const double bound = test::chi_square_bound(255, false_alarm(6));
  const auto base = [](std::size_t uid) { return Stream(seed, uid, Purpose::frailty); };
  CHECK(table(base, [](auto uid) { return Stream(seed, uid, Purpose::children); }) < bound);
  CHECK(table(base, [](auto uid) { return Stream(seed, uid + 1, Purpose::frailty); }) < bound);
  CHECK(table(base, [](auto uid) { return Stream(seed, uid, Purpose::frailty, 1); }) < bound);
  CHECK(table(base, [](auto uid) { return Stream({seed.value + 1}, uid, Purpose::frailty); }) <
        bound);
  CHECK(
      table([](auto uid) { return Stream(seed, 7, Purpose::frailty, static_cast<unsigned>(uid)); },
            [](auto uid) {
              return Stream(seed, 7, Purpose::frailty, static_cast<unsigned>(uid) + 1);
            }) < bound);
  // Within a stream: neighbours in one block, and across blocks.
  CHECK(table(base, [&](auto uid) {
          Stream stream = base(uid);
          for (int i = 0; i < 4; ++i) stream.bits();
          return stream;
        }) < bound);
}
