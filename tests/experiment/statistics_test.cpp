#include "experiment/statistics.hpp"

#include <array>
#include <cmath>
#include <random>

#include "catch.hpp"

using namespace carestair::experiment;

TEST_CASE("quantiles of Student's t equal published tables") {
  CHECK(student_t_quantile(0.975, 1) == Approx(12.7062047362).epsilon(1e-10));
  CHECK(student_t_quantile(0.975, 2) == Approx(4.30265272975).epsilon(1e-10));
  CHECK(student_t_quantile(0.975, 10) == Approx(2.22813885196).epsilon(1e-10));
  CHECK(student_t_quantile(0.975, 49) == Approx(2.00957523713).epsilon(1e-10));
  CHECK(student_t_quantile(0.995, 5) == Approx(4.03214298356).epsilon(1e-10));
  CHECK(student_t_quantile(0.025, 10) == Approx(-2.22813885196).epsilon(1e-10));
  CHECK(student_t_quantile(0.5, 3) == 0.0);
  CHECK(student_t_quantile(0.975, 1'000'000) == Approx(1.95996635682).epsilon(1e-8));
}

TEST_CASE("the paired interval equals one worked out by hand") {
  // d = -1, -0.5, -1, -2: mean -1.125, sum of squares 1.1875, sd sqrt(1.1875 / 3); t(3) = 3.182446.
  const std::array baseline{10.0, 12.0, 11.0, 13.0};
  const std::array other{9.0, 11.5, 10.0, 11.0};
  const PairedDifference paired = paired_difference(baseline, other);
  CHECK(paired.replications == 4);
  CHECK(paired.baseline == Approx(11.5));
  CHECK(paired.other == Approx(10.375));
  CHECK(paired.difference == Approx(-1.125));
  CHECK(paired.sd == Approx(0.6291528696));
  CHECK(paired.half_width == Approx(3.18244630528 * 0.6291528696 / 2.0));
  CHECK(paired.low() == Approx(-2.1261225));
  CHECK(paired.high() == Approx(-0.1238775));
  CHECK(paired.distinguishable());
  // (5/3 + 3.6875/3) / (1.1875/3)
  CHECK(paired.variance_ratio == Approx(8.6875 / 1.1875));
}

TEST_CASE("an interval that holds zero tells nothing from zero") {
  const std::array baseline{1.0, 2.0, 3.0};
  const std::array other{2.0, 1.0, 3.5};
  const PairedDifference paired = paired_difference(baseline, other);
  CHECK(paired.low() < 0.0);
  CHECK(paired.high() > 0.0);
  CHECK_FALSE(paired.distinguishable());
  CHECK_FALSE(paired.identical());
}

TEST_CASE("scenarios that agree everywhere are identical, with an interval of no width") {
  const std::array baseline{1.0, 2.0, 3.0};
  const PairedDifference paired = paired_difference(baseline, baseline);
  CHECK(paired.identical());
  CHECK(paired.half_width == 0.0);
  CHECK_FALSE(paired.distinguishable());
  CHECK(std::isinf(paired.variance_ratio));
}

TEST_CASE("a difference that never varies is certain and pairing gains without bound") {
  const std::array baseline{1.0, 2.0, 4.0};
  const std::array other{2.0, 3.0, 5.0};
  const PairedDifference paired = paired_difference(baseline, other);
  CHECK(paired.distinguishable());
  CHECK_FALSE(paired.identical());
  CHECK(std::isinf(paired.variance_ratio));
}

TEST_CASE("a single replication has no interval") {
  const std::array baseline{1.0};
  const std::array other{5.0};
  const PairedDifference paired = paired_difference(baseline, other);
  CHECK(paired.difference == 4.0);
  CHECK(std::isinf(paired.half_width));
  CHECK_FALSE(paired.distinguishable());
  CHECK(paired.variance_ratio == 1.0);
}

TEST_CASE("replications needed are the smallest number with a narrow enough interval") {
  CHECK(replications_for(1.0, 0.5) == 18);  // t(17)/sqrt(18) = 0.4973, t(16)/sqrt(17) = 0.5142
  CHECK(replications_for(1.0, 1.0) == 7);   // t(6)/sqrt(7) = 0.9248, t(5)/sqrt(6) = 1.0494
  CHECK(replications_for(1.0, 10.0) == 2);  // t(1)/sqrt(2) = 8.985
  CHECK(replications_for(0.0, 0.1) == 2);
  CHECK(replications_for(1.0, 0.0) == 0);  // nothing is enough
  CHECK(replications_for(1.0, 1e-9) == 0);
  for (const double width : {0.9, 0.3, 0.05, 0.01}) {
    const std::size_t n = replications_for(2.0, width);
    const auto half_width = [](std::size_t m) {
      return student_t_quantile(0.975, m - 1) * 2.0 / std::sqrt(static_cast<double>(m));
    };
    CHECK(half_width(n) <= width);
    CHECK(half_width(n - 1) > width);
  }
}

TEST_CASE("95 % intervals hold the true difference 95 times in 100") {
  // 4 000 samples of 5: the share held has sd 0.0034, so the bounds are 5 of them away.
  std::mt19937_64 generator(20200101);
  std::normal_distribution<double> normal;
  int held = 0;
  constexpr int samples = 4000;
  for (int i = 0; i < samples; ++i) {
    std::array<double, 5> baseline{};
    std::array<double, 5> other{};
    for (std::size_t r = 0; r < baseline.size(); ++r) {
      baseline[r] = 100.0 + 10.0 * normal(generator);
      other[r] = baseline[r] + 2.0 + normal(generator);
    }
    const PairedDifference paired = paired_difference(baseline, other);
    held += paired.low() <= 2.0 && paired.high() >= 2.0 ? 1 : 0;
  }
  CHECK(held > 0.933 * samples);
  CHECK(held < 0.967 * samples);
}
