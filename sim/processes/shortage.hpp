// Who goes without when hours are short. Tasks need somebody with a college education, somebody
// with health education, or anybody employed; who has more can give what needs less. Hours that
// nobody there can give fall away first where most is needed of who gives them, then for all:
//
//   from college to anybody:  sum over tasks that need as much: granted * delivered <= hours of
//                             those who have as much
//
// so that in all there is given as much as can be. Among tasks that need the same, what is short
// falls away by the need of who is helped:
//
//   delivered(need) = 1 - l * falls_away(need), at least 0
#pragma once

#include "model/delivery.hpp"

namespace carestair::processes {

using model::ByCompetence;
using model::ByNeed;

/// Hours by what they need at least, each in one of them, and by the need of who is helped.
using Tasks = std::array<ByNeed, model::competence_count>;

/// Shares of `granted` that are given when there are `hours` for all of it: what is short falls
/// away in proportion to `weight`, and nobody is left with less than nothing.
ByNeed share_by_severity(const ByNeed& granted, double hours, const ByNeed& weight);

/// The same of tasks, with hours of those who have at least each competence.
model::DeliveredShares share_by_competence(const Tasks& granted, const ByCompetence& hours,
                                           const ByNeed& weight);

/// Hours of tasks that need at least each competence.
ByCompetence asked_of(const Tasks& granted);

/// Closes what is `missing` of those who have at least each competence with as few hours as
/// possible of `room`, counted in the same way. Returns these.
ByCompetence close_gap(ByCompetence& missing, const ByCompetence& room);

}  // namespace carestair::processes
