// Services in use: granting, changing and ending them, who counts against capacity, and what is
// booked for them. The staircase itself (which services there are) is data: config `services`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "config/sections/services.hpp"
#include "config/sections/workforce.hpp"
#include "model/care.hpp"
#include "model/state.hpp"

namespace carestair::processes {

class World;
struct Rules;

/// A configured service in the form the daily loop reads.
struct ServiceRule {
  // What every update of a case asks for stands first, in one cache line or two.
  config::ServiceForm form{};
  model::UnitIndex unit = model::no_unit;  // whose staff give it
  model::ServiceIndex pool = 0;            // whose capacity it draws on; itself as a rule
  model::ServiceIndex replaces = model::no_service;
  unsigned order = 0;  // in ServiceTables::ascending
  model::NeedVector cover{};
  struct Effect {
    model::RateName on{};
    float ratio = 1.0F;
    float fade_days = 0.0F;
  };
  std::vector<Effect> effects;
  model::Ratios ratios = model::no_change;  // of all effects while it is held
  float longest_fade_days = 0.0F;
  int step = 0;
  int min_age = 0;
  int max_age = 0;
  unsigned need_levels = 0;  // bit set
  unsigned cognition = 0;    // bit set
  unsigned user_groups = 0;  // bit set
  unsigned only_if = 0;      // bit set of config::Condition
  unsigned offered_at = 0;   // bit set of config::Occasion
  float uptake = 1.0F;
  std::uint32_t key = 0;  // of the service's id, for draws of its own
  float min_hours = 0.0F;
  float max_hours = 0.0F;
  float least_hours = 0.0F;  // below: not for her
  float staff_hours = 0.0F;
  int stay_days = 0;
  float interim = 0.0F;
  float capacity = 0.0F;        // persons
  float hours_capacity = 0.0F;  // staff hours a week
  float cost_per_hour = 0.0F;
  float cost_per_day = 0.0F;
  float cost_per_start = 0.0F;
  /// Shares of its hours by what they need at least of who gives them.
  std::array<float, model::competence_count> tasks{1.0F, 0.0F, 0.0F};
  config::FeeRule fee{};
  float fee_per_day = 0.0F;
  model::Dwelling dwelling{};
  double moves_if_unsuitable = 0.0;
  double moves_if_lonely = 0.0;
  double moves_if_far = 0.0;
  double moves_anyway = 0.0;
  float volunteer_hours = 0.0F;  // a week, per person
  float volunteer_weight = 0.0F;
  bool own_volunteer = false;
  bool pays_family = false;
};

/// A step for somebody who lives at home, of no use to one who is away.
inline bool is_home_step(const ServiceRule& rule) {
  using enum config::ServiceForm;
  return rule.form == hours || rule.form == device || rule.form == technology || rule.form == day ||
         rule.form == course;
}

/// Hours that are granted to meet a need at home, in a day place or in a place.
inline bool meets_need(const ServiceRule& rule) {
  using enum config::ServiceForm;
  return rule.form == hours || rule.form == day || rule.form == stay || rule.form == place;
}

/// Whether users pay for it.
inline bool has_fee(const ServiceRule& rule) {
  return rule.fee != config::FeeRule::none || rule.fee_per_day > 0.0F;
}

/// Some of the services: bit k is the k-th of `ascending`.
using ServiceSet = std::uint64_t;
static_assert(model::max_services <= 64);

struct ServiceTables {
  ServiceTables() = default;
  /// `fee_uptake` multiplies the uptake of services that users pay for.
  ServiceTables(const std::vector<config::Service>& services,
                const std::vector<config::Unit>& units, double fee_uptake = 1.0);

  std::vector<ServiceRule> rules;              // by ServiceIndex
  std::vector<model::ServiceIndex> ascending;  // by step, then by position in the file
  ServiceSet devices = 0;                      // of form technology
  ServiceSet courses = 0;                      // of form course
  ServiceSet conditional = 0;                  // only if something holds
  ServiceSet in_staffed_home = 0;              // only for those who live where staff is
  std::vector<model::ServiceIndex> places;     // permanent places with staff, by step
  std::vector<model::ServiceIndex> stays;      // time-limited stays, by step
  std::vector<model::ServiceIndex> tenancies;  // of form dwelling, by step
  std::vector<model::ServiceIndex> with_volunteers;
  std::array<ServiceSet, config::occasion_names.size()> offers{};  // that somebody could take up
  model::ServiceIndex course = model::no_service;      // the reablement course, if configured
  model::ServiceIndex visit = model::no_service;       // the preventive visit, if configured
  model::ServiceIndex acute_bed = model::no_service;   // the municipal acute bed, if configured
  model::ServiceIndex palliative = model::no_service;  // hours for the dying alone, if configured

