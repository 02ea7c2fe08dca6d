#include "record/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "model/levels.hpp"

namespace carestair::record {
namespace {

using model::index;

constexpr int adult_age = 18;

/// Age groups of one day, looked up by age.
class AgeGroups {
 public:
  explicit AgeGroups(base::Day day) : day_(day) {}
  [[nodiscard]] std::size_t operator()(base::Day birth) const {
    return model::age_group(base::age_in_years(birth, day_));
  }

 private:
  base::Day day_;
};

[[noreturn]] void too_many(Indicator indicator) {
  throw base::UserError("indicator " + std::string(definition(indicator).name) +
                            ": more than 65 535 in one cell of one month",
                        "split the municipality into districts");
}

/// One more in a cell of the file's small type, never wrapping around unnoticed.
void count(std::uint16_t& cell, Indicator indicator) {
  if (++cell == 0) too_many(indicator);
}

/// Sums of whole numbers in the file's small type, the same.
void narrow(std::span<const float> sums, std::span<std::uint16_t> to, Indicator indicator) {
  CARE_EXPECTS(sums.size() == to.size());
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const auto sum = static_cast<std::uint32_t>(static_cast<std::int32_t>(sums[i]));
    bits |= sum;
    to[i] = static_cast<std::uint16_t>(sum);
  }
  if (bits > std::numeric_limits<std::uint16_t>::max()) too_many(indicator);
}

}  // namespace

Recorder::Recorder(Frame frame)
    : frame_(std::move(frame)), result_(frame_.month_ends.size(), {frame_.services, frame_.units}) {
  CARE_EXPECTS(frame_.services <= model::max_services && frame_.units <= model::max_units);
  CARE_EXPECTS(frame_.month_ends.size() < std::numeric_limits<std::uint16_t>::max() - 2);
}

void Recorder::begin(model::State& state) {
  state.ledger.clear();
  state.events.clear();
  for (model::CareCase& c : state.cases) c.totals = {};
  census_.begin(state);
  month_ = 0;
  known_.assign(1, static_cast<std::uint32_t>(state.residents.size()));
  first_days_.assign(state.residents.size(), {});
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    const model::Resident& r = state.residents[i];
    if (!r.here()) continue;
    const bool alone = !r.partner.valid() && model::at_home(r.dwelling) &&
                       base::age_in_years(r.birth, frame_.start) >= adult_age;
    first_days_[i] = {.need_level = static_cast<std::uint8_t>(index(r.need)),
                      .living_alone = static_cast<std::uint8_t>(alone ? 1 : 0),
                      .dwelling = static_cast<std::uint8_t>(index(r.dwelling)),
                      .cognition = static_cast<std::uint8_t>(index(r.cognition))};
  }
}

void Recorder::month_end(model::State& state, base::Day day, std::span<const float> capacity) {
  CARE_EXPECTS(!known_.empty());  // begin() comes first
  CARE_EXPECTS(month_ < frame_.month_ends.size() && frame_.month_ends[month_] == day);
  CARE_EXPECTS(capacity.size() >= frame_.services);
  known_.push_back(static_cast<std::uint32_t>(state.residents.size()));
  census_.take(state, first_day(month_), day, frame_.utility, result_, month_);
  count_cases(state, day);
  count_carers(state, day);
  count_volunteers(state, day);
  count_employees(state, day);
  const std::span<float> room = result_.month<float>(Indicator::capacity, month_);
  for (std::size_t s = 0; s < room.size(); ++s) {
    room[s] = capacity[s] >= 0.0F ? capacity[s] : std::numeric_limits<float>::quiet_NaN();
  }
  take_flows(state.ledger);
  state.ledger.clear();
  ++month_;
}

void Recorder::count_cases(const model::State& state, base::Day day) {
  constexpr std::size_t ages = model::age_group_count, sexes = model::sex_count,
                        needs = model::need_level_count, per_service = ages * sexes * needs;
  const AgeGroups age_group(day + 1);
  const std::size_t services = frame_.services;
  const auto counts = [this](Indicator indicator) {
    return [cells = result_.month<std::uint16_t>(indicator, month_), indicator](std::size_t cell) {
      count(cells[cell], indicator);
    };
  };
  const auto recipient = counts(Indicator::recipients);
  const auto recipient_of_any = counts(Indicator::recipients_any);
  const auto home_user = counts(Indicator::home_users);
  const auto waits = counts(Indicator::waiting);
  const auto overflow = counts(Indicator::overflow_persons);
  const auto of_group = counts(Indicator::recipients_by_group);
  const auto behaviour = counts(Indicator::dementia_behaviour);
  const auto home_hours = result_.month<float>(Indicator::home_hours_granted, month_);

  for (const model::CaseId id : state.open_cases) {
    const model::CareCase& c = state.at(id);
    if (const model::Behaviour& b = c.behaviour; b != model::Behaviour{}) {
      const model::Resident& r = state.at(c.resident);
      const std::array met{b.symptoms, b.psychotropics, b.coercion && b.decision,
                           b.coercion && !b.decision};
      for (std::size_t k = 0; k < behaviour_count && r.here(); ++k) {
        if (!met[k]) continue;
        behaviour((k * model::dwelling_count + index(r.dwelling)) * ages + age_group(r.birth));
      }
    }
    // Many hold nothing: their need is one that nobody has asked help for.
    if (c.held == 0 && c.place.service >= services && c.course.service >= services) continue;
    const model::Resident& r = state.at(c.resident);
    if (!r.here()) continue;
    const std::size_t age = age_group(r.birth);
    const std::size_t who = (age * sexes + index(r.sex)) * needs + index(r.need);
    float hours = 0.0F;
    for (const model::Holding& holding : c.in_use()) {
      recipient(holding.service * per_service + who);
      if (holding.overflow) overflow(holding.service);
      if ((frame_.home_services >> holding.service & 1U) != 0) hours += holding.hours_per_week;
    }
    if (c.receives_any()) {
      recipient_of_any(who);
      of_group(index(r.group) * ages + age);
    }
    if (hours > 0.0F && model::at_home(r.dwelling)) {
      home_user((hours_band(hours) * ages + age) * needs + index(r.need));
      home_hours[age * needs + index(r.need)] += hours;
    }
    for (const model::Waiting& wait : {c.place, c.course}) {
      if (wait.service < services) waits(wait.service * ages + age);
    }
  }
}

