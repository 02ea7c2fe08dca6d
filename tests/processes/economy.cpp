// Who pays: the rules against examples worked out by hand, and books that balance.
#include "processes/economy.hpp"

#include <array>
#include <numeric>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/quiet_lives.hpp"
#include "processes/services.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using model::Account;
using model::NeedLevel;
using model::Payer;

namespace {

/// What a stretch of days was booked as.
struct Books {
  model::Money money;
  double cost = 0.0;
  double charge = 0.0;
  double caught = 0.0;
  double adapted = 0.0;
  double fees = 0.0;
  std::array<double, model::unit_account_count> of_units{};

  void add(model::Ledger& month) {
    for (const auto& unit : month.unit_nok) {
      for (std::size_t a = 0; a < of_units.size(); ++a) of_units[a] += unit[a];
    }
    for (std::size_t p = 0; p < model::payer_count; ++p) {
      for (std::size_t a = 0; a < model::account_count; ++a) {
        money.nok[p][a] += month.money.nok[p][a];
      }
    }
    for (std::size_t s = 0; s < model::max_services; ++s) {
      for (const float nok : month.cost_nok[s]) cost += static_cast<double>(nok);
      for (const float nok : month.fees_nok[s]) fees += static_cast<double>(nok);
    }
    for (std::size_t g = 0; g < model::age_group_count; ++g) {
      charge += static_cast<double>(month.discharge_charge_nok[g]);
      caught += static_cast<double>(month.caught_cost_nok[g]);
      adapted += static_cast<double>(month.adaptation_cost_nok[g]);
    }
    month.clear();
  }
  [[nodiscard]] double of(Payer payer, Account account) const {
    return money.nok[model::index(payer)][model::index(account)];
  }
  /// Over payers.
  [[nodiscard]] double of(Account account) const {
    double sum = 0.0;
    for (const auto& accounts : money.nok) sum += accounts[model::index(account)];
    return sum;
  }
};

Books live_and_book(World& world, base::Day until) {
  Books books;
  while (world.today() < until) {
    world.run_day();
    if (world.month_closed()) books.add(world.state.ledger);
  }
  return books;
}

/// A town in which one person needs a place and gets it, and nothing else happens.
struct OnePlace {
  tests::Town town;
  model::ResidentId who;

  explicit OnePlace(int age = 85) {
    tests::with_quiet_lives(town.config);
    tests::without_offers_and_devices(town.config);
    town.config.preventive_visits.coverage = 0.0;
    town.service("nursing_home").min_age = 0;
    town.service("care_housing_24h").capacity = 0.0;
    who =
        town.add({.age = age, .need = NeedLevel::extensive, .cognition = model::Cognition::severe});
  }
  /// Books of the year after the one in which she has moved in.
  Books second_year() {
    World world = town.open();
    tests::case_of(world, who);
    live_and_book(world, base::to_day({2021, 1, 1}));
    REQUIRE(world.at(who).dwelling == model::Dwelling::nursing_home);
    return live_and_book(world, base::to_day({2022, 1, 1}));
  }
};

}  // namespace

TEST_CASE("a long stay is charged as in the examples of the patient ombudsman", "[economy]") {
  config::Economy economy = tests::selbu().economy;
  economy.basic_amount = 130160.0;  // 2025
  economy.fees.long_stay_free_amount = 10450.0;
  CHECK(long_stay_fee(economy, 260000.0, false) == Approx(200146.0).margin(1.0));
  CHECK(long_stay_fee(economy, 345000.0, false) == Approx(272396.0).margin(1.0));
}

TEST_CASE("whoever has little keeps a quarter of the basic amount", "[economy]") {
  const config::Economy& economy = tests::selbu().economy;
  // 0.75 * (100 000 - 9 400) = 67 950 would leave less than 29 655 + 7 050.
  CHECK(long_stay_fee(economy, 100000.0, false) == Approx(63295.0));
  CHECK(long_stay_fee(economy, 36000.0, false) == 0.0);
  CHECK(long_stay_fee(economy, 0.0, false) == 0.0);
  // A fifth left out for a spouse at home: as an income of 272 000.
  CHECK(long_stay_fee(economy, 340000.0, true) == Approx(long_stay_fee(economy, 272000.0, false)));
}

TEST_CASE("practical help has a ceiling by income in basic amounts", "[economy]") {
  const config::Economy& economy = tests::selbu().economy;
  CHECK(practical_ceiling(economy, 237239.0) == 223.0);
  CHECK(practical_ceiling(economy, 237240.0) == 1130.0);
  CHECK(practical_ceiling(economy, 400000.0) == 1860.0);
  CHECK(practical_ceiling(economy, 500000.0) == 2630.0);
  CHECK(practical_ceiling(economy, 600000.0) == 3010.0);
}