  ServiceSet home_steps = 0;

  /// Services that need level and cognition do not rule out.
  [[nodiscard]] ServiceSet suiting(const model::Resident& who) const {
    return by_state_[model::index(who.need_in_effect())][model::index(who.cognition)];
  }
  /// And that this age does not rule out either.
  [[nodiscard]] ServiceSet suiting(const model::Resident& who, int age) const {
    return suiting(who) & by_age_[std::min(static_cast<std::size_t>(age), by_age_.size() - 1)];
  }
  /// And that her user group does not rule out.
  [[nodiscard]] ServiceSet of_group(model::UserGroup group) const {
    return by_group_[model::index(group)];
  }

 private:
  std::array<std::array<ServiceSet, model::cognition_count>, model::need_level_count> by_state_{};
  std::array<ServiceSet, 128> by_age_{};  // older than services are configured for
  std::array<ServiceSet, model::user_group_count> by_group_{};
};

/// Whether a resident may have a service at all.
bool eligible(const World& world, const ServiceRule& rule, const model::Resident& who);
/// Those of some services that a resident may have.
ServiceSet eligible(const World& world, const model::Resident& who, ServiceSet some);

/// Whether one whom a service suits is offered it and accepts: a number of the resident for this
/// service (of offers and stays: at this age), compared with the uptake in force.
bool takes_up(const World& world, const ServiceRule& rule, const model::Resident& who);

/// Capacity left, within what the rules give; negative when a cut has left too many in it.
float free_capacity(const World& world, model::ServiceIndex service);
/// Hours at this resident's door that the staff time left is enough for.
float free_hours(const World& world, model::ServiceIndex service, const model::Resident& who);

/// The rule of what is held.
const ServiceRule& rule_of(const World& world, const model::Holding& h);
/// Working time that an hour of this service takes at this resident's door, the way included.
float weight_of(const World& world, const model::CareCase& c, const ServiceRule& rule);

/// Who provides a service: the municipality, the municipality beyond its capacity (bought or
/// improvised), or nobody: the resident has bought it.
enum class Provision : std::uint8_t { ordinary, overflow, bought };

/// Begins a service from today, with this many staff hours a week. Returns what is held, or
/// nothing when the package can hold no more.
model::Holding* start_service(World& world, model::CareCase& c, model::ServiceIndex service,
                              float hours, Provision provision = Provision::ordinary);
/// A place beyond capacity becomes one within it.
void take_into_capacity(World& world, model::CareCase& c, model::Holding& holding);
/// Changes the hours of a service in use.
void change_hours(World& world, model::CareCase& c, model::Holding& holding, float hours);
/// Ends a service in use; the resident of a place moves back to a suitable home.
void end_service(World& world, model::CareCase& c, model::Holding& holding);
/// Ends everything: services, waiting and requests (death, moving out).
void end_care(World& world, model::ResidentId id);

/// From `day` on the effects of a service fade, if it has any that do.
void begin_fading(const World& world, model::CareCase& c, model::ServiceIndex service,
                  base::Day day);

void start_waiting(World& world, model::CareCase& c, model::Waiting& waiting,
                   model::ServiceIndex service);
void end_waiting(World& world, model::CareCase& c, model::Waiting& waiting);

/// Rules have changed: what is held takes the staff time, draws on the capacity and weighs by the
/// way that it does now. Does nothing when none of this differs.
void recount_use(World& world, const Rules& before);

/// Counts the hours in use of one who has moved; `before` is what the way weighed until now.
void weigh_again(World& world, const model::CareCase& c, float before);

/// The permanent place a case holds, if any.
const model::Holding* place_of(const World& world, const model::CareCase& c);

/// Staff hours a week granted to all residents; what draws on another's capacity counts there.
double granted_hours_per_week(const World& world);

/// Staff hours a week that the resident is granted at home.
float home_hours(const World& world, const model::CareCase& c);

/// Whether staff come home to the resident every week.
bool has_staff_hours(const World& world, const model::CareCase& c);

/// Books staff hours and money of one holding up to the end of today.
void book(World& world, model::CareCase& c, model::Holding& holding);
/// Books all holdings of a case and its unmet and informal hours, up to the end of today or until
/// before `until`.
void book_case(World& world, model::CareCase& c);
void book_case(World& world, model::CareCase& c, base::Day until);
/// The same for every open case.
void book_all(World& world, base::Day until);

}  // namespace carestair::processes
