#include "processes/allocation.hpp"

#include <algorithm>
#include <cmath>

#include "processes/buildings.hpp"
#include "processes/case_update.hpp"
#include "processes/explain.hpp"
#include "processes/housing.hpp"
#include "processes/mastery.hpp"
#include "processes/offers.hpp"
#include "processes/reablement.hpp"
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/staircase.hpp"
#include "processes/stays.hpp"
#include "processes/technology.hpp"
#include "processes/user_groups.hpp"
#include "processes/way_of_working.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using config::ServiceForm;
using model::CareCase;
using model::Holding;
using model::Request;
using model::ServiceIndex;

void enqueue(World& world, CareCase& c, Request request) {
  c.request = request;
  if (c.in_queue) return;
  c.in_queue = true;
  c.request_since = world.today();
  world.state.queue.push_back(world.at(c.resident).care_case);
  world.at(c.resident).seeking_ratio = 0.0F;  // nobody applies while queued
  world.touch(c.resident);
}

float priority(const World& world, const CareCase& c) {
  const config::Allocation& rules = world.config().allocation;
  const float unmet = model::total(c.unmet);
  float need = model::total(c.need) - model::total(c.informal);
  if (need < 0.0F) need = 0.0F;
  const float months = static_cast<float>(world.today() - c.request_since) /
                       static_cast<float>(base::days_per_month);
  return static_cast<float>(rules.weight_benefit) * unmet / 10.0F -
         static_cast<float>(rules.weight_resource) * need / 10.0F +
         static_cast<float>(rules.weight_severity) * static_cast<float>(c.level) +
         static_cast<float>(rules.weight_waiting) * months;
}

