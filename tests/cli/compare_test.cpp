#include "experiment/compare.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/compare_data.hpp"
#include "cli/compare_text.hpp"
#include "cli/spread_text.hpp"
#include "cli/text.hpp"
#include "output/hdf5.hpp"

using namespace carestair;
using namespace carestair::tests;
namespace fs = std::filesystem;

TEST_CASE("compare tells scenarios from the baseline in plain words") {
  const Outcome run = run_command(finished_study(), {"compare", "result.h5"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK_THAT(run.out, contains("Reablement, shortened\n"));
  CHECK_THAT(run.out, contains("3 replications, seed 2020"));
  CHECK_THAT(run.out, contains("doubled: Twice as many reablement places from 2022"));
  CHECK_THAT(run.out, contains("before_compensating: "));
  CHECK_THAT(run.out, contains("Cost of services, million NOK a year"));
  CHECK_THAT(run.out, contains("24-hour care, full-time places"));
  CHECK_THAT(run.out, contains("women 80-89"));
  CHECK_THAT(run.out, contains("Who pays, difference in million NOK a year"));
  CHECK_THAT(run.out, contains("Present value of "));
  CHECK_THAT(run.out, contains("Cost by unit, million NOK a year"));
  CHECK_THAT(run.out, contains("Differences are means over the whole period") &&
                          contains("so a year from then on has on average 2 times as much."));
  CHECK_THAT(run.out, contains("are assumptions."));
  CHECK_THAT(run.out, contains("  projected from coverage"));
  CHECK(run.out.find("NOT COMPLETE") == std::string::npos);
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(cli::columns(line) <= cli::page_width);
  }
}

TEST_CASE("one scenario alone can be asked for") {
  const Outcome run =
      run_command(finished_study(), {"compare", "result.h5", "--scenario", "doubled"});
  CHECK(run.code == 0);
  CHECK_THAT(run.out, contains("doubled: "));
  CHECK(run.out.find("before_compensating") == std::string::npos);

  const Outcome unknown =
      run_command(finished_study(), {"compare", "result.h5", "--scenario", "dubled"});
  CHECK(unknown.code == 2);
  CHECK(unknown.err ==
        "error: the result has no scenario `dubled`\n  hint: did you mean `doubled`?\n");

  const Outcome baseline =
      run_command(finished_study(), {"compare", "result.h5", "--scenario", "baseline"});
  CHECK(baseline.code == 2);
  CHECK_THAT(baseline.err, contains("`baseline` is the baseline itself"));
}

TEST_CASE("a scenario in another structure is not taken for the policy alone") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement + R"(
structures:
  falling: {title: Less family, changes: [{at: 2022-01-01, address: informal.future, set: falling}]}
)");
  const Outcome made =
      run_command(folder.path(), {"run", "configs/small.yaml", "--replications", "1", "--scenarios",
                                  "doubled", "-o", "result.h5"});
  INFO(made.err);
  REQUIRE(made.code == 0);
  const Outcome run = run_command(folder.path(), {"compare", "result.h5"});
  CHECK_THAT(run.out, contains("This is what the structure changes"));
  CHECK_THAT(run.out, contains("This is policy and structure together"));
  const Outcome written =
      run_command(folder.path(), {"compare", "result.h5", "--scenario", "doubled"});
  CHECK(written.out.find("structure") == std::string::npos);
}

