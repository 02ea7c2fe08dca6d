// Draws of parameters: what is drawn, that a draw depends on nothing but itself, and that chance
// and parameters are told apart.
#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "catch.hpp"
#include "experiment/quantile.hpp"
#include "experiment/run.hpp"
#include "experiment/small_study.hpp"
#include "experiment/spread.hpp"

using namespace carestair;
using namespace carestair::experiment;

namespace {

std::string drawn_study(const std::string& experiment, const std::string& more = {}) {
  return "include: [selbu/baseline.yaml]\ntitle: Drawn\n"
         "simulation: {start: 2028-01-01, end: 2029-01-01, burn_in_years: 1, replications: 2, "
         "seed: 7}\nexperiment: " +
         experiment + "\n" + more;
}

Study planned_draws(const std::string& experiment, const std::string& more = {}) {
  const tests::TemporaryFolder folder;
  return plan_study(tests::small_study(folder, drawn_study(experiment, more)));
}

std::map<std::string, double> values_by_address(const Draws& draws, std::size_t draw) {
  std::map<std::string, double> values;
  for (std::size_t i = 0; i < draws.varied.size(); ++i) {
    values[draws.varied[i].address] = draws.of(draw)[i];
  }
  return values;
}

std::string refusal(const std::string& experiment, const std::string& more = {}) {
  try {
    static_cast<void>(planned_draws(experiment, more));
  } catch (const base::UserError& error) {
    return error.what();
  }
  return "nothing refused";
}

config::Evidence ranged(double low, double value, double high, const char* unit) {
  config::Evidence evidence;
  evidence.value = value;
  evidence.low = low;
  evidence.high = high;
  evidence.unit = unit;
  return evidence;
}

auto says(const std::string& text) { return Catch::Matchers::ContainsSubstring(text); }

}  // namespace

TEST_CASE("quantiles agree with tables") {
  using Family = config::Distribution::Family;
  const auto at = [](Family family, std::array<double, 3> arguments, double probability) {
    return quantile({family, arguments}, probability, -1e9, 1e9);
  };
  CHECK(at(Family::normal, {10, 2, 0}, 0.975) == Approx(10 + 2 * 1.959964).epsilon(1e-6));
  CHECK(at(Family::lognormal, {3, 0.5, 0}, 0.5) == Approx(3.0).epsilon(1e-9));
  CHECK(at(Family::lognormal, {3, 0.5, 0}, 0.975) == Approx(3 * std::exp(0.979982)).epsilon(1e-5));
  CHECK(at(Family::beta, {2, 3, 0}, 0.5) == Approx(0.385728).epsilon(1e-5));
  CHECK(at(Family::uniform, {2, 6, 0}, 0.25) == Approx(3.0).epsilon(1e-9));
  CHECK(at(Family::gamma, {2.5, 2, 0}, 0.95) == Approx(11.0705).epsilon(1e-4));  // chi square, 5
  CHECK(at(Family::gamma, {1, 1, 0}, 0.5) == Approx(std::log(2.0)).epsilon(1e-9));
  CHECK(triangle_quantile(0.5, 0, 1, 2) == Approx(1.0));
  CHECK(triangle_quantile(0.25, 0, 2, 2) == Approx(1.0));
  // Cut at what the field allows.
  CHECK(quantile({Family::normal, {0, 1, 0}}, 1e-6, 0.0, 1.0) >= 0.0);
}

TEST_CASE("ranges keep to their ends, ratios vary in proportion") {
  const config::Evidence ratio = ranged(0.5, 1.0, 2.0, "ratio");
  CHECK(range_quantile(ratio, 0.5) == Approx(1.0));
  CHECK(range_quantile(ratio, 0.2) * range_quantile(ratio, 0.8) == Approx(1.0));
  const config::Evidence share = ranged(0.0, 0.5, 1.0, "share");
  CHECK(range_quantile(share, 0.2) + range_quantile(share, 0.8) == Approx(1.0));
  const config::Evidence null_result = ranged(0.8, 1.0, 1.0, "ratio");
  for (const double probability : {1e-9, 0.3, 0.999999}) {
    CHECK(range_quantile(null_result, probability) >= 0.8);
    CHECK(range_quantile(null_result, probability) <= 1.0);
  }
}

