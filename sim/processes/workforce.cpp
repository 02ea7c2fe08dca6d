#include "processes/workforce.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "processes/posts.hpp"
#include "processes/recruitment.hpp"
#include "processes/world.hpp"
#include "synth/staff.hpp"

namespace carestair::processes {

using model::Away;
using model::Employee;
using model::Occupation;
using model::Post;
using model::StaffMove;

namespace {

constexpr std::size_t leader = model::index(Occupation::leader);
/// Blocks of summer holiday begin in these weeks of the year, the last as many weeks earlier as it
/// is long: from midsummer to the end of August.
constexpr int first_summer_week = 25;
constexpr int last_summer_week = 34;
/// A workload further from usual than this changes nothing more: no study saw it.
constexpr float least_workload = 0.8F;
constexpr float most_workload = 1.5F;
constexpr float least_span = 5.0F;
constexpr float most_span = 120.0F;
constexpr double youngest_mother = 22.0;
constexpr double oldest_mother = 42.0;
constexpr float small_position = 0.5F;
constexpr float full_time = 0.95F;

float daily(double per_year) { return static_cast<float>(per_year / base::days_per_year); }

/// Hours a week that a service with a capacity takes; negative when it has none.
float funded(const ServiceRule& rule, float course_hours) {
  constexpr float none = std::numeric_limits<float>::max();
  using enum config::ServiceForm;
  if (rule.form == technology) return 0.0F;  // frees hours, and has none of its own
  if (rule.form == hours) return rule.hours_capacity < none ? rule.hours_capacity : -1.0F;
  if (rule.capacity >= none) return -1.0F;
  return rule.capacity * (rule.form == course ? course_hours : rule.staff_hours);
}

/// Ratios of a unit this week, by which rates of its employees differ from usual.
struct Conditions {
  float sick = 1.0F;
  float quit = 1.0F;
};

using ByUnit = std::array<Conditions, model::max_units>;

Conditions conditions_of(const World& world, std::size_t u) {
  const config::Workforce& w = world.config().workforce;
  const model::Unit& unit = world.state.units[u];
  const float load = 10.0F * (std::clamp(unit.workload, least_workload, most_workload) - 1.0F);
  const auto usual = static_cast<float>(w.sick_leave.usual_span);
  const float span =
      unit.span > 0.0F ? 0.1F * (std::clamp(unit.span, least_span, most_span) - usual) : 0.0F;
  const auto ratio = [&](double by_load, double by_span) {
    return std::pow(static_cast<float>(by_load), load) *
           std::pow(static_cast<float>(by_span), span);
  };
  const UnitRule& rule = world.rules().workforce.units[u];
  return {ratio(w.sick_leave.workload_ratio, w.sick_leave.span_ratio) * rule.sick_leave_ratio,
          ratio(w.quits.workload_ratio, w.quits.span_ratio) * rule.quit_ratio};
}

ByUnit conditions_of(const World& world) {
  ByUnit conditions;
  for (std::size_t u = 0; u < world.state.units.size(); ++u) {
    conditions[u] = conditions_of(world, u);
  }
  return conditions;
}

/// Retires or leaves for other work in the days to come.
bool leaves(World& world, Employee& who, float conditions, float days) {
  const config::Quits& quits = world.config().workforce.quits;
  const double age = age_of(world, who);
  const auto count = [&](StaffMove move) {
    world.state.ledger.count_staff(move, who.occupation);
    return true;
  };
  if (age >= quits.retirement_age + quits.retirement_sd * static_cast<double>(who.retires)) {
    return count(StaffMove::retired);
  }
  if (world.today() < who.bound_until) return false;
  double rate = conditions * world.rules().workforce.quit_rate[model::index(who.occupation)];
  if (age < 30.0) rate *= quits.young_ratio;
  if (age >= 50.0) rate *= quits.old_ratio;
  if (who.position < small_position) rate *= quits.small_position_ratio;
  who.until_quit -= days * static_cast<float>(rate);
  return who.until_quit <= 0.0F && count(StaffMove::quit);
}

/// Days of the coming ones on sick leave and on parental leave.
struct DaysAway {
  float sick = 0.0F;
  float parental = 0.0F;
};

float next_threshold(const World& world, const Employee& who, random::Purpose purpose,
                     std::uint32_t count) {
  return static_cast<float>(random::Stream(world.seed(), who.uid, purpose, count).exponential());
}

float spell_days(const World& world, const Employee& who) {
  const WorkforceTables& tables = world.rules().workforce;
  random::Stream stream(world.seed(), who.uid, random::Purpose::sick_leave, who.spells);
  stream.uniform();  // the threshold until this spell
  const double log_days = static_cast<double>(tables.spell_log_mean) +
                          static_cast<double>(tables.spell_log_sd) * stream.normal();
  constexpr double most_days = 365.0;  // sick pay ends
  return static_cast<float>(std::min(std::exp(log_days), most_days));
}

DaysAway live_days(const World& world, Employee& who, float conditions, float days) {
  const WorkforceTables& tables = world.rules().workforce;
  const config::Workforce& w = world.config().workforce;
  auto t = static_cast<float>(world.run_day_number());
  const float end = t + days;
  if (who.sex == model::Sex::female && who.away_until <= t && tables.parental_rate > 0.0F) {
    const double age = age_of(world, who);
    if (age >= youngest_mother && age < oldest_mother) {
      who.until_parental -= days * tables.parental_rate;
      if (who.until_parental <= 0.0F) {
        who.away = Away::parental;
        who.away_until = t + static_cast<float>(w.leave.parental_days);
        who.until_parental =
            next_threshold(world, who, random::Purpose::parental_leave, ++who.leaves);
      }
    }
  }
  float rate = conditions * tables.sick_rate[model::index(who.occupation)];
  if (who.position >= full_time) rate *= static_cast<float>(w.sick_leave.full_time_ratio);
  DaysAway away;
  while (t < end) {
    if (who.away_until > t) {
      const float gone = std::min(end, who.away_until) - t;
      (who.away == Away::parental ? away.parental : away.sick) += gone;
      t += gone;
      continue;
    }
    who.away = Away::no;
    if (who.until_sick > rate * (end - t)) {
      who.until_sick -= rate * (end - t);
      break;
    }
    t += who.until_sick / rate;
    who.away = Away::sick;
    who.away_until = t + spell_days(world, who);
    who.until_sick = next_threshold(world, who, random::Purpose::sick_leave, ++who.spells);
  }
  return away;
}

/// Share of this week that somebody has holiday, and whether it is the block in summer.
struct Holiday {
  float share = 0.0F;
  bool summer = false;
};

class Holidays {
 public:
  Holidays(const WorkforceTables& tables, int week)
      : tables_(tables),
        week_(week),
        blocks_(std::max(
            1, last_summer_week + 1 - first_summer_week - static_cast<int>(tables.summer_weeks))),
        summer_(week >= first_summer_week && left_from(first_summer_week + blocks_ - 1) > 0.0F) {}
  Holiday operator()(std::uint64_t uid) const {
    if (!summer_) return {tables_.other_away, false};
    const int begins =
        first_summer_week + static_cast<int>((uid >> 20) % static_cast<unsigned>(blocks_));
    const float left = left_from(begins);
    if (week_ >= begins && left > 0.0F) return {std::min(left, 1.0F), true};
    return {tables_.other_away, false};
  }