TEST_CASE("CSV and JSON carry the same numbers") {
  const Outcome run = run_command(
      finished_study(), {"compare", "result.h5", "--json", "--csv", "table.csv", "--width", "5%"});
  REQUIRE(run.code == 0);
  const auto document = nlohmann::json::parse(run.out);
  CHECK(document.at("complete") == true);
  CHECK(document.at("replications") == 3);
  CHECK(document.at("scenarios").size() == 2);
  CHECK(document.at("evidence").at("assumption") > 0);
  const auto& cost = document.at("scenarios")[0].at("outcomes")[0];
  CHECK(cost.at("id") == "cost");
  CHECK(cost.at("difference").get<double>() ==
        Approx(cost.at("scenario").get<double>() - cost.at("baseline").get<double>()));
  CHECK(cost.at("wanted_half_width").get<double>() ==
        Approx(0.05 * std::abs(cost.at("difference").get<double>())));

  const auto& money = document.at("scenarios")[0].at("money");
  CHECK(money.at("discount_rate") == 0.04);
  const auto& sums = money.at("million_nok_a_year").at("sum");
  CHECK(sums.at("municipality").at("difference").get<double>() ==
        Approx(document.at("scenarios")[0].at("outcomes")[13].at("difference").get<double>())
            .margin(1e-6));
  CHECK(money.at("million_nok_a_year").at("user_fees").at("society").at("difference") ==
        Approx(0.0).margin(1e-6));
  CHECK(money.contains("who_gains"));

  const auto& recipients = document.at("over_time").at("trends")[0];
  CHECK(recipients.at("id") == "recipients");
  CHECK(recipients.at("projected_from_coverage").size() == document["over_time"]["years"].size());
  // In the year that coverage is counted from, the two are all but the same.
  CHECK(recipients.at("projected_from_coverage")[0].get<double>() ==
        Approx(recipients.at("simulated").at("baseline")[0].get<double>()).epsilon(0.02));

  const std::string csv = read_bytes(finished_study() / "table.csv");
  CHECK(std::ranges::count(csv, '\n') == 1 + 2 * experiment::headline_count);
  CHECK(csv.starts_with("scenario,outcome,unit,replications,baseline,"));
  CHECK_THAT(csv, contains("\ndoubled,cost,\"million NOK a year\",3,"));
}

namespace {

/// Three draws of two replications, of which the outcomes differ from a baseline of zero by these.
experiment::Comparison drawn_comparison(const std::vector<double>& differences) {
  const std::vector<experiment::HeadlineValues> baseline(6);
  std::vector<experiment::HeadlineValues> other(6);
  for (std::size_t r = 0; r < other.size(); ++r) other[r].front() = differences[r];
  return experiment::compare(baseline, other, {}, {}, 2);
}

}  // namespace

TEST_CASE("draws that differ no more than chance explains claim nothing") {
  // The replications of a draw are far apart, the draws are not; then the other way round.
  const auto chance = drawn_comparison({3, 9, 9, 3, 4, 9});
  const auto numbers = drawn_comparison({3, 4, 6, 7, 9, 10});
  const std::string text = cli::spread_text(chance);
  CAPTURE(text);
  CHECK_THAT(text, contains("not told") && contains("Not told: the draws differ no more"));
  CHECK(text.find(" %\n") == std::string::npos);
  CHECK_THAT(cli::spread_text(numbers), contains("100 %") && !contains("not told"));

  output::ResultHeader header;
  header.run.scenarios.resize(2);
  cli::OverTime over_time;
  over_time.trends.resize(experiment::trends().size());
  for (auto& trend : over_time.trends) trend.simulated.resize(2);
  const auto document =
      nlohmann::json::parse(cli::comparisons_json(header, {{1, chance}, {1, numbers}}, over_time));
  const auto spread = [&](std::size_t at) {
    return document.at("scenarios")[at].at("outcomes")[0].at("spread");
  };
  CHECK(spread(0).at("cut") == true);
  for (const char* name : {"parameters_low", "parameters_high", "share_above_zero"}) {
    CAPTURE(name);
    CHECK(spread(0).at(name).is_null());
    CHECK(spread(1).at(name).is_number());
  }
  CHECK(spread(1).at("cut") == false);
  // The standard deviation is cut off at 0; the range of draws is left empty.
  CHECK_THAT(cli::comparisons_csv(header, {{1, chance}}), contains(",0,,,"));
}

TEST_CASE("a width that cannot be is refused") {
  for (const char* width : {"5", "-3%", "0%", "cost=", "cost=-1", "costs=1", "=1", "%"}) {
    CAPTURE(width);
    const Outcome run =
        run_command(finished_study(), {"compare", "result.h5", std::string("--width=") + width});
    CHECK(run.code == 2);
    CHECK_THAT(run.err, contains("--width cannot be") && contains("cost=0.2"));
  }
  CHECK(run_command(finished_study(), {"compare", "result.h5", "--width", "cost=0.2"}).code == 0);
}