void Recorder::count_carers(const model::State& state, base::Day day) {
  constexpr std::size_t ages = model::age_group_count, sexes = model::sex_count;
  const AgeGroups age_group(day + 1);
  const auto carers = result_.month<std::uint16_t>(Indicator::carers, month_);
  const auto hours = result_.month<float>(Indicator::carer_hours, month_);
  const auto work = result_.month<float>(Indicator::carer_work_lost, month_);
  for (const model::Carer& carer : state.carers) {
    float most = 0.0F;
    std::size_t relation = 0;
    for (model::TieId t = carer.first_tie; t.valid(); t = state.at(t).next_of_carer) {
      const model::Tie& tie = state.at(t);
      const float given = model::total(tie.given);
      hours[index(tie.relation) * sexes + index(carer.sex)] += given;
      if (given > most) relation = index(tie.relation);
      most = std::max(most, given);
    }
    if (most <= 0.0F) continue;
    const std::size_t age = age_group(carer.birth);
    count(carers[(relation * ages + age) * 2 + (carer.burdened ? 1 : 0)], Indicator::carers);
    work[age * sexes + index(carer.sex)] += carer.work_lost;
  }
}

void Recorder::count_volunteers(const model::State& state, base::Day day) {
  const AgeGroups age_group(day + 1);
  const auto volunteers = result_.month<std::uint16_t>(Indicator::volunteers, month_);
  for (const model::Volunteer& one : state.volunteering.people) {
    if (!one.active()) continue;
    const model::Resident& r = state.at(one.who);
    count(volunteers[age_group(r.birth) * model::sex_count + index(r.sex)], Indicator::volunteers);
  }
}

void Recorder::count_employees(const model::State& state, base::Day day) {
  const auto employees = result_.month<std::uint16_t>(Indicator::employees_by_age, month_);
  for (const model::Post& post : state.staff.posts) {
    if (post.state != model::Post::State::filled) continue;
    const std::size_t age = model::staff_age(base::age_in_years(post.holder.birth, day + 1));
    count(employees[index(post.holder.occupation) * model::staff_age_count + age],
          Indicator::employees_by_age);
  }
}

