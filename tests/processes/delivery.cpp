#include "processes/delivery.hpp"

#include <array>
#include <numeric>
#include <random>

#include "catch.hpp"
#include "processes/allocation.hpp"
#include "processes/reablement.hpp"
#include "processes/shortage.hpp"
#include "processes/staff_pay.hpp"
#include "quiet_lives.hpp"
#include "synth/populate.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedLevel;
using model::Occupation;

namespace {

constexpr std::size_t some = model::index(NeedLevel::some);
constexpr std::size_t moderate = model::index(NeedLevel::moderate);
constexpr std::size_t extensive = model::index(NeedLevel::extensive);
constexpr std::size_t anybody = model::index(model::Competence::anybody);

double sum_of(const processes::ByNeed& hours) {
  double sum = 0.0;
  for (const double h : hours) sum += h;
  return sum;
}

/// Helped by units whose staff a test sets by hand: posts and those at work, full-time health
/// workers of each unit.
class StaffedTown : public tests::Town {
 public:
  StaffedTown() {
    tests::with_quiet_lives(config);
    config.delivery.matched_share = config.delivery.usual_load = 1.0;
    config.delivery.extra_shift_share = 0.0;
    config.delivery.overtime_share = 0.0;
    config.delivery.agency_share = 0.0;
    // Anybody can give everything.
    for (config::Service& s : config.services) {
      for (double& share : s.competence.cells()) share = 0.0;
    }
  }

  double pay_of(Occupation occupation) const {
    return config.delivery.hour_cost(model::index(occupation));
  }

  processes::World open_with(double posts, double at_work, int years = 5, double beyond = 0.0) {
    // Nobody is employed but by hand.
    for (config::Unit& u : config.units) {
      u.fte = 0.0;
      u.extra_fte = beyond;
    }
    employ();
    processes::World world = open(years);
    set(world, posts, at_work);
    processes::begin_delivery(world);
    return world;
  }

  static void set(processes::World& world, double posts, double at_work) {
    for (model::Unit& u : world.state.units) {
      u.posts[model::index(Occupation::health_worker)] = static_cast<float>(posts);
      u.employed = u.posts;
      u.present[model::index(Occupation::health_worker)] = static_cast<float>(at_work);
      u.people = static_cast<float>(at_work);
      u.renew = true;
    }
  }

  /// A day on which nothing but staff decides.
  static void next_day(processes::World& world) { processes::share_staff_time(world); }

  std::size_t unit_index(const std::string& id) const {
    for (std::size_t i = 0; i < config.units.size(); ++i) {
      if (config.units[i].id == id) return i;
    }
    throw std::out_of_range(id);
  }
};

double ledger_sum(const std::array<model::Ledger::ByGroup, model::max_services>& hours) {
  double sum = 0.0;
  for (const auto& service : hours) {
    for (const float h : service) sum += static_cast<double>(h);
  }
  return sum;
}

}  // namespace

TEST_CASE("what is short falls away by severity and adds up to what there is", "[delivery]") {
  const processes::ByNeed weight{3.0, 3.0, 1.5, 1.0};
  const processes::ByNeed granted{10.0, 100.0, 80.0, 60.0};
  const auto share = processes::share_by_severity(granted, 200.0, weight);
  // 50 hours short of 30 + 300 + 120 + 60 weighted hours.
  CHECK(share[some] == Approx(1.0 - 3.0 * 50.0 / 510.0));
  CHECK(share[extensive] == Approx(1.0 - 50.0 / 510.0));
  CHECK(processes::share_by_severity(granted, 250.0, weight) ==
        processes::ByNeed{1.0, 1.0, 1.0, 1.0});
  std::mt19937_64 chance(5);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int i = 0; i < 2000; ++i) {
    processes::ByNeed hours{};
    for (double& h : hours) h = uniform(chance) < 0.2 ? 0.0 : 300.0 * uniform(chance);
    const double there = uniform(chance) * 1.2 * sum_of(hours);
    const auto given = processes::share_by_severity(hours, there, weight);
    double sum = 0.0;
    for (std::size_t need = 0; need < given.size(); ++need) {
      CHECK(given[need] >= 0.0);
      CHECK(given[need] <= 1.0);
      sum += hours[need] * given[need];
    }
    CHECK(sum == Approx(std::min(there, sum_of(hours))).margin(1e-9));
    CHECK(given[some] <= given[moderate]);
    CHECK(given[moderate] <= given[extensive]);
  }
}

