#include "processes/mastery.hpp"

#include <algorithm>

#include "processes/world.hpp"

namespace carestair::processes {

double mastery_above_middle(const World& world, const model::CareCase& c) {
  constexpr double middle = 0.5;
  constexpr int cohort = 1940;  // the year of birth that mastery.mean describes
  const config::Mastery& rules = world.config().mastery;
  double level = rules.mean + rules.sd * static_cast<double>(c.mastery);
  if (rules.cohort_change != 0.0) {
    const int born = base::to_date(world.at(c.resident).birth).year;
    level += rules.cohort_change * (born - cohort);
  }
  return std::clamp(level, 0.0, 1.0) - middle;
}

}  // namespace carestair::processes