TEST_CASE("the state refunds wages above a threshold until an age", "[economy]") {
  config::Economy economy = tests::selbu().economy;
  // 0.8 * (0.7 * 4 000 000 - 1 530 000)
  CHECK(yearly_refund(economy, 4e6, false, 50) == Approx(1016000.0));
  CHECK(yearly_refund(economy, 4e6, true, 50) == Approx(0.8 * (2.8e6 - 1.53e6 - 791000.0)));
  CHECK(yearly_refund(economy, 2e6, false, 50) == 0.0);
  CHECK(yearly_refund(economy, 4e6, false, 67) > 0.0);
  CHECK(yearly_refund(economy, 4e6, false, 68) == 0.0);
  economy.refund.last_age = 120;
  CHECK(yearly_refund(economy, 4e6, false, 90) == Approx(1016000.0));
}

TEST_CASE("a year in a nursing home costs what it costs and is charged by income", "[economy]") {
  OnePlace one;
  const double place = one.town.service("nursing_home").cost_per_year;
  const Books year = one.second_year();
  CHECK(year.of(Payer::municipality, Account::services) == Approx(place * 365.0 / 365.25));
  const double fee = long_stay_fee(one.town.config.economy, 340000.0, false);
  CHECK(year.of(Payer::user, Account::user_fees) == Approx(fee * 365.0 / 365.25));
  CHECK(year.of(Account::user_fees) == Approx(0.0).margin(1e-6));
  CHECK(year.fees == Approx(fee * 365.0 / 365.25));
}

TEST_CASE("a fee is never more than the service costs", "[economy]") {
  OnePlace one;
  one.town.service("nursing_home").cost_per_year = 50000.0;
  const Books year = one.second_year();
  CHECK(year.of(Payer::user, Account::user_fees) == Approx(50000.0 * 365.0 / 365.25));
}

TEST_CASE("the refund of a case is settled with the calendar year", "[economy]") {
  OnePlace one(45);
  one.town.service("nursing_home").cost_per_year = 3e6;
  const double wages = 0.7 * 3e6 * 365.0 / 365.25;
  const Books year = one.second_year();
  CHECK(year.of(Payer::state, Account::refund) == Approx(0.8 * (wages - 1.53e6)));
  CHECK(year.of(Account::refund) == Approx(0.0).margin(1e-6));
}

TEST_CASE("short stays are charged by the day, then by income", "[economy]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  const config::Economy& economy = town.config.economy;
  const auto id = town.add({.age = 85, .need = NeedLevel::moderate});
  World world = town.open();
  model::CareCase& c = tests::case_of(world, id);
  const model::Holding stay{.service = town.index("short_term_stay")};
  const base::Day from = world.today();
  const auto book = [&](base::Day first, base::Day until) {
    book_fee(world, c, stay, {.from = first, .until = until, .cost = 1e6F}, 1.0);
  };
  book(from, from + 50);
  const auto paid = [&] {
    return world.state.ledger.money
        .nok[model::index(Payer::user)][model::index(Account::user_fees)];
  };
  CHECK(paid() == Approx(50 * 185.0));
  book(from + 50, from + 80);
  CHECK(paid() ==
        Approx(60 * 185.0 + 20 * long_stay_fee(economy, 340000.0, false) / base::days_per_year));
}

TEST_CASE("wages raise prices, incomes and fees from the price year on", "[economy]") {
  OnePlace one;
  OnePlace other;
  one.town.config.economy.price_year = other.town.config.economy.price_year = 2020;
  const Books before = one.second_year();
  config::Economy& economy = other.town.config.economy;
  economy.real_wage_growth = 0.1;
  const Books year = other.second_year();
  CHECK(year.of(Account::services) ==
        Approx(before.of(Account::services) * (1.0 + economy.wage_share * 0.1)));
  CHECK(year.of(Payer::user, Account::user_fees) ==
        Approx(before.of(Payer::user, Account::user_fees) * 1.1));
}

