// Care at the start of a run: who has need is given what the municipality has, most severe first,
// through the same walk up the staircase; the burn-in then settles queues and reviews.
#pragma once

namespace carestair::processes {

class World;

void start_care(World& world);

}  // namespace carestair::processes
