#include "processes/care_start.hpp"

#include <algorithm>

#include "processes/allocation.hpp"
#include "processes/case_update.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

void start_care(World& world) {
  const config::Config& config = world.config();
  for (std::size_t i = 0; i < world.state.residents.size(); ++i) {
    const model::ResidentId id(i);
    const model::Resident& who = world.at(id);
    if (!who.in_need()) continue;
    model::CareCase& c = world.at(world.open_case(id));
    update_case(world, c);
    const double served =
        config.initial.served(std::min(world.age(who), config::oldest_age), model::index(who.need));
    if (!world.stream(who, random::Purpose::served_at_start).chance(served)) continue;
    // A review, not an application: those served at the start came before any course was offered.
    enqueue(world, c, model::Request::review);
  }
  hold_allocation_meeting(world);
  for (model::CareCase& c : world.state.cases) {
    if (!c.receives_any()) continue;
    // Reviews are spread over the interval instead of falling on one day.
    const double wait = config.allocation.review_interval_days *
                        world.stream(world.at(c.resident), random::Purpose::first_review).uniform();
    c.next_review = world.today() + 1 + static_cast<int>(wait);
    set_appointment(world, c);
  }
}

}  // namespace carestair::processes