TEST_CASE("hours that staff at work cannot give are booked as not given, and unmet", "[delivery]") {
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(1.0, 0.4);
  model::CareCase& c = tests::case_of(world, id);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 14.0F);
  StaffedTown::next_day(world);
  const model::Unit& unit = world.state.units[town.unit_index("home_care")];
  const double there = processes::direct_hours(world, town.unit_index("home_care"), unit.present);
  REQUIRE(there < 14.0);
  CHECK(unit.week.given == Approx(there));
  CHECK(unit.delivered[anybody][moderate] == Approx(there / 14.0));
  world.state.ledger.clear();
  c.totals = {};
  const float unmet = model::total(c.unmet) / 7.0F;
  c.find(nursing)->accounted = c.accounted = world.today() + 1;
  processes::book_case(world, c, world.today() + 2);
  CHECK(ledger_sum(world.state.ledger.staff_hours) == Approx(there / 7.0).epsilon(1e-5));
  CHECK(ledger_sum(world.state.ledger.undelivered_hours) ==
        Approx((14.0 - there) / 7.0).epsilon(1e-5));
  CHECK(c.totals.unmet_hours == Approx(unmet + (14.0 - there) / 7.0).epsilon(1e-4));
  const auto price = town.service("home_nursing").cost_per_hour;
  CHECK(c.totals.cost_nok == Approx(there / 7.0 * price).epsilon(1e-4));
}

TEST_CASE("extra shifts, overtime and agency fill what is short, in turn and at their price",
          "[delivery]") {
  StaffedTown town;
  config::Delivery& rules = town.config.delivery;
  rules.extra_shift_share = 0.2;
  rules.overtime_share = 0.1;
  rules.agency_share = 0.05;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(10.0, 8.0);
  const std::size_t home_care = town.unit_index("home_care");
  model::Unit& unit = world.state.units[home_care];
  unit.people = 12.0F;
  const double hour = processes::direct_hours(world, home_care, unit.posts) / 10.0;
  const auto grant = [&](double hours) {
    model::CareCase& c = world.at(world.open_case(id));
    const auto nursing = town.index("home_nursing");
    if (c.find(nursing) == nullptr) processes::start_service(world, c, nursing, 1.0F);
    processes::change_hours(world, c, *c.find(nursing), static_cast<float>(hours));
    StaffedTown::next_day(world);
    return unit.week;
  };
  CHECK(grant(7.0 * hour).extra == 0.0);
  const model::StaffTime a_little = grant(8.5 * hour);
  CHECK(a_little.extra == Approx(0.5 * hour).epsilon(1e-4));
  CHECK(a_little.premium_nok == 0.0);
  const model::StaffTime more = grant(9.0 * hour);  // 4 people of 12 are not employed for
  CHECK(more.extra == Approx(0.8 * hour).epsilon(1e-4));
  CHECK(more.overtime == Approx(0.2 * hour).epsilon(1e-3));
  const model::StaffTime most = grant(12.0 * hour);
  CHECK(most.overtime == Approx(0.8 * hour).epsilon(1e-4));
  CHECK(most.agency == Approx(0.5 * hour).epsilon(1e-4));
  CHECK(most.given == Approx(most.supply()).epsilon(1e-9));
  // Stand-ins are at work, but no employees with time to spare: 12 people in 8 positions as before.
  unit.present[model::index(Occupation::health_worker)] = 8.0F;
  unit.present[model::index(Occupation::assistant)] = 2.0F;
  unit.stand_ins = 2.0F;
  const double with_them = processes::direct_hours(world, home_care, unit.present);
  CHECK(grant(1.2 * with_them).extra == Approx(0.2 * 4.0 * with_them / 10.0).epsilon(1e-4));
  unit.present[model::index(Occupation::assistant)] = unit.stand_ins = 0.0F;
  grant(12.0 * hour);
  // What is paid for such hours beyond the price of hours, which holds leave and absence.
  const config::Staffing& staffing = town.config.workforce.staffing;
  const double booked =
      staffing.weekly_hours * base::days_per_year / 7.0 / staffing.productive_hours;
  const double paid = 1.0 / (staffing.direct_share(model::index(Occupation::health_worker)) *
                             town.unit("home_care").granted_ratio);
  const double pay = town.pay_of(Occupation::health_worker);
  const double hired = town.pay_of(Occupation::nurse) * (1.0 + rules.agency_premium);
  CHECK(most.premium_nok ==
        Approx(paid * (most.overtime * pay * (1.0 + rules.overtime_premium - booked) +
                       most.agency * (hired - pay * booked))));
  CHECK(grant(7.0 * hour).premium_nok == 0.0);
}

