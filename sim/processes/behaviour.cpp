#include "processes/behaviour.hpp"

#include <algorithm>
#include <cmath>

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

/// With a share s of all, those with symptoms have r times the chance of those without.
double relative_to_mean(bool symptoms, double ratio, double share) {
  return (symptoms ? ratio : 1.0) / (1.0 + (ratio - 1.0) * share);
}

/// What the staffing of the place does to coercion.
double staff_effect(const World& world, const model::CareCase& c) {
  const model::Holding* place = place_of(world, c);
  if (place == nullptr) return 1.0;
  const float before = world.rules().behaviour.staff_hours[place->service];
  const float now = world.rules().services.rules[place->service].staff_hours;
  if (before <= 0.0F || now <= 0.0F || now == before) return 1.0;
  return std::pow(static_cast<double>(now / before), -world.config().behaviour.staff_elasticity);
}

}  // namespace

BehaviourTables::BehaviourTables(const config::Behaviour& rules, const ServiceTables& services) {
  for (std::size_t stage = 0; stage < model::cognition_count; ++stage) {
    symptoms[stage] = rules.symptoms(stage);
  }
  for (const ServiceRule& service : services.rules) staff_hours.push_back(service.staff_hours);
}

model::Behaviour behaviour_of(const World& world, const model::CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  if (!model::has_dementia(who.cognition)) return {};
  const config::Behaviour& rules = world.config().behaviour;
  const bool place = !model::at_home(who.dwelling);
  const double covered = place ? rules.milieu_share : 0.0;
  const auto milieu = [covered](double ratio) { return 1.0 - covered + covered * ratio; };
  const std::size_t stage = model::index(who.cognition);
  const double usual = world.rules().behaviour.symptoms[stage];

  random::Stream stream =
      world.stream(who, random::Purpose::behaviour, static_cast<std::uint32_t>(world.age(who)));
  const double symptoms = stream.uniform();
  const double psychotropics = stream.uniform();
  const double coercion = stream.uniform();
  const double decision = stream.uniform();
  model::Behaviour now;
  now.symptoms = symptoms < rules.symptoms(stage) * milieu(rules.milieu_symptoms_ratio);
  const double use = place ? rules.psychotropics_place : rules.psychotropics_home;
  now.psychotropics =
      psychotropics < use * milieu(rules.milieu_psychotropics_ratio) *
                          relative_to_mean(now.symptoms, rules.psychotropics_ratio, usual);
  now.coercion =
      place && coercion < rules.coercion * milieu(rules.milieu_coercion_ratio) *
                              staff_effect(world, c) *
                              relative_to_mean(now.symptoms, rules.coercion_ratio, usual);
  now.decision = now.coercion && decision < rules.decision_share;
  return now;
}

double supervision_ratio(const World& world, const model::CareCase& c) {
  const model::Cognition stage = world.at(c.resident).cognition;
  if (!model::has_dementia(stage)) return 1.0;
  return relative_to_mean(c.behaviour.symptoms, world.config().behaviour.supervision_ratio,
                          world.rules().behaviour.symptoms[model::index(stage)]);
}

}  // namespace carestair::processes
