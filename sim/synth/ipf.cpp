#include "synth/ipf.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/contract.hpp"

namespace carestair::synth {
namespace {

constexpr int most_rounds = 2000;
constexpr double good_enough = 1e-11;

double factor(double wanted, double sum) { return sum > 0.0 ? wanted / sum : 0.0; }

}  // namespace

FitResult fit_margins(std::span<double> cells, std::span<const double> rows,
                      std::span<const double> columns) {
  const std::size_t width = columns.size();
  CARE_EXPECTS(cells.size() == rows.size() * width);

  FitResult result;
  for (result.rounds = 1; result.rounds <= most_rounds; ++result.rounds) {
    for (std::size_t c = 0; c < width; ++c) {
      double sum = 0.0;
      for (std::size_t r = 0; r < rows.size(); ++r) sum += cells[r * width + c];
      const double scale = factor(columns[c], sum);
      for (std::size_t r = 0; r < rows.size(); ++r) cells[r * width + c] *= scale;
    }
    // After the columns are exact, the rows tell how far the fit has come.
    result.error = 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      double sum = 0.0;
      for (std::size_t c = 0; c < width; ++c) sum += cells[r * width + c];
      result.error = std::max(result.error, std::abs(sum - rows[r]));
      const double scale = factor(rows[r], sum);
      for (std::size_t c = 0; c < width; ++c) cells[r * width + c] *= scale;
    }
    if (result.error < good_enough) break;
  }
  return result;
}

}  // namespace carestair::synth
