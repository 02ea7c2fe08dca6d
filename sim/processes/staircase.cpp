#include "processes/staircase.hpp"

#include <algorithm>
#include <bit>
#include <bitset>

#include "processes/fading.hpp"
#include "processes/households.hpp"
#include "processes/housing.hpp"
#include "processes/reablement.hpp"
#include "processes/seeking.hpp"
#include "processes/stays.hpp"
#include "processes/technology.hpp"
#include "processes/user_groups.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using config::ServiceForm;
using model::NeedType;
using model::NeedVector;
using model::ServiceIndex;

namespace {

class Walk {
 public:
  /// Writes down the walk in `plan`, which is empty.
  Walk(const World& world, const model::CareCase& c, const Approach& approach, Plan& plan)
      : plan_(plan),
        world_(world),
        case_(c),
        who_(world.at(c.resident)),
        approach_(approach),
        tables_(world.rules().services) {
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      left_[type] = std::max(c.need[type] - c.informal[type], 0.0F);
    }
    wanted_ = left_;
    // What she does beside the staircase, and what she has bought, helps whatever is decided.
    room_ = model::max_holdings - c.held;
    for (const model::Holding& h : c.in_use()) {
      const ServiceRule& rule = tables_.rules[h.service];
      if (!h.own && rule.form != ServiceForm::offer) continue;
      relieve(rule);
      take_cover(rule);
    }
    start_ = left_;
    // A tenancy helps as long as she lives there.
    if (const model::Holding* home = tenancy_of(world, c); home != nullptr) {
      relieve(tables_.rules[home->service]);
      take_cover(tables_.rules[home->service]);
    }
  }

  void walk() {
    if (approach_.habit) {
      plan_.needs_place = true;
    } else {
      climb_home_steps();
      // Nobody is moved from a place to die.
      const bool dies_here = who_.terminal && !model::at_home(who_.dwelling);
      plan_.needs_place = dies_here || keeps_place() || calls_for_place();
    }
    // What a stay in hospital has cost may come back: from there nobody gives up a home for good
    // when a short-term stay is to be had first. Nor do the dying.
    const ServiceIndex held = held_stay(world_, case_);
    const bool too_early = plan_.needs_place && !approach_.settled &&
                           (held != model::no_service || has_room(stay_after_discharge()));
    if (too_early) plan_.needs_place = false;
    if (plan_.needs_place) {
      find_place();
    } else if (held != model::no_service) {
      take_stay(held);  // runs its time
    } else if (too_early || approach_.stay_first) {
      take_stay(stay_after_discharge());
    } else if (case_.request == model::Request::review && model::at_home(who_.dwelling)) {
      take_stay(stay_for(world_, who_, StayReason::review));
    }
    plan_.unmet = left_;
  }

 private:
  Step& add(ServiceIndex service) {
    Step& step = plan_.steps[plan_.step_count++];
    step.service = service;
    return step;
  }

  Step& step_of(ServiceIndex service) {
    return *std::find_if(plan_.steps.begin(), plan_.steps.end(),
                         [service](const Step& s) { return s.service == service; });
  }

  void climb_home_steps() {
    ServiceSet steps = tables_.home_steps & tables_.suiting(who_);
    for (const model::Holding& h : case_.in_use()) {
      if (!is_home_step(tables_.rules[h.service])) continue;
      steps |= ServiceSet{1} << tables_.rules[h.service].order;
    }
    eligible_ = eligible(world_, who_, steps);
    bool sound = false;
    for (; steps != 0U; steps &= steps - 1U) {
      const ServiceIndex service = tables_.ascending[std::countr_zero(steps)];
      const ServiceRule& rule = tables_.rules[service];
      Step& step = add(service);
      sound = sound || is_sound(world_, left_, approach_.leniency);
      if (sound) continue;  // not reached
      step.verdict = try_step(service, rule, step);
      if (step.verdict == Verdict::granted && rule.replaces != model::no_service) {
        replaced_.set(rule.replaces);
      }
    }
  }