namespace {

/// A folder with two sweeps of the price of an hour, which no hour depends on, made once:
/// `ends.h5`, one parameter at a time, and `levels.h5`, a grid.
const fs::path& finished_sweeps() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    const auto run = [](const std::string& sweep, const std::string& result) {
      small_study(folder, R"(
include: [selbu/baseline.yaml]
title: A sweep
simulation: {end: 2021-01-01, burn_in_years: 1, replications: 2, seed: 7}
services:
  home_nursing:
    cost_per_hour: {value: 800, low: 700, high: 900, unit: NOK_per_hour, source: own_judgement, kind: assumption, note: "test"}
scenarios:
  baseline: {title: "As it is", changes: []}
  doubled:
    title: "Twice as many reablement places"
    changes: [{at: 2020-02-01, address: services.reablement.capacity, scale: 2}]
experiment: )" + sweep + "\n");
      const Outcome done = run_command(folder.path(), {"run", "configs/small.yaml", "-o", result});
      INFO(done.err);
      REQUIRE(done.code == 0);
    };
    run("{sweep: one_at_a_time, vary: services.home_nursing.cost_per_hour}", "ends.h5");
    run("{sweep: {services.home_nursing.cost_per_hour: [700, 900]}}", "levels.h5");
    return true;
  }();
  static_cast<void>(made);
  return folder.path();
}

/// The words of the first line that begins, after spaces, with `start`.
std::vector<std::string> words_of_line(const std::string& text, const std::string& start) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos || line.compare(first, start.size(), start) != 0) continue;
    std::istringstream rest(line.substr(first));
    std::vector<std::string> words;
    for (std::string word; rest >> word;) words.push_back(word);
    return words;
  }
  return {};
}

}  // namespace

TEST_CASE("one parameter at a time is told at both ends, with what lies between") {
  const Outcome run = run_command(finished_sweeps(), {"compare", "ends.h5"});
  INFO(run.out << run.err);
  REQUIRE(run.code == 0);
  CHECK_THAT(run.out, contains("Cost of services, million NOK a year: baseline\n"));
  CHECK_THAT(run.out, contains("Cost of services, million NOK a year: doubled less baseline\n"));
  CHECK_THAT(run.out, contains("  as written: "));
  const auto words = words_of_line(run.out, "services.home_nursing.cost_per_hour");
  REQUIRE(words.size() == 8);  // address, low, high, at low, at high, "a to b"
  CHECK(words[1] == "700");
  CHECK(words[2] == "900");
  const auto written = words_of_line(run.out, "as written:");
  REQUIRE(written.size() == 3);
  CHECK(std::stod(words[3]) < std::stod(words[4]));
  CHECK(std::stod(words[3]) < std::stod(written[2]));
  CHECK(std::stod(written[2]) < std::stod(words[4]));
  CHECK(words[5].starts_with("+"));  // the swing is what is at high less what is at low
  const double swing = std::stod(words[4]) - std::stod(words[3]);
  CHECK(std::stod(words[5]) <= swing + 0.02);
  CHECK(std::stod(words[7]) >= swing - 0.02);
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(cli::columns(line) <= cli::page_width);
  }

  const Outcome hours =
      run_command(finished_sweeps(), {"compare", "ends.h5", "--outcome", "home_hours"});
  CHECK_THAT(hours.out, contains("  1 parameter does not move it at all\n"));
  CHECK(hours.out.find("Cost of services") == std::string::npos);
}

TEST_CASE("the points of a sweep are told against the first") {
  const Outcome run = run_command(finished_sweeps(), {"compare", "levels.h5"});
  INFO(run.out << run.err);
  REQUIRE(run.code == 0);
  CHECK_THAT(run.out, contains("less the first, 95 % interval"));
  CHECK_THAT(run.out, contains("Cost of services, million NOK a year: doubled less baseline\n"));
  CHECK(run.out.find("as written") == std::string::npos);
}

TEST_CASE("one scenario of a sweep alone can be asked for, the baseline too") {
  const auto told = [](const std::string& scenario) {
    return run_command(finished_sweeps(), {"compare", "levels.h5", "--scenario", scenario});
  };
  const Outcome doubled = told("doubled");
  CHECK(doubled.code == 0);
  CHECK_THAT(doubled.out, contains(": doubled less baseline\n"));
  CHECK(doubled.out.find(": baseline\n") == std::string::npos);
  const Outcome baseline = told("baseline");
  CHECK(baseline.code == 0);
  CHECK_THAT(baseline.out, contains(": baseline\n"));
  CHECK(baseline.out.find("less baseline") == std::string::npos);
  const Outcome unknown = told("dubled");
  CHECK(unknown.code == 2);
  CHECK(unknown.out.empty());
  CHECK(unknown.err ==
        "error: the result has no scenario `dubled`\n  hint: did you mean `doubled`?\n");
}