 private:
  [[nodiscard]] float left_from(int begins) const {
    return tables_.summer_weeks - static_cast<float>(week_ - begins);
  }
  const WorkforceTables& tables_;
  int week_;
  int blocks_;
  bool summer_;  // somebody has the block in summer now
};

int week_of_year(base::Day day) {
  return (day - base::to_day({base::to_date(day).year, 1, 1})) / 7;
}

/// Who is at work in the days to come, by unit.
void work(World& world, const ByUnit& conditions, float days) {
  const WorkforceTables& tables = world.rules().workforce;
  const config::Workforce& w = world.config().workforce;
  const auto substitutes = static_cast<float>(w.leave.summer_substitutes);
  const float acting = static_cast<float>(w.recruitment.acting_share) * tables.productive_share;
  const Holidays holidays(tables, week_of_year(world.today()));
  for (model::Unit& unit : world.state.units) {
    unit.employed = unit.present = unit.sick = {};
    unit.people = unit.headcount = unit.stand_ins = 0.0F;
    unit.renew = true;
  }
  const auto stand_in = [](model::Unit& unit, float positions) {
    unit.present[model::index(Occupation::assistant)] += positions;
    unit.stand_ins += positions;
  };
  for (Post& post : world.state.staff.posts) {
    model::Unit& unit = world.state.units[post.unit];
    if (post.state == Post::State::vacant && post.occupation != Occupation::leader) {
      stand_in(unit, acting * post.size);
    }
    if (post.state != Post::State::filled) continue;
    Employee& who = post.holder;
    const std::size_t o = model::index(who.occupation);
    const DaysAway away = live_days(world, who, conditions[post.unit].sick, days);
    const float here = 1.0F - (away.sick + away.parental) / days;
    const Holiday holiday = holidays(who.uid);
    unit.employed[o] += who.position;
    unit.sick[o] += who.position * away.sick / days;
    unit.present[o] += who.position * here * (1.0F - holiday.share);
    if (holiday.summer && o != leader) {
      stand_in(unit, substitutes * who.position * here * holiday.share);
    }
    unit.people += here > 0.0F && holiday.share < 1.0F ? 1.0F : 0.0F;
    unit.headcount += 1.0F;
  }
}

/// Employees a leader: of those employed, or, without any, as many as can be. Unknown where a post
/// would be too small to be filled: such a unit is led from another, like any other.
void lead(model::Unit& unit) {
  const float leaders = unit.employed[leader];
  unit.span = leaders > 0.0F ? (unit.headcount - leaders) / leaders : most_span;
  if (unit.posts[leader] < least_post) unit.span = 0.0F;
}

void count_week(World& world, float days) {
  for (std::size_t u = 0; u < world.state.units.size(); ++u) {
    const model::Unit& unit = world.state.units[u];
    for (std::size_t o = 0; o < model::occupation_count; ++o) {
      auto& weeks = world.state.ledger.staff_weeks[u][o];
      const std::array fte{unit.posts[o], unit.employed[o], unit.sick[o], unit.present[o]};
      for (std::size_t s = 0; s < fte.size(); ++s) weeks[s] += fte[s] * days / 7.0F;
    }
  }
}

void live_staff_days(World& world, const ByUnit& conditions, float days) {
  work(world, conditions, days);
  for (model::Unit& unit : world.state.units) lead(unit);
  count_week(world, days);
}

}  // namespace

WorkforceTables::WorkforceTables(const config::Config& config, const ServiceTables& services,
                                 float course_hours_per_week) {
  const config::Workforce& w = config.workforce;
  const double weeks = base::days_per_year / 7.0;
  productive_share =
      static_cast<float>(w.staffing.productive_hours / (w.staffing.weekly_hours * weeks));
  const auto weekly = static_cast<float>(w.staffing.weekly_hours);
  for (const config::Unit& unit : config.units) {
    UnitRule rule;
    rule.key = random::key_of(unit.id);
    rule.fte = static_cast<float>(unit.fte);
    rule.extra_fte = static_cast<float>(unit.extra_fte);
    rule.sick_leave_ratio = static_cast<float>(unit.sick_leave_ratio);
    rule.quit_ratio = static_cast<float>(unit.quit_ratio);
    rule.hiring_ratio = static_cast<float>(unit.hiring_ratio);
    for (std::size_t o = 0; o < model::occupation_count; ++o) {
      if (o == leader) continue;
      rule.mix[o] = static_cast<float>(unit.mix(o));
      float share = 1.0F;
      if (unit.hours == config::UnitHours::visits) {
        share = static_cast<float>(w.staffing.direct_share(o));
      } else if (unit.hours == config::UnitHours::posts) {
        share = 1.0F / productive_share;
      }
      rule.hours_at_work[o] = weekly * share * static_cast<float>(unit.granted_ratio);
      rule.hours_per_post += rule.mix[o] * rule.hours_at_work[o] * productive_share;
    }
    if (rule.hours_per_post > 0.0F) {
      rule.hour_cost = static_cast<float>(config.delivery.hour_cost) * weekly / rule.hours_per_post;
    }
    const std::size_t u = units.size();
    float priced_hours = 0.0F;
    float price_of_hours = 0.0F;
    for (std::size_t s = 0; s < services.rules.size(); ++s) {
      const ServiceRule& service = services.rules[s];
      // What draws on another service's capacity is funded there.
      if (service.unit != u || service.pool != s) continue;
      if (service.form == config::ServiceForm::place) {
        rule.housed.push_back(static_cast<model::ServiceIndex>(s));
      }
      const float hours = funded(service, course_hours_per_week);
      if (hours >= 0.0F) {
        rule.funded_hours += hours;
        if (service.cost_per_hour > 0.0F) {
          priced_hours += hours;
          price_of_hours += hours * service.cost_per_hour;
        }
      } else {
        rule.unlimited.push_back(static_cast<model::ServiceIndex>(s));
      }
    }
    rule.unused_hour_cost = rule.hour_cost;
    if (priced_hours > 0.0F) {
      rule.unused_hour_cost = std::min(rule.hour_cost, price_of_hours / priced_hours);
    }
    units.push_back(std::move(rule));
  }
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    const double share = w.sick_leave.share(o);
    sick_rate[o] = static_cast<float>(share / (1.0 - share) / w.sick_leave.spell_days);
    quit_rate[o] = daily(w.quits.rate(o));
    fill_rate[o] = daily(w.recruitment.hiring_ratio / w.recruitment.time_to_fill(o));
    supply_log[o] = static_cast<float>(std::log(w.recruitment.supply_2040(o)));
  }
  const double variance = std::log(1.0 + w.sick_leave.spell_cv * w.sick_leave.spell_cv);
  spell_log_sd = static_cast<float>(std::sqrt(variance));
  spell_log_mean = static_cast<float>(std::log(w.sick_leave.spell_days) - 0.5 * variance);
  summer_weeks = static_cast<float>(w.leave.holiday_weeks * w.leave.summer_share);
  const double other = w.leave.holiday_weeks * (1.0 - w.leave.summer_share) + w.leave.other_weeks;
  other_away = static_cast<float>(
      std::min(1.0, other / (weeks - w.leave.holiday_weeks * w.leave.summer_share)));
  parental_rate = daily(w.leave.parental_rate);
  for (const config::Training& t : w.training) training_keys.push_back(random::key_of(t.id));
}