  Verdict try_step(ServiceIndex service, const ServiceRule& rule, Step& step) {
    const bool for_her = (eligible_ >> rule.order & 1U) != 0U;
    if (rule.form == ServiceForm::course) return try_course(service, rule, for_her, step);
    if (!for_her) return Verdict::not_for_her;
    if (replaced_[service]) return Verdict::replaced;
    if (defers(rule)) return Verdict::deferred;
    const model::Holding* held = case_.find(service);
    if (held != nullptr && held->own) return Verdict::granted;  // counted before the walk
    float met = 0.0F;
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      met += left_[type] * rule.cover[type];
    }
    const float bound = static_cast<float>(world_.config().allocation.useful_share);
    if (met < bound * model::total(left_) || met <= 0.0F) return Verdict::useless;
    if (met < rule.least_hours) return Verdict::not_for_her;
    if (!is_taken_up(rule, held)) return Verdict::not_offered;
    if (held == nullptr && room_ == 0) return Verdict::no_room;
    if (rule.form == ServiceForm::hours) {
      const float own = held != nullptr ? held->hours_per_week : 0.0F;
      const float supply = std::max(free_hours(world_, service, who_) + own, 0.0F);
      const float wanted = std::clamp(met, rule.min_hours, rule.max_hours);
      want_hours(rule);
      const float hours = std::min(wanted, supply);
      if (hours < std::min(rule.min_hours, wanted) || hours <= 0.0F) return Verdict::full;
      step.hours = hours;
      step.met = give_hours(left_, rule.cover, hours);
      if (held == nullptr) --room_;
      return Verdict::granted;
    }
    if (held == nullptr && free_capacity(world_, service) < 1.0F) return Verdict::full;
    if (held == nullptr) --room_;
    step.hours =
        rule.form == ServiceForm::technology ? lost_hours(world_, rule, left_) : rule.staff_hours;
    step.met = met;
    relieve(rule);
    take_cover(rule);
    return Verdict::granted;
  }

  /// Trials of alarms and day places found no fewer admissions: what they do for safety makes the
  /// day better, and is no reason to do without 24-hour care. Nor is what a dwelling does.
  void relieve(const ServiceRule& rule) {
    constexpr std::size_t supervision = model::index(NeedType::supervision);
    relieved_ += left_[supervision] * rule.cover[supervision];
  }

  /// Whether she wants it; a device in use stays while it works, whoever thought of it.
  [[nodiscard]] bool is_taken_up(const ServiceRule& rule, const model::Holding* held) const {
    if (rule.form == ServiceForm::technology) {
      return is_in_working_use(world_, rule, who_) &&
             (held != nullptr || (approach_.technology && masters_device(world_, rule, who_)));
    }
    return takes_up(world_, rule, who_);
  }

  Verdict try_course(ServiceIndex service, const ServiceRule& rule, bool for_her, Step& step) {
    if (case_.find(service) != nullptr) {  // under way
      step.met = take_cover(rule);
      step.hours = case_.find(service)->hours_per_week;
      return Verdict::granted;
    }
    if (!for_her) return Verdict::not_for_her;
    if (!course_suits(world_, case_, left_)) return Verdict::unsuited;
    if (!approach_.offer_course) return Verdict::not_offered;
    plan_.wants_course = true;
    if (free_capacity(world_, service) < 1.0F) return Verdict::full;
    if (room_ == 0) return Verdict::no_room;
    --room_;
    step.hours = course_hours_per_week(world_);
    step.met = take_cover(rule);
    return Verdict::granted;
  }

  /// Practical help is held back while a course that must come first is waited for.
  [[nodiscard]] bool defers(const ServiceRule& rule) const {
    if (!approach_.course_first || !plan_.wants_course) return false;
    const Step* course = plan_.find(tables_.course);
    const bool practical_only = rule.form == ServiceForm::hours &&
                                rule.cover[model::index(NeedType::personal_care)] <= 0.0F &&
                                rule.cover[model::index(NeedType::nursing)] <= 0.0F;
    return practical_only && course != nullptr && course->verdict == Verdict::full;
  }

  float take_cover(const ServiceRule& rule) {
    float met = 0.0F;
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      met += left_[type] * rule.cover[type];
      left_[type] *= 1.0F - rule.cover[type];
      wanted_[type] *= 1.0F - rule.cover[type];
    }
    return met;
  }

  /// Whether home is still sound is judged by the hours help at home would take, not by those it
  /// has: that hours have run out makes nobody fitter for living at home.
  void want_hours(const ServiceRule& rule) {
    float met = 0.0F;
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      met += wanted_[type] * rule.cover[type];
    }
    if (met <= 0.0F) return;
    const float hours = std::clamp(met, rule.min_hours, rule.max_hours);
    give_hours(wanted_, rule.cover, hours);
    plan_.home_hours += hours;
  }

  [[nodiscard]] bool calls_for_place() const {
    const config::Allocation& rules = world_.config().allocation;
    if (plan_.home_hours > home_limit_hours(world_, who_)) return true;
    return left_[model::index(NeedType::supervision)] + relieved_ >
           static_cast<float>(rules.supervision_limit_hours_per_week);
  }

  /// Nobody gives up a place for needing no less than when it was given.
  [[nodiscard]] bool keeps_place() const {
    return place_of(world_, case_) != nullptr && case_.level >= case_.placed_at;
  }

  /// The lowest place that is sound; when none is, the highest that may be had. A place that is
  /// already held is kept unless a higher one is needed: nobody loses a home over a birthday.
  void find_place() {
    const ServiceIndex best = lowest_place_to_be_had();
    if (best == model::no_service) {
      plan_.needs_place = false;  // no place is for this resident: home is what there is
      if (approach_.habit) climb_home_steps();
      return;
    }
    plan_.place = best;
    // When the lowest is full, a higher one that stands empty is better than waiting.
    if (case_.find(best) == nullptr && free_capacity(world_, best) < 1.0F) {
      if (const ServiceIndex empty = empty_place_above(best); empty != model::no_service)
        plan_.place = empty;
    }
    const bool held = case_.find(plan_.place) != nullptr;
    plan_.place_free = held || free_capacity(world_, plan_.place) >= 1.0F;
    if (!plan_.place_free) {
      step_of(plan_.place).verdict = Verdict::full;
      if (const model::Holding* home = place_of(world_, case_); home != nullptr) {
        plan_.kept = home->service;
        live_in(home->service);
        return;
      }
      if (approach_.habit) climb_home_steps();
      const ServiceIndex held_bed = held_stay(world_, case_);
      take_stay(held_bed != model::no_service ? held_bed
                : approach_.settled && !approach_.stay_first
                    ? stay_for(world_, who_, StayReason::waiting_for_place)
                    : stay_after_discharge());
      return;
    }
    live_in(plan_.place);
  }

  void live_in(ServiceIndex place) {
    const ServiceRule& rule = tables_.rules[place];
    Step& step = step_of(place);
    step.verdict = Verdict::granted;
    step.hours = rule.staff_hours;
    left_ = start_;
    step.met = take_cover(rule);
  }

  /// The lowest place of the kinds that there are. Where the municipality has none for people like
  /// her one is bought: of the kinds it had when the run began, or, without any, of all kinds. That
  /// its criteria leave her out is no reason to buy.
  ServiceIndex lowest_place_to_be_had() {
    const auto now = [&](ServiceIndex service) { return capacity_of(world_, service) >= 1.0F; };
    const auto at_first = [&](ServiceIndex service) {
      return capacity_at_first(world_, service) >= 1.0F;
    };
    if (any_for_her(now)) return lowest_place(now);
    if (any_for_her(at_first)) return lowest_place(at_first);
    return lowest_place([](ServiceIndex) { return true; });
  }

  /// Whether any of these kinds is for people of this age and user group.
  template <class Kinds>
  [[nodiscard]] bool any_for_her(Kinds among) const {
    const int age = world_.age(who_);
    return std::ranges::any_of(tables_.places, [&](ServiceIndex service) {
      const ServiceRule& rule = tables_.rules[service];
      return among(service) && age >= rule.min_age && age <= rule.max_age &&
             (rule.user_groups >> model::index(who_.group) & 1U) != 0U;
    });
  }

  template <class Kinds>
  ServiceIndex lowest_place(Kinds among) {
    ServiceIndex best = model::no_service;
    bool sound = false;
    for (const ServiceIndex service : tables_.places) {
      const ServiceRule& rule = tables_.rules[service];
      const bool held = case_.find(service) != nullptr;
      if (!held && (sound || !among(service))) continue;
      Step& step = plan_.find(service) != nullptr ? step_of(service) : add(service);
      if (!held && !eligible(world_, rule, who_)) {
        step.verdict = Verdict::not_for_her;
        continue;
      }
      NeedVector after = start_;
      for (std::size_t type = 0; type < model::need_type_count; ++type) {
        after[type] *= 1.0F - rule.cover[type];
      }
      if (sound) step_of(best).verdict = Verdict::not_reached;  // lower than the one held
      best = service;
      sound = sound || is_sound(world_, after, approach_.leniency);
      if (!sound) step.verdict = Verdict::useless;
    }
    return best;
  }

  ServiceIndex empty_place_above(ServiceIndex lowest) {
    bool above = false;
    for (const ServiceIndex service : tables_.places) {
      const ServiceRule& rule = tables_.rules[service];
      above = above || service == lowest;
      if (!above || free_capacity(world_, service) < 1.0F) continue;
      if (!eligible(world_, rule, who_)) continue;
      if (plan_.find(service) == nullptr) add(service);
      step_of(lowest).verdict = Verdict::full;
      return service;
    }
    return model::no_service;
  }

  [[nodiscard]] ServiceIndex stay_after_discharge() const {
    return stay_for(world_, who_, StayReason::discharge);
  }

  [[nodiscard]] bool has_room(ServiceIndex stay) const {
    return stay != model::no_service && free_capacity(world_, stay) >= 1.0F;
  }

  void take_stay(ServiceIndex stay) {
    if (stay == model::no_service) return;
    const ServiceRule& rule = tables_.rules[stay];
    Step& step = add(stay);
    if (case_.find(stay) == nullptr && !has_room(stay)) {
      step.verdict = Verdict::full;
      return;
    }
    step.verdict = Verdict::interim;
    step.hours = rule.staff_hours;
    plan_.stay = stay;
    left_ = start_;
    step.met = take_cover(rule);
  }

  Plan& plan_;
  const World& world_;
  const model::CareCase& case_;
  const model::Resident& who_;
  const Approach& approach_;
  const ServiceTables& tables_;
  NeedVector left_{};
  NeedVector start_{};
  float relieved_ = 0.0F;    // supervision met by devices and day places, hours a week
  std::size_t room_ = 0;     // holdings not in use
  ServiceSet eligible_ = 0;  // of the home steps
  std::bitset<model::max_services> replaced_;
  NeedVector wanted_{};  // what would be left if hours never ran out
};

}  // namespace

Plan walk_staircase(const World& world, const model::CareCase& c, const Approach& approach) {
  Plan plan;
  Walk(world, c, approach, plan).walk();
  return plan;
}

}  // namespace carestair::processes