namespace {

/// The allocator's own draws are keyed by the case's history, not by the day, and compared with
/// the share in force: a policy that raises a share keeps everybody it already reached.
Approach approach_to(const World& world, const CareCase& c) {
  const config::Allocation& rules = world.config().allocation;
  const model::Resident& who = world.at(c.resident);
  const auto draw = [&](random::Purpose purpose, std::uint32_t count) {
    return world.stream(who, purpose, count).uniform();
  };
  Approach approach;
  const bool at_once = who.need >= rules.habit_from_need &&
                       (who.prefers_institution || who.cognition >= rules.habit_from_cognition);
  approach.habit =
      at_once && c.level != model::NeedLevel::none &&
      draw(random::Purpose::habit, static_cast<std::uint32_t>(who.need)) >= rules.strictness;
  // Draws are slow: only those are made that the walk can ask for.
  const ServiceTables& services = world.rules().services;
  if (services.course != model::no_service &&
      eligible(world, services.rules[services.course], who)) {
    const double accept = world.config().reablement.accept_share +
                          world.config().mastery.accept * mastery_above_middle(world, c);
    if (draw(random::Purpose::acceptance, c.courses) < accept) {
      const double offer = draw(random::Purpose::offer, c.courses);
      const double most = std::max(offer_share(world), rules.reablement_before_share);
      approach.course_first = offer < rules.reablement_before_share;
      approach.offer_course = offer < most;
    }
  }
  const bool dying_at_home = who.terminal && model::at_home(who.dwelling);
  approach.settled = !(dying_at_home || (who.recovering && who.in_hospital));
  approach.stay_first = c.request == Request::discharge_to_stay;
  if (rules.judgement_sd > 0.0) {
    // One judgement of a person at each level of need: alike cases differ, a case stays alike.
    random::Stream judgement =
        world.stream(who, random::Purpose::judgement, static_cast<std::uint32_t>(who.need));
    approach.leniency = static_cast<float>(std::exp(rules.judgement_sd * judgement.normal()));
  }
  approach.technology = services.devices != 0U && considers_technology(world, who);
  return approach;
}

/// Ends what the plan no longer contains and lowers hours that have become unneeded; done before
/// anything new is granted, so that a case never competes with itself.
void end_and_lower(World& world, CareCase& c, const Plan& plan) {
  const auto caution = static_cast<float>(world.config().allocation.step_down_hours_per_week);
  const bool away = plan.away();
  for (Holding& h : c.in_use()) {
    const ServiceRule& rule = world.rules().services.rules[h.service];
    if (h.own || rule.form == ServiceForm::offer) continue;  // not for the office to end
    if (away && is_home_step(rule)) {
      if (rule.form == ServiceForm::course) {
        break_off_course(world, c);
      } else {
        end_service(world, c, h);
      }
      continue;
    }
    if (rule.form == ServiceForm::course) continue;     // runs its time
    if (rule.form == ServiceForm::acute_bed) continue;  // ends with the treatment
    if (rule.form == ServiceForm::dwelling) continue;   // ends with a place
    if (rule.form == ServiceForm::place && h.service == plan.place && plan.place_free) continue;
    if (plan.takes(h.service)) {
      const float planned = plan.find(h.service)->hours;
      const bool lower = rule.form == ServiceForm::hours && planned <= h.hours_per_week - caution;
      const bool other = rule.form == ServiceForm::technology && planned != h.hours_per_week;
      if (lower || other) change_hours(world, c, h, planned);
      continue;
    }
    // A package is not taken away for less than the caution is worth.
    const bool small = rule.form == ServiceForm::hours && h.hours_per_week < caution &&
                       !plan.needs_place && eligible(world, rule, world.at(c.resident));
    if (!small) end_service(world, c, h);
  }
}

void grant(World& world, CareCase& c, const Plan& plan) {
  const ServiceTables& tables = world.rules().services;
  const bool away = plan.away();
  // Ready for discharge, but home is not sound: help at home begins when she goes there.
  const bool stays_in_hospital = world.at(c.resident).in_hospital && plan.needs_place && !away;
  for (std::size_t i = 0; i < plan.step_count; ++i) {
    const Step& step = plan.steps[i];
    if (step.verdict != Verdict::granted && step.verdict != Verdict::interim) continue;
    const ServiceRule& rule = tables.rules[step.service];
    if (Holding* held = c.find(step.service); held != nullptr) {
      if (rule.form == ServiceForm::hours && step.hours > held->hours_per_week) {
        change_hours(world, c, *held, step.hours);
      }
      continue;
    }
    if ((away || stays_in_hospital) && is_home_step(rule)) continue;
    if (rule.form == ServiceForm::course) {
      start_course(world, c);
    } else {
      start_service(world, c, step.service, step.hours);
    }
  }
}

void settle_waiting(World& world, CareCase& c, const Plan& plan) {
  if (plan.needs_place && !plan.place_free) {
    start_waiting(world, c, c.place, plan.place);
  } else if (c.place.service != model::no_service) {
    end_waiting(world, c, c.place);
  }
  const ServiceIndex course = world.rules().services.course;
  // Nobody waits for what there is none of.
  const bool waits = plan.wants_course && !plan.takes(course) && !plan.needs_place &&
                     capacity_of(world, course) >= 1.0F;
  if (waits) {
    start_waiting(world, c, c.course, course);
  } else if (c.course.service != model::no_service) {
    end_waiting(world, c, c.course);
  }
}

/// What she has at home, unless she is away from there on a stay.
void note_home_hours(const World& world, CareCase& c) {
  if (held_stay(world, c) == model::no_service) c.home_hours = home_hours(world, c);
}

/// Where only 24-hour care is sound nobody may lawfully wait: a place is bought or improvised.
bool must_overflow(const World& world, const CareCase& c, const Plan& plan) {
  return plan.needs_place && !plan.place_free && c.place.service != model::no_service &&
         plan.stay == model::no_service &&
         world.today() - c.place.since >=
             base::whole_days(world.config().allocation.lawful_wait_days);
}

/// The kind in which a place beyond capacity is found for one who needs `planned` or more: the one
/// of which there are most, for a home of one room can not take thirty.
ServiceIndex overflow_kind(const World& world, const model::Resident& who, ServiceIndex planned) {
  const ServiceTables& tables = world.rules().services;
  const auto most_of = [&](auto&& count) {
    ServiceIndex most = planned;
    for (const ServiceIndex place : tables.places) {
      const ServiceRule& rule = tables.rules[place];
      if (rule.order < tables.rules[planned].order || !eligible(world, rule, who)) continue;
      if (count(place) > count(most)) most = place;
    }
    return most;
  };
  const ServiceIndex most = most_of([&](ServiceIndex place) { return capacity_of(world, place); });
  if (capacity_of(world, most) >= 1.0F) return most;
  // All have been closed since: what is bought is what there was.
  return most_of([&](ServiceIndex place) { return capacity_at_first(world, place); });
}

bool nothing_new(const World& world, const CareCase& c) {
  // One who only waits is looked at again when what is waited for can be had, the interim stay
  // can be had, or the wait has become unlawful.
  if (c.request != Request::place_wanted) return false;
  const ServiceTables& tables = world.rules().services;
  const bool place_free = c.place.service != model::no_service &&
                          std::ranges::any_of(tables.places, [&](ServiceIndex place) {
                            const ServiceRule& rule = tables.rules[place];
                            return rule.order >= tables.rules[c.place.service].order &&
                                   free_capacity(world, place) >= 1.0F &&
                                   eligible(world, rule, world.at(c.resident));
                          });
  const bool course_free =
      c.course.service != model::no_service && free_capacity(world, c.course.service) >= 1.0F;
  const bool stay_free =
      c.place.service != model::no_service && held_stay(world, c) == model::no_service &&
      std::ranges::any_of(tables.stays,
                          [&](ServiceIndex stay) { return free_capacity(world, stay) >= 1.0F; });
  const bool unlawful =
      c.place.service != model::no_service &&
      world.today() - c.place.since >= base::whole_days(world.config().allocation.lawful_wait_days);
  return !(place_free || course_free || stay_free || unlawful || course_wait_is_over(world, c));
}

}  // namespace

