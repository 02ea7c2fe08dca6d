// Scenarios share people and chances: without a change nothing differs, before a change nothing
// differs, and neither threads nor branching can be seen in the results.
#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>

#include "catch.hpp"
#include "experiment/run.hpp"
#include "experiment/small_study.hpp"

using namespace carestair;
using experiment::RunOptions;
using experiment::Study;
using record::FinishedWorld;

namespace {

const Study& study() {
  static const tests::TemporaryFolder folder;
  static const Study planned =
      experiment::plan_study(tests::small_study(folder, tests::parting_in_2030));
  return planned;
}

RunOptions logged(bool branch) {
  RunOptions options;
  options.log_events = true;
  options.branch = branch;
  return options;
}

RunOptions with_threads(int threads) {
  RunOptions options;
  options.threads = threads;
  return options;
}

const std::vector<FinishedWorld>& branched() {
  static const std::vector<FinishedWorld> worlds =
      experiment::run_replication(study(), 0, logged(true));
  return worlds;
}

template <class Number>
bool same_month(const FinishedWorld& a, const FinishedWorld& b, record::Indicator indicator,
                std::size_t month) {
  const auto x = a.result.month<Number>(indicator, month);
  const auto y = b.result.month<Number>(indicator, month);
  return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
}

/// Names of the indicators that differ in a month.
std::vector<std::string> differing(const FinishedWorld& a, const FinishedWorld& b,
                                   std::size_t month) {
  std::vector<std::string> names;
  for (const record::Definition& d : record::definitions()) {
    const bool same =
        d.storage == record::Storage::u16   ? same_month<std::uint16_t>(a, b, d.indicator, month)
        : d.storage == record::Storage::u32 ? same_month<std::uint32_t>(a, b, d.indicator, month)
                                            : same_month<float>(a, b, d.indicator, month);
    if (!same) names.emplace_back(d.name);
  }
  return names;
}

std::vector<model::Event> events_before(const FinishedWorld& world, base::Day day) {
  std::vector<model::Event> events;
  std::ranges::copy_if(world.events, std::back_inserter(events),
                       [day](const model::Event& e) { return e.day < day; });
  return events;
}

bool same_events(const std::vector<model::Event>& a, const std::vector<model::Event>& b) {
  return std::ranges::equal(a, b, [](const model::Event& x, const model::Event& y) {
    return x.uid == y.uid && x.day == y.day && x.kind == y.kind && x.from == y.from && x.to == y.to;
  });
}

bool same_sums(const record::PersonSums& a, const record::PersonSums& b) {
  return a.persons == b.persons && a.sum == b.sum;
}

bool same_pairing(const FinishedWorld& a, const FinishedWorld& b) {
  if (a.pairing.has_value() != b.pairing.has_value()) return false;
  if (!a.pairing) return true;
  return std::ranges::equal(a.pairing->groups, b.pairing->groups,
                            [](const record::PairedGroup& x, const record::PairedGroup& y) {
                              return x.paired == y.paired && x.touched == y.touched &&
                                     x.only_baseline == y.only_baseline &&
                                     x.only_other == y.only_other && x.more == y.more &&
                                     x.less == y.less && x.sum == y.sum &&
                                     x.sum_squares == y.sum_squares;
                            });
}

void check_same(const FinishedWorld& a, const FinishedWorld& b) {
  CHECK(a.key == b.key);
  CHECK(a.result == b.result);
  CHECK(same_sums(a.sums, b.sums));
  CHECK(same_pairing(a, b));
  CHECK(same_events(a.events, b.events));
}

constexpr std::size_t same = 1, later = 2, scaled_by_one = 3, ramped = 4;
constexpr std::size_t months_before_2030 = 24;

void check_past_is_shared(const std::vector<FinishedWorld>& worlds) {
  for (const std::size_t scenario : {later, ramped}) {
    CAPTURE(scenario);
    for (std::size_t month = 0; month < months_before_2030; ++month) {
      CAPTURE(month);
      CHECK(differing(worlds[0], worlds[scenario], month) == std::vector<std::string>{});
    }
    const base::Day parting = base::to_day({2030, 1, 1});
    CHECK(same_events(events_before(worlds[0], parting), events_before(worlds[scenario], parting)));
  }
}

}  // namespace

TEST_CASE("Tables begin with the first reported year, however long the burn-in is") {
  const tests::TemporaryFolder folder;
  std::string longer = tests::parting_in_2030;
  longer.replace(longer.find("burn_in_years: 1"), 16, "burn_in_years: 12");
  const Study planned = experiment::plan_study(tests::small_study(folder, longer));
  for (const experiment::ScenarioPlan& scenario : planned.scenarios) {
    for (const processes::DatedRules& rules : scenario.policy) {
      CHECK(rules.rules->function.first_year == 2028);
      CHECK(rules.rules->function.shift.front() == 0.0);
    }
  }
}

