// Couples: moving in together, separating, being left behind. Who lives alone follows from it.
//
// The clock of a woman runs at union_rate(age) while she is single and at dissolution_rate(age)
// while she is not; a man has none, he takes part in hers. So the column of union_rate for men is
// not used, and the age profile of men follows from whom women choose.
// A new partner is the single man whose year of birth is nearest to the one she looks for, her own
// minus a normal age gap; among men of that year the choice depends on the two alone, not on who
// else lives there. Nobody found within ten years: she stays single until the clock fires again.
// The clock stands still during the burn-in.
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
    if (who.sex == model::Sex::male || !model::at_home(who.dwelling)) return 0.0F;
    const HouseholdTables& rates = tables.households;
    return (who.partner.valid() ? rates.dissolution : rates.formation)[life.age];
  }
  /// Moves in together, or separates.
  static void fire(World& world, model::ResidentId woman);
};

/// True unless a partner, or a child of an age to live with parents, shares the home; children
/// never live alone.
bool lives_alone(const World& world, const model::Resident& who);

/// The partner has died or moved out: the one who is left is single again.
void partner_gone(World& world, model::ResidentId gone, model::Presence how);

/// A man who is, or may become, single can be chosen; women search and need not be entered.
void enter_partner_search(World& world, model::ResidentId man);

}  // namespace carestair::processes
