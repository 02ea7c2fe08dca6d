// The recorder against counting by hand and against a slow count of random worlds.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

#include "base/error.hpp"
#include "catch.hpp"
#include "record/months.hpp"
#include "record/recorder.hpp"

using namespace carestair;
using record::Indicator;

namespace {

constexpr base::Day start = base::to_day({2030, 1, 1});
constexpr std::size_t services = 4;
const std::vector<float> no_limits(services, -1.0F);

record::Frame frame(int months, std::uint32_t home_services = ~0U) {
  return {.start = start,
          .month_ends =
              record::month_ends(start, base::first_of_month(2030 + months / 12, months % 12 + 1)),
          .services = services,
          .home_services = home_services};
}

model::Resident aged(int age, model::Sex sex = model::Sex::female) {
  static std::uint64_t uid = 0;
  model::Resident r;
  r.uid = ++uid;
  r.birth = start - static_cast<int>(age * base::days_per_year) - 100;
  r.sex = sex;
  return r;
}

model::ResidentId add(model::State& state, const model::Resident& r) {
  state.residents.push_back(r);
  return model::ResidentId(state.residents.size() - 1);
}

model::CareCase& open_case(model::State& state, model::ResidentId id) {
  state.cases.emplace_back();
  state.cases.back().resident = id;
  state.at(id).care_case = model::CaseId(state.cases.size() - 1);
  state.open_cases.insert(state.at(id).care_case);
  return state.cases.back();
}

template <class Number>
Number sum(std::span<const Number> numbers) {
  Number total{};
  for (const Number n : numbers) total = static_cast<Number>(total + n);
  return total;
}

}  // namespace

TEST_CASE("stocks and flows of a hand-made month", "[record]") {
  model::State state;
  const auto eve = add(state, aged(85));
  const auto odd = add(state, aged(70, model::Sex::male));
  add(state, aged(10));
  model::Resident dead = aged(90);
  dead.presence = model::Presence::dead;
  add(state, dead);

  state.at(eve).need = model::NeedLevel::extensive;
  state.at(eve).cognition = model::Cognition::moderate;
  state.at(eve).diagnosed = true;
  model::CareCase& c = open_case(state, eve);
  c.holdings[1] = {.service = 2, .overflow = false, .hours_per_week = 4.0F};
  c.holdings[3] = {.service = 1, .overflow = true, .hours_per_week = 7.0F};
  c.held = 2;
  c.place = {.service = 3, .since = start};
  state.at(odd).dwelling = model::Dwelling::nursing_home;

  record::Recorder recorder(frame(2, 0b0100));  // hours of service 2 alone are given at home
  recorder.begin(state);
  state.ledger.staff_hours[2][4] = 17.5F;
  state.ledger.starts[1][4] = 2.0F;
  state.ledger.events[model::index(model::EventKind::applied)][4][1] = 3.0F;
  state.ledger.unmet_hours[4] = 9.0F;
  state.ledger.waits_ended[3] = 1.0F;
  recorder.month_end(state, base::to_day({2030, 1, 31}), std::vector{1.0F, -1.0F, 0.0F, 5.5F});
  CHECK(recorder.months_recorded() == 1);
  const record::WorldResult& r = recorder.result();

  const auto u16 = [&](Indicator i) { return r.month<std::uint16_t>(i, 0); };
  const auto u32 = [&](Indicator i) { return r.month<std::uint32_t>(i, 0); };
  const auto f32 = [&](Indicator i) { return r.month<float>(i, 0); };
  CHECK(sum(u32(Indicator::population)) == 3);
  CHECK(u32(Indicator::population)[(4 * 2 + 1) * 4 + 3] == 1);
  CHECK(u32(Indicator::persons_by_cognition)[(4 * 5 + 3) * 2 + 1] == 1);
  CHECK(u32(Indicator::residents_by_dwelling)[((5 * 6 + 3) * 4 + 0) * 2 + 0] == 1);
  CHECK(sum(u32(Indicator::living_alone)) == 1);  // not the child, not the one in the nursing home
  CHECK(sum(u16(Indicator::recipients)) == 2);
  CHECK(u16(Indicator::recipients)[((1 * 6 + 4) * 2 + 1) * 4 + 3] == 1);
  CHECK(sum(u16(Indicator::recipients_any)) == 1);
  CHECK(u16(Indicator::overflow_persons)[1] == 1);
  CHECK(u16(Indicator::home_users)[(1 * 6 + 4) * 4 + 3] == 1);  // 4 hours: band 2-5
  CHECK(f32(Indicator::home_hours_granted)[4 * 4 + 3] == 4.0F);
  CHECK(u16(Indicator::waiting)[3 * 6 + 4] == 1);
  CHECK(f32(Indicator::capacity)[0] == 1.0F);
  CHECK(std::isnan(f32(Indicator::capacity)[1]));
  CHECK(f32(Indicator::capacity)[2] == 0.0F);
  CHECK(f32(Indicator::staff_hours)[2 * 6 + 4] == 17.5F);
  CHECK(u16(Indicator::starts)[1 * 6 + 4] == 2);
  CHECK(u16(Indicator::events)[(model::index(model::EventKind::applied) * 6 + 4) * 2 + 1] == 3);
  CHECK(f32(Indicator::unmet_hours)[4] == 9.0F);
  CHECK(u16(Indicator::waits_ended)[3] == 1);

  // The flows have been taken over; the next month begins at zero.
  CHECK(state.ledger.staff_hours[2][4] == 0.0F);
  recorder.month_end(state, base::to_day({2030, 2, 28}), no_limits);
  CHECK(r.month<float>(Indicator::staff_hours, 1)[2 * 6 + 4] == 0.0F);
  CHECK(r.month<float>(Indicator::staff_hours, 0)[2 * 6 + 4] == 17.5F);
}

