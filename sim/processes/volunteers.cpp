#include "processes/volunteers.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "processes/economy.hpp"
#include "processes/services.hpp"
#include "processes/volunteer_hours.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::no_service;
using model::Resident;
using model::ResidentId;
using model::ServiceIndex;
using model::Volunteer;
using model::Volunteering;

namespace {

/// Who may volunteer today, and who of them is 67 and over.
class Possible {
 public:
  explicit Possible(const World& world) : world_(world), rules_(world.config().volunteers) {
    latest_ = birth_before(rules_.from_age);
    latest_old_ = birth_before(67);
  }
  [[nodiscard]] bool may(const Resident& who) const {
    return who.here() && who.birth.number <= latest_ && model::at_home(who.dwelling) &&
           (rules_.need_levels >> model::index(who.need_in_effect()) & 1U) != 0U &&
           !model::has_dementia(who.cognition) && !who.terminal;
  }
  [[nodiscard]] bool old(const Resident& who) const { return who.birth.number <= latest_old_; }

 private:
  [[nodiscard]] std::int32_t birth_before(int age) const {
    return world_.today().number - base::birthday({}, age).number;
  }
  const World& world_;
  const config::Volunteers& rules_;
  std::int32_t latest_ = 0;
  std::int32_t latest_old_ = 0;
};

/// Numbers of her own that decide about one beginning.
struct Beginning {
  double one_off;
  double wish;
  double ward;
  double lasts;
  double next;