TEST_CASE("everything with a range is drawn, inside its range, legal rules never") {
  const Study study = planned_draws("{draws: 5}");
  CHECK(study.draws.count() == 5);
  CHECK(study.replications() == 10);
  CHECK(study.draws.varied.size() > 100);
  for (const config::Evidence& evidence : study.loaded.evidence) {
    if (evidence.is_table() || !evidence.has_range()) continue;
    for (std::size_t draw = 0; draw < 5; ++draw) {
      const auto values = values_by_address(study.draws, draw);
      const auto found = values.find(evidence.address);
      if (found == values.end()) continue;
      CAPTURE(evidence.address);
      CHECK(evidence.kind != config::Kind::legal_rule);
      CHECK(found->second >= evidence.low);
      CHECK(found->second <= evidence.high);
    }
  }
}

TEST_CASE("a draw of a parameter depends on seed, draw and address alone") {
  const Study all = planned_draws("{draws: 4}");
  const Study few = planned_draws("{draws: 2, vary: [reablement, \"services.*.uptake\"]}");
  CHECK(few.draws.varied.size() < all.draws.varied.size());
  for (std::size_t draw = 0; draw < 2; ++draw) {
    const auto of_all = values_by_address(all.draws, draw);
    for (const auto& [address, value] : values_by_address(few.draws, draw)) {
      CAPTURE(address);
      CHECK(value == of_all.at(address));
    }
  }
  const Study without = planned_draws("{draws: 1, fix: reablement}");
  for (const config::Varied& varied : without.draws.varied) {
    CHECK_FALSE(varied.address.starts_with("reablement."));
  }
}

TEST_CASE("a Latin hypercube has one draw in each strip") {
  const Study study = planned_draws("{draws: 10, sampling: latin_hypercube, vary: [mortality]}");
  for (std::size_t i = 0; i < study.draws.varied.size(); ++i) {
    if (study.draws.varied[i].setting != config::Setting::position) continue;
    std::vector<double> values;
    for (std::size_t draw = 0; draw < 10; ++draw) values.push_back(study.draws.of(draw)[i]);
    std::ranges::sort(values);
    for (std::size_t strip = 0; strip < 10; ++strip) {
      CHECK(values[strip] >= triangle_quantile(static_cast<double>(strip) / 10.0, -1, 0, 1));
      CHECK(values[strip] <= triangle_quantile(static_cast<double>(strip + 1) / 10.0, -1, 0, 1));
    }
  }
}

TEST_CASE("scenarios act upon the drawn value") {
  const std::string scenarios =
      "scenarios:\n"
      "  baseline: {title: B, changes: []}\n"
      "  scaled:\n    title: S\n    changes:\n"
      "      - {at: 2028-06-01, address: services.home_nursing.cost_per_hour, scale: 2}\n"
      "  set:\n    title: T\n    changes:\n"
      "      - {at: 2028-06-01, address: services.home_nursing.cost_per_hour, set: 500}\n";
  const Study study = planned_draws(
      "{draws: {csv: \"services.home_nursing.cost_per_hour\\n700\\n800\\n\"}}", scenarios);
  const auto cost = [](const processes::Rules& rules) {
    for (const config::Service& service : rules.config.services) {
      if (service.id == "home_nursing") return service.cost_per_hour;
    }
    return 0.0;
  };
  const auto prepared = prepare(study, 1);
  CHECK(cost(*prepared->policies[0].front().rules) == 800.0);
  CHECK(cost(*prepared->policies[1].back().rules) == 1600.0);
  CHECK(cost(*prepared->policies[2].back().rules) == 500.0);
}

TEST_CASE("a draw of what is written is the run without an experiment, to the bit") {
  const tests::TemporaryFolder folder;
  const Study plain = plan_study(tests::small_study(folder, drawn_study("null")));
  CHECK(plain.draws.design == Design::none);
  double written = 0.0;
  for (const config::Evidence& evidence : plain.loaded.evidence) {
    if (evidence.address == "services.home_nursing.cost_per_hour") written = evidence.value;
  }
  const Study given = planned_draws(
      "{draws: {csv: \"services.home_nursing.cost_per_hour,mortality.need_ratio.position,"
      "mortality.rate\\n" +
      std::to_string(written) + ",0,1\\n\"}}");
  const auto one = run_replication(plain, 1, {});
  const auto other = run_replication(given, 1, {});
  CHECK((one[0].sums.sum == other[0].sums.sum));
  CHECK((one[0].sums.persons == other[0].sums.persons));
}

