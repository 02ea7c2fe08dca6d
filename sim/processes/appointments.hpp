// What a case has a date for: courses and stays that end, reviews, effects that fade.
#pragma once

#include "model/care.hpp"

namespace carestair::processes {

class World;

/// Does what is due today for one case.
void keep_appointment(World& world, model::CareCase& c);

}  // namespace carestair::processes
