// Couples: moving in together, separating, being left behind. Who lives alone follows from it.
//
// The clock of a woman runs at union_rate(age) while she is single and at dissolution_rate(age)
// while she is not; a man has none, he takes part in hers. So the column of union_rate for men is
// not used, and the age profile of men follows from whom women choose.
// A new partner is the single man whose year of birth is nearest to the one she looks for, her own
// minus a normal age gap; among men of that year the choice depends on the two alone, not on who
// else lives there. Nobody found within ten years: she stays single until the clock fires again.
// Not modelled: partners from elsewhere, couples of one sex, children's place after a separation
// (they stay with the mother).
#pragma once

#include <vector>

#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct HouseholdTables {
  HouseholdTables() = default;
  HouseholdTables(const config::Households& households, const config::Initial& initial);

  std::vector<float> formation;    // [age] of a single woman, per day
  std::vector<float> dissolution;  // [age] of the woman, per day
  double gap_mean = 0.0;           // years he is older
  double gap_sd = 0.0;
  int leaving_home = 0;            // age at which children move out
  double lonely_alone = 0.0;
  double lonely_together = 0.0;
};

struct Unions {
  static engine::RatePerDay rate(const HouseholdTables& tables, const Life& life) {
    const model::Resident& who = life.who;
    if (who.sex == model::Sex::male || !model::at_home(who.dwelling)) return 0.0F;
    return (who.partner.valid() ? tables.dissolution : tables.formation)[life.age];
  }
  /// Moves in together, or separates. Does nothing while burning in.
  static void fire(World& world, model::ResidentId woman, engine::Time t);
};

/// Age at which children leave their parents' home.
int age_of_leaving_home(const config::Households& households);

/// True unless a partner, or a child of an age to live with parents, shares the home; children
/// never live alone.
bool lives_alone(const World& world, const model::Resident& who);

/// The partner has died or moved out: the one who is left is single again.
void partner_gone(World& world, model::ResidentId gone, model::Presence how);

/// A man who is, or may become, single can be chosen; women search and need not be entered.
void enter_partner_search(World& world, model::ResidentId man);

}  // namespace carestair::processes
