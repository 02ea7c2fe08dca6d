#include "processes/volunteer_hours.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "processes/case_update.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::no_service;
using model::ServiceIndex;
using model::Volunteer;
using model::Volunteering;

namespace {

/// The first who wants to do this and visits nobody; null when there is none.
Volunteer* free_for(std::vector<Volunteer>& people, ServiceIndex service) {
  const auto free = std::ranges::find_if(people, [&](const Volunteer& one) {
    return one.active() && one.trained && one.activity == service && !one.visits.valid();
  });
  return free == people.end() ? nullptr : &*free;
}

void count_room(const World& world, Volunteering& v, ServiceIndex service) {
  const ServiceRule& rule = world.rules().services.rules[service];
  if (rule.own_volunteer) return;  // counted by heads
  v.room[service] = std::floor(v.hours_per_week[service] / rule.volunteer_hours + 1e-3F);
}

}  // namespace

void count_hours_offered(World& world) {
  Volunteering& v = world.state.volunteering;
  const ServiceTables& tables = world.rules().services;
  const auto hours = static_cast<float>(world.config().volunteers.hours_per_week);
  v.hours_per_week = {};
  v.room = {};
  for (const Volunteer& one : v.people) {
    if (!one.active() || !one.trained || one.activity == no_service) continue;
    if (one.present) v.hours_per_week[one.activity] += hours;
    if (tables.rules[one.activity].own_volunteer) v.room[one.activity] += 1.0F;
  }
  for (const ServiceIndex s : tables.with_volunteers) count_room(world, v, s);
}

void count_out(World& world, const Volunteer& one) {
  const ServiceIndex activity = one.activity;
  if (!one.trained || activity == no_service) return;
  Volunteering& v = world.state.volunteering;
  float& hours = v.hours_per_week[activity];
  if (one.present) {
    hours = std::max(hours - static_cast<float>(world.config().volunteers.hours_per_week), 0.0F);
  }
  if (world.rules().services.rules[activity].own_volunteer) {
    v.room[activity] -= 1.0F;
  } else if (world.rules().services.rules[activity].volunteer_hours > 0.0F) {
    count_room(world, v, activity);
  }
}

void replace_visitors(World& world) {
  std::vector<Volunteer>& people = world.state.volunteering.people;
  for (Volunteer& gone : people) {
    if (gone.active() || !gone.visits.valid()) continue;
    const ServiceIndex service = gone.activity;
    const model::CaseId id = std::exchange(gone.visits, {});
    if (Volunteer* free = free_for(people, service); free != nullptr) {
      free->visits = id;
      continue;
    }
    model::CareCase& c = world.at(id);
    model::Holding* held = c.find(service);
    if (held == nullptr) continue;
    end_service(world, c, *held);
    update_case(world, c);
  }
}

void match_volunteer(World& world, model::CaseId id, ServiceIndex service) {
  Volunteer* free = free_for(world.state.volunteering.people, service);
  if (free != nullptr) free->visits = id;
}

void release_volunteer(World& world, model::CaseId id, ServiceIndex service) {
  for (Volunteer& one : world.state.volunteering.people) {
    if (one.visits == id && one.activity == service) one.visits = {};
  }
}

}  // namespace carestair::processes