  Beginning(const World& world, const Resident& who, std::uint32_t count) {
    random::Stream draws = world.stream(who, random::Purpose::volunteer, count);
    one_off = draws.uniform();
    wish = draws.uniform();
    ward = draws.uniform();
    lasts = draws.exponential();
    next = draws.exponential();
  }
};

/// Residents who have come since, or whom a higher share makes winnable.
void look_for_people(World& world) {
  Volunteering& v = world.state.volunteering;
  const auto look = [&](std::size_t from, std::size_t to, float above, float below) {
    for (std::size_t i = from; i < to; ++i) {
      const Resident& who = world.state.residents[i];
      if (!who.here()) continue;
      random::Stream draws = world.stream(who, random::Purpose::volunteer);
      const auto open = static_cast<float>(draws.uniform());
      if (open < above || open >= below) continue;
      Volunteer one;
      one.who = ResidentId(i);
      one.open = open;
      one.left = static_cast<float>(draws.exponential());
      v.people.push_back(one);
    }
  };
  const auto share = static_cast<float>(world.config().volunteers.open_share);
  const float widest = std::max(share, v.open_share);
  look(v.known, world.state.residents.size(), 0.0F, widest);
  if (widest > v.open_share) look(0, v.known, v.open_share, widest);
  v.known = world.state.residents.size();
  v.open_share = widest;
}

/// What one wants to do, of what volunteers do here; an effort that is made once is for many.
ServiceIndex activity_of(const World& world, double wish, bool once) {
  const ServiceTables& tables = world.rules().services;
  const auto weight = [&](ServiceIndex s) {
    const ServiceRule& rule = tables.rules[s];
    return once && rule.own_volunteer ? 0.0 : static_cast<double>(rule.volunteer_weight);
  };
  double left = 0.0;
  for (const ServiceIndex s : tables.with_volunteers) left += weight(s);
  left *= wish;
  ServiceIndex last = no_service;
  for (const ServiceIndex s : tables.with_volunteers) {
    if (weight(s) <= 0.0) continue;
    last = s;
    if ((left -= weight(s)) < 0.0) break;
  }
  return last;
}

void begin(World& world, Volunteer& one, const Beginning& own) {
  Resident& who = world.at(one.who);
  one.since = world.today();
  one.left = static_cast<float>(own.lasts);
  one.ward = static_cast<float>(own.ward);
  one.activity = activity_of(world, own.wish, false);
  one.trained = false;
  who.volunteer = true;
  ++world.state.volunteering.active;
  world.record(model::EventKind::volunteer_started, who, 0, one.activity);
  world.explain(who, [&] {
    return one.activity == no_service ? std::string("becomes a volunteer")
                                      : fmt::format("becomes a volunteer: {}",
                                                    world.config().services[one.activity].title);
  });
}

void make_single_effort(World& world, Volunteer& one, const Beginning& own) {
  const ServiceIndex activity = activity_of(world, own.wish, true);
  one.left = static_cast<float>(own.next);
  if (activity == no_service) return;
  const auto hours = static_cast<float>(world.config().volunteers.one_off_hours);
  world.state.ledger.volunteer_hours[activity] += hours;
  world.state.ledger.volunteer_hours_offered[activity] += hours;
  world.record(model::EventKind::volunteer_once, world.at(one.who), 0, activity);
}

/// Whom she visits is kept until somebody else is found, or nobody is.
void stop(World& world, Volunteer& one) {
  Resident& who = world.at(one.who);
  one.since = model::never;
  one.left = static_cast<float>(Beginning(world, who, one.begun).next);
  one.trained = one.present = false;
  who.volunteer = false;
  --world.state.volunteering.active;
  world.record(model::EventKind::volunteer_stopped, who, one.activity, 0);
  world.explain(who, [] { return std::string("is no volunteer any longer"); });
}

void book_hours(World& world, double weeks) {
  const Volunteering& v = world.state.volunteering;
  const config::Volunteers& rules = world.config().volunteers;
  const ServiceTables& tables = world.rules().services;
  model::Ledger& ledger = world.state.ledger;
  const double hour = rules.coordinator_cost_per_hour * wage_level_on(world, world.today());
  ledger.money.spend(model::Payer::municipality, model::Account::volunteer_coordination,
                     rules.coordinator_hours_per_week * hour * weeks);
  for (const ServiceIndex s : tables.with_volunteers) {
    const float wanted = world.state.use[s].persons * tables.rules[s].volunteer_hours;
    ledger.volunteer_hours_offered[s] += v.hours_per_week[s] * static_cast<float>(weeks);
    ledger.volunteer_hours[s] += std::min(v.hours_per_week[s], wanted) * static_cast<float>(weeks);
  }
}

/// Staff hours granted a week, per resident of 80 and over.
float formal_care(World& world) {
  Volunteering& v = world.state.volunteering;
  if (v.residents_80plus == 0.0F || base::to_date(world.today()).month == 1) {
    const std::int32_t latest = world.today().number - base::birthday({}, 80).number;
    v.residents_80plus =
        static_cast<float>(std::ranges::count_if(world.state.residents, [&](const Resident& who) {
          return who.here() && who.birth.number <= latest;
        }));
  }
  if (v.residents_80plus == 0.0F) return 0.0F;
  return static_cast<float>(granted_hours_per_week(world)) / v.residents_80plus;
}

/// How willing people are, seeing what the municipality does itself: 1 at the start.
double willingness(World& world) {
  Volunteering& v = world.state.volunteering;
  const float formal = formal_care(world);
  if (world.burning_in()) v.formal_at_start = formal;
  if (v.formal_at_start <= 0.0F) return 1.0;
  const double ratio = static_cast<double>(formal) / static_cast<double>(v.formal_at_start);
  // A guard: hours granted may be next to none for a while.
  return std::clamp(std::pow(ratio, world.config().volunteers.follows_formal), 0.1, 10.0);
}

using ByAge = std::array<double, 2>;  // below 67, 67 and over

/// Trains, lets stop, and counts those who could begin.
ByAge look_at_everybody(World& world, const Possible& possible, double stops) {
  Volunteering& v = world.state.volunteering;
  const config::Volunteers& rules = world.config().volunteers;
  const ServiceTables& tables = world.rules().services;
  const int training = base::whole_days(rules.training_days);
  ByAge winnable{};
  for (Volunteer& one : v.people) {
    const Resident& who = world.at(one.who);
    const bool may = possible.may(who);
    one.present = may && !who.in_hospital;
    if (!one.active()) {
      one.present = one.present && one.open < static_cast<float>(rules.open_share);
      if (one.present) winnable[possible.old(who) ? 1 : 0] += 1.0;
      continue;
    }
    one.trained = one.trained || world.today() >= one.since + training;
    const bool in_ward =
        one.activity != no_service &&
        (tables.rules[one.activity].only_if >> model::index(config::Condition::in_staffed_home) &
         1U) != 0U;
    const bool unprepared = in_ward && one.ward >= static_cast<float>(rules.ward_prepared_share);
    one.left -= static_cast<float>(stops * (unprepared ? rules.unprepared_ratio : 1.0));
    if (!may || one.left <= 0.0F) stop(world, one);
  }
  return winnable;
}

}  // namespace

