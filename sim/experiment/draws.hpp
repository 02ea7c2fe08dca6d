// The draws of an experiment: which parameters vary and which value each has in each draw. A draw
// is the same for all scenarios. Without an experiment there is one draw, with nothing varied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "config/vary.hpp"

namespace carestair::experiment {

enum class Design { none, random, latin_hypercube, given, one_at_a_time, grid, points };
std::string_view design_name(Design design);

struct Draws {
  Design design = Design::none;
  std::vector<config::Varied> varied;
  std::vector<std::string> names;  // of the draws
  std::vector<double> values;      // [draw][varied]
  /// Tables that say in words alone how far they are from certain: they stay as written.
  std::vector<std::string> without_range;

  [[nodiscard]] std::size_t count() const { return names.size(); }
  [[nodiscard]] const double* of(std::size_t draw) const {
    return values.data() + draw * varied.size();
  }
  /// A sweep compares its points, so they share their worlds' chance; draws have worlds of their
  /// own, so that chance and parameters can be told apart.
  [[nodiscard]] bool same_worlds() const {
    return design == Design::one_at_a_time || design == Design::grid || design == Design::points;
  }
};

/// Works out all draws. A value depends on seed, draw and address alone: one more parameter changes
/// no other. Faults are told where the experiment names what is wrong.
Draws plan_draws(const config::LoadResult<config::Config>& loaded, std::uint32_t seed,
                 base::Diagnostics& faults);

/// The configuration of one draw.
config::Config drawn_config(const config::Config& written, const Draws& draws, std::size_t draw);

}  // namespace carestair::experiment