TEST_CASE("employees are counted by size of position and by age", "[record]") {
  model::State state;
  const auto employ = [&](model::Occupation occupation, int age) {
    model::Post post;
    post.state = model::Post::State::filled;
    post.holder.occupation = occupation;
    post.holder.birth = base::to_day({2030 - age, 2, 1});  // that old when January has ended
    state.staff.posts.push_back(post);
  };
  using enum model::Occupation;
  for (const int age : {29, 30, 51, 52, 54, 55, 61, 62, 70}) employ(nurse, age);
  employ(leader, 45);
  state.staff.posts.emplace_back();  // nobody holds it

  record::Frame with_units = frame(1);
  with_units.units = 2;
  record::Recorder recorder(with_units);
  recorder.begin(state);
  state.ledger.employee_weeks[1][model::index(nurse)][model::position_size(0.75F)] = 4.5F;
  recorder.month_end(state, base::to_day({2030, 1, 31}), no_limits);
  const auto by_age = recorder.result().month<std::uint16_t>(Indicator::employees_by_age, 0);
  const auto nurses = by_age.subspan(model::index(nurse) * model::staff_age_count, 6);
  CHECK(std::ranges::equal(nurses, std::array<std::uint16_t, 6>{1, 1, 1, 2, 2, 2}));
  CHECK(by_age[model::index(leader) * model::staff_age_count + 2] == 1);
  CHECK(sum(by_age) == 10);
  const auto weeks = recorder.result().month<float>(Indicator::employee_weeks, 0);
  CHECK(weeks.size() == 2 * model::occupation_count * model::position_size_count);
  CHECK(weeks[(model::occupation_count + model::index(nurse)) * model::position_size_count + 2] ==
        4.5F);
  CHECK(sum(weeks) == 4.5F);
}