TEST_CASE("options that do nothing for a result are refused, of a sweep and of none") {
  const auto refused = [](const fs::path& folder, std::vector<std::string> options,
                          const std::string& why) {
    options.insert(options.begin(), "compare");
    const Outcome run = run_command(folder, options);
    CAPTURE(why, run.err);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, contains("error: " + why) && contains("hint: leave"));
  };
  const fs::path& sweeps = finished_sweeps();
  refused(sweeps, {"ends.h5", "--json"}, "--json does nothing for a sweep");
  refused(sweeps, {"ends.h5", "--csv", "table.csv"}, "--csv does nothing for a sweep");
  CHECK_FALSE(fs::exists(sweeps / "table.csv"));
  refused(sweeps, {"levels.h5", "--width", "5%"}, "--width does nothing for a sweep");
  refused(sweeps, {"levels.h5", "--json", "--width", "5%"},
          "--json, --width do nothing for a sweep");
  refused(finished_study(), {"result.h5", "--outcome", "deaths"},
          "--outcome does nothing for a result that is no sweep");
}

TEST_CASE("a file that is no result, or no longer whole, is refused by name") {
  const fs::path& folder = finished_study();
  const auto refused = [&](const std::string& name) {
    const Outcome run = run_command(folder, {"compare", name});
    CAPTURE(name, run.err);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, contains(name) && contains("error: "));
  };
  refused("nothing.h5");
  refused("configs");
  refused("configs/small.yaml");
  const std::string whole = read_bytes(folder / "result.h5");
  for (const double share : {0.0, 0.1, 0.5, 0.99}) {
    write_text(
        folder / "cut.h5",
        whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
    refused("cut.h5");
  }
}

