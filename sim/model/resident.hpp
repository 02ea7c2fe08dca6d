// The resident: one cache line of state that the clocks read at every event.
// Only the mechanism that owns a field writes it (docs/design.md lists the owners).
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/day.hpp"
#include "base/id.hpp"
#include "model/levels.hpp"

namespace carestair::model {

struct Resident;
struct CareCase;
struct Kin;
struct Carer;
struct Tie;
using ResidentId = base::Id<Resident>;
using CaseId = base::Id<CareCase>;
using KinId = base::Id<Kin>;
using CarerId = base::Id<Carer>;
using TieId = base::Id<Tie>;

struct alignas(64) Resident {
  /// Same person in every scenario, see model/identity.hpp.
  std::uint64_t uid = 0;
  base::Day birth;
  ResidentId partner;    // spouse or cohabitant, valid while both live here
  ResidentId mother;     // when she is (or was) a resident
  KinId as_child;        // own entry among the parents' children; invalid when none lived here
  KinId first_child;     // head of the chain of children, see kin.hpp
  CaseId care_case;      // invalid until need or care begins
  float frailty = 1.0F;  // multiplies the rate of decline; drawn once, mean 1
  /// Product of what services and unmet need do to each rate; kept current by the
  /// mechanisms in processes/ so that an event multiplies once instead of looking services up.
  float decline_ratio = 1.0F;
  float recovery_ratio = 1.0F;
  float seeking_ratio = 1.0F;
  float death_ratio = 1.0F;
  Sex sex = Sex::female;
  Presence presence = Presence::resident;
  NeedLevel need = NeedLevel::none;
  Cognition cognition = Cognition::none;
  Dwelling dwelling = Dwelling::suitable_home;
  std::uint8_t illness_count : 4 = 0;  // long-term illnesses
  std::uint8_t births : 4 = 0;         // children borne since the start
  Income income : 2 = Income::middle;
  UserGroup group : 3 = UserGroup::general;
  bool diagnosed : 1 = false;  // dementia known to the services
  bool lonely : 1 = false;
  bool prefers_institution : 1 = false;
  bool touched : 1 = false;                // rates to be recomputed at the end of the day
  bool in_hospital : 1 = false;            // or in a municipal acute bed
  bool after_discharge : 1 = false;        // readmission is more likely, see hospital.hpp
  bool followed_up : 1 = false;            // in a structured way, after this discharge
  bool recovering : 1 = false;             // what a stay has cost may come back
  bool hip_fracture : 1 = false;           // a recent one
  bool terminal : 1 = false;               // dies when the phase ends, see end_of_life.hpp
  bool wishes_home : 1 = false;            // to die at home
  std::uint8_t episodes = 0;               // of acute illness so far: keys their draws
  std::uint8_t falls = 0;                  // so far: keys their draws
  std::uint8_t problems : 3 = 0;           // bit set of HiddenProblem
  std::uint8_t detected_problems : 3 = 0;  // those of them that are known to the services
  HomeZone zone : 2 = HomeZone::centre;    // of the ordinary home, see travel.hpp
  bool volunteer : 1 = false;              // in care, see volunteers.hpp

  [[nodiscard]] bool here() const { return presence == Presence::resident; }
  /// The need that services meet: the dying have at least moderate need, whatever their function.
  [[nodiscard]] NeedLevel need_in_effect() const {
    return terminal ? std::max(need, NeedLevel::moderate) : need;
  }
  /// Whether there is a need of assistance at all: a level of it, or dementia.
  [[nodiscard]] bool in_need() const {
    return need_in_effect() != NeedLevel::none || has_dementia(cognition);
  }
};
static_assert(sizeof(Resident) == 64);

}  // namespace carestair::model
