// The state of a world: everything about one municipality except clocks and calendar.
// Plain data: copying it copies the world.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/arrival.hpp"
#include "model/building.hpp"
#include "model/care.hpp"
#include "model/carer.hpp"
#include "model/case_set.hpp"
#include "model/kin.hpp"
#include "model/ledger.hpp"
#include "model/resident.hpp"
#include "model/volunteer.hpp"
#include "model/workforce.hpp"

namespace carestair::model {

/// How much of a service is in use; capacity comes from the rules in force.
struct ServiceUse {
  float persons = 0.0F;  // places, courses, day places or devices in use within capacity
  float overflow_persons = 0.0F;
  float hours_per_week = 0.0F;  // granted staff hours
};

/// A case in the order of an allocation meeting.
struct Ranked {
  float priority;
  CaseId id;
};

/// One explained step of the life that is traced, in plain words.
struct TraceLine {
  base::Day day;
  std::string text;
};

/// A stay in hospital or a municipal acute bed. The numbers were drawn when the episode began and
/// are compared with the shares in force when their question comes up.
struct HospitalStay {
  ResidentId who;
  base::Day since;
  base::Day treated;         // end of treatment
  base::Day decided_from{};  // once treated: the municipality decides from this day on
  float loss = 0.0F;         // uniform numbers
  float notice = 0.0F;
  float short_stay = 0.0F;
  float follow_up = 0.0F;
  float uncharged = 0.0F;
  bool hip = false;
  bool acute_bed = false;
  bool ready = false;  // treated, waits for what the municipality has to give
  bool dying = false;  // ends with life
};

/// A state of a resident that ends on a day.
struct Spell {
  enum class Kind : std::uint8_t {
    after_discharge,
    recovering,
    hip_fracture,
    before_last_days,  // of a terminal phase
    terminal
  };
  ResidentId who;
  base::Day until;
  Kind kind;
};
inline constexpr std::size_t spell_kind_count = 5;

/// One who may be looking for a partner.
struct Single {
  std::uint64_t uid;
  ResidentId who;
};

struct State {
  std::vector<Resident> residents;
  std::vector<base::Day> arrived;  // by resident: first day in the municipality
  std::vector<base::Day> left;     // by resident: day of death or of moving out; never while here
  std::vector<Kin> kin;
  std::vector<Arrival> arrivals;  // in-movers of this year still to come, latest first
  /// Who may be looking for a partner, by sex and year of birth; some are so no longer.
  std::array<std::vector<std::vector<Single>>, sex_count> singles;
  std::vector<CareCase> cases;
  CaseSet open_cases;     // whose hours are booked: updated once, and not ended since
  CaseSet holding_cases;  // that hold any service
  std::vector<Carer> carers;
  std::vector<Tie> ties;
  std::vector<CarerId> carer_of;     // by resident
  std::vector<CarerId> free_carers;  // records to be used again
  std::vector<TieId> free_ties;
  FamilyCare family_care;
  std::array<ServiceUse, max_services> use{};
  std::vector<Building> facilities;             // as configured
  std::vector<std::vector<Building>> projects;  // what each has built so far
  std::array<float, max_services> places{};     // persons in the buildings that are open
  std::vector<CaseId> queue;                    // cases to be decided at the next meeting
  std::vector<Ranked> order;                    // room to order them in
  std::vector<HospitalStay> stays;              // under way
  std::vector<Spell> spells;                    // a heap, the first to end on top
  /// By resident: when the latest spell of each kind ends; what ends earlier has been overtaken.
  std::vector<std::array<base::Day, spell_kind_count>> spell_ends;
  std::vector<Unit> units;  // by UnitIndex; none: nobody is employed, and no hours are missing
  Staff staff;
  Volunteering volunteering;
  DeliveredDays delivered;
  WayOfWorking way_of_working;
  Ledger ledger;
  bool log_events = false;
  std::vector<Event> events;
  std::uint64_t traced_uid = 0;  // 0: nobody
  std::vector<TraceLine> trace;

  [[nodiscard]] Resident& at(ResidentId id) { return residents[id.index]; }
  [[nodiscard]] const Resident& at(ResidentId id) const { return residents[id.index]; }
  [[nodiscard]] CareCase& at(CaseId id) { return cases[id.index]; }
  [[nodiscard]] const CareCase& at(CaseId id) const { return cases[id.index]; }
  [[nodiscard]] Kin& at(KinId id) { return kin[id.index]; }
  [[nodiscard]] const Kin& at(KinId id) const { return kin[id.index]; }

  [[nodiscard]] Carer& at(CarerId id) { return carers[id.index]; }
  [[nodiscard]] const Carer& at(CarerId id) const { return carers[id.index]; }
  [[nodiscard]] Tie& at(TieId id) { return ties[id.index]; }
  [[nodiscard]] const Tie& at(TieId id) const { return ties[id.index]; }

  [[nodiscard]] KinId next_child(const Resident& parent, KinId child) const {
    return parent.sex == Sex::female ? at(child).next_of_mother : at(child).next_of_father;
  }
};

}  // namespace carestair::model