TEST_CASE("results of draws do not depend on threads") {
  const Study study = planned_draws("{draws: 3, vary: [mortality, services]}");
  std::array<std::map<record::WorldKey, record::PersonSums>, 2> sums;
  std::mutex mutex;
  for (const int threads : {1, 4}) {
    RunOptions options;
    options.threads = threads;
    auto& into = sums[threads == 1 ? 0 : 1];
    run_study(study, options, [&](record::FinishedWorld world) {
      const std::scoped_lock lock(mutex);
      into.emplace(world.key, world.sums);
    });
  }
  REQUIRE(sums[0].size() == 6);
  for (const auto& [key, of_one] : sums[0]) CHECK((sums[1].at(key).sum == of_one.sum));
  // Worlds of one draw differ by chance, those of two by parameters too.
  CHECK_FALSE((sums[0].begin()->second.sum == std::next(sums[0].begin())->second.sum));
}

TEST_CASE("what a year of life is worth is that of the draw") {
  const Study study = planned_draws("{sweep: {quality_of_life.nursing_home_ratio: [1, 0.5]}}");
  const auto of = [&](std::size_t draw) { return prepare(study, draw)->utility; };
  CHECK(of(0) != of(1));
  CHECK(of(0).size() == of(1).size());
}

TEST_CASE("a sweep holds chance still") {
  const Study sweep = planned_draws("{sweep: one_at_a_time, vary: services.*.uptake}");
  CHECK(sweep.draws.names.front() == "as written");
  CHECK(sweep.draws.count() == 1 + 2 * sweep.draws.varied.size());
  CHECK(sweep.chance_of(5) == 1);
  const Study grid =
      planned_draws("{sweep: {services.reablement.capacity: [2, 4, 8], mortality.rate: [1, 0.9]}}");
  CHECK(grid.draws.count() == 6);
  CHECK(grid.draws.names[1] == "services.reablement.capacity = 2, mortality.rate = 0.9");
  const std::string points = "{csv: \"allocation.strictness,mortality.rate\\n0.5,1\\n0.5,1\\n\"}";
  const Study given = planned_draws("{draws: " + points + "}");
  const Study table = planned_draws("{sweep: " + points + "}");
  CHECK(table.draws.design == Design::points);
  CHECK(table.draws.names[1] == "point 1");
  CHECK(table.draws.values == given.draws.values);
  CHECK((run_replication(table, 0, {})[0].sums.sum == run_replication(table, 2, {})[0].sums.sum));
  CHECK_FALSE(
      (run_replication(given, 0, {})[0].sums.sum == run_replication(given, 2, {})[0].sums.sum));
  const auto first = run_replication(grid, 0, {});
  const auto same_lives = run_replication(grid, 0, {});
  CHECK((first[0].sums.sum == same_lives[0].sums.sum));
}

