#include "processes/preventive_visits.hpp"

#include <string>

#include "processes/case_update.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

void offer_preventive_visit(World& world, model::ResidentId id) {
  const model::ServiceIndex service = world.rules().services.visit;
  if (service == model::no_service) return;
  const config::PreventiveVisits& rules = world.config().preventive_visits;
  const model::Resident& who = world.at(id);
  const int age = world.age(who);
  if (age < rules.from_age || (age - rules.from_age) % rules.every_years != 0) return;
  const ServiceRule& rule = world.rules().services.rules[service];
  if (!model::at_home(who.dwelling) || !eligible(world, rule, who)) return;
  const auto occasion = static_cast<std::uint32_t>(age);
  if (!world.stream(who, random::Purpose::visit_offer, occasion).chance(rules.coverage)) return;
  if (!world.stream(who, random::Purpose::visit_acceptance, occasion).chance(rules.uptake)) return;

  model::CareCase& c = world.at(world.open_case(id));
  c.visited = world.today();
  begin_fading(world, c, service, world.today());
  world.state.ledger.starts[service][model::age_group(age)] += 1.0F;
  book_start(world, c, service, rule.cost_per_start);
  world.record(model::EventKind::preventive_visit, who);
  world.explain(who, [] { return std::string("has a preventive home visit"); });
  update_case(world, c);
}

}  // namespace carestair::processes
