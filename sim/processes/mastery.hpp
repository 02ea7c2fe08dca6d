// Mastery (mestring): how far somebody feels able to manage, 0 to 1.
//
//   m        = mean + cohort * (year of birth - 1940) + sd * z, within 0 and 1
//   need     practical help, personal care and nursing: 1 - hours   * (m - 1/2)
//   seeking  rate of applying for help:                 1 - seeking * (m - 1/2)
//   accept   share who accept a reablement course:        + accept  * (m - 1/2)
//
// z is standard normal and belongs to the resident for life; it is drawn when the care case opens.
// In the middle of the scale nothing changes, so that with a mean of 1/2 mastery says who needs
// more hours, not how many are needed. Config section `mastery`.
#pragma once

#include "model/care.hpp"

namespace carestair::processes {

class World;

/// By what a resident's mastery lies above the middle of the scale: -1/2 to 1/2.
double mastery_above_middle(const World& world, const model::CareCase& c);

}  // namespace carestair::processes
