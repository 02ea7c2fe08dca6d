#include "processes/user_groups.hpp"

#include <algorithm>

#include "catch.hpp"
#include "large_town.hpp"
#include "processes/allocation.hpp"
#include "processes/function.hpp"
#include "processes/needs.hpp"
#include "processes/staircase.hpp"

using namespace carestair;
using model::NeedLevel;
using model::UserGroup;

namespace {

constexpr std::array named_groups{UserGroup::intellectual_disability, UserGroup::mental_illness,
                                  UserGroup::substance_use, UserGroup::physical_disability};

/// Groups that are told apart and differ in nothing.
void without_differences(config::UserGroups& groups, double home_limit) {
  for (config::Table* table : {&groups.need_ratio, &groups.decline_ratio, &groups.recovery_ratio,
                               &groups.death_ratio, &groups.seeking_ratio}) {
    for (double& ratio : table->cells()) ratio = 1.0;
  }
  for (double& hours : groups.home_limit_hours_per_week.cells()) hours = home_limit;
  for (double& years : groups.dementia_earlier_years.cells()) years = 0.0;
}

void for_everybody(config::Config& config) {
  for (config::Service& s : config.services) s.user_groups = ~0U;
}

processes::Plan young_plan(tests::Town& town, const tests::Person& person) {
  const auto id = town.add(person);
  processes::World world = town.open();
  return processes::walk_staircase(world, tests::case_of(world, id), {});
}

}  // namespace

TEST_CASE("groups have their shares among those with need at the start", "[user_groups]") {
  const tests::LargeTown town(20);
  const model::State state = synth::populate(town.config, town.seed, town.start, town.start);
  std::array<std::array<double, model::user_group_count>, model::need_level_count> found{};
  std::array<double, model::need_level_count> persons{};
  for (const model::Resident& who : state.residents) {
    const int age = base::age_in_years(who.birth, town.start);
    if (who.need == NeedLevel::none || age >= 80) CHECK(who.group == UserGroup::general);
    if (age < 18 || age >= 67) continue;
    found[model::index(who.need)][model::index(who.group)] += 1.0;
    persons[model::index(who.need)] += 1.0;
  }
  for (std::size_t need = 1; need < model::need_level_count; ++need) {
    CHECK(persons[need] > 150.0);
    for (const UserGroup group : named_groups) {
      const double share = town.config.user_groups.at_start(40, need, model::index(group) - 1);
      INFO("need " << need << ", group " << model::index(group));
      CHECK(tests::agrees(found[need][model::index(group)], share * persons[need]));
    }
  }
}

TEST_CASE("first need before 67 makes a group, for life; later need does not", "[user_groups]") {
  tests::LargeTown town(20);
  for (double& rate : town.config.migration.out_rate.cells()) rate = 0.0;
  processes::World world = town.open(4);
  const std::vector<model::Resident> before = world.state.residents;
  tests::run_until(world, town.start + 3 * 365);
  std::array<double, model::user_group_count> young{};
  for (std::size_t i = 0; i < before.size(); ++i) {
    const model::Resident& who = world.state.residents[i];
    if (before[i].group != UserGroup::general) {
      // Newcomers of the burn-in aside, there is no way out of a group.
      CHECK(who.group == before[i].group);
      continue;
    }
    const int age = base::age_in_years(who.birth, town.start);
    if (age >= 67) {
      CHECK(who.group == UserGroup::general);
    } else if (age >= 18 && age < 64 && before[i].need == NeedLevel::none) {
      if (who.need != NeedLevel::none) CHECK(who.group != UserGroup::general);
      young[model::index(who.group)] += 1.0;
    }
  }
  const double begun = young[1] + young[2] + young[3] + young[4];
  CHECK(begun > 300.0);
  for (const UserGroup group : named_groups) {
    const double share = town.config.user_groups.at_onset(40, model::index(group) - 1);
    CHECK(tests::agrees(young[model::index(group)], share * begun));
  }
}

