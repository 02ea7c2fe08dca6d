// The last weeks of life, and where they end.
//
// When the clock of death fires, death is sudden, or a terminal phase begins: then she needs more
// help, from people who know that she is dying, and dies when the phase is over. It is settled in
// the last days where: a share is taken to hospital, fewer of those with palliative care at home;
// others stay where staff is around the clock; at home stays who wishes to, when the help there is
// enough for it, and others find a short-term bed. Whoever has neither dies in hospital.
//
// All questions are answered by numbers that belong to the resident, compared with the shares in
// force. Config section `end_of_life`.
#pragma once

#include <string_view>

#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Whether death comes after a terminal phase, which then begins.
bool begin_terminal_phase(World& world, model::ResidentId id);

/// The last days of a terminal phase: settles where they are lived.
void begin_last_days(World& world, model::ResidentId id);

/// Where a resident is who dies now.
model::PlaceOfDeath place_of_dying(const World& world, const model::Resident& who);

/// Where one who dies suddenly is; counts the days in hospital of those who get there.
model::PlaceOfDeath sudden_death(World& world, model::ResidentId id);

/// Counts a death by place, wish, age and dementia.
void count_death(World& world, const model::Resident& who, model::PlaceOfDeath place);

/// In plain words, for the trace.
std::string_view words_of(model::PlaceOfDeath place);

}  // namespace carestair::processes
