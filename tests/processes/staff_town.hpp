// A town of staff alone, for tests of the workforce and of recruitment.
#pragma once

#include <stdexcept>

#include "model/workforce.hpp"
#include "processes/town.hpp"

namespace carestair::tests {

/// A town without residents whose home care has `fte` posts of health workers, and nobody else.
struct StaffTown : Town {
  explicit StaffTown(double fte) {
    for (config::Unit& u : config.units) {
      u.fte = 0.0;
      for (double& share : u.mix.cells()) share = 0.0;
      u.mix.cells()[model::index(model::Occupation::health_worker)] = 1.0;
    }
    unit("home_care").fte = fte;
    config::Workforce& w = config.workforce;
    w.leave.parental_rate = 0.0;
    w.leave.summer_substitutes = 0.0;
    w.recruitment.acting_share = 0.0;
    w.recruitment.larger_position_share = 0.0;
    w.recruitment.hiring_ratio = 1.0;
    for (double& ratio : w.recruitment.supply_2040.cells()) ratio = 1.0;
    w.quits.young_ratio = w.quits.old_ratio = w.quits.small_position_ratio = 1.0;
    w.quits.workload_ratio = w.quits.span_ratio = 1.0;
    w.sick_leave.workload_ratio = w.sick_leave.span_ratio = 1.0;
    for (config::Training& t : w.training) t.entrants = 0.0;
    employ();
  }

  double& of(config::Table& table, model::Occupation o) { return table.cells()[model::index(o)]; }

  void without_sick_leave() {
    for (double& share : config.workforce.sick_leave.share.cells()) share = 0.0;
  }
  void without_holidays() {
    config.workforce.leave.holiday_weeks = config.workforce.leave.other_weeks = 0.0;
  }
  /// Nobody leaves for other work or retires.
  void without_leavers() {
    for (double& rate : config.workforce.quits.rate.cells()) rate = 0.0;
    for (double& share : config.workforce.recruitment.age_55_share.cells()) share = 0.0;
    config.workforce.quits.retirement_age = 80.0;
    config.workforce.quits.retirement_sd = 0.0;
  }
  /// A training of those who come from outside, in which only those are whom a test puts there.
  config::Training& from_outside() {
    for (config::Training& t : config.workforce.training) {
      if (t.id == "apprentices") return t;
    }
    throw std::out_of_range("apprentices");
  }
  const model::Unit& home_care(const processes::World& world) const {
    std::size_t at = 0;
    while (config.units[at].id != "home_care") ++at;
    return world.state.units[at];
  }
};

inline void run_weeks(processes::World& world, int weeks) {
  for (int day = 0; day < 7 * weeks; ++day) world.run_day();
}

inline double weeks_of(const processes::World& world, model::StaffState state,
                       model::Occupation o = model::Occupation::health_worker) {
  double sum = 0.0;
  for (const auto& unit : world.state.ledger.staff_weeks) {
    sum += static_cast<double>(unit[model::index(o)][model::index(state)]);
  }
  return sum;
}

inline double moves_of(const processes::World& world, model::StaffMove move) {
  double sum = 0.0;
  for (const auto& moves : world.state.ledger.staff_moves) {
    sum += static_cast<double>(moves[model::index(move)]);
  }
  return sum;
}

struct Count {
  int employed = 0;
  double positions = 0.0;
  double open = 0.0;
};

inline Count count_staff(const processes::World& world) {
  Count count;
  for (const model::Post& post : world.state.staff.posts) {
    if (post.state != model::Post::State::closed) count.open += static_cast<double>(post.size);
    if (post.state != model::Post::State::filled) continue;
    ++count.employed;
    count.positions += static_cast<double>(post.holder.position);
  }
  return count;
}

double present(const model::Unit& unit) {
  double sum = 0.0;
  for (const float fte : unit.present) sum += static_cast<double>(fte);
  return sum;
}

double employed(const model::Unit& unit) {
  double sum = 0.0;
  for (const float fte : unit.employed) sum += static_cast<double>(fte);
  return sum;
}

}  // namespace carestair::tests