TEST_CASE("positions are told apart by size, lower bound included", "[record]") {
  CHECK(model::position_size(0.1F) == 0);
  CHECK(model::position_size(0.5F) == 1);
  CHECK(model::position_size(0.75F) == 2);
  CHECK(model::position_size(0.94F) == 2);
  CHECK(model::position_size(0.95F) == 3);
  CHECK(model::position_size(1.0F) == 3);
}

// Counts are kept from month to month, so months in which people change, age, leave and arrive are
// counted too.
TEST_CASE("the sweep agrees with counting one by one", "[record]") {
  std::mt19937 random(5);
  const auto below = [&](unsigned n) { return static_cast<std::uint8_t>(random() % n); };
  model::State state;
  const auto change = [&](model::Resident& r) {
    r.need = static_cast<model::NeedLevel>(below(4));
    r.cognition = static_cast<model::Cognition>(below(5));
    r.diagnosed = below(2) == 1;
    r.lonely = below(3) == 0;
    r.terminal = below(20) == 0;
    r.problems = below(8);
    r.detected_problems = r.problems & below(8);
    r.dwelling = static_cast<model::Dwelling>(below(6));
    if (r.here() && below(4) == 0) r.presence = static_cast<model::Presence>(below(3));
    r.partner = below(2) == 1 ? model::ResidentId(0U) : model::ResidentId{};
  };
  const auto arrive = [&](int newcomers) {
    for (int i = 0; i < newcomers; ++i) {
      model::Resident r = aged(static_cast<int>(random() % 105), model::Sex(below(2)));
      r.birth = r.birth + static_cast<int>(random() % 365);
      change(r);
      add(state, r);
    }
  };
  arrive(3000);
  constexpr std::size_t months = 15;  // by which those who have gone are forgotten
  record::Frame with_utility = frame(months);
  with_utility.utility.resize(111 * 2 * 4 * 5 * 2);
  for (float& u : with_utility.utility) u = static_cast<float>(random() % 1000) / 1000.0F;
  record::Recorder recorder(with_utility);
  recorder.begin(state);

  std::map<std::uint64_t, double> lived;  // by uid
  for (std::size_t month = 0; month < months; ++month) {
    CAPTURE(month);
    if (month > 0) {
      arrive(200);
      for (model::Resident& r : state.residents) {
        if (below(4) == 0) change(r);
        if (below(9) == 0) r.partner = model::ResidentId{};  // and nothing else
      }
    }
    const base::Day end = with_utility.month_ends[month];
    const base::Day first = month == 0 ? start : with_utility.month_ends[month - 1] + 1;
    recorder.month_end(state, end, no_limits);

    std::map<std::size_t, std::uint32_t> population, cognition, dwelling, alone, lonely, problems;
    std::map<std::size_t, double> qaly;
    for (const model::Resident& r : state.residents) {
      if (!r.here()) continue;
      const std::size_t age = model::age_group(base::age_in_years(r.birth, end + 1));
      ++population[(age * 2 + model::index(r.sex)) * 4 + model::index(r.need)];
      ++cognition[(age * 5 + model::index(r.cognition)) * 2 + (r.diagnosed ? 1 : 0)];
      ++dwelling[((model::index(r.dwelling) * 6 + age) * 4 + model::index(r.need)) * 2 +
                 (model::has_dementia(r.cognition) ? 1 : 0)];
      if (!r.partner.valid() && model::at_home(r.dwelling) && age > 0) {
        ++alone[age * 2 + model::index(r.sex)];
      }
      if (r.lonely) ++lonely[age * 2 + model::index(r.sex)];
      for (std::size_t k = 0; k < model::hidden_problem_count; ++k) {
        if ((r.problems >> k & 1U) == 0) continue;
        ++problems[(k * 2 + (r.detected_problems >> k & 1U)) * 6 + age];
      }
      const auto years = static_cast<std::size_t>(std::min(base::age_in_years(r.birth, end), 110));
      const std::size_t state_of =
          ((years * 2 + model::index(r.sex)) * 4 + model::index(r.need_in_effect())) * 5 +
          model::index(r.cognition);
      const std::size_t place = r.dwelling == model::Dwelling::nursing_home ? 1 : 0;
      const double quality = static_cast<double>(with_utility.utility[state_of * 2 + place]) *
                             (end + 1 - first) / base::days_per_year;
      qaly[age] += quality;
      lived[r.uid] += quality;
    }
    const auto same = [&](Indicator indicator, std::map<std::size_t, std::uint32_t>& counted) {
      const auto recorded = recorder.result().month<std::uint32_t>(indicator, month);
      for (std::size_t i = 0; i < recorded.size(); ++i) {
        if (recorded[i] != counted[i]) return false;
      }
      return true;
    };
    CHECK(same(Indicator::population, population));
    CHECK(same(Indicator::persons_by_cognition, cognition));
    CHECK(same(Indicator::residents_by_dwelling, dwelling));
    CHECK(same(Indicator::living_alone, alone));
    CHECK(same(Indicator::lonely, lonely));
    CHECK(same(Indicator::persons_with_problem, problems));
    const auto recorded = recorder.result().month<float>(Indicator::qaly, month);
    for (std::size_t age = 0; age < recorded.size(); ++age) {
      CHECK(static_cast<double>(recorded[age]) == Approx(qaly[age]).epsilon(1e-6));
    }
  }
  std::size_t persons = 0;
  for (const record::PersonOutcome& p : recorder.persons(state)) {
    const auto qalys = model::index(record::Outcome::qalys);
    if (lived.contains(p.uid)) ++persons;
    CHECK(static_cast<double>(p.values[qalys]) == Approx(lived[p.uid]).epsilon(1e-6));
  }
  CHECK(persons == lived.size());
}