TEST_CASE("other shares keep whom they can", "[user_groups]") {
  config::UserGroups groups = tests::selbu().user_groups;
  const synth::UserGroupShares before(groups);
  const std::array<std::size_t, 2> mental{40, model::index(UserGroup::mental_illness) - 1};
  groups.at_onset.cell(mental) += 0.1;
  const std::array<std::size_t, 2> physical{40, model::index(UserGroup::physical_disability) - 1};
  groups.at_onset.cell(physical) -= 0.1;
  const synth::UserGroupShares after(groups);
  for (double u = 0.0005; u < 1.0; u += 0.001) {
    if (before.at_onset(40, u) == UserGroup::mental_illness) {
      CHECK(after.at_onset(40, u) == UserGroup::mental_illness);
    }
  }
  // Shares of more than all are scaled down; of nobody, nobody is in a group.
  for (double& share : groups.at_onset.cells()) share = 0.5;
  CHECK(synth::UserGroupShares(groups).at_onset(40)[1] == Approx(0.25));
  for (double& share : groups.at_onset.cells()) share = 0.0;
  CHECK(synth::UserGroupShares(groups).at_onset(40, 0.999) == UserGroup::general);
}

TEST_CASE("groups that differ in nothing change nobody's life", "[user_groups]") {
  const auto live = [](bool groups) {
    config::Config config = tests::selbu();
    for_everybody(config);
    without_differences(config.user_groups, config.allocation.home_limit_hours_per_week);
    if (!groups) {
      for (double& share : config.user_groups.at_start.cells()) share = 0.0;
      for (double& share : config.user_groups.at_onset.cells()) share = 0.0;
    }
    const base::Day start = base::to_day({2020, 1, 1});
    const processes::Period period{start - 365, start, start + 4 * 366};
    auto rules = processes::make_rules(config, period.first, period.end);
    const auto seed = random::WorldSeed::of(5, 0, 1);
    processes::World world(synth::populate(config, seed, start, period.first),
                           {{period.first, std::move(rules)}}, seed, period);
    tests::run_until(world, start + 3 * 365);
    return world;
  };
  const processes::World with = live(true);
  const processes::World without = live(false);
  CHECK(with.events_lived() == without.events_lived());
  REQUIRE(with.state.residents.size() == without.state.residents.size());
  REQUIRE(with.state.cases.size() == without.state.cases.size());
  std::size_t grouped = 0;
  for (std::size_t i = 0; i < with.state.residents.size(); ++i) {
    const model::Resident& a = with.state.residents[i];
    const model::Resident& b = without.state.residents[i];
    grouped += a.group != UserGroup::general ? 1 : 0;
    CHECK((a.uid == b.uid && a.need == b.need && a.cognition == b.cognition &&
           a.presence == b.presence && a.dwelling == b.dwelling && b.group == UserGroup::general));
    CHECK((a.decline_ratio == b.decline_ratio && a.recovery_ratio == b.recovery_ratio &&
           a.death_ratio == b.death_ratio && a.seeking_ratio == b.seeking_ratio));
  }
  CHECK(grouped > 50);
  for (std::size_t i = 0; i < with.state.cases.size(); ++i) {
    CHECK(with.state.cases[i].totals.cost_nok == without.state.cases[i].totals.cost_nok);
    CHECK(with.state.cases[i].unmet == without.state.cases[i].unmet);
  }
}

TEST_CASE("a need level as a whole declines, recovers and dies as without groups",
          "[user_groups]") {
  const auto rules =
      processes::make_rules(tests::selbu(), base::to_day({2020, 1, 1}), base::to_day({2025, 1, 1}));
  for (const int age : {3, 40, 66}) {
    for (const NeedLevel need : {NeedLevel::some, NeedLevel::moderate, NeedLevel::extensive}) {
      const auto& shares = rules->health.groups().at_start(age, need);
      double decline = 0.0;
      double recovery = 0.0;
      double death = 0.0;
      for (std::size_t g = 0; g < model::user_group_count; ++g) {
        const auto& ratio = rules->user_groups.of(age, need, static_cast<UserGroup>(g));
        decline += shares[g] * ratio.decline;
        recovery += shares[g] * ratio.recovery;
        death += shares[g] * ratio.death;
      }
      CHECK(decline == Approx(1.0));
      CHECK(recovery == Approx(1.0));
      CHECK(death == Approx(1.0));
    }
  }
  const auto& ill = rules->user_groups.of(40, NeedLevel::moderate, UserGroup::mental_illness);
  const auto& drinks = rules->user_groups.of(40, NeedLevel::moderate, UserGroup::substance_use);
  CHECK(drinks.death == Approx(2.0F * ill.death));  // 5 and 2.5
  CHECK(rules->user_groups.of(40, NeedLevel::none, UserGroup::mental_illness).death == 1.0F);
}

