// Queues with known answers. Times are continuous: clocks fire within the day, so the length of a
// day does not blur a wait.
#include <algorithm>
#include <cmath>
#include <vector>

#include "../random/bounds.hpp"
#include "catch.hpp"
#include "engine/calendar.hpp"
#include "engine/day.hpp"

using namespace carestair;
using namespace test;

namespace {

/// Places where people arrive at a constant rate and stay for a gamma-distributed time (variance
/// of three quarters of the squared mean), as many as come. The stay is a keyed draw.
struct Wards {
  double arrivals_per_day, mean_stay;
  random::WorldSeed seed = random::WorldSeed::of(3, 0, 0);
  engine::People<1> people{seed};
  std::vector<std::vector<double>> departures{};

  engine::People<1>::Rates rates(engine::Person, engine::Time) const {
    return {static_cast<float>(arrivals_per_day)};
  }
  bool fire(engine::Person ward, std::uint32_t, engine::Time t) {
    random::Stream stream(seed, ward, random::Purpose::test,
                          static_cast<std::uint32_t>(departures[ward].size()));
    departures[ward].push_back(t + mean_stay * stream.gamma_mean_one(0.75));
    return true;
  }
  std::uint64_t uid(engine::Person ward) const { return ward; }
  engine::RunDay next_anniversary(engine::Person, engine::RunDay) const { return 1 << 22; }
};

/// Servers with a queue: clock 0 is an arrival, clock 1 the end of the first service to end. Both
/// are exponential, so the station's state is how many are there.
struct Stations {
  double arrivals, services;  // per day; services of one server
  int servers;
  double warm_up;
  engine::People<2> people{random::WorldSeed::of(4, 0, 0)};
  struct Station {
    int present = 0;
    double since = 0, waiting_days = 0, arrived = 0, had_to_wait = 0;
  };
  std::vector<Station> stations{};

  engine::People<2>::Rates rates(engine::Person i, engine::Time) const {
    return {static_cast<float>(arrivals),
            static_cast<float>(services * std::min(stations[i].present, servers))};
  }
  bool fire(engine::Person i, std::uint32_t clock, engine::Time t) {
    Station& s = stations[i];
    if (t > warm_up) {
      s.waiting_days += std::max(0, s.present - servers) * (t - std::max(s.since, warm_up));
      if (clock == 0) {
        s.arrived += 1;
        s.had_to_wait += s.present >= servers;
      }
    }
    s.since = t;
    s.present += clock == 0 ? 1 : -1;
    return true;
  }
  std::uint64_t uid(engine::Person i) const { return i; }
  engine::RunDay next_anniversary(engine::Person, engine::RunDay) const { return 1 << 22; }
};

template <class Model, class People>
void run(Model& model, People& people, std::size_t count, engine::RunDay days) {
  people.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto person = static_cast<engine::Person>(i);
    people.enter(model, i, 0, model.rates(person, 0), 1 << 22);
    people.schedule(person, 0);
  }
  for (engine::RunDay day = 0; day < days; ++day) people.run_day(model, day);
}

double erlang_c(int servers, double load) {
  double blocking = 1;  // Erlang B by recursion
  for (int n = 1; n <= servers; ++n) blocking = load * blocking / (n + load * blocking);
  return servers * blocking / (servers - load * (1 - blocking));
}

}  // namespace

TEST_CASE("M/G/infinity: as many are present as a Poisson number with mean rate times stay") {
  constexpr std::size_t count = 20000;
  Wards wards{0.4, 10.0};
  wards.departures.resize(count);
  // After 40 mean stays, what is missing of the steady state is far below one person.
  run(wards, wards.people, count, 400);
  std::vector<double> counted(40), expected(40), present;
  for (const auto& ward : wards.departures) {
    const auto n = std::count_if(ward.begin(), ward.end(), [](double t) { return t > 400; });
    counted[static_cast<std::size_t>(n)] += 1;
    present.push_back(static_cast<double>(n));
  }
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const auto x = static_cast<double>(k);
    expected[k] = count * std::exp(x * std::log(4.0) - 4.0 - std::lgamma(x + 1));
  }
  const auto fit = chi_square(counted, expected);
  CHECK(fit.freedom >= 10);
  CHECK(fit.statistic < chi_square_bound(fit.freedom, false_alarm(2)));
  const auto found = moments(present);
  CHECK(std::abs(found.mean - 4.0) < z_bound(false_alarm(2)) * found.mean_error());
}

TEST_CASE("M/M/c: who waits and how long are Erlang's") {
  constexpr std::size_t count = 2000;
  constexpr int servers = 4;
  constexpr double arrivals = 3.2, services = 1.0, warm_up = 100;
  Stations model{arrivals, services, servers, warm_up};
  model.stations.resize(count);
  run(model, model.people, count, 500);

  const double must_wait = erlang_c(servers, arrivals / services);
  const double mean_wait = must_wait / (servers * services - arrivals);
  // Stations are independent; within one, neighbours in the queue are not. So the error is taken
  // from the spread of station means.
  std::vector<double> waits, shares;
  for (const auto& s : model.stations) {
    waits.push_back(s.waiting_days - mean_wait * s.arrived);
    shares.push_back(s.had_to_wait - must_wait * s.arrived);
  }
  const double z = z_bound(false_alarm(2));
  CHECK(std::abs(moments(waits).mean) < z * moments(waits).mean_error());
  CHECK(std::abs(moments(shares).mean) < z * moments(shares).mean_error());
  // Power: a wait that is 5 % off would have been found.
  CHECK(z * moments(waits).mean_error() < 0.05 * mean_wait * arrivals * 400);
}

TEST_CASE("M/D/1 on the calendar: waits in whole days are those of Pollaczek and Khinchine") {
  // One server, a stay of exactly 200 days, arrivals on the calendar by keyed draws. The calendar
  // rounds arrivals to whole days: 1/200 of a stay, far below the tolerance.
  constexpr int stay = 200, queues = 1500, days = 60000, warm_up = 10000;
  constexpr double load = 0.6;
  const auto seed = random::WorldSeed::of(5, 0, 0);
  engine::Calendar arrivals;
  arrivals.reserve(queues);
  std::vector<std::uint32_t> draws(queues);
  std::vector<double> next(queues), free_from(queues), wait(queues), served(queues);
  const auto next_arrival = [&](std::uint32_t q) {
    random::Stream stream(seed, q, random::Purpose::test, draws[q]++);
    return static_cast<engine::RunDay>(next[q] += stay / load * stream.exponential());
  };
  for (std::uint32_t q = 0; q < queues; ++q) arrivals.put(q, next_arrival(q));
  for (engine::RunDay day = 0; day < days; ++day) {
    for (const std::uint32_t q : arrivals.take(day)) {
      engine::RunDay then = day;
      while (then == day) {
        const double start = std::max<double>(day, free_from[q]);
        if (day >= warm_up) {
          wait[q] += start - day;
          served[q] += 1;
        }
        free_from[q] = start + stay;
        then = next_arrival(q);
      }
      arrivals.put(q, then);
    }
  }
  const double expected = load / (2 * (1 - load)) * stay;
  std::vector<double> off;
  for (std::size_t q = 0; q < queues; ++q) off.push_back(wait[q] - expected * served[q]);
  const auto found = moments(off);
  const double z = z_bound(false_alarm());
  // Two arrivals on one day wait up to a day too long or too short: bounded by 0.5 day a person.
  CHECK(std::abs(found.mean) < z * found.mean_error() + 0.5 * moments(served).mean);
  CHECK(z * found.mean_error() < 0.05 * expected * moments(served).mean);
}
