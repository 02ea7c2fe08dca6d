// Small made-up municipalities for the tests of this room: smooth tables, so that what comes out
// can be compared with what went in.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>

#include "config/sections/config.hpp"
#include "model/state.hpp"
#include "synth/founders.hpp"
#include "synth/populate.hpp"

namespace carestair::test {

inline constexpr base::Day start_day = base::to_day({2020, 1, 1});
inline constexpr base::Day burn_in_day = base::to_day({2018, 1, 1});

inline void fill(config::Table& table, std::span<const config::Axis> axes,
                 const std::function<double(std::size_t, std::size_t)>& value) {
  table = config::Table({axes.begin(), axes.end()});
  const std::size_t rows = config::axis_size(axes[0]);
  const std::size_t columns = axes.size() > 1 ? config::axis_size(axes[1]) : 1;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      table.cells()[row * columns + column] = value(row, column);
    }
  }
}

/// Rises from 0 to 1 around an age.
inline double rise(std::size_t age, double middle, double width) {
  return 1.0 / (1.0 + std::exp((middle - static_cast<double>(age)) / width));
}

inline void fill_health(config::Initial& initial) {
  using namespace config;
  fill(initial.need, axes::age_need, [](std::size_t age, std::size_t level) {
    const double any = 0.02 + 0.9 * rise(age, 86, 5);
    const double split[] = {0.0, 0.45, 0.30, 0.25};
    return level == 0 ? 1.0 - any : any * split[level];
  });
  fill(initial.dementia, axes::age_sex, [](std::size_t age, std::size_t sex) {
    return (sex == 0 ? 0.50 : 0.60) * rise(age, 87, 5);
  });
  fill(initial.mild_impairment, axes::age,
       [](std::size_t age, std::size_t) { return 0.3 * rise(age, 70, 4); });
  const double stage[] = {0, 0, 0.5, 0.3, 0.2};
  const double known[] = {0, 0.1, 0.2, 0.5, 0.7};
  const double ratio[] = {1, 3, 8, 50};
  fill(initial.stage, axes::cognition, [&](std::size_t c, std::size_t) { return stage[c]; });
  fill(initial.diagnosed, axes::cognition, [&](std::size_t c, std::size_t) { return known[c]; });
  fill(initial.need_dementia_ratio, axes::need,
       [&](std::size_t n, std::size_t) { return ratio[n]; });
  fill(initial.unsuitable_home, axes::age, [](std::size_t, std::size_t) { return 0.4; });
  fill(initial.illness_mean, axes::age,
       [](std::size_t age, std::size_t) { return 0.03 * static_cast<double>(age); });
  const double income[] = {0.3, 0.5, 0.2};
  fill(initial.income, axes::age_income, [&](std::size_t, std::size_t i) { return income[i]; });
  fill(initial.prefers_institution, axes::age, [](std::size_t, std::size_t) { return 0.2; });
  initial.lonely_alone = 0.5;
  initial.lonely_together = 0.1;
}

/// A share of 0.2 for each user group below 67.
inline void fill_groups(config::UserGroups& groups) {
  using namespace config;
  groups.at_start = Table({axes::age_need_group.begin(), axes::age_need_group.end()});
  const std::size_t cells_a_year = groups.at_start.cells().size() / (oldest_age + 1);
  for (std::size_t i = 0; i < 67 * cells_a_year; ++i) groups.at_start.cells()[i] = 0.2;
  fill(groups.at_onset, axes::age_group,
       [](std::size_t age, std::size_t) { return age < 67 ? 0.2 : 0.0; });
}

/// A municipality of about `size` residents. Tables not used by the population stay empty.
inline config::Config town(double size) {
  using namespace config;
  Config config;
  fill(config.municipality.population, axes::age_sex, [&](std::size_t age, std::size_t sex) {
    const double shape = 1.0 - rise(age, sex == 0 ? 80 : 84, 6);
    return std::round(size / 164.0 * shape);
  });
  fill(config.mortality.rate, axes::age_sex, [](std::size_t age, std::size_t sex) {
    return (sex == 0 ? 4e-5 : 2.5e-5) * std::exp(0.1 * static_cast<double>(age));
  });
  fill(config.fertility.rate, axes::age, [](std::size_t age, std::size_t) {
    const double z = (static_cast<double>(age) - 29.5) / 5.0;
    return 0.14 * std::exp(-0.5 * z * z);
  });
  config.fertility.share_boys = 0.513;
  fill(config.migration.in_per_1000, axes::age_sex,
       [](std::size_t age, std::size_t) { return age < 60 ? 0.2 : 0.02; });
  fill(config.households.partnered_share, axes::age_sex, [](std::size_t age, std::size_t sex) {
    const double formed = rise(age, sex == 0 ? 28 : 25, 3) * 0.72;
    return age < 18 ? 0.0 : formed * (1.0 - rise(age, sex == 0 ? 95 : 82, 5));
  });
  config.households.partner_age_gap_years = 2.5;
  config.households.partner_age_gap_sd_years = 3.5;
  config.households.oldest_child_at_home_years = 19;
  config.kin.children = {{.id = "old",
                          .born_from = 1900,
                          .none = 0.1,
                          .one = 0.1,
                          .two = 0.3,
                          .three = 0.3,
                          .four_or_more = 0.2},
                         {.id = "young",
                          .born_from = 1950,
                          .none = 0.13,
                          .one = 0.15,
                          .two = 0.43,
                          .three = 0.22,
                          .four_or_more = 0.07}};
  config.kin.mean_age_at_birth_years = 28;
  config.kin.same_municipality = 0.6;
  config.kin.region = 0.25;
  config.function.frailty_variance = 0.35;
  fill_health(config.initial);
  fill_groups(config.user_groups);
  return config;
}

inline random::WorldSeed seed_number(std::uint32_t number) {
  return random::WorldSeed::of(20, number, 3);
}

inline int age_of(const model::Resident& who) { return base::age_in_years(who.birth, start_day); }

/// Visits the children of a resident.
template <class Visit>
void for_children(const model::State& state, const model::Resident& parent, Visit&& visit) {
  for (model::KinId k = parent.first_child; k.valid(); k = state.next_child(parent, k)) {
    visit(state.at(k));
  }
}

}  // namespace carestair::test
