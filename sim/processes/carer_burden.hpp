// What caring does to the carer, month by month. Burden is that of the Zarit Burden Interview
// (0-88):
//
//   target  services * ( base + sd * own number + per_hour * hours given to all
//                        + per_supervision_hour * hours of supervision given to this one
//                        + symptoms (of dementia) + living_together + per_year * years )
//           none when nothing is given
//   burden  moves towards it by 1 - e^(-1 / adapt_months) a month
//
// From burdened_from on a carer may give up, who then has a share of the hours left,
//
//   rate    withdrawal_rate * withdrawal_ratio_per_point^(burden - burdened_from)
//
// against a unit exponential of the tie; declines faster; and, in work, is on sick leave more
// often. Config section `informal.burden`.
#pragma once

#include "model/carer.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Rate ratios of one who cares.
struct Strain {
  float decline = 1.0F;
  float death = 1.0F;
};
Strain strain_of(const World& world, model::ResidentId id);

/// Where the burden of a tie is heading.
float burden_target(const World& world, const model::Tie& tie);
float burden_target(const World& world, const model::Tie& tie, float hours_of_carer);

/// A month of all carers: offers are agreed on, burden moves, some give up, work is lost.
void tend_family_care(World& world);

}  // namespace carestair::processes