TEST_CASE("hours given never exceed hours there are, and what is granted is known exactly",
          "[delivery]") {
  StaffedTown town;
  town.config = tests::selbu();  // lives as they are
  for (double& share : town.config.initial.served.cells()) share = 0.0;
  for (double& way : town.config.travel.minutes.cells()) way = town.config.travel.usual_minutes;
  town.config.delivery.shared_share = 0.3;
  for (int i = 0; i < 150; ++i) {
    town.add({.age = 75 + i % 20, .need = static_cast<NeedLevel>(i % 4)});
  }
  processes::World world = town.open_with(3.0, 2.0, 3);
  std::mt19937 chance(3);
  model::ByCompetence shortest{1.0, 1.0, 1.0};
  int days_lacking = 0;
  for (int day = 0; day < 3 * 365; ++day) {
    StaffedTown::set(world, 3.0, 0.5 + 2.5 * std::generate_canonical<double, 32>(chance));
    for (model::Unit& u : world.state.units) {
      for (const Occupation o : {Occupation::nurse, Occupation::assistant}) {
        u.present[model::index(o)] = std::generate_canonical<float, 24>(chance);
      }
    }
    world.run_day();
    processes::ByNeed again{};
    for (std::size_t i = 0; i < world.state.units.size(); ++i) {
      const model::Unit& u = world.state.units[i];
      const bool by_hand = processes::has_posts(u);  // not on Mondays, when staff are counted
      double given = 0.0;
      // From those who need most of who gives them down: what they need can be had.
      for (std::size_t k = u.granted.size(); k-- > 0;) {
        for (std::size_t need = 0; need < again.size(); ++need) {
          given += std::max(u.granted[k][need], 0.0) * u.delivered[k][need];
          shortest[k] = std::min(shortest[k], u.delivered[k][need]);
          again[need] -= u.granted[k][need];
        }
        const model::StaffTime& week = u.week;
        const double beyond = std::max(week.shared, 0.0) + week.extra + week.overtime + week.agency;
        REQUIRE((!by_hand || given <= u.present_hours[k] + beyond + 1e-6));
        REQUIRE(u.delivered[k][some] <= u.delivered[k][extensive]);
        REQUIRE(u.delivered[k][some] <= u.delivered[anybody][some]);
      }
      REQUIRE((!by_hand || std::abs(given - u.week.given) < 1e-6));
      REQUIRE((!by_hand || given <= u.week.supply() + 1e-6));
      REQUIRE(u.week.lacking >= 0.0);
      days_lacking += u.week.lacking > 0.0 ? 1 : 0;
    }
    for (const model::CareCase& c : world.state.cases) {
      for (const model::Holding& h : c.holdings) {
        if (h.service == model::no_service || h.own || h.overflow) continue;
        const auto& rule = processes::rule_of(world, h);
        if (rule.unit == model::no_unit) continue;
        again[model::index(c.level)] +=
            static_cast<double>(h.hours_per_week * processes::weight_of(world, c, rule));
      }
    }
    for (const double left : again) REQUIRE(std::abs(left) < 1e-6);
  }
  for (const double share : shortest) CHECK(share < 0.9);  // there was something to share
  CHECK(days_lacking > 100);
}

TEST_CASE("months of shortage are felt in decline, and those of vacancies in what is granted",
          "[delivery]") {
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(1.0, 0.3);
  model::CareCase& c = tests::case_of(world, id);
  const auto nursing = town.index("home_nursing");
  processes::start_service(world, c, nursing, 10.0F);
  processes::update_case(world, c);
  const float before = world.at(id).decline_ratio;
  const float full = processes::free_hours(world, nursing, world.at(id));
  model::Unit& unit = world.state.units[town.unit_index("home_care")];
  for (int month = 0; month < 2; ++month) {
    do {
      StaffedTown::set(world, 1.0, 0.3);
      world.run_day();
    } while (base::to_date(world.today()).day != 1);
  }
  const float missed = unit.missed[moderate];
  CHECK(missed > 0.0F);
  CHECK(std::abs(missed / 0.05F - std::round(missed / 0.05F)) < 1e-4F);
  const model::CareCase& later = world.at(world.at(id).care_case);
  CHECK(later.undelivered > 0.0F);
  CHECK(world.at(id).decline_ratio > before);
  CHECK(unit.workload > 1.2F);
  // Half the posts vacant: hours that may be granted go down with them.
  unit.staffed = 0.5F;
  CHECK(processes::free_hours(world, nursing, world.at(id)) < 0.6F * full);
}

