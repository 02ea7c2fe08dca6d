#include "synth/ipf.hpp"

#include <array>
#include <numeric>

#include "catch.hpp"

#if defined(CARESTAIR_HAS_RAPIDCHECK)
#include <rapidcheck.h>
#endif

using carestair::synth::fit_margins;

TEST_CASE("fitting meets both margins and keeps the odds ratio", "[synth]") {
  std::array<double, 4> cells{1, 1, 1, 5};
  const std::array<double, 2> rows{0.7, 0.3};
  const std::array<double, 2> columns{0.9, 0.1};
  const auto result = fit_margins(cells, rows, columns);
  CHECK(result.error < 1e-10);
  CHECK(cells[0] + cells[1] == Approx(0.7).margin(1e-10));
  CHECK(cells[1] + cells[3] == Approx(0.1).margin(1e-10));
  CHECK(cells[0] * cells[3] / (cells[1] * cells[2]) == Approx(5.0));
}

TEST_CASE("a table that fits already is left alone", "[synth]") {
  std::array<double, 6> cells{0.1, 0.2, 0.1, 0.2, 0.1, 0.3};
  const auto before = cells;
  fit_margins(cells, std::array{0.4, 0.6}, std::array{0.3, 0.3, 0.4});
  for (std::size_t i = 0; i < cells.size(); ++i) CHECK(cells[i] == Approx(before[i]).margin(1e-12));
}

TEST_CASE("empty rows and columns stay empty", "[synth]") {
  std::array<double, 4> cells{1, 1, 1, 7};
  fit_margins(cells, std::array{1.0, 0.0}, std::array{0.8, 0.2});
  CHECK(cells[0] == Approx(0.8));
  CHECK(cells[1] == Approx(0.2));
  CHECK(cells[2] == 0.0);
  CHECK(cells[3] == 0.0);
}

TEST_CASE("where zeros make the margins impossible the rows are met", "[synth]") {
  std::array<double, 4> cells{1, 0, 1, 1};
  const auto result = fit_margins(cells, std::array{0.9, 0.1}, std::array{0.5, 0.5});
  CHECK(result.error > 0.1);
  CHECK(cells[0] + cells[1] == Approx(0.9));
  CHECK(cells[2] + cells[3] == Approx(0.1));
}

#if defined(CARESTAIR_HAS_RAPIDCHECK)
TEST_CASE("property: any positive table is fitted to any margins", "[synth]") {
  CHECK(rc::check([] {
    std::array<double, 12> cells{};
    std::array<double, 4> rows{};
    std::array<double, 3> columns{};
    for (double& cell : cells) cell = *rc::gen::inRange(1, 1000);
    for (double& row : rows) row = *rc::gen::inRange(0, 1000);
    for (double& column : columns) column = *rc::gen::inRange(0, 1000);
    rows[0] += 1.0;
    columns[0] += 1.0;
    const double row_sum = std::accumulate(rows.begin(), rows.end(), 0.0);
    const double column_sum = std::accumulate(columns.begin(), columns.end(), 0.0);
    for (double& row : rows) row /= row_sum;
    for (double& column : columns) column /= column_sum;
    fit_margins(cells, rows, columns);
    for (std::size_t r = 0; r < 4; ++r) {
      const double sum = cells[r * 3] + cells[r * 3 + 1] + cells[r * 3 + 2];
      RC_ASSERT(std::abs(sum - rows[r]) < 1e-6);
    }
    for (std::size_t c = 0; c < 3; ++c) {
      const double sum = cells[c] + cells[3 + c] + cells[6 + c] + cells[9 + c];
      RC_ASSERT(std::abs(sum - columns[c]) < 1e-6);
    }
  }));
}
#endif