TEST_CASE("a result that lacks a table, or holds one of another shape, is refused by its name") {
  const TemporaryFolder folder;
  const std::string whole = read_bytes(finished_study() / "result.h5");
  const auto refused = [&](const std::string& told, const char* name, const auto& change) {
    // Without the seal: what another program has changed.
    write_text(folder.path() / "changed.h5", whole.substr(0, whole.size() - 32));
    {
      const output::h5::Session session;
      const output::h5::FileHandle file(
          H5Fopen((folder.path() / "changed.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
      REQUIRE(file.open());
      change(file.id(), name);
    }
    const Outcome run = run_command(folder.path(), {"compare", "changed.h5"});
    CAPTURE(name, run.err);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, contains("changed.h5") && contains(told) && contains("hint: "));
  };
  const auto gone = [](hid_t file, const char* name) {
    REQUIRE(H5Ldelete(file, name, H5P_DEFAULT) >= 0);
  };
  const auto numbers = [&](hid_t file, const char* name) {
    gone(file, name);
    const std::vector<double> values(3, 1.0);
    output::h5::write_numbers(file, name, std::span<const double>(values), {.shape = {3}}).close();
  };
  const auto texts = [&](hid_t file, const char* name) {
    gone(file, name);
    output::h5::write_texts(file, name, std::vector<std::string>{"a", "b"}).close();
  };
  const auto without_dimensions = [](hid_t file, const char* name) {
    const auto dataset = output::h5::open_dataset(file, name);
    REQUIRE(H5Adelete(dataset.id(), "DIMENSION_LIST") >= 0);
  };
  for (const char* name : {"/persons/total", "/persons/paired", "/persons/more",
                           "/indicators/money", "/indicators/qaly", "/indicators/staff_hours",
                           "/indicators/population", "/indicators/residents_by_dwelling"}) {
    refused(name, name, gone);
    refused(name, name, numbers);
    refused(name, name, texts);
  }
  refused("DIMENSION_LIST", "/persons/total", without_dimensions);
  for (const char* name : {"persons", "indicators", "configuration", "time", "scenario"}) {
    refused(name, name, gone);
  }
  refused("time", "time", texts);
  refused("scenario", "scenario", numbers);
  const auto shorter = [](hid_t file, const char* name) {
    const auto dataset = output::h5::open_dataset(file, name);
    output::h5::Shape shape = output::h5::shape_of(dataset.id());
    --shape[shape.size() > 1 ? 1 : 0];
    REQUIRE(H5Dset_extent(dataset.id(), shape.data()) >= 0);
  };
  refused("/persons/total", "/persons/total", shorter);
  refused("/indicators/staff_hours", "/indicators/staff_hours", shorter);
}

TEST_CASE("a result that is not there is told with those that are") {
  const TemporaryFolder folder;
  const Outcome empty = run_command(folder.path(), {"compare", "missing.h5"});
  CHECK(empty.code == 2);
  CHECK(empty.err ==
        "error: there is no file missing.h5\n  hint: `carestair run CONFIG -o missing.h5` makes "
        "one\n");
  write_text(folder.path() / "reablement.h5", "");
  const Outcome near = run_command(folder.path(), {"compare", "reablment.h5"});
  CHECK(near.code == 2);
  CHECK_THAT(near.err, contains("did you mean reablement.h5? `carestair run CONFIG"));
  const Outcome far = run_command(folder.path(), {"compare", "missing.h5"});
  CHECK_THAT(far.err, contains("results in that folder: reablement.h5; `carestair run CONFIG"));
}

TEST_CASE("a file cut off is told with what to do") {
  const TemporaryFolder folder;
  const std::string whole = read_bytes(finished_study() / "result.h5");
  write_text(folder.path() / "cut.h5", whole.substr(0, whole.size() / 2));
  const Outcome run = run_command(folder.path(), {"compare", "cut.h5"});
  CHECK(run.code == 2);
  CHECK_THAT(run.err, contains("error: cut.h5 is truncated") && contains("copy it again, or run"));
  CHECK(run.err.find("--resume") == std::string::npos);
  write_text(folder.path() / "cut.h5.worlds", "");
  CHECK_THAT(run_command(folder.path(), {"compare", "cut.h5"}).err,
             contains("with --resume: finished worlds are in cut.h5.worlds"));
}

TEST_CASE("an experiment with fewer than two whole draws says that it tells chance alone") {
  const TemporaryFolder folder;
  small_study(folder, short_reablement + "experiment: {draws: 1, vary: [reablement]}\n");
  REQUIRE(run_command(folder.path(), {"run", "configs/small.yaml", "-o", "one.h5"}).code == 0);
  const Outcome one = run_command(folder.path(), {"compare", "one.h5"});
  CHECK(one.code == 0);
  CHECK_THAT(one.out, contains("FEWER THAN TWO WHOLE DRAWS: 1 of 1.") &&
                          contains("Take more draws (experiment.draws)"));
  output::ResultHeader stopped = output::Reader(folder.path() / "one.h5").header();
  stopped.complete = false;
  stopped.replications_finished = 2;
  CHECK_THAT(cli::heading_text(stopped),
             contains("FEWER THAN TWO WHOLE DRAWS: 0 of 1.") && contains("--resume"));
  stopped.replications_finished = 2 * stopped.run.draws.replications;
  CHECK(cli::heading_text(stopped).find("FEWER") == std::string::npos);
}

TEST_CASE("a table that cannot be written is an error of the disk") {
  const Outcome run =
      run_command(finished_study(), {"compare", "result.h5", "--csv", "not/there.csv"});
  CHECK(run.code == 3);
  CHECK_THAT(run.err, contains("cannot write not/there.csv"));
  const fs::path result = finished_study() / "result.h5";
  const std::string bytes = read_bytes(result);
  fs::create_symlink(result, finished_study() / "link.csv");
  for (const char* table : {"result.h5", "./result.h5", "link.csv"}) {
    CAPTURE(table);
    const Outcome over = run_command(finished_study(), {"compare", "result.h5", "--csv", table});
    CHECK(over.code == 2);
    CHECK_THAT(over.err, contains("--csv would write the table over the result result.h5"));
  }
  fs::remove(finished_study() / "link.csv");
  CHECK((read_bytes(result) == bytes));
}

TEST_CASE("one replication is compared without pretending to certainty") {
  const Outcome made =
      run_command(finished_study(), {"run", "configs/small.yaml", "-r", "1", "-o", "one.h5"});
  REQUIRE(made.code == 0);
  const Outcome run = run_command(finished_study(), {"compare", "one.h5"});
  CHECK(run.code == 0);
  CHECK_THAT(run.out, contains("One replication tells nothing about chance"));
}