TEST_CASE("a unit is charged what it gives, and no place bought beyond capacity", "[delivery]") {
  const bool bought = GENERATE(false, true);
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::extensive});
  processes::World world = town.open_with(1.0, 1.0);
  model::CareCase& c = tests::case_of(world, id);
  const auto provision = bought ? processes::Provision::overflow : processes::Provision::ordinary;
  processes::start_service(world, c, town.index("nursing_home"), 30.0F, provision);
  world.state.ledger.clear();
  processes::book_case(world, c, world.today() + 11);
  const model::Ledger& ledger = world.state.ledger;
  const double paid =
      ledger.money
          .nok[model::index(model::Payer::municipality)][model::index(model::Account::services)];
  const auto& charged = ledger.unit_nok[town.unit_index("nursing_home")];
  CHECK(paid > 10'000.0);
  CHECK(charged[model::index(model::UnitAccount::services)] == Approx(bought ? 0.0 : paid));
}

TEST_CASE("places beyond capacity are staffed by others", "[delivery]") {
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::extensive});
  processes::World world = town.open_with(1.0, 1.0);
  model::CareCase& c = tests::case_of(world, id);
  const auto place = town.index("nursing_home");
  processes::start_service(world, c, place, 30.0F, processes::Provision::overflow);
  model::Unit& unit = world.state.units[town.unit_index("nursing_home")];
  CHECK(unit.granted[anybody][extensive] == 0.0);
  CHECK(processes::share_given(world, c, *c.find(place), world.today(), world.today() + 1) == 1.0F);
  processes::take_into_capacity(world, c, *c.find(place));
  CHECK(unit.granted[anybody][extensive] == Approx(30.0));
  world.at(id).need = NeedLevel::moderate;
  processes::update_case(world, c);
  CHECK(unit.granted[anybody][extensive] == 0.0);
  CHECK(unit.granted[anybody][moderate] == Approx(30.0));
  processes::end_service(world, c, *c.find(place));
  CHECK(unit.granted[anybody][moderate] == 0.0);
}

TEST_CASE("units lend what they have to spare, meetings and coordination take time", "[delivery]") {
  const auto given = [](auto&& change) {
    StaffedTown town;
    change(town.config);
    const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
    processes::World world = town.open_with(1.0, 0.5);
    model::CareCase& c = tests::case_of(world, id);
    processes::start_service(world, c, town.index("home_nursing"), 12.0F);
    processes::start_service(world, c, town.index("practical_assistance"), 2.0F);
    processes::take_stock_of_staff(world);
    StaffedTown::next_day(world);
    return world.state.units[town.unit_index("home_care")].week.given;
  };
  const double alone = given([](config::Config&) {});
  CHECK(alone < 14.0);
  CHECK(given([](config::Config& c) { c.delivery.shared_share = 0.05; }) > alone);
  CHECK(given([](config::Config& c) { c.delivery.shared_share = 1.0; }) == Approx(14.0));
  CHECK(given([](config::Config& c) { c.delivery.meetings_share = 0.1; }) == Approx(0.9 * alone));
  CHECK(given([](config::Config& c) { c.delivery.coordination_loss = 0.02; }) ==
        Approx(alone - 0.02 * 14.0));
}

// Whoever changes staff, hours granted or rules has to say so, or yesterday's shares stand.
TEST_CASE("settling the units that changed comes to the same as settling all of them every day",
          "[delivery]") {
  config::Config config = tests::selbu();
  config.delivery.matched_share *= 0.85;  // so that staff are short now and then
  config::Config later = config;
  later.delivery.matched_share *= 0.9;
  later.delivery.coordination_loss = 0.02;
  const auto seed = random::WorldSeed::of(5, 0, 1);
  const base::Day start = base::to_day({2020, 1, 1});
  const processes::Period period{start, start, start + 500};
  const auto rules = processes::make_rules(config, period.first, period.end);
  // The other rules begin on a Tuesday, between two rosters.
  const processes::Policy policy{
      {start, rules},
      {start + 251, processes::make_rules(later, period.first, period.end, rules.get())}};
  const auto open = [&] {
    return processes::World(synth::populate(config, seed, start, start), policy, seed, period);
  };
  processes::World as_it_is = open();
  processes::World every_day = open();
  std::size_t days_short = 0;
  while (!as_it_is.finished()) {
    for (model::Unit& u : every_day.state.units) u.renew = true;
    CAPTURE(as_it_is.run_day_number());
    as_it_is.run_day();
    every_day.run_day();
    for (std::size_t i = 0; i < as_it_is.state.units.size(); ++i) {
      CAPTURE(config.units[i].id);
      const model::Unit& a = as_it_is.state.units[i];
      const model::Unit& b = every_day.state.units[i];
      REQUIRE(a.delivered == b.delivered);
      REQUIRE(a.week.present == b.week.present);
      REQUIRE(a.week.given == b.week.given);
      REQUIRE(a.week.premium_nok == b.week.premium_nok);
      REQUIRE(a.workload == b.workload);
      days_short += a.delivered[anybody][some] < 1.0 ? 1 : 0;
    }
  }
  CHECK(days_short > 100);  // shares that do move
}

