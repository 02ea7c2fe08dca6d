// Couples: moving in together, separating, being left behind. Who lives alone follows from it.
//
//   single    union_rate(age, sex) / 2: a union takes two, and either may have found the other
//   partnered dissolution_rate(age) on the clock of the woman, 0 on that of the man
//
// A new partner is the single of the other sex whose year of birth is nearest to the one looked
// for, own plus or minus a normal age gap; among those of that year the choice depends on the two
// alone, not on who else lives there. Nobody found within ten years: single until the clock fires
// again. The clock stands still during the burn-in.
// Not modelled: partners from elsewhere, couples of one sex, children's place after a separation
// (they stay with the mother).
#pragma once

#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/demography_tables.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct Households {
  static engine::RatePerDay rate(const DemographyTables& tables, const Life& life) {
    const model::Resident& who = life.who;
    if (!model::at_home(who.dwelling)) return 0.0F;
    const HouseholdTables& rates = tables.households;
    if (!who.partner.valid()) return rates.formation[life.age * model::sex_count + life.sex];
    return who.sex == model::Sex::female ? rates.dissolution[life.age] : 0.0F;
  }
  /// Moves in together, or separates.
  static void fire(World& world, model::ResidentId id);
};

/// True unless a partner, or a child of an age to live with parents, shares the home; children
/// never live alone.
bool lives_alone(const World& world, const model::Resident& who);

/// The partner has died or moved out: the one who is left is single again.
void partner_gone(World& world, model::ResidentId gone, model::Presence how);

/// Who is single, or comes here, can be chosen from now on.
void enter_partner_search(World& world, model::ResidentId id);

}  // namespace carestair::processes