TEST_CASE("an experiment that cannot be is refused in its own words") {
  CHECK_THAT(refusal("{draws: 0}"), says("whole number from 1 to"));
  CHECK_THAT(refusal("{draws: 2, sweep: one_at_a_time}"), says("both `draws` and `sweep`"));
  CHECK_THAT(refusal("{vary: [mortality]}"), says("neither `draws` nor `sweep`"));
  CHECK_THAT(refusal("{draws: 2, vary: [reablment]}"), says("there is no number or table"));
  CHECK_THAT(refusal("{draws: 2, vary: [simulation.burn_in_years]}"),
             says("no range to draw from"));
  for (const char* same : {"{sweep: {economy.discount_rate: [0, 0.04]}}",
                           "{sweep: {simulation.replications: [1, 2]}}"}) {
    CHECK_THAT(refusal(same), says("is the same in all worlds"));
  }
  CHECK_THAT(refusal("{sweep: {units.home_care.mix: [1, 1.2]}}"), says("adds up to 1.2"));
  CHECK_THAT(refusal("{draws: 2, vary: [mortality], fix: [mortality]}"), says("varies nothing"));
  CHECK_THAT(refusal("{draws: 2, drwas: 3}"), says("unknown key"));
  CHECK_THAT(refusal("{draws: missing.csv}"), says("missing.csv"));
  CHECK_THAT(refusal("{sweep: missing.csv}"), says("missing.csv"));
  CHECK_THAT(refusal("{sweep: {csv: \"mortality.rate\\n1\\n\", mortality.rate: [1]}}"),
             says("unknown key"));
  CHECK_THAT(refusal("{draws: {csv: \"mortality.rte\\n1\\n\"}}"), says("there is no number"));
  CHECK_THAT(refusal("{draws: {csv: \"mortality.rate\\nx\\n\"}}"), says("is not a number"));
  CHECK_THAT(refusal("{draws: {csv: \"mortality.need_ratio.position\\n2\\n\"}}"),
             says("runs from -1 (low)"));
  for (const char* nothing : {"{sweep: {}}", "{sweep: }"}) {
    CHECK_THAT(refusal(nothing), says("`experiment.sweep` is empty") &&
                                     says("write `sweep: one_at_a_time`, a table of points"));
  }
  CHECK_THAT(refusal("{sweep: [2, 4]}"), says("it cannot be a list"));
  CHECK_THAT(refusal("{sweep: {services.reablement.capacity: []}}"),
             says("must be a list of numbers, not an empty one"));
  CHECK_THAT(refusal("{sweep: {services.reablement.capacity: 4}}"),
             says("must be a list of numbers, not the number 4"));
  CHECK_THAT(refusal("{sweep: {allocation.strictness: [0.5, 1.5]}}"),
             says("at the level 1.5: `allocation.strictness` would be 1.5, above the largest "
                  "allowed value 1 share") &&
                 says("it can be from 0 to 1 share"));
  const std::string below = refusal("{sweep: {services.reablement.capacity: [2, -1, -3]}}");
  CHECK_THAT(below, says("at the level -1: ") && says("at the level -3: ") &&
                        says("below the smallest allowed value 0 persons"));
  CHECK_THAT(refusal("{sweep: {mortality.rate: [1, -2]}}"),
             says("levels of a table multiply what is written; it can be from 0 to"));
  CHECK_THAT(refusal("{sweep: {allocation.strictness: [0.5, 0.9]}}",
                     "scenarios:\n  baseline: {title: B, changes: []}\n  s:\n    title: S\n"
                     "    changes: [{at: 2028-06-01, address: allocation.strictness, scale: 1.2}]"),
             says("with the largest values of the draws"));
}

TEST_CASE("chance and parameters are told apart") {
  // Draws at 0, 1, ..., 9, replications 1 above and 1 below.
  std::vector<double> values;
  for (int draw = 0; draw < 10; ++draw) {
    values.push_back(draw - 1.0);
    values.push_back(draw + 1.0);
  }
  const Spread spread = spread_of(values, 2);
  CHECK(spread.chance_sd == Approx(std::sqrt(2.0)));
  CHECK(spread.parameters_sd == Approx(std::sqrt(55.0 / 6.0 - 1.0)));
  CHECK(spread.parameters_low > 0.0);
  CHECK(spread.parameters_high < 9.0);
  CHECK(spread.both_low < spread.parameters_low);
  CHECK(spread.share_above_zero == 1.0);  // the draw at 0 is drawn in towards the mean
  CHECK_FALSE(spread.cut);
  // One replication a draw: nothing can be split.
  CHECK(std::isnan(spread_of(values, 1).parameters_sd));
  // A draw that is not whole is left out.
  values.push_back(1000.0);
  CHECK(spread_of(values, 2).draws == 10);
}

TEST_CASE("where chance explains all there is, nothing is certain of the numbers put in") {
  // Replications of a draw are as far apart as can be: the draws differ no more than by chance.
  const std::vector<double> chance{3, 9, 9, 3, 4, 9};
  const Spread spread = spread_of(chance, 2);
  CHECK(spread.cut);
  CHECK(spread.parameters_sd == 0.0);
  CHECK(std::isnan(spread.parameters_low));
  CHECK(std::isnan(spread.parameters_high));
  CHECK(std::isnan(spread.share_above_zero));
  CHECK(spread.chance_sd > 0.0);
  CHECK(spread.both_high > spread.both_low);
  // The same in every world: neither chance nor doubt, and so nothing that hides one in the other.
  const std::vector<double> same(6, 5.0);
  CHECK_FALSE(spread_of(same, 2).cut);
  CHECK(spread_of(same, 2).parameters_low == 5.0);
  CHECK(spread_of(same, 2).share_above_zero == 1.0);
}