TEST_CASE("the first day of an age counts at the end of the day before", "[record]") {
  // Stocks are those of midnight: who turns 67 on 1 February is 67 in the stock of January.
  model::State state;
  model::Resident r = aged(0);
  r.birth = base::to_day({2030, 2, 1}) - static_cast<int>((67 * 1461 + 3) / 4);
  add(state, r);
  r.birth = r.birth + 1;
  add(state, r);
  record::Recorder recorder(frame(1));
  recorder.begin(state);
  recorder.month_end(state, base::to_day({2030, 1, 31}), no_limits);
  const auto population = recorder.result().month<std::uint32_t>(Indicator::population, 0);
  CHECK(population[(3 * 2 + 1) * 4] == 1);
  CHECK(population[(2 * 2 + 1) * 4] == 1);
}

TEST_CASE("counts that do not fit are refused, not wrapped around", "[record]") {
  model::State state;
  record::Recorder recorder(frame(1));
  recorder.begin(state);
  state.ledger.starts[0][0] = 70000.0F;
  CHECK_THROWS_AS(recorder.month_end(state, base::to_day({2030, 1, 31}), no_limits),
                  base::UserError);
}

TEST_CASE("a copied recorder goes its own way", "[record]") {
  model::State state;
  add(state, aged(50));
  record::Recorder baseline(frame(2));
  baseline.begin(state);
  baseline.month_end(state, base::to_day({2030, 1, 31}), no_limits);
  record::Recorder scenario = baseline;
  model::State other = state;
  other.residents[0].need = model::NeedLevel::some;
  baseline.month_end(state, base::to_day({2030, 2, 28}), no_limits);
  scenario.month_end(other, base::to_day({2030, 2, 28}), no_limits);
  const auto month = [](const record::Recorder& r, std::size_t m) {
    const auto cells = r.result().month<std::uint32_t>(Indicator::population, m);
    return std::vector(cells.begin(), cells.end());
  };
  CHECK(month(baseline, 0) == month(scenario, 0));
  CHECK(month(baseline, 1) != month(scenario, 1));
}