void Recorder::take_flows(const model::Ledger& ledger) {
  const std::size_t services = frame_.services;
  // The ledger's arrays are dense, services first, so the first rows are what is asked for.
  const auto rows = [services](const auto& by_service) {
    return std::span<const float>(by_service.front().data(), services * model::age_group_count);
  };
  const auto keep = [this](std::span<const float> sums, Indicator indicator) {
    std::ranges::copy(sums, result_.month<float>(indicator, month_).begin());
  };
  const auto counts = [this](std::span<const float> sums, Indicator indicator) {
    narrow(sums, result_.month<std::uint16_t>(indicator, month_), indicator);
  };
  if (services > 0) {
    keep(rows(ledger.staff_hours), Indicator::staff_hours);
    keep(rows(ledger.cost_nok), Indicator::cost);
    keep(rows(ledger.undelivered_hours), Indicator::undelivered_hours);
    keep(rows(ledger.overflow_days), Indicator::overflow_days);
    counts(rows(ledger.starts), Indicator::starts);
    counts(rows(ledger.ends), Indicator::ends);
    keep(std::span<const float>(ledger.fees_nok.front().data(), services * model::income_count),
         Indicator::user_fees);
    keep(std::span(ledger.wait_days_ended).first(services), Indicator::wait_days_ended);
    counts(std::span(ledger.waits_ended).first(services), Indicator::waits_ended);
    counts(std::span<const float>(ledger.admissions.front().data(),
                                  services * model::hours_band_count),
           Indicator::admissions_by_hours);
  }
  keep(ledger.unmet_hours, Indicator::unmet_hours);
  keep(ledger.informal_hours, Indicator::informal_hours);
  keep(ledger.informal_by_type, Indicator::informal_hours_by_type);
  keep(ledger.hospital_days, Indicator::hospital_days);
  keep(ledger.discharge_ready_days, Indicator::discharge_ready_days);
  keep(ledger.discharge_charge_nok, Indicator::discharge_charge);
  keep(ledger.caught_cost_nok, Indicator::treated_at_home_cost);
  keep(ledger.adaptation_cost_nok, Indicator::home_adaptation_cost);
  keep(ledger.travel_hours, Indicator::travel_hours);
  const auto money = result_.month<float>(Indicator::money, month_);
  for (std::size_t i = 0; i < money.size(); ++i) {
    money[i] =
        static_cast<float>(ledger.money.nok[i / model::account_count][i % model::account_count]);
  }
  keep(ledger.carer_sick_days, Indicator::carer_sick_leave);
  keep(std::span(ledger.volunteer_hours).first(services), Indicator::volunteer_hours);
  keep(std::span(ledger.volunteer_hours_offered).first(services),
       Indicator::volunteer_hours_offered);
  constexpr std::size_t states = model::staff_state_names.size();
  keep(std::span<const float>(ledger.staff_weeks.front().front().data(),
                              frame_.units * model::occupation_count * states),
       Indicator::staff_weeks);
  counts(std::span<const float>(ledger.staff_moves.front().data(),
                                model::occupation_count * model::staff_move_names.size()),
         Indicator::staff_moves);
  keep(std::span<const float>(ledger.employee_weeks.front().front().data(),
                              frame_.units * model::occupation_count * model::position_size_count),
       Indicator::employee_weeks);
  keep(std::span<const float>(ledger.carers_met.front().data(),
                              model::age_group_count * model::need_level_count),
       Indicator::carers_met);
  const auto unit_hours = result_.month<float>(Indicator::unit_hours, month_);
  const auto cost = result_.month<float>(Indicator::unit_cost, month_);
  for (std::size_t u = 0; u < frame_.units; ++u) {
    const auto hours = ledger.staff_time[u].hours();
    for (std::size_t k = 0; k < hours.size(); ++k) {
      unit_hours[u * hours.size() + k] = static_cast<float>(hours[k]);
    }
    for (std::size_t a = 0; a < model::unit_account_count; ++a) {
      cost[u * model::unit_account_count + a] = static_cast<float>(ledger.unit_nok[u][a]);
    }
  }
  counts(
      std::span<const float>(ledger.events.front().front().data(),
                             model::event_kind_count * model::age_group_count * model::sex_count),
      Indicator::events);
  counts(std::span<const float>(
             ledger.deaths.front().front().front().data(),
             model::place_of_death_count * model::death_wish_count * model::age_group_count * 2),
         Indicator::deaths);
}

float Recorder::life_days(std::size_t resident, std::size_t last_here, const Stays& stays) const {
  const auto middle = [&](std::size_t month) {
    return first_day(month) + (frame_.month_ends[month] + 1 - first_day(month)) / 2;
  };
  const base::Day end = first_day(month_);

  base::Day from = frame_.start;
  if (resident < stays.arrived.size()) {
    from = std::max(from, stays.arrived[resident]);
  } else if (resident >= known_.front()) {
    const auto after = std::ranges::upper_bound(known_, static_cast<std::uint32_t>(resident));
    if (after == known_.end()) return 0.0F;  // came after the last month end
    from = middle(static_cast<std::size_t>(after - known_.begin()) - 1);
  }
  base::Day until = end;
  if (resident < stays.left.size()) {
    until = std::min(until, stays.left[resident]);
  } else if (last_here == 0) {
    return 0.0F;
  } else if (last_here < month_ + 1) {
    until = middle(last_here - 1);
  }
  return static_cast<float>(std::max(0, until - from));
}

std::vector<PersonOutcome> Recorder::persons(const model::State& state, const Stays& stays) const {
  const AgeGroups age_group(frame_.start);
  std::vector<PersonOutcome> persons;
  persons.reserve(state.residents.size());
  std::vector<Census::Life> lives = census_.lives();
  lives.resize(state.residents.size());
  for (std::size_t i = 0; i < state.residents.size(); ++i) {
    const model::Resident& r = state.residents[i];
    const float days = life_days(i, lives[i].last_here, stays);
    if (days <= 0.0F) continue;
    persons.push_back({.uid = r.uid,
                       .values = outcome_values(r.care_case.valid() ? state.at(r.care_case).totals
                                                                    : model::PersonTotals{},
                                                days, lives[i].qalys()),
                       .age = static_cast<std::uint8_t>(base::age_in_years(r.birth, frame_.start)),
                       .age_group = static_cast<std::uint8_t>(age_group(r.birth)),
                       .sex = r.sex,
                       .user_group = r.group,
                       .first_day = i < first_days_.size() ? first_days_[i] : FirstDay{}});
  }
  sort_by_uid(persons);
  return persons;
}

}  // namespace carestair::record