TEST_CASE("what a scenario changes for one group is not taken from the others", "[user_groups]") {
  const auto first = base::to_day({2020, 1, 1});
  const auto last = base::to_day({2025, 1, 1});
  config::Config config = tests::selbu();
  const auto before = processes::make_rules(config, first, last);
  config.user_groups.death_ratio.cells()[model::index(UserGroup::mental_illness) - 1] *= 0.8;
  const auto after = processes::make_rules(config, first, last, before.get());
  for (const UserGroup group : named_groups) {
    const float change = group == UserGroup::mental_illness ? 0.8F : 1.0F;
    CHECK(after->user_groups.of(40, NeedLevel::some, group).death ==
          Approx(change * before->user_groups.of(40, NeedLevel::some, group).death));
  }
}

TEST_CASE("what a group does to rates ends at 67", "[user_groups]") {
  tests::Town town;
  const tests::Person young{
      .age = 50, .need = NeedLevel::moderate, .group = UserGroup::substance_use};
  tests::Person old = young;
  old.age = 70;
  const auto a = town.add(young);
  const auto b = town.add(old);
  processes::World world = town.open();
  tests::case_of(world, a);
  tests::case_of(world, b);
  const auto& ratio =
      world.rules().user_groups.of(50, NeedLevel::moderate, UserGroup::substance_use);
  CHECK(world.at(a).death_ratio == ratio.death);
  CHECK(world.at(a).recovery_ratio == ratio.recovery);
  CHECK(world.at(b).death_ratio == 1.0F);
  CHECK(world.at(b).recovery_ratio == 1.0F);
  CHECK(processes::home_limit_hours(world, world.at(b)) ==
        static_cast<float>(town.config.allocation.home_limit_hours_per_week));
}

TEST_CASE("need of a group is its own at 18-66", "[user_groups]") {
  const processes::NeedTables tables(tests::selbu());
  model::Resident who;
  who.need = NeedLevel::extensive;
  const auto sum = [&](UserGroup group, int age) {
    who.group = group;
    return model::total(processes::need_of(tables, who, age, 1.0F));
  };
  for (const int age : {17, 67}) {
    for (const UserGroup group : named_groups) {
      CHECK(sum(group, age) == sum(UserGroup::general, age));
    }
  }
  CHECK(sum(UserGroup::physical_disability, 40) > 2.0F * sum(UserGroup::mental_illness, 40));
}

TEST_CASE("cognition of a group may be years older", "[user_groups]") {
  const auto rules =
      processes::make_rules(tests::selbu(), base::to_day({2020, 1, 1}), base::to_day({2025, 1, 1}));
  model::Resident who;
  const auto rate = [&](std::size_t age, UserGroup group) {
    who.group = group;
    return processes::Cognition::rate_up(rules->cognition, {who, age, 1, 2});
  };
  CHECK(rate(55, UserGroup::intellectual_disability) == rate(70, UserGroup::general));
  CHECK(rate(55, UserGroup::physical_disability) == rate(55, UserGroup::general));
  CHECK(rate(108, UserGroup::intellectual_disability) == rate(110, UserGroup::general));
}

TEST_CASE("growth makes need below 67 begin more often from its year on", "[user_groups]") {
  config::Config config = tests::selbu();
  const auto rate = [](const config::Config& c, int year, std::size_t age, NeedLevel need) {
    const auto rules =
        processes::make_rules(c, base::to_day({2020, 1, 1}), base::to_day({2035, 1, 1}));
    model::Resident who;
    who.need = need;
    return processes::Function::rate_up(rules->function,
                                        {who, age, 0, static_cast<std::size_t>(year - 2020)});
  };
  config::Config grown = config;
  grown.user_groups.growth = 0.03;
  grown.user_groups.growth_from_year = 2022;
  using enum NeedLevel;
  CHECK(rate(grown, 2022, 40, none) == rate(config, 2022, 40, none));
  CHECK(rate(grown, 2032, 40, none) ==
        Approx(std::pow(1.03, 10) * rate(config, 2032, 40, none)).epsilon(1e-5));
  CHECK(rate(grown, 2032, 40, some) == rate(config, 2032, 40, some));
  CHECK(rate(grown, 2032, 67, none) == rate(config, 2032, 67, none));
}

