#include "processes/past_year.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

/// Ratio above 1 times days, since it was last added up.
float excess_since(const World& world, const model::CareCase& c, model::RateName rate) {
  if (c.past_year.since == model::never) return 0.0F;
  return (c.ratio(rate) - 1.0F) * static_cast<float>(world.today() - c.past_year.since);
}

}  // namespace

void keep_past_year(const World& world, model::CareCase& c) {
  for (std::size_t k = 0; k < model::yearly_rates.size(); ++k) {
    c.past_year.excess_days[k] += excess_since(world, c, model::yearly_rates[k]);
  }
  c.past_year.since = world.today();
}

float ratio_of_past_year(const World& world, const model::Resident& who, model::RateName rate) {
  if (!who.care_case.valid()) return 1.0F;
  const auto found = std::ranges::find(model::yearly_rates, rate);
  CARE_EXPECTS(found != model::yearly_rates.end());
  const model::CareCase& c = world.at(who.care_case);
  const auto k = static_cast<std::size_t>(found - model::yearly_rates.begin());
  const int age = world.age(who);
  const auto days =
      static_cast<float>(base::birthday(who.birth, age) - base::birthday(who.birth, age - 1));
  return 1.0F + (c.past_year.excess_days[k] + excess_since(world, c, rate)) / days;
}

void begin_year(const World& world, model::CareCase& c) {
  c.past_year = {.excess_days = {}, .since = world.today()};
}

}  // namespace carestair::processes