void coordinate_volunteers(World& world) {
  Volunteering& v = world.state.volunteering;
  const config::Volunteers& rules = world.config().volunteers;
  const int days = base::to_date(world.today()).day;  // the month ends today
  const double weeks = days / base::days_per_week;
  const double years = days / base::days_per_year;
  book_hours(world, weeks);
  look_for_people(world);
  const double wanted = rules.follow_up_hours_per_week * static_cast<double>(v.active);
  const double hours = rules.coordinator_hours_per_week;
  const double followed = wanted > 0.0 ? std::min(hours / wanted, 1.0) : 1.0;
  const double willing = willingness(world);
  const double stops =
      years * (followed * rules.stops_followed_up + (1.0 - followed) * rules.stops_without) /
      willing;
  const Possible possible(world);
  const ByAge winnable = look_at_everybody(world, possible, stops);
  const double begins =
      willing * (years * rules.begins_by_itself * (winnable[0] + winnable[1]) +
                 weeks * rules.recruits_per_coordinator_hour * std::max(hours - wanted, 0.0));
  const ByAge share{1.0 - rules.share_67plus, rules.share_67plus};
  ByAge hazard{};
  for (std::size_t old = 0; old < hazard.size(); ++old) {
    if (winnable[old] > 0.0) hazard[old] = begins * share[old] / winnable[old];
  }
  for (Volunteer& one : v.people) {
    if (one.active() || !one.present) continue;
    const Resident& who = world.at(one.who);
    one.left -= static_cast<float>(hazard[possible.old(who) ? 1 : 0]);
    if (one.left > 0.0F) continue;
    const Beginning own(world, who, ++one.begun);
    if (own.one_off < rules.one_off_share) {
      make_single_effort(world, one, own);
    } else {
      begin(world, one, own);
    }
  }
  replace_visitors(world);
  if (base::to_date(world.today()).month == 12) {
    std::erase_if(v.people, [&](const auto& one) { return !world.at(one.who).here(); });
  }
  count_hours_offered(world);
}

void start_volunteers(World& world) {
  Volunteering& v = world.state.volunteering;
  const config::Volunteers& rules = world.config().volunteers;
  look_for_people(world);
  v.formal_at_start = formal_care(world);
  const Possible possible(world);
  const ByAge winnable = look_at_everybody(world, possible, 0.0);
  const double wanted =
      rules.at_start_per_1000 / 1000.0 * static_cast<double>(world.state.residents.size());
  ByAge hazard{};
  for (std::size_t old = 0; old < hazard.size(); ++old) {
    const double persons = wanted * (old == 1 ? rules.share_67plus : 1.0 - rules.share_67plus);
    if (winnable[old] > 0.0) hazard[old] = -std::log1p(-std::min(persons / winnable[old], 0.99));
  }
  for (Volunteer& one : v.people) {
    if (!one.present) continue;
    one.left -= static_cast<float>(hazard[possible.old(world.at(one.who)) ? 1 : 0]);
    if (one.left > 0.0F) continue;
    const Beginning own(world, world.at(one.who), ++one.begun);
    begin(world, one, own);
    one.trained = true;
  }
  count_hours_offered(world);
}

void leave_volunteering(World& world, ResidentId id) {
  if (!world.at(id).volunteer) return;
  Volunteering& v = world.state.volunteering;
  const auto one = std::ranges::find(v.people, id, &Volunteer::who);
  CARE_EXPECTS(one != v.people.end());
  count_out(world, *one);
  stop(world, *one);
}

}  // namespace carestair::processes
