// Family carers: who helps a resident without pay, and what it does to the one who helps. A carer
// is a resident, a child who lives elsewhere, or a friend or neighbour known by nothing but the
// help; a tie joins a carer with one who is cared for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/day.hpp"
#include "base/id.hpp"
#include "model/care.hpp"
#include "model/kin.hpp"
#include "model/levels.hpp"
#include "model/resident.hpp"

namespace carestair::model {

/// What the carer is to the one who is cared for; help is given in this order.
enum class Relation : std::uint8_t { partner, parent, child, other };
inline constexpr std::size_t relation_count = 4;
inline constexpr std::array<std::string_view, relation_count> relation_names{"partner", "parent",
                                                                             "child", "other"};

/// One who cares. `employment` and `leave` are uniform numbers of the carer's own, compared with
/// the shares in force; `nature` is a standard normal one.
struct Carer {
  ResidentId resident;  // while living here
  KinId kin;            // own entry among the parents' children, for those who help a parent
  TieId first_tie;      // invalid: the record is free
  base::Day birth;
  float employment = 0.0F;
  float leave = 0.0F;
  float nature = 0.0F;
  base::Day agreed_until;  // offers stand until this birthday
  float work_lost = 0.0F;  // share of a position given up, as of the latest month end
  Sex sex = Sex::female;
  bool in_work = false;   // as of the latest birthday
  bool burdened = false;  // as of the latest month end, by the heaviest tie
};

/// One carer and one cared-for.
struct Tie {
  CaseId cared_for;
  CarerId carer;
  TieId next_of_case;  // in the order of relations
  TieId next_of_carer;
  base::Day since = never;
  float offer = 0.0F;     // hours a week the carer has for this one, shared with the others
  NeedVector given{};     // of it, taken up: hours a week by type
  float burden = 0.0F;    // Zarit Burden Interview, 0-88
  float patience = 0.0F;  // what is left of a unit exponential until the carer gives up
  Relation relation = Relation::other;
  bool withdrawn = false;  // has given up most of it
};

/// The municipality's family care as a whole, for the futures of the national projection: means of
/// the first year reported, and what the offers are multiplied by today.
struct FamilyCare {
  float factor = 1.0F;
  bool renew = false;         // rules have changed: all offers are to be agreed on anew
  int months = 0;             // of the first year, seen
  double hours = 0.0;         // a week, given by families
  double middle_aged = 0.0;   // residents of 50-66 for each of 85 and over
  double formal_hours = 0.0;  // a week, granted by the municipality
};

}  // namespace carestair::model