TEST_CASE("begin forgets the burn-in", "[record]") {
  model::State state;
  const auto id = add(state, aged(80));
  open_case(state, id).totals.cost_nok = 5.0F;
  state.ledger.unmet_hours[0] = 5.0F;
  state.events.push_back({});
  record::Recorder recorder(frame(1));
  recorder.begin(state);
  CHECK(state.cases[0].totals.cost_nok == 0.0F);
  CHECK(state.ledger.unmet_hours[0] == 0.0F);
  CHECK(state.events.empty());
}

TEST_CASE("life years are adjusted by what the state at the end of the month is worth",
          "[record]") {
  model::State state;
  const auto eve = add(state, aged(85));
  const auto ann = add(state, aged(85));
  state.at(ann).dwelling = model::Dwelling::nursing_home;
  record::Frame worth = frame(2);
  worth.utility.assign(
      111 * model::sex_count * model::need_level_count * model::cognition_count * 2, 1.0F);
  for (std::size_t i = 1; i < worth.utility.size(); i += 2) worth.utility[i] = 0.5F;
  record::Recorder recorder(worth);
  recorder.begin(state);
  recorder.month_end(state, worth.month_ends[0], no_limits);
  state.at(eve).presence = model::Presence::dead;
  recorder.month_end(state, worth.month_ends[1], no_limits);
  const double january = 31.0 / base::days_per_year;
  const double february = 28.0 / base::days_per_year;
  CHECK(sum(recorder.result().month<float>(record::Indicator::qaly, 0)) == Approx(1.5 * january));
  CHECK(sum(recorder.result().month<float>(record::Indicator::qaly, 1)) == Approx(0.5 * february));
  const auto persons = recorder.persons(state);
  const auto qalys = static_cast<std::size_t>(record::Outcome::qalys);
  CHECK(persons[0].values[qalys] == Approx(january));
  CHECK(persons[1].values[qalys] == Approx(0.5 * (january + february)));
}

TEST_CASE("life days, to the day when stays are known and to the half month when not", "[record]") {
  model::State state;
  model::Resident before = aged(80);
  before.presence = model::Presence::dead;
  add(state, before);                          // dead before the start: not in the results
  const auto stays_on = add(state, aged(70));  // 90 days
  const auto dies = add(state, aged(75));
  record::Recorder recorder(frame(3));
  recorder.begin(state);
  recorder.month_end(state, base::to_day({2030, 1, 31}), no_limits);
  state.at(dies).presence = model::Presence::dead;  // 10 February
  const auto comes = add(state, aged(30));          // 20 February
  open_case(state, comes).totals.home_hours = 12.0F;
  recorder.month_end(state, base::to_day({2030, 2, 28}), no_limits);
  recorder.month_end(state, base::to_day({2030, 3, 31}), no_limits);

  const auto days = [&](const record::Stays& stays, model::ResidentId id) {
    for (const record::PersonOutcome& p : recorder.persons(state, stays)) {
      if (p.uid == state.at(id).uid) return p.values[0];
    }
    return -1.0F;
  };
  const std::vector<base::Day> arrived{start, start, start, base::to_day({2030, 2, 20})};
  const std::vector<base::Day> left{start - 5, model::never, base::to_day({2030, 2, 10}),
                                    model::never};
  const record::Stays exact{arrived, left};
  CHECK(recorder.persons(state).size() == 3);
  CHECK(recorder.persons(state, exact).size() == 3);
  CHECK(days({}, stays_on) == 90.0F);
  CHECK(days({}, dies) == 31.0F + 14.0F);
  CHECK(days({}, comes) == 14.0F + 31.0F);
  CHECK(days(exact, stays_on) == 90.0F);
  CHECK(days(exact, dies) == 40.0F);
  CHECK(days(exact, comes) == 9.0F + 31.0F);
  const auto persons = recorder.persons(state);
  CHECK(persons.back().values[model::index(record::Outcome::home_hours)] == 12.0F);
  CHECK(persons.back().age_group == 1);
}
