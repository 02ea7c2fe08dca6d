#include "processes/reablement.hpp"

#include <string>

#include "processes/fading.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::NeedType;

namespace {

const config::ReablementOrganisation& organisation(const World& world) {
  return world.config().reablement.organisations[world.rules().organisation];
}

}  // namespace

bool course_wait_is_over(const World& world, const model::CareCase& c) {
  return c.course.service != model::no_service &&
         world.today() - c.course.since >=
             base::whole_days(world.config().reablement.most_wait_days);
}

bool course_suits(const World& world, const model::CareCase& c, const model::NeedVector& left) {
  const config::Reablement& rules = world.config().reablement;
  if (c.last_course != model::never &&
      world.today() - c.last_course < rules.repeat_after_years * base::days_per_year) {
    return false;
  }
  if (course_wait_is_over(world, c)) return false;
  // Only who asks for help now, or needs more of it, is helped by training first.
  const bool is_new =
      c.request == model::Request::application || c.request == model::Request::need_changed ||
      c.request == model::Request::discharge || c.course.service != model::no_service;
  const config::Table& sound = world.config().allocation.sound_hours;
  const auto above = [&](NeedType type) {
    return left[model::index(type)] > static_cast<float>(sound(model::index(type)));
  };
  return is_new && (above(NeedType::practical) || above(NeedType::personal_care));
}

float course_hours_per_week(const World& world) {
  return static_cast<float>(organisation(world).team_hours_per_week);
}

void start_course(World& world, model::CareCase& c) {
  const model::ServiceIndex course = world.rules().services.course;
  start_service(world, c, course, course_hours_per_week(world));
  if (model::Holding* h = c.find(course); h != nullptr) {
    h->until = world.today() + base::whole_days(organisation(world).weeks * 7.0);
  }
}

void break_off_course(World& world, model::CareCase& c) {
  const model::ServiceIndex service = world.rules().services.course;
  model::Holding* course = service != model::no_service ? c.find(service) : nullptr;
  if (course == nullptr) return;
  ++c.courses;
  c.last_course = world.today();
  end_service(world, c, *course);
}

void end_course(World& world, model::CareCase& c, model::Holding& holding) {
  const model::Resident& who = world.at(c.resident);
  const bool completed = world.stream(who, random::Purpose::completion, c.courses)
                             .chance(organisation(world).completion);
  ++c.courses;
  c.last_course = world.today();
  end_service(world, c, holding);
  if (!completed) {
    world.explain(who,
                  [] { return std::string("ends the reablement course without completing it"); });
    return;
  }
  c.reabled = world.today();
  c.hours_ratio = static_cast<float>(organisation(world).hours_ratio);
  world.record(model::EventKind::course_completed, who);
  world.explain(who, [] { return std::string("completes a reablement course"); });
}

}  // namespace carestair::processes
