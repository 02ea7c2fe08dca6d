#include "experiment/draws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "config/scalar.hpp"
#include "experiment/choice.hpp"
#include "experiment/quantile.hpp"
#include "random/stream.hpp"

namespace carestair::experiment {
namespace {

using config::Field;
using config::Setting;
using config::Varied;

class Planner {
 public:
  Planner(const config::LoadResult<config::Config>& loaded, std::uint32_t seed,
          base::Diagnostics& faults)
      : loaded_(loaded), seed_(seed), faults_(faults), choice_(loaded, faults) {}

  Draws plan() {
    const config::Experiment& experiment = *loaded_.experiment;
    if (!experiment.given.rows.empty()) {
      plan_given(experiment.given);
    } else if (!experiment.grid.empty()) {
      plan_grid(experiment.grid);
    } else {
      for (const Field* field : choice_.with_range(experiment, draws_.without_range)) {
        draws_.varied.push_back(Choice::drawn(*field));
        chosen_.push_back(field);
      }
      if (draws_.varied.empty() && faults_.empty()) {
        fault(experiment.position, "experiment", "the experiment varies nothing",
              "no parameter chosen has a range; `carestair params` lists them");
      }
      if (!faults_.empty()) return draws_;
      if (experiment.one_at_a_time) {
        plan_one_at_a_time();
      } else {
        plan_random(static_cast<std::size_t>(experiment.draws), experiment.sampling);
      }
    }
    if (faults_.empty()) try_out_extremes();
    return std::move(draws_);
  }

 private:
  void fault(const base::SourcePosition& position, const std::string& marked, std::string message,
             std::string hint = {}) {
    faults_.add(position, std::max(1, config::characters(marked)), std::move(message),
                std::move(hint));
  }

  /// Value of a parameter at a probability.
  [[nodiscard]] double value_at(std::size_t i, double probability) const {
    const Field& field = *chosen_[i];
    const config::Evidence& evidence = *field.evidence;
    if (field.is_table) return triangle_quantile(probability, -1.0, 0.0, 1.0);
    const double value = evidence.distribution
                             ? quantile(*evidence.distribution, probability, field.min, field.max)
                             : range_quantile(evidence, probability);
    return field.whole ? std::clamp(std::round(value), field.min, field.max) : value;
  }

  [[nodiscard]] random::Stream stream(std::size_t parameter, std::size_t draw) const {
    const auto world = random::WorldSeed::of(seed_, static_cast<std::uint32_t>(draw), 0);
    return {world, random::key_of(draws_.varied[parameter].address), random::Purpose::parameter};
  }

  void plan_random(std::size_t count, config::Sampling sampling) {
    const bool strips = sampling == config::Sampling::latin_hypercube;
    draws_.design = strips ? Design::latin_hypercube : Design::random;
    const std::size_t width = draws_.varied.size();
    draws_.values.resize(count * width);
    std::vector<std::uint64_t> order(count);
    std::vector<std::size_t> strip(count);
    for (std::size_t i = 0; i < width; ++i) {
      if (strips) {
        for (std::size_t draw = 0; draw < count; ++draw) {
          random::Stream own = stream(i, draw);
          own.bits();  // the first places the value within its strip
          order[draw] = std::uint64_t{own.bits()} << 32 | draw;
        }
        std::ranges::sort(order);
        for (std::size_t at = 0; at < count; ++at) strip[order[at] & 0xffffffffU] = at;
      }
      for (std::size_t draw = 0; draw < count; ++draw) {
        double probability = stream(i, draw).uniform();
        if (strips) {
          probability =
              (static_cast<double>(strip[draw]) + probability) / static_cast<double>(count);
        }
        draws_.values[draw * width + i] = value_at(i, probability);
      }
    }
    number_names("draw", count);
  }

  void number_names(std::string_view what, std::size_t count) {
    for (std::size_t draw = 0; draw < count; ++draw) {
      draws_.names.push_back(fmt::format("{} {}", what, draw));
    }
  }

  void add_row(std::string name, const std::vector<double>& values) {
    draws_.names.push_back(std::move(name));
    draws_.values.insert(draws_.values.end(), values.begin(), values.end());
  }

  void plan_one_at_a_time() {
    draws_.design = Design::one_at_a_time;
    std::vector<double> written;
    for (const Varied& varied : draws_.varied) written.push_back(varied.written);
    add_row("as written", written);
    for (std::size_t i = 0; i < written.size(); ++i) {
      for (const bool high : {false, true}) {
        std::vector<double> values = written;
        values[i] = end_of(i, high);
        add_row(draws_.varied[i].address + (high ? " high" : " low"), values);
      }
    }
  }

  /// Ends of a range; of a distribution without one, what 95 % lie between.
  [[nodiscard]] double end_of(std::size_t i, bool high) const {
    const Field& field = *chosen_[i];
    if (field.is_table) return high ? 1.0 : -1.0;
    if (field.evidence->has_range()) return high ? field.evidence->high : field.evidence->low;
    return value_at(i, high ? 0.975 : 0.025);
  }

  void plan_given(const config::Experiment::Given& given) {
    draws_.design = given.sweep ? Design::points : Design::given;
    for (const config::Written& address : given.addresses) {
      draws_.varied.push_back(choice_.named(address));
    }
    for (const auto& row : given.rows) {
      draws_.values.insert(draws_.values.end(), row.begin(), row.end());
    }
    number_names(given.sweep ? "point" : "draw", given.rows.size());
    check_positions();
  }

