// Behavioural and psychological symptoms of dementia, and what they are met with: psychotropics
// and coercion.
//
//   symptoms       share(stage) * milieu
//   psychotropics  share(home or place) * symptoms * milieu
//   coercion       share * symptoms * staff * milieu, in a place with staff alone
//   with decision  share of those
//
//   staff     (staff hours a resident / those at the start)^-elasticity
//   milieu    1 - covered + covered * ratio
//
//   need of supervision, times that of the stage
//     with symptoms     r / (1 + (r - 1) s)
//     without           1 / (1 + (r - 1) s)
//
// r is supervision_ratio, s the share of those with symptoms at the stage.
//
// One uniform number each for the resident and the year of age: as long as shares stay, the state
// changes on birthdays, with the stage and with the place. Symptoms raise the need of supervision,
// relative to the mean of the stage (supervision_ratio). Config section `behaviour`.
#pragma once

#include <array>
#include <vector>

#include "config/sections/config.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"
#include "processes/services.hpp"

namespace carestair::processes {

class World;

struct BehaviourTables {
  BehaviourTables() = default;
  BehaviourTables(const config::Behaviour& rules, const ServiceTables& services);

  // As the run begins; a dated change is held against them.
  std::array<double, model::cognition_count> symptoms{};  // share by stage
  std::vector<float> staff_hours;                         // a week and resident, by service
};

/// What the resident's dementia is like today; nothing without dementia.
model::Behaviour behaviour_of(const World& world, const model::CareCase& c);

/// What symptoms, or their absence, do to the need of supervision; mean 1 at the start.
double supervision_ratio(const World& world, const model::CareCase& c);

}  // namespace carestair::processes
