// The allocation office (tildelingskontor): cases are queued, ordered by benefit, resources,
// severity and waiting, assessed at the weekly meeting (urgent ones the same day), walked up the
// care staircase, and the plan is carried out. Config section `allocation`.
#pragma once

#include "model/care.hpp"

namespace carestair::processes {

class World;

/// Puts a case in the queue of the next meeting.
void enqueue(World& world, model::CareCase& c, model::Request request);

/// Place in the queue: higher goes first.
///   w_benefit * unmet hours / 10 - w_resource * hours it would take / 10
///   + w_severity * need level + w_waiting * months waited
/// (hours a week; need level 0..3; weights of config section `allocation`).
float priority(const World& world, const model::CareCase& c);

/// Assesses one case and carries the plan out. The case is up to date: every change of need,
/// household or services updates it at once.
void decide(World& world, model::CareCase& c);

/// Daily: cases whose unmet personal care and nursing cannot wait for the meeting, and the dying.
void decide_urgent_cases(World& world);

/// Weekly: the whole queue in order of priority. Overflow places become ordinary ones first.
void hold_allocation_meeting(World& world);

}  // namespace carestair::processes