TEST_CASE("posts beyond the hours cost what nobody else pays for", "[delivery]") {
  StaffedTown town;
  processes::World world = town.open_with(4.0, 4.0, 5, 1.0);
  const std::size_t home_care = town.unit_index("home_care");
  model::Unit& unit = world.state.units[home_care];
  unit.posts = unit.employed = unit.present = {};  // those who were hired at the start
  StaffedTown::set(world, 4.0, 4.0);
  const double a_post =
      world.config().workforce.staffing.weekly_hours * town.pay_of(Occupation::health_worker);
  const auto premium_at = [&](double granted) {
    unit.granted = {};
    unit.granted[anybody][some] = granted;
    unit.renew = true;
    StaffedTown::next_day(world);
    return unit.week.premium_nok;
  };
  CHECK(premium_at(0.0) == Approx(a_post));
  const double present = unit.week.present;
  CHECK(premium_at(0.75 * present) == Approx(a_post));  // the other posts give it all
  CHECK(premium_at(0.9 * present) == Approx(0.4 * a_post));
  CHECK(premium_at(present) == Approx(0.0).margin(1e-6));
  unit.employed[model::index(Occupation::health_worker)] = 2.0F;  // half of the posts are vacant
  CHECK(premium_at(0.0) == Approx(0.5 * a_post));
  // While they stand empty nobody is granted less for it.
  const double usual = 1.0 - world.config().delivery.usual_vacancy_share;
  processes::take_stock_of_staff(world);
  CHECK(unit.staffed == Approx(2.0 / 3.0 / usual));
  unit.employed[model::index(Occupation::health_worker)] = 4.0F;
  processes::take_stock_of_staff(world);
  CHECK(unit.staffed == Approx(1.0 / usual));
}

TEST_CASE("time that nothing asks for costs its pay when those employed are paid all the same",
          "[delivery]") {
  StaffedTown town;
  town.config.delivery.usual_load = 0.9;
  town.config.delivery.unused_time_paid = 0.5;
  processes::World world = town.open_with(4.0, 4.0);
  const std::size_t home_care = town.unit_index("home_care");
  model::Unit& unit = world.state.units[home_care];
  const processes::UnitRule& rule = world.rules().workforce.units[home_care];
  const auto cost_at = [&](double granted) {
    unit.granted = {};
    unit.granted[anybody][some] = granted;
    unit.renew = true;
    StaffedTown::next_day(world);
    return unit.week.unused_nok;
  };
  // An hour costs what it takes in pay, but not more than one that is given: here the mean price
  // of the hours that are funded.
  double hours = 0.0;
  double price = 0.0;
  using Form = config::ServiceForm;
  for (const config::Service& s : town.config.services) {
    if (s.unit != "home_care" || !s.pool.empty() || s.form == Form::technology) continue;
    const double each = s.form == Form::course
                            ? static_cast<double>(processes::course_hours_per_week(world))
                            : s.staff_hours_per_week;
    const double taken =
        s.form == config::ServiceForm::hours ? s.hours_capacity : s.capacity * each;
    if (taken <= 0.0 || s.cost_per_hour <= 0.0) continue;
    hours += taken;
    price += taken * s.cost_per_hour;
  }
  CHECK(rule.unused_hour_cost == Approx(price / hours));
  CHECK(rule.unused_hour_cost < rule.hour_cost);
  const double hour = 0.5 * static_cast<double>(rule.unused_hour_cost);
  const double nothing_asked = cost_at(0.0);
  const double present = unit.week.present;
  CHECK(nothing_asked == Approx(0.9 * present * hour));
  CHECK(cost_at(0.6 * present) == Approx(0.3 * present * hour));
  CHECK(cost_at(0.9 * present) == Approx(0.0).margin(1e-6));  // as the price of hours reckons
  CHECK(cost_at(1.5 * present) == 0.0);

  // It is the municipality's, day by day.
  const auto booked = [&] {
    return world.state.ledger.money
        .nok[model::index(model::Payer::municipality)][model::index(model::Account::unused_time)];
  };
  cost_at(0.6 * present);
  double others = 0.0;
  for (const model::Unit& u : world.state.units) others += u.week.unused_nok;
  const double before = booked();
  StaffedTown::next_day(world);
  CHECK(booked() - before == Approx(others / 7.0));
}

