#include "processes/appointments.hpp"

#include <string>

#include "processes/allocation.hpp"
#include "processes/case_update.hpp"
#include "processes/reablement.hpp"
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

void keep_appointment(World& world, model::CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  if (!who.here()) return;
  const std::uint8_t held = c.held;
  bool ended = false;
  bool comes_home = false;
  for (model::Holding& h : c.in_use()) {
    if (h.until > world.today()) continue;
    const config::ServiceForm form = world.rules().services.rules[h.service].form;
    if (form == config::ServiceForm::offer) {
      end_service(world, c, h);
      continue;  // nothing for the allocation office
    }
    if (who.terminal && form == config::ServiceForm::stay) {
      h.until = model::never;  // nobody is sent home to die
      continue;
    }
    if (form == config::ServiceForm::course) {
      end_course(world, c, h);
    } else {
      end_service(world, c, h);
      comes_home = true;
      world.explain(who, [] { return std::string("goes home from a short-term stay"); });
    }
    ended = true;
  }
  const bool review = c.next_review <= world.today();
  if (review) c.next_review = model::never;
  if (review || c.held != held) {
    update_case(world, c);
  } else {
    effects_faded(world, c);
  }
  // A course or stay that has ended, a review that is due, or help that no longer is enough.
  const bool short_of_sound = c.receives_any() && !is_sound(world, c.unmet);
  if (ended || review || short_of_sound) {
    const bool changed = c.request == model::Request::need_changed && !ended;
    enqueue(world, c,
            comes_home ? model::Request::discharge
            : changed  ? model::Request::need_changed
                       : model::Request::review);
  }
}

}  // namespace carestair::processes