TEST_CASE("an empty scenario is the baseline, bit for bit and person by person") {
  const FinishedWorld& baseline = branched()[0];
  const FinishedWorld& other = branched()[same];
  CHECK(other.result == baseline.result);
  CHECK(same_sums(other.sums, baseline.sums));
  CHECK(same_events(other.events, baseline.events));
  CHECK_FALSE(baseline.pairing.has_value());
  REQUIRE(other.pairing.has_value());
  const record::PairedGroup all = other.pairing->all();
  CHECK(all.paired > 4000);
  CHECK(all.touched == 0);
  CHECK(all.only_baseline == 0);
  CHECK(all.only_other == 0);
  CHECK(std::ranges::all_of(all.sum_squares, [](double sum) { return sum == 0.0; }));
}

TEST_CASE(
    "looking at everybody on the day of a change that changes nothing leaves all lives alone") {
  const FinishedWorld& baseline = branched()[0];
  const FinishedWorld& other = branched()[scaled_by_one];
  CHECK(same_events(other.events, baseline.events));
  REQUIRE(other.pairing.has_value());
  // Hours and money are added up in other portions: what is left is rounding of single precision.
  CHECK(other.pairing->all().touched == 0);
}

TEST_CASE("a change from 2030 leaves every month before as it was") {
  check_past_is_shared(branched());
  // The change does do something, so that the check above means something.
  CHECK_FALSE(branched()[later].result == branched()[0].result);
  CHECK(branched()[later].pairing->all().touched > 0);
}

TEST_CASE("a scenario lived from its first day gives what branching gives") {
  const std::vector<FinishedWorld> whole = experiment::run_replication(study(), 0, logged(false));
  check_past_is_shared(whole);
  REQUIRE(whole.size() == branched().size());
  for (std::size_t s = 0; s < whole.size(); ++s) {
    CAPTURE(s);
    check_same(whole[s], branched()[s]);
  }
}

TEST_CASE("replications differ from each other") {
  const std::vector<FinishedWorld> second = experiment::run_replication(study(), 1, {});
  CHECK_FALSE(second[0].result == branched()[0].result);
}

TEST_CASE("the number of threads cannot be seen in the worlds") {
  using Worlds = std::map<record::WorldKey, FinishedWorld>;
  const auto run_with = [](int threads) {
    Worlds worlds;
    std::mutex mutex;
    const experiment::RunSummary summary =
        experiment::run_study(study(), with_threads(threads), [&](FinishedWorld world) {
          const std::scoped_lock lock(mutex);
          const record::WorldKey key = world.key;
          worlds.emplace(key, std::move(world));
        });
    CHECK(summary.replications_finished == 2);
    CHECK(summary.events > 0);
    return worlds;
  };
  const Worlds one = run_with(1);
  REQUIRE(one.size() == 10);
  for (const int threads : {2, 8}) {
    CAPTURE(threads);
    const Worlds several = run_with(threads);
    REQUIRE(several.size() == one.size());
    for (const auto& [key, world] : one) check_same(world, several.at(key));
  }
}

TEST_CASE("a stopped study finishes what it began and begins nothing more") {
  std::atomic<bool> stop{false};
  int worlds = 0;
  RunOptions options = with_threads(1);
  options.stop = &stop;
  options.progress = [&](int, int) { stop = true; };
  const experiment::RunSummary summary =
      experiment::run_study(study(), options, [&](FinishedWorld) { ++worlds; });
  CHECK(summary.replications_finished == 1);
  CHECK(worlds == 5);
}

TEST_CASE("a traced life is that of the run, and tracing does not change it") {
  const experiment::Trace nobody = experiment::trace_resident(study(), 0, 0, 999'999'999);
  CHECK_FALSE(nobody.found);
  CHECK(nobody.lines.empty());
  // Somebody of whom there is something to tell: a resident with an event of an assessment.
  const auto assessed =
      std::ranges::find(branched()[0].events, model::EventKind::assessed, &model::Event::kind);
  REQUIRE(assessed != branched()[0].events.end());
  const experiment::Trace trace = experiment::trace_resident(study(), 0, 0, assessed->uid);
  CHECK(trace.found);
  CHECK(std::ranges::any_of(
      trace.lines, [&](const model::TraceLine& line) { return line.day == assessed->day; }));
}
