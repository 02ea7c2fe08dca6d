#include "processes/staff_pay.hpp"

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

double mean_pay(const World& world, const model::ByOccupation& staff) {
  const config::Delivery& rules = world.config().delivery;
  double fte = 0.0;
  double pay = 0.0;
  for (std::size_t o = 0; o < staff.size(); ++o) {
    if (o == model::index(model::Occupation::leader)) continue;
    fte += static_cast<double>(staff[o]);
    pay += static_cast<double>(staff[o]) * rules.hour_cost(o);
  }
  return fte > 0.0 ? pay / fte : 0.0;
}

double pay_for_direct_hour(const config::Delivery& rules, const model::ByOccupation& staff,
                           const model::ByOccupation& hours_at_work) {
  double hours = 0.0;
  double pay = 0.0;
  for (std::size_t o = 0; o < staff.size(); ++o) {
    if (o == model::index(model::Occupation::leader)) continue;
    hours += static_cast<double>(staff[o]) * static_cast<double>(hours_at_work[o]);
    pay += static_cast<double>(staff[o]) * rules.hour_cost(o);
  }
  return hours > 0.0 ? pay / hours : 0.0;
}

float relative_pay(const World& world, std::size_t unit) {
  const UnitRule& rule = world.rules().workforce.units[unit];
  const double pay = pay_for_direct_hour(world.config().delivery, world.state.units[unit].employed,
                                         rule.hours_at_work);
  return pay > 0.0 && rule.usual_pay > 0.0F ? static_cast<float>(pay) / rule.usual_pay : 1.0F;
}

float price_level_of(const World& world, const ServiceRule& rule, float prices, float wages) {
  if (rule.unit >= world.state.units.size()) return prices;
  const auto share = static_cast<float>(world.config().economy.wage_share);
  return prices + share * wages * (world.state.units[rule.unit].pay - 1.0F);
}

}  // namespace carestair::processes