void decide(World& world, CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  const Approach approach = approach_to(world, c);
  Plan plan = walk_staircase(world, c, approach);
  world.record(model::EventKind::assessed, who, model::index(c.level),
               static_cast<std::size_t>(plan.needs_place ? plan.place : model::no_service));
  explain_plan(world, c, approach, plan);
  const bool received = c.receives_any();
  const bool from_home = place_of(world, c) == nullptr;
  note_home_hours(world, c);
  end_and_lower(world, c, plan);
  grant(world, c, plan);
  settle_waiting(world, c, plan);
  if (must_overflow(world, c, plan)) {
    end_waiting(world, c, c.place);
    break_off_course(world, c);
    for (Holding& h : c.in_use()) {
      if (!h.own) end_service(world, c, h);
    }
    const ServiceIndex kind = overflow_kind(world, who, plan.place);
    start_service(world, c, kind, world.rules().services.rules[kind].staff_hours,
                  Provision::overflow);
    world.explain(who, [] {
      return std::string("gets an overflow place: waiting longer would not be sound");
    });
  }
  if (const Holding* place = place_of(world, c); from_home && place != nullptr) {
    world.state.ledger.admissions[place->service][model::hours_band(c.home_hours)] += 1.0F;
  }
  end_unsuited_offers(world, c);
  make_offers(world, c.resident, config::Occasion::assessment);
  if (!received && !c.receives_any()) {
    world.record(model::EventKind::refused, who, model::index(c.level));
  }
  const bool waits = c.place.service != model::no_service || c.course.service != model::no_service;
  c.left_unmet = model::total(plan.unmet) + c.undelivered;
  c.request = waits ? Request::place_wanted : Request::none;
  c.next_review = model::never;
  // Whom capacity left without is looked at again too: room may have come.
  if (c.receives_any() || waits || plan.short_of_capacity()) {
    c.next_review =
        world.today() + base::whole_days(world.config().allocation.review_interval_days);
  }
  c.in_queue = c.in_queue && waits;  // who waits stays in the queue
  if (consider_moving(world, c)) {
    // The help is looked at again once she has settled in.
    c.next_review =
        world.today() + std::max(base::whole_days(world.config().allocation.reaction_days), 1);
  }
  update_case(world, c);
}

namespace {

/// Decides a case and takes it out of the queue unless it waits for a place or a course.
bool decided(World& world, CareCase& c) {
  if (!world.at(c.resident).here()) {
    c.in_queue = false;
    return true;
  }
  if (nothing_new(world, c)) return false;
  decide(world, c);
  return !c.in_queue;
}

void turn_overflow_into_places(World& world) {
  for (const ServiceIndex service : world.rules().services.ascending) {
    if (world.state.use[service].overflow_persons <= 0.0F || free_capacity(world, service) < 1.0F)
      continue;
    for (const model::CaseId id : world.state.holding_cases) {
      CareCase& c = world.at(id);
      Holding* h = c.find(service);
      if (h == nullptr || !h->overflow || free_capacity(world, service) < 1.0F) continue;
      take_into_capacity(world, c, *h);
    }
  }
}

}  // namespace

void decide_urgent_cases(World& world) {
  auto& queue = world.state.queue;
  const auto bound = static_cast<float>(world.config().allocation.urgent_hours_per_week);
  const auto kept = std::remove_if(queue.begin(), queue.end(), [&](model::CaseId id) {
    CareCase& c = world.at(id);
    const bool urgent = c.request == Request::discharge || world.at(c.resident).terminal ||
                        (c.request == Request::application && c.request_since == world.today() &&
                         c.unmet[model::index(model::NeedType::personal_care)] +
                                 c.unmet[model::index(model::NeedType::nursing)] >=
                             bound);
    return urgent && decided(world, c);
  });
  queue.erase(kept, queue.end());
}

void hold_allocation_meeting(World& world) {
  turn_overflow_into_places(world);
  auto& queue = world.state.queue;
  auto& order = world.state.order;
  order.clear();
  for (const model::CaseId id : queue) order.push_back({priority(world, world.at(id)), id});
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    if (a.priority != b.priority) return a.priority > b.priority;
    return world.at(world.at(a.id).resident).uid < world.at(world.at(b.id).resident).uid;
  });
  queue.clear();
  for (const auto& entry : order) {
    if (!decided(world, world.at(entry.id))) queue.push_back(entry.id);
  }
}

}  // namespace carestair::processes
