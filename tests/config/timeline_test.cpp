#include "config/timeline.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "config/load.hpp"
#include "place.hpp"
#include "toy.hpp"

using namespace carestair;
using namespace carestair::config;
using namespace carestair::config::test;
using Catch::Matchers::ContainsSubstring;

namespace {

toy::Root base_config() {
  const WorkingIn here(tests_folder() / "good");
  return load<toy::Root>("config.yaml").root;
}

base::Day day(int year, int month, int d) { return base::to_day({year, month, d}); }

const toy::Root& on(const std::vector<Stage<toy::Root>>& stages, base::Day when) {
  const toy::Root* found = &stages.front().config;
  for (const auto& stage : stages) {
    if (stage.from <= when) found = &stage.config;
  }
  return *found;
}

std::string refusal(const std::vector<Change>& changes) {
  try {
    timeline(base_config(), changes);
  } catch (const base::UserError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("no change, one stage") {
  const auto stages = timeline(base_config(), {});
  REQUIRE(stages.size() == 1);
  CHECK(stages[0].from == from_the_beginning);
}

TEST_CASE("set, scale and add take effect on their day, in the order written") {
  const std::vector<Change> changes{
      {.at = day(2027, 1, 1), .address = "allocation.strictness", .op = Op::add, .value = 0.1},
      {.at = day(2026, 1, 1), .address = "allocation.strictness", .op = Op::set, .value = 0.4},
      {.at = day(2026, 1, 1), .address = "allocation.strictness", .op = Op::scale, .value = 2},
      {.at = day(2026, 1, 1),
       .address = "services.reablement.capacity",
       .op = Op::scale,
       .value = 3}};
  const auto stages = timeline(base_config(), changes);
  REQUIRE(stages.size() == 3);
  CHECK(on(stages, day(2025, 12, 31)).allocation.strictness == 0.6);
  CHECK(on(stages, day(2026, 1, 1)).allocation.strictness == 0.8);
  CHECK(on(stages, day(2026, 1, 1)).services[1].capacity == 120);
  CHECK(on(stages, day(2027, 1, 1)).allocation.strictness == Approx(0.9));
}

TEST_CASE("a ramp starts from the value of the day and steps each month") {
  const std::vector<Change> changes{
      {.at = day(2026, 1, 1), .address = "allocation.strictness", .op = Op::set, .value = 0.2},
      {.at = day(2026, 1, 1),
       .address = "allocation.strictness",
       .op = Op::ramp,
       .value = 1,
       .until = day(2027, 1, 1)}};
  const auto stages = timeline(base_config(), changes);
  CHECK(stages.size() == 14);  // the base, the first day, 11 months, the last day
  CHECK(on(stages, day(2026, 1, 31)).allocation.strictness == 0.2);
  CHECK(on(stages, day(2026, 7, 2)).allocation.strictness == Approx(0.2 + 0.8 * 181 / 365));
  CHECK(on(stages, day(2026, 12, 31)).allocation.strictness < 1);
  CHECK(on(stages, day(2027, 1, 1)).allocation.strictness == 1);
}

TEST_CASE(
    "what a ramp would undo on its first or last day is refused, in the other order it acts") {
  const Change ramp{.at = day(2026, 1, 1),
                    .address = "allocation.strictness",
                    .op = Op::ramp,
                    .value = 1,
                    .until = day(2027, 1, 1)};
  Change set{.at = ramp.at, .address = ramp.address, .op = Op::set, .value = 0.2};
  CHECK_THAT(refusal({ramp, set}), ContainsSubstring("written before it, begins on 2026-01-01"));
  CHECK(refusal({set, ramp}).empty());
  set.at = ramp.until;
  CHECK_THAT(refusal({set, ramp}), ContainsSubstring("written after it, ends on 2027-01-01"));
  CHECK(timeline(base_config(), {ramp, set}).back().config.allocation.strictness == 0.2);
}

TEST_CASE("units of a change are converted") {
  const auto stages = timeline(base_config(), {{.at = day(2026, 1, 1),
                                                .address = "allocation.strictness",
                                                .op = Op::set,
                                                .value = 75,
                                                .unit = "percent"}});
  CHECK(stages.back().config.allocation.strictness == 0.75);
}

TEST_CASE("words, flags, dates, lists and counts can be set") {
  toy::Root root = base_config();
  const auto set = [&](const char* address, std::vector<std::string> words,
                       double value = not_given) {
    apply(Change{.address = address, .op = Op::set, .value = value, .words = std::move(words)},
          root);
  };
  set("services.home_nursing.form", {"place"});
  set("services.home_nursing.digital", {"true"});
  set("services.home_nursing.need_levels", {"some", "extensive"});
  set("simulation.end", {"2040-06-01"});
  set("title", {"Another"});
  set("simulation.replications", {}, 7);
  CHECK(root.services[0].form == toy::Form::place);
  CHECK(root.services[0].digital);
  CHECK(root.services[0].need_levels == 0b1010u);
  CHECK(root.simulation.end == day(2040, 6, 1));
  CHECK(root.title == "Another");
  CHECK(root.simulation.replications == 7);
}

TEST_CASE("a selector changes only the cells it names") {
  toy::Root root = base_config();
  const Table before = root.mortality.rate;
  apply(Change{.address = "mortality.rate[age=80..110,sex=female]", .op = Op::scale, .value = 0.5},
        root);
  CHECK(root.mortality.rate(79, 1) == before(79, 1));
  CHECK(root.mortality.rate(80, 1) == before(80, 1) / 2);
  CHECK(root.mortality.rate(110, 1) == before(110, 1) / 2);
  CHECK(root.mortality.rate(80, 0) == before(80, 0));
  apply(Change{.address = "mortality.rate[age=0|5|100+]", .op = Op::set, .value = 0.25}, root);
  CHECK(root.mortality.rate(0, 0) == 0.25);
  CHECK(root.mortality.rate(1, 0) == before(1, 0));
  CHECK(root.mortality.rate(5, 1) == 0.25);
  CHECK(root.mortality.rate(110, 1) == 0.25);
}

TEST_CASE("a ramp of a table moves every cell from its own value") {
  const auto stages = timeline(base_config(), {{.at = day(2026, 1, 1),
                                                .address = "mortality.rate",
                                                .op = Op::ramp,
                                                .value = 0.5,
                                                .until = day(2026, 3, 1)}});
  const Table& half = on(stages, day(2026, 2, 1)).mortality.rate;
  const double share = 31.0 / 59.0;
  CHECK(half(0, 0) == Approx(0.001 + share * (0.5 - 0.001)));
  CHECK(half(90, 1) == Approx(0.12 + share * (0.5 - 0.12)));
  CHECK(stages.back().config.mortality.rate(50, 0) == 0.5);
}

TEST_CASE("a scaled count goes to the nearest whole number") {
  toy::Root root = base_config();
  apply(Change{.address = "simulation.replications", .op = Op::scale, .value = 0.26}, root);
  CHECK(root.simulation.replications == 3);
}

TEST_CASE("a change out of range names the day") {
  CHECK_THAT(refusal({{.at = day(2031, 5, 1),
                       .address = "allocation.strictness",
                       .op = Op::scale,
                       .value = 2}}),
             ContainsSubstring("on 2031-05-01: `allocation.strictness` would go from 0.6 to 1.2, "
                               "above the largest allowed value 1 share"));
}

TEST_CASE("the checks of the root are made after each day of change") {
  CHECK_THAT(refusal({{.at = day(2026, 1, 1),
                       .address = "simulation.end",
                       .op = Op::set,
                       .words = {"2020-01-01"}}}),
             ContainsSubstring("from 2026-01-01 on: `simulation.end` must be later"));
}

TEST_CASE("two changes of one day that are sound only together pass") {
  CHECK(refusal({{.at = day(2026, 1, 1), .address = "simulation.end", .words = {"2020-01-01"}},
                 {.at = day(2026, 1, 1), .address = "simulation.start", .words = {"2019-01-01"}}})
            .empty());
}

TEST_CASE("addresses are listed in the order declared") {
  toy::Root root = base_config();
  const auto all = list_addresses([&](Visitor& v) { root.fields(v); });
  REQUIRE(all.size() > 20);
  CHECK(all[0].address == "title");
  CHECK(all[3].address == "simulation.replications");
  CHECK(all[3].type == ParameterType::integer);
  CHECK(all.back().address == "extras.comment");
  std::size_t found = 0;
  for (const AddressInfo& info : all) {
    if (info.address == "services.reablement.effects.decline.ratio") found += info.unit == "ratio";
  }
  CHECK(found == 1);
}