TEST_CASE("time lent to other units and that of posts beyond the hours is not unused",
          "[delivery]") {
  StaffedTown town;
  town.config.delivery.unused_time_paid = 1.0;
  town.config.delivery.shared_share = 0.5;
  processes::World world = town.open_with(4.0, 4.0, 5, 1.0);
  for (model::Unit& u : world.state.units) u.posts = u.employed = u.present = {};
  StaffedTown::set(world, 4.0, 4.0);
  const std::size_t lender = town.unit_index("home_care");
  const std::size_t borrower = town.unit_index("nursing_home");
  for (model::Unit& u : world.state.units) {
    u.granted = {};
    u.granted[anybody][some] = 1e-9;
  }
  model::Unit& short_of_staff = world.state.units[borrower];
  short_of_staff.granted[anybody][some] = 1e4;
  StaffedTown::next_day(world);
  const model::Unit& unit = world.state.units[lender];
  REQUIRE(unit.week.shared < 0.0);
  // One of four posts is beyond the hours.
  const double hours = 0.75 * unit.week.present + unit.week.shared;
  const processes::UnitRule& rule = world.rules().workforce.units[lender];
  CHECK(unit.week.unused_nok ==
        Approx(hours * static_cast<double>(rule.unused_hour_cost * unit.pay)));
  CHECK(short_of_staff.week.unused_nok == 0.0);
}

TEST_CASE("as much is given as those with the competence can give", "[delivery]") {
  std::mt19937_64 chance(11);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const processes::ByNeed weight{3.0, 3.0, 1.5, 1.0};
  for (int i = 0; i < 2000; ++i) {
    processes::Tasks granted{};
    for (auto& tasks : granted) {
      for (double& h : tasks) h = uniform(chance) < 0.3 ? 0.0 : 100.0 * uniform(chance);
    }
    const double college = 150.0 * uniform(chance);
    const double educated = college + 200.0 * uniform(chance);
    const processes::ByCompetence hours{educated + 200.0 * uniform(chance), educated, college};
    const auto share = processes::share_by_competence(granted, hours, weight);
    const auto asked = processes::asked_of(granted);
    CHECK(asked.front() == Approx(sum_of(granted[0]) + sum_of(granted[1]) + sum_of(granted[2])));
    double given = 0.0;
    double most_missing = 0.0;
    for (std::size_t k = granted.size(); k-- > 0;) {
      for (std::size_t need = 0; need < weight.size(); ++need) {
        CHECK(share[k][need] >= 0.0);
        CHECK(share[k][need] <= 1.0);
        given += granted[k][need] * share[k][need];
      }
      CHECK(given <= hours[k] + 1e-9);
      most_missing = std::max(most_missing, asked[k] - hours[k]);
    }
    // By the theorem of Hall: no way to give out the hours leaves less undone.
    CHECK(given == Approx(asked.front() - most_missing));
  }
}

TEST_CASE("a gap is closed with as few hours as can be, by those who have the competence",
          "[delivery]") {
  processes::ByCompetence missing{6.0, -3.0, 2.0};
  CHECK(processes::close_gap(missing, {10.0, 8.0, 1.5}) == processes::ByCompetence{6.0, 1.5, 1.5});
  CHECK(missing == processes::ByCompetence{0.0, -4.5, 0.5});
  // Assistants to spare do not close what nurses are short of.
  missing = {-5.0, -1.0, 2.0};
  CHECK(processes::close_gap(missing, {10.0, 8.0, 0.0}) == processes::ByCompetence{0.0, 0.0, 0.0});
  CHECK(missing == processes::ByCompetence{-5.0, -1.0, 2.0});
}

TEST_CASE("what needs nurses waits for nurses, and agencies send them", "[delivery]") {
  StaffedTown town;
  REQUIRE_FALSE(town.service("home_nursing").competence.empty());
  town.service("home_nursing").competence.cells()[0] = 0.6;
  town.service("home_nursing").competence.cells()[1] = 0.25;
  town.config.delivery.overtime_share = 0.1;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(10.0, 0.0);
  const std::size_t home_care = town.unit_index("home_care");
  model::Unit& unit = world.state.units[home_care];
  model::CareCase& c = tests::case_of(world, id);
  const auto nursing = town.index("home_nursing");
  const auto cleaning = town.index("practical_assistance");
  processes::start_service(world, c, nursing, 40.0F);
  processes::start_service(world, c, cleaning, 10.0F);
  const auto& hours_at_work = world.rules().workforce.units[home_care].hours_at_work;
  const auto hours_of = [&](Occupation o, double hours) {
    unit.present[model::index(o)] =
        static_cast<float>(hours / static_cast<double>(hours_at_work[model::index(o)]));
  };
  // Of 40 hours of nursing 10 need a college education and 24 health education.
  hours_of(Occupation::nurse, 6.0);
  hours_of(Occupation::health_worker, 30.0);
  hours_of(Occupation::assistant, 40.0);
  unit.renew = true;
  StaffedTown::next_day(world);
  CHECK(unit.week.overtime == Approx(0.6));  // of nurses alone
  CHECK(unit.week.given == Approx(50.0 - 3.4));
  CHECK(unit.week.lacking == Approx(3.4));
  const base::Day today = world.today();
  CHECK(processes::share_given(world, c, *c.find(nursing), today + 1, today + 2) ==
        Approx(1.0 - 3.4 / 40.0));
  CHECK(processes::share_given(world, c, *c.find(cleaning), today + 1, today + 2) == 1.0F);
  world.state.ledger.clear();
  StaffedTown::next_day(world);
  CHECK(world.state.ledger.staff_time[home_care].lacking == Approx(3.4 / 7.0));
}