double age_of(const World& world, const Employee& who) {
  return static_cast<double>(world.today() - who.birth) / base::days_per_year;
}

void start_workforce(World& world) {
  if (world.state.units.empty()) return;
  model::Staff& staff = world.state.staff;
  for (const std::uint64_t key : world.rules().workforce.training_keys) {
    random::Stream stream(world.seed(), key, random::Purpose::training);
    staff.until_trainee.push_back(static_cast<float>(stream.exponential()));
  }
  staff.trained.assign(staff.until_trainee.size(), 0);
  meet_budget(world);
  for (Post& post : staff.posts) {
    if (post.state == Post::State::vacant) hire(world, post, true);
  }
  // Until the first Monday.
  const int days = (7 - (world.today() - base::to_day({1970, 1, 5})) % 7) % 7;
  if (days > 0) live_staff_days(world, conditions_of(world), static_cast<float>(days));
}

void begin_staff_week(World& world) {
  if (world.state.units.empty()) return;
  constexpr float week = 7.0F;
  meet_budget(world);
  const ByUnit conditions = conditions_of(world);
  for (Post& post : world.state.staff.posts) {
    if (post.state != Post::State::filled) continue;
    if (leaves(world, post.holder, conditions[post.unit].quit, week)) vacate(world, post);
  }
  train(world, week);
  fill_vacancies(world, week);
  live_staff_days(world, conditions, week);
}

}  // namespace carestair::processes
