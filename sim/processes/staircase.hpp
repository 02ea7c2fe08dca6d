// The walk up the care staircase under the LEON principle (lowest effective level of care).
//
// Given what is left after informal help, the steps are tried from the lowest: a step is passed
// over when it is not for this resident, would plainly meet too little of what is left, or is
// full; otherwise it is taken for as much as it can meet. The walk ends when no type of need is
// above its sound bound. If help at home would take more staff hours, or leave more need of
// supervision, than is sound at home, 24-hour care is called for: the lowest place that is sound.
//
// The walk reads the world and changes nothing; allocation.cpp carries its plan out.
#pragma once

#include <array>
#include <cstdint>

#include "model/care.hpp"
#include "processes/services.hpp"

namespace carestair::processes {

class World;

/// What became of a step in the walk, for the trace and for tests.
enum class Verdict : std::uint8_t {
  not_reached,  // lower steps already made it sound
  not_for_her,  // age, need, cognition, household or user group rules it out
  unsuited,     // a course would not help now
  replaced,     // by another that has been granted
  useless,      // would meet too little of what is left
  full,         // no capacity
  no_room,      // the package can hold no more
  deferred,     // held back until a reablement course has been tried
  not_offered,  // the allocator did not think of it, or it was declined
  granted,
  interim  // a time-limited stay
};

struct Step {
  model::ServiceIndex service = 0;
  Verdict verdict = Verdict::not_reached;
  float hours = 0.0F;  // staff hours a week granted
  float met = 0.0F;    // hours of need it meets
};

/// How the allocator approaches this case; worked out by allocation.cpp.
struct Approach {
  bool habit = false;         // goes straight for a place (low strictness)
  bool offer_course = false;  // thinks of reablement, and the resident accepts
  bool course_first = false;  // no compensating practical help before a course
  bool stay_first = false;    // comes from hospital, to a short-term stay before home
  bool settled = true;        // not dying, nor from hospital with function that may come back
  bool technology = false;    // the allocator thinks of devices
  float leniency = 1.0F;      // of this office: multiplies what is called sound
};

struct Plan {
  std::array<Step, model::max_services> steps{};  // the first step_count of them
  std::size_t step_count = 0;
  bool needs_place = false;                       // 24-hour care is called for
  model::ServiceIndex place = model::no_service;  // the lowest sound place
  bool place_free = false;
  model::ServiceIndex kept = model::no_service;  // a lower place, lived in until it is free
  model::ServiceIndex stay = model::no_service;  // a time-limited stay, for now
  bool wants_course = false;                     // suitable, offered, but full
  float home_hours = 0.0F;                       // staff hours a week that help at home would take
  model::NeedVector unmet{};

  /// Lives in a place, or stays away from home for a while: home steps have no use then.
  [[nodiscard]] bool away() const {
    return (needs_place && (place_free || kept != model::no_service)) || stay != model::no_service;
  }
  [[nodiscard]] const Step* find(model::ServiceIndex service) const {
    for (std::size_t i = 0; i < step_count; ++i) {
      if (steps[i].service == service) return &steps[i];
    }
    return nullptr;
  }
  /// Something was not granted for want of capacity only.
  [[nodiscard]] bool short_of_capacity() const {
    for (std::size_t i = 0; i < step_count; ++i) {
      if (steps[i].verdict == Verdict::full) return true;
    }
    return false;
  }
  [[nodiscard]] bool takes(model::ServiceIndex service) const {
    const Step* s = find(service);
    return s != nullptr && (s->verdict == Verdict::granted || s->verdict == Verdict::interim);
  }
};

/// Walks the staircase for a case whose need and informal help are up to date.
Plan walk_staircase(const World& world, const model::CareCase& c, const Approach& approach);

}  // namespace carestair::processes