TEST_CASE("tasks shared from a date on are other tasks for all who have the service",
          "[delivery]") {
  StaffedTown town;
  const auto shares_of_nursing = [&](double educated, double college) {
    auto cells = town.service("home_nursing").competence.cells();
    cells[0] = educated;
    cells[1] = college;
  };
  shares_of_nursing(0.2, 0.1);
  const config::Config later = town.config;
  shares_of_nursing(0.6, 0.25);
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  town.employ();
  processes::World world = town.open({{town.start + 2, later}});
  processes::start_service(world, tests::case_of(world, id), town.index("home_nursing"), 40.0F);
  const model::Unit& unit = world.state.units[town.unit_index("home_care")];
  const auto tasks = [&] {
    return std::array{unit.granted[0][moderate], unit.granted[1][moderate],
                      unit.granted[2][moderate]};
  };
  CHECK(tasks()[0] == Approx(16.0));
  CHECK(tasks()[1] == Approx(14.0));
  CHECK(tasks()[2] == Approx(10.0));
  for (int day = 0; day < 3; ++day) world.run_day();
  CHECK(tasks()[0] == Approx(32.0));
  CHECK(tasks()[1] == Approx(4.0));
  CHECK(tasks()[2] == Approx(4.0));
}

TEST_CASE("an hour costs what those employed are paid", "[delivery]") {
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(0.0, 0.0);  // nobody's hours are counted
  const std::size_t home_care = town.unit_index("home_care");
  model::Unit& unit = world.state.units[home_care];
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    unit.employed[o] = static_cast<float>(town.unit("home_care").usual_mix(o));
  }
  unit.employed[model::index(Occupation::leader)] = 1.0F;
  CHECK(processes::relative_pay(world, home_care) == Approx(1.0).epsilon(1e-6));
  unit.employed = {};
  CHECK(processes::relative_pay(world, home_care) == 1.0F);
  unit.employed[model::index(Occupation::nurse)] = 2.0F;
  const auto& hours = world.rules().workforce.units[home_care].hours_at_work;
  double usual_pay = 0.0;
  double usual_hours = 0.0;
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    usual_pay += town.unit("home_care").usual_mix(o) * town.config.delivery.hour_cost(o);
    usual_hours += town.unit("home_care").usual_mix(o) * static_cast<double>(hours[o]);
  }
  const double nurses =
      town.pay_of(Occupation::nurse) / static_cast<double>(hours[model::index(Occupation::nurse)]);
  const double pay = nurses / (usual_pay / usual_hours);
  CHECK(processes::relative_pay(world, home_care) == Approx(pay).epsilon(1e-5));

  // It is worked out with every roster.
  StaffedTown staffed;
  for (config::Unit& u : staffed.config.units) {
    u.fte = 0.0;
    u.extra_fte = 3.0;
  }
  staffed.employ();
  const processes::World as_employed = staffed.open();
  const float found = processes::relative_pay(as_employed, home_care);
  CHECK(found != 1.0F);
  CHECK(as_employed.state.units[home_care].pay == found);

  unit.pay = processes::relative_pay(world, home_care);
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, town.index("home_nursing"), 14.0F);
  StaffedTown::next_day(world);
  c.totals = {};
  c.find(town.index("home_nursing"))->accounted = c.accounted = world.today() + 1;
  processes::book_case(world, c, world.today() + 2);
  const double level = 1.0 + town.config.economy.wage_share * (pay - 1.0);
  CHECK(c.totals.cost_nok ==
        Approx(2.0 * level * town.service("home_nursing").cost_per_hour).epsilon(1e-4));
}

