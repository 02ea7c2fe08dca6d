// What family carers have to give, and what of it is taken up. All in hours a week.
//
//   offer   hours(relation, distance) * sex * work * future
//           * need of this one / need of all of hers
//   given   min( offer * own health * support * eased, what is left of each need * cover )
//
//   sex     2 r / (1 + r) women, 2 / (1 + r) men; r = woman_ratio in cohorts up to
//           unequal_birth_year, 1 from equal_birth_year, linear in between
//   work    employed_ratio in work without leave
//   eased   1 - eased_share * min(1, hours granted at home / need)
//
// Offers are agreed when somebody begins or ceases to care and at the end of a month; what is given
// follows the day. Formal care cut does not make family give more. Config section `informal`.
#pragma once

#include "model/care.hpp"
#include "model/carer.hpp"

namespace carestair::processes {

class World;

/// Whether a carer is in work at her age.
bool employed(const World& world, const model::Carer& carer);
/// Hours a week a carer would have for one of this relation, were there no other; before own
/// health.
float hours_offered(const World& world, const model::Carer& carer, model::Relation relation);
/// Times what a woman gives or does more than a man of the same year of birth.
float sex_ratio(const World& world, model::Sex sex, base::Day birth, double woman_over_man);
/// What of the offer is left by the carer's own health, today; 0 for one who is away.
float able(const World& world, const model::Carer& carer);

/// Sets what each carer of a case gives of its need, and returns the sum by type. `ratio`
/// multiplies the hours: what services do to them (rate `informal`); `home_hours` a week are
/// granted.
model::NeedVector informal_help(World& world, const model::CareCase& c, float ratio,
                                float home_hours);

}  // namespace carestair::processes