  void plan_grid(const std::vector<config::Experiment::Levels>& grid) {
    draws_.design = Design::grid;
    for (const auto& levels : grid) draws_.varied.push_back(choice_.named(levels.address));
    std::vector<std::size_t> at(grid.size(), 0);
    for (bool more = true; more;) {
      std::string name;
      std::vector<double> values;
      for (std::size_t i = 0; i < grid.size(); ++i) {
        values.push_back(grid[i].values[at[i]]);
        name += fmt::format("{}{} = {}", i == 0 ? "" : ", ", grid[i].address.text,
                            config::to_text(values.back()));
      }
      add_row(std::move(name), values);
      more = false;
      for (std::size_t i = grid.size(); i-- > 0 && !more;) {  // the last runs fastest
        more = ++at[i] < grid[i].values.size();
        if (!more) at[i] = 0;
      }
    }
    check_positions();
    if (faults_.empty()) check_levels(grid);
  }

  /// Levels that a parameter cannot have, each where it stands.
  void check_levels(const std::vector<config::Experiment::Levels>& grid) {
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const auto& [address, values, written] = grid[i];
      const auto [least, most] = std::ranges::minmax_element(values);
      if (can_be(i, *least) && can_be(i, *most)) continue;
      for (std::size_t k = 0; k < values.size(); ++k) {
        base::Diagnostics own;
        put_one(i, values[k], own);
        for (base::Diagnostic diagnostic : own.all()) {
          diagnostic.position = written[k].position;
          diagnostic.length = std::max(1, config::characters(written[k].text));
          if (draws_.varied[i].setting == Setting::factor) {
            diagnostic.hint = "levels of a table multiply what is written; " + diagnostic.hint;
          }
          faults_.add(std::move(diagnostic));
        }
      }
    }
  }

  void put_one(std::size_t i, double value, base::Diagnostics& faults) const {
    config::Config tried = loaded_.root;
    const std::string when = fmt::format("at the level {}: ", config::to_text(value));
    config::put_values(
        {draws_.varied[i]}, &value, when, [&](config::Visitor& v) { tried.fields(v); }, faults);
  }

  [[nodiscard]] bool can_be(std::size_t i, double value) const {
    base::Diagnostics own;
    put_one(i, value, own);
    return own.empty();
  }

  void check_positions() {
    for (std::size_t i = 0; i < draws_.varied.size(); ++i) {
      const Varied& varied = draws_.varied[i];
      if (varied.setting != Setting::position) continue;
      for (std::size_t draw = 0; draw < draws_.count(); ++draw) {
        if (std::abs(draws_.of(draw)[i]) <= 1.0) continue;
        fault(varied.position, varied.address,
              fmt::format("{} is {}; it runs from -1 (low) by 0 (as written) to 1 (high)",
                          config::quote(varied.address), config::to_text(draws_.of(draw)[i])));
        break;
      }
    }
  }

  /// Fields allow all values if they allow the smallest and the largest; what scenarios do to a
  /// value (set, scale, add, ramp) rises or falls with it, so that holds for them too.
  void try_out_extremes() {
    const std::size_t width = draws_.varied.size();
    for (const bool largest : {false, true}) {
      std::vector<double> ends(draws_.of(0), draws_.of(0) + width);
      for (std::size_t draw = 1; draw < draws_.count(); ++draw) {
        for (std::size_t i = 0; i < width; ++i) {
          const double value = draws_.of(draw)[i];
          ends[i] = largest ? std::max(ends[i], value) : std::min(ends[i], value);
        }
      }
      config::Config tried = loaded_.root;
      const std::string when =
          fmt::format("at its {} value of the {}: ", largest ? "largest" : "smallest",
                      draws_.same_worlds() ? "sweep" : "draws");
      base::Diagnostics own;
      config::put_values(
          draws_.varied, ends.data(), when, [&](config::Visitor& v) { tried.fields(v); }, own);
      if (!own.empty()) {
        faults_.add_new(own);
        continue;
      }
      for (const config::Scenario& scenario : loaded_.scenarios) {
        config::timeline(tried, scenario.changes, own);
      }
      for (base::Diagnostic diagnostic : own.all()) {
        diagnostic.message += largest ? " (with the largest values of the draws)"
                                      : " (with the smallest values of the draws)";
        diagnostic.hint = "`set` does not depend on what is drawn; or `fix` the parameter";
        base::Diagnostics one;
        one.add(std::move(diagnostic));
        faults_.add_new(one);
      }
    }
  }

  const config::LoadResult<config::Config>& loaded_;
  std::uint32_t seed_;
  base::Diagnostics& faults_;
  Choice choice_;
  std::vector<const Field*> chosen_;  // behind each varied parameter, of those with a range
  Draws draws_;
};

}  // namespace

std::string_view design_name(Design design) {
  constexpr std::array<std::string_view, 7> all{
      "none", "random", "latin_hypercube", "given", "one_at_a_time", "grid", "points"};
  return all[static_cast<std::size_t>(design)];
}

Draws plan_draws(const config::LoadResult<config::Config>& loaded, std::uint32_t seed,
                 base::Diagnostics& faults) {
  if (loaded.experiment) return Planner(loaded, seed, faults).plan();
  Draws draws;
  draws.names.emplace_back("as written");
  return draws;
}

config::Config drawn_config(const config::Config& written, const Draws& draws, std::size_t draw) {
  config::Config drawn = written;
  base::Diagnostics faults;
  config::put_values(
      draws.varied, draws.of(draw), draws.names[draw] + ": ",
      [&drawn](config::Visitor& v) { drawn.fields(v); }, faults);
  faults.throw_if_any();
  return drawn;
}

}  // namespace carestair::experiment
