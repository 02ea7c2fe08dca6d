// The futures of family care in the national projection: what the hours of all families together
// become, against their mean in the first twelve months reported.
//
//   emergent  as people and habits make them
//   constant  the same
//   falling   times residents of 50-66 for each of 85 and over, against those twelve months
//   growing   times the hours a week that the municipality grants, against those twelve months
//
// The offers of all carers are multiplied by one factor, moved at each month end by what is
// missing. Needs bound what can be given: what nobody needs is not given. Config `informal.future`.
#pragma once

namespace carestair::processes {

class World;

/// Takes the means of the first year, and sets the factor of the month to come.
void look_at_the_future(World& world);

}  // namespace carestair::processes