TEST_CASE("money in is money out, and what is spent is what is counted elsewhere", "[economy]") {
  config::Config config = tests::selbu();
  const base::Day start = base::to_day({2020, 1, 1});
  config.economy.state_activity_share = 0.1;
  config.economy.state_sum = -1e6;
  const auto seed = random::WorldSeed::of(5, 0, 1);
  const Period period{start, start, base::to_day({2023, 1, 1})};
  const auto live = [&](const config::Config& c) {
    World world(synth::populate(c, seed, start, start), {{start, make_rules(c, start, period.end)}},
                seed, period);
    return live_and_book(world, period.end);
  };
  const Books books = live(config);
  double net = 0.0;
  double spent = 0.0;
  for (std::size_t a = 0; a < model::account_count; ++a) {
    const auto account = static_cast<Account>(a);
    net += books.of(account);
    if (model::is_transfer(account)) {
      CHECK(books.of(account) == Approx(0.0).margin(1e-3));
    } else {
      spent += books.of(account);
    }
  }
  CHECK(net == Approx(spent));
  const auto close_to = [](double nok) { return Approx(nok).epsilon(1e-4); };
  CHECK(books.of(Payer::municipality, Account::services) +
            books.of(Payer::municipality, Account::overflow) +
            books.of(Payer::municipality, Account::carer_pay) ==
        close_to(books.cost));
  // What staff cost beyond the hours they give is that of some unit; of services devices are not.
  const auto of_units = [&](model::UnitAccount account) {
    return books.of_units[model::index(account)];
  };
  CHECK(of_units(model::UnitAccount::staffing_premium) ==
        close_to(books.of(Account::staffing_premium)));
  CHECK(of_units(model::UnitAccount::unused_time) == close_to(books.of(Account::unused_time)));
  CHECK(of_units(model::UnitAccount::services) > 0.9 * books.of(Account::services));
  CHECK(of_units(model::UnitAccount::services) < books.of(Account::services));
  CHECK(books.of(Payer::family, Account::carer_pay) < 0.0);
  CHECK(books.of(Payer::municipality, Account::discharge_charge) == close_to(books.charge));
  CHECK(books.of(Account::treated_at_home) == close_to(books.caught));
  CHECK(books.of(Account::home_adaptation) == close_to(books.adapted));
  CHECK(books.of(Payer::user, Account::user_fees) == close_to(books.fees));
  CHECK(books.of(Payer::state, Account::state_financing) == close_to(0.1 * books.cost - 3.0 * 1e6));
  CHECK(books.of(Payer::hospital, Account::hospital_stays) > 0.0);
  CHECK(books.of(Payer::family, Account::carers_time) > 0.0);
  CHECK(books.of(Payer::user, Account::private_devices) > 0.0);

  SECTION("twice the price is twice the account, and nobody's life is another") {
    config::Config dearer = config;
    dearer.economy.carer_hour *= 2.0;
    dearer.economy.hospital_day *= 2.0;
    dearer.economy.discharge_ready_day *= 2.0;
    const Books twice = live(dearer);
    CHECK(twice.of(Account::carers_time) == Approx(2.0 * books.of(Account::carers_time)));
    CHECK(twice.of(Account::hospital_stays) == Approx(2.0 * books.of(Account::hospital_stays)));
    CHECK(twice.cost == books.cost);
  }
  SECTION("fees that deter leave services unused") {
    config::Config deterred = config;
    deterred.economy.fees.uptake_ratio = 0.5;
    CHECK(live(deterred).fees < books.fees);
  }
}

TEST_CASE("practical help is charged by the hour up to what the household's income allows",
          "[economy]") {
  tests::Town town;
  tests::with_quiet_lives(town.config);
  const auto alone = town.add({.age = 85, .need = NeedLevel::some});
  const auto wife = town.add({.age = 85, .need = NeedLevel::some});
  const auto husband = town.add({.age = 87, .sex = model::Sex::male});
  town.marry(wife, husband);
  World world = town.open();
  const model::Holding help{.service = town.index("practical_assistance")};
  const base::Day from = world.today();
  const auto paid = [&](model::ResidentId id, float hours, float cost = 1e6F) {
    world.state.ledger.clear();
    book_fee(world, tests::case_of(world, id), help,
             {.from = from, .until = from + 14, .hours = hours, .cost = cost}, 1.0);
    return world.state.ledger.money
        .nok[model::index(Payer::user)][model::index(Account::user_fees)];
  };
  const config::Fees& fees = town.config.economy.fees;
  const double fortnight = 14.0 / base::days_per_month;
  // 320 000 of one is 2.7 basic amounts, 640 000 of two are 5.4.
  CHECK(paid(alone, 1.0F) == Approx(fees.practical_hour));
  CHECK(paid(alone, 10.0F) == Approx(fees.practical_2_to_3g * fortnight));
  CHECK(paid(wife, 10.0F) == Approx(fees.practical_above_5g * fortnight));
  CHECK(paid(wife, 3.0F) == Approx(3.0 * fees.practical_hour));
  CHECK(paid(wife, 3.0F, 200.0F) == Approx(200.0));  // never more than it costs
  world.at(husband).income = model::Income::low;     // 490 000: 4.1 basic amounts
  CHECK(paid(wife, 10.0F) == Approx(fees.practical_4_to_5g * fortnight));
  world.at(husband).dwelling = model::Dwelling::nursing_home;  // his income goes there
  CHECK(paid(wife, 10.0F) == Approx(fees.practical_2_to_3g * fortnight));
}