TEST_CASE("personal assistance is for those who need many hours and choose it", "[user_groups]") {
  tests::Town town;
  town.service("personal_assistance").uptake = 1.0;
  const model::ServiceIndex bpa = town.index("personal_assistance");
  tests::Person person{
      .age = 40, .need = NeedLevel::extensive, .group = UserGroup::physical_disability};
  const auto verdict = [&](tests::Town& t, const tests::Person& p) {
    const processes::Plan plan = young_plan(t, p);
    const auto* step = plan.find(bpa);
    return step == nullptr ? processes::Verdict::not_reached : step->verdict;
  };
  SECTION("a right below 67") {
    const processes::Plan plan = young_plan(town, person);
    REQUIRE(plan.find(bpa) != nullptr);
    CHECK(plan.find(bpa)->verdict == processes::Verdict::granted);
    CHECK(plan.find(bpa)->hours >= 32.0F);
    CHECK_FALSE(plan.needs_place);
  }
  SECTION("not with less need") {
    person.need = NeedLevel::moderate;
    CHECK(verdict(town, person) == processes::Verdict::not_for_her);
  }
  SECTION("unless the municipality grants fewer hours too") {
    person.need = NeedLevel::moderate;
    town.service("personal_assistance").least_hours_per_week = 5.0;
    CHECK(verdict(town, person) == processes::Verdict::granted);
  }
  SECTION("not for other groups, nor from 67") {
    person.group = UserGroup::mental_illness;
    CHECK(verdict(town, person) == processes::Verdict::not_for_her);
    person.group = UserGroup::physical_disability;
    person.age = 70;
    CHECK(verdict(town, person) == processes::Verdict::not_for_her);
  }
  SECTION("nor for one who does not choose it") {
    town.service("personal_assistance").uptake = 0.0;
    CHECK(verdict(town, person) == processes::Verdict::not_offered);
  }
}

TEST_CASE("whoever chooses a service at a share chooses it at a higher one", "[user_groups]") {
  const auto choosers = [](double share) {
    tests::Town town;
    town.service("personal_assistance").uptake = share;
    const model::ServiceIndex bpa = town.index("personal_assistance");
    std::vector<model::ResidentId> ids;
    for (int i = 0; i < 200; ++i) {
      ids.push_back(town.add(
          {.age = 40, .need = NeedLevel::extensive, .group = UserGroup::physical_disability}));
    }
    processes::World world = town.open();
    std::vector<bool> chosen;
    for (const auto id : ids) {
      const auto plan = processes::walk_staircase(world, tests::case_of(world, id), {});
      chosen.push_back(plan.takes(bpa));
    }
    return chosen;
  };
  const auto few = choosers(0.3);
  const auto many = choosers(0.6);
  const auto count = [](const auto& v) { return std::ranges::count(v, true); };
  CHECK(std::abs(static_cast<double>(count(few)) - 60.0) < 30.0);  // 4.6 standard deviations
  CHECK(std::abs(static_cast<double>(count(many)) - 120.0) < 32.0);
  for (std::size_t i = 0; i < few.size(); ++i) CHECK((!few[i] || many[i]));
}

TEST_CASE("intellectual disability with extensive need is what staffed flats are for",
          "[user_groups]") {
  tests::Town town;
  const processes::Plan flat = young_plan(
      town, {.age = 40, .need = NeedLevel::extensive, .group = UserGroup::intellectual_disability});
  CHECK(flat.needs_place);
  CHECK(flat.place == town.index("care_housing_24h"));
  tests::Town other;
  // The same hours at home are too many for one group and not for another.
  for (double& hours : other.config.user_groups.home_limit_hours_per_week.cells()) hours = 20.0;
  CHECK(
      young_plan(other,
                 {.age = 40, .need = NeedLevel::extensive, .group = UserGroup::physical_disability})
          .needs_place);
}