TEST_CASE("a unit of leaders alone gives nothing, and pays for nothing beyond", "[delivery]") {
  StaffedTown town;
  town.config.delivery.overtime_share = 0.1;
  town.config.delivery.agency_share = 0.1;
  processes::World world = town.open_with(0.0, 0.0);
  for (model::Unit& u : world.state.units) {
    u.posts[model::index(Occupation::leader)] = 1.0F;
    u.granted[anybody][some] = 10.0;
    u.renew = true;
  }
  StaffedTown::next_day(world);
  for (model::Unit& u : world.state.units) u.employed[model::index(Occupation::nurse)] = 1.0F;
  processes::take_stock_of_staff(world);
  for (const model::Unit& u : world.state.units) {
    CHECK(u.week.given == 0.0);
    CHECK(u.week.premium_nok == 0.0);
    CHECK(u.staffed == 1.0F);  // staff beyond posts make nobody's hours endless
  }
}

TEST_CASE("a unit without posts gives all that is granted", "[delivery]") {
  StaffedTown town;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  processes::World world = town.open_with(0.0, 0.0);
  model::CareCase& c = tests::case_of(world, id);
  processes::start_service(world, c, town.index("home_nursing"), 1000.0F);
  for (int day = 0; day < 70; ++day) world.run_day();
  CHECK(ledger_sum(world.state.ledger.undelivered_hours) == 0.0);
  for (const model::StaffTime& sum : world.state.ledger.staff_time) CHECK(sum.given == 0.0);
}

namespace {

struct TwoYears {
  double given = 0.0;
  double sick_weeks = 0.0;
  float workload = 0.0F;
};

/// Home care with too few employees, whose sick leave answers to workload in this way.
TwoYears two_short_years(double workload_ratio) {
  StaffedTown town;
  town.config.workforce.sick_leave.workload_ratio = workload_ratio;
  town.config.workforce.recruitment.larger_position_share = 0.0;
  for (config::Unit& u : town.config.units) {
    u.fte = u.id == "home_care" ? 15.0 : 0.0;
    u.sick_leave_ratio = 1.0;
  }
  for (int i = 0; i < 100; ++i) town.add({.age = 85, .need = NeedLevel::moderate});
  town.employ();
  processes::World world = town.open(3);
  for (std::size_t i = 0; i < 100; ++i) {
    model::CareCase& c = tests::case_of(world, model::ResidentId(i));
    processes::start_service(world, c, town.index("home_nursing"), 7.0F);
  }
  TwoYears seen;
  const std::size_t home_care = town.unit_index("home_care");
  for (int day = 0; day < 2 * 365; ++day) {
    world.run_day();
    const model::Unit& unit = world.state.units[home_care];
    seen.given += unit.week.given / 7.0;
    for (const float sick : unit.sick) seen.sick_weeks += static_cast<double>(sick) / 7.0;
    seen.workload = unit.workload;
  }
  return seen;
}

}  // namespace

TEST_CASE("shortage is workload, workload absence, and absence shortage", "[delivery]") {
  const TwoYears open = two_short_years(1.0);
  const TwoYears closed = two_short_years(1.12);
  CHECK(open.workload > 1.2F);
  CHECK(closed.sick_weeks > 1.2 * open.sick_weeks);
  CHECK(closed.given < open.given);
  CHECK(closed.workload > open.workload);
}

TEST_CASE("hours not given in a place cost nothing: their pay is off the price of its days",
          "[delivery]") {
  const auto cost_with = [](double at_work) {
    StaffedTown town;
    const auto id = town.add({.age = 85, .need = NeedLevel::extensive});
    processes::World world = town.open_with(10.0, at_work);
    model::CareCase& c = tests::case_of(world, id);
    processes::start_service(world, c, town.index("nursing_home"), 30.0F);
    for (int day = 0; day < 7; ++day) world.run_day();
    processes::book_case(world, c);
    const auto& ledger = world.state.ledger;
    const auto sum = [](const model::Ledger::ByGroup& of) {
      return std::accumulate(of.begin(), of.end(), 0.0);
    };
    const auto home = town.index("nursing_home");
    return std::array{sum(ledger.cost_nok[home]), sum(ledger.undelivered_hours[home]),
                      sum(ledger.staff_hours[home])};
  };
  const auto [full, none_missing, all_given] = cost_with(10.0);
  const auto [short_of, missing, given] = cost_with(0.5);
  REQUIRE(none_missing == 0.0);
  REQUIRE(missing > 1.0);
  REQUIRE(given + missing == Approx(all_given).epsilon(1e-4));
  // In the nursing home an hour granted is one of a post, which is paid by the hour.
  StaffedTown town;
  const config::Unit& unit = town.unit("nursing_home");
  double pay = 0.0;
  for (std::size_t o = 0; o < model::occupation_count; ++o) {
    pay += unit.usual_mix(o) * town.config.delivery.hour_cost(o) / unit.granted_ratio;
  }
  CHECK(full - short_of == Approx(missing * pay).epsilon(1e-3));
}
