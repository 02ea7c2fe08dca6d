#include "config/load.hpp"

#include <filesystem>
#include <string>

#include "catch.hpp"
#include "config/compose.hpp"
#include "place.hpp"
#include "toy.hpp"

namespace fs = std::filesystem;
using namespace carestair;
using namespace carestair::config;
using namespace carestair::config::test;
using Catch::Matchers::ContainsSubstring;

namespace {

LoadResult<toy::Root> good() {
  const WorkingIn here(tests_folder() / "good");
  return load<toy::Root>("config.yaml");
}

const Evidence& evidence_of(const Loaded& loaded, const std::string& address) {
  for (const Evidence& entry : loaded.evidence) {
    if (entry.address == address) return entry;
  }
  FAIL("no evidence of " << address);
  return loaded.evidence.front();
}

std::string refusal(const fs::path& path) {
  try {
    load<toy::Root>(path);
  } catch (const base::UserError& error) {
    return error.what();
  }
  return {};
}

/// Everything the toy root needs, in one file.
std::string whole() {
  const WorkingIn here(tests_folder() / "museum" / "configs");
  return load<toy::Root>("base.yaml").echo;
}

}  // namespace

TEST_CASE("values are read in their canonical units") {
  const auto loaded = good();
  const toy::Root& root = loaded.root;
  CHECK(root.title == "A small study — nothing real");
  CHECK(root.simulation.start == base::to_day({2025, 1, 1}));
  CHECK(root.simulation.replications == 10);
  CHECK(root.mortality.yearly_improvement == 0.012);
  CHECK(root.mortality.rate(80, 1) == 0.12);
  CHECK(root.allocation.strictness == 0.6);
  CHECK(root.allocation.review_interval == Approx(182.625));
  REQUIRE(root.services.size() == 2);
  CHECK(root.services[0].id == "home_nursing");
  CHECK(root.services[0].need_levels == 0b1111u);
  CHECK(root.services[0].cover(1) == 0.6);
  CHECK(root.services[0].capacity == -1);
  CHECK(root.services[1].form == toy::Form::course);
  CHECK(root.services[1].need_levels == 0b0110u);
  CHECK(root.services[1].cost_per_hour == 620);
  CHECK(root.services[1].effects.at(0).id == "decline");
  CHECK(root.extras.uptake == 0.5);
}

TEST_CASE("every evidence number is listed with its origin") {
  const auto loaded = good();
  const Evidence& cost = evidence_of(loaded, "services.reablement.cost_per_hour");
  CHECK(cost.value == 620);
  CHECK(cost.low == 500);
  CHECK(cost.high == 800);
  CHECK(cost.unit == "NOK_per_hour");
  CHECK(cost.written_unit == "kNOK_per_hour");
  CHECK(cost.written == "0.62");
  CHECK(cost.sources == std::vector<std::string>{"budget", "trial_a"});
  CHECK(cost.kind == Kind::derived);
  CHECK(to_string(cost.position) == "config.yaml:14:20");
  const Evidence& effect = evidence_of(loaded, "services.reablement.effects.decline.ratio");
  REQUIRE(effect.distribution);
  CHECK(effect.distribution->family == Distribution::Family::lognormal);
  CHECK(effect.note == "null in the intention-to-treat analysis: kept \"as is\"");
  const Evidence& table = evidence_of(loaded, "mortality.rate");
  REQUIRE(table.is_table());
  CHECK(table.table->rows.size() == 4);
  CHECK(table.table->low.at(0) == 0.0009);
  const Evidence& own = evidence_of(loaded, "extras.uptake");
  CHECK(own.is_default);
  CHECK(own.kind == Kind::assumption);
}

TEST_CASE("the echo loads to the identical configuration") {
  const auto loaded = good();
  const Folder folder;
  const auto again = load<toy::Root>(folder.write("echo.yaml", loaded.echo));
  CHECK(again.echo == loaded.echo);
  CHECK(again.hash == loaded.hash);
  CHECK(again.scenarios.size() == loaded.scenarios.size());
  CHECK(again.evidence.size() == loaded.evidence.size());
  CHECK(evidence_of(again, "extras.uptake").is_default);
}

TEST_CASE("every scenario is lived in every structure as well") {
  const Folder folder;
  const std::string structures =
      "structures:\n"
      "  strict:\n"
      "    title: Strict offices\n"
      "    changes: [{at: 2025-06-01, address: allocation.strictness, set: 0.9}]\n";
  folder.write("base.yaml", good().echo);
  const auto loaded =
      load<toy::Root>(folder.write("config.yaml", "include: base.yaml\n" + structures));
  std::vector<std::string> cells;
  for (const Scenario& s : loaded.scenarios) {
    cells.push_back(s.id + ": " + s.policy + "," + s.structure);
  }
  CHECK(cells == std::vector<std::string>{"baseline: baseline,", "doubled: doubled,", "both: both,",
                                          "strict: baseline,strict",
                                          "doubled_strict: doubled,strict",
                                          "both_strict: both,strict"});
  const Scenario& doubled = loaded.scenarios[1];
  const Scenario& crossed = loaded.scenarios[4];
  CHECK(crossed.title == "Twice the reablement (Strict offices)");
  REQUIRE(crossed.changes.size() == doubled.changes.size() + 1);
  CHECK(crossed.changes.front().value == 0.9);
  CHECK(crossed.changes.back().address == doubled.changes.back().address);

  const auto again = load<toy::Root>(folder.write("echo.yaml", loaded.echo));
  CHECK(again.echo == loaded.echo);
  CHECK(again.scenarios.size() == loaded.scenarios.size());
}

TEST_CASE("the echo of a file does not depend on how it is split") {
  const Folder folder;
  const std::string all = whole();
  const std::size_t at = all.find("\nallocation:") + 1;
  folder.write("a.yaml", all.substr(0, at));
  folder.write("b.yaml", all.substr(at));
  const auto split = load<toy::Root>(folder.write("c.yaml", "include: [a.yaml, b.yaml]\n"));
  CHECK(split.echo == all);
  CHECK(split.files.size() == 3);
}

TEST_CASE("a later file wins, mappings merge, a parameter is replaced as a whole") {
  const Folder folder;
  folder.write("base.yaml", whole());
  const auto loaded = load<toy::Root>(folder.write("config.yaml",
                                                   "include: base.yaml\n"
                                                   "simulation: {replications: 3}\n"
                                                   "allocation:\n"
                                                   "  strictness:\n"
                                                   "    value: 0.9\n"
                                                   "    unit: share\n"
                                                   "    kind: assumption\n"
                                                   "    note: stricter\n"));
  CHECK(loaded.root.simulation.replications == 3);
  CHECK(loaded.root.simulation.start == base::to_day({2025, 1, 1}));
  CHECK(loaded.root.allocation.strictness == 0.9);
  CHECK(evidence_of(loaded, "allocation.strictness").note == "stricter");
  CHECK(to_string(evidence_of(loaded, "allocation.strictness").position)
            .ends_with("config.yaml:5:5"));
}

TEST_CASE("an explicit null removes an inherited entry") {
  const Folder folder;
  folder.write("base.yaml", whole());
  CHECK(load<toy::Root>(folder.path / "base.yaml").root.services.size() == 1);
  const auto loaded = load<toy::Root>(
      folder.write("config.yaml", "include: base.yaml\nservices: {home_nursing: null}\n"));
  CHECK(loaded.root.services.empty());
}

TEST_CASE("one file may be included by several") {
  const Folder folder;
  folder.write("base.yaml", whole());
  folder.write("left.yaml", "include: base.yaml\ntitle: Left\n");
  folder.write("right.yaml", "include: base.yaml\n");
  CHECK(load<toy::Root>(folder.write("config.yaml", "include: [left.yaml, right.yaml]\n"))
            .root.title == "Base");
}

TEST_CASE("links out of the configuration folder are refused") {
  const Folder folder;
  const auto secret = folder.write("secret.yaml", "title: Secret\n");
  folder.write("configs/base.yaml", whole());
  fs::create_symlink(secret, folder.path / "configs" / "link.yaml");
  fs::create_directory_symlink(folder.path, folder.path / "configs" / "up");
  const auto inside = folder.write("configs/config.yaml", "include: [base.yaml, link.yaml]\n");
  CHECK_THAT(refusal(inside), ContainsSubstring("`link.yaml` is outside the configuration folder"));
  folder.write("configs/config.yaml", "include: [base.yaml, up/secret.yaml]\n");
  CHECK_THAT(refusal(inside), ContainsSubstring("is outside the configuration folder"));
  fs::create_symlink(folder.path / "configs" / "base.yaml", folder.path / "configs" / "own.yaml");
  folder.write("configs/config.yaml", "include: own.yaml\n");
  CHECK(refusal(inside).empty());
}

TEST_CASE("the configuration folder is the nearest one called configs") {
  const Folder folder;
  folder.write("configs/shared/base.yaml", whole());
  CHECK(
      refusal(folder.write("configs/studies/one/config.yaml", "include: ../../shared/base.yaml\n"))
          .empty());
}

TEST_CASE("files that cannot be read are refused by name") {
  const Folder folder;
  const WorkingIn here(folder.path);
  CHECK(refusal("nothing.yaml") == "error: the file `nothing.yaml` does not exist\n");
  folder.write("study.yaml", "title: x\n");
  CHECK(refusal("studi.yaml") ==
        "error: the file `studi.yaml` does not exist\n  hint: did you mean `study.yaml`?\n");
  fs::create_directory("folder");
  CHECK(refusal("folder") == "error: `folder` is not a file\n  hint: name a file in this folder\n");
  folder.write("large.yaml", std::string(9u << 20, '#'));
  CHECK_THAT(refusal("large.yaml"), ContainsSubstring("`large.yaml` is larger than"));
}

TEST_CASE("texts, lines and lists of a hostile size are refused") {
  const Folder folder;
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "  " + std::string(80, 'x') + "\n";
  CHECK_THAT(refusal(folder.write("scalar.yaml", "title: >\n" + lines)),
             ContainsSubstring("this text is longer than 64 KiB"));
  CHECK_THAT(refusal(folder.write("line.yaml", "title: " + std::string(300'000, 'x'))),
             ContainsSubstring("this line is longer than 256 KiB"));
  std::string keys;
  for (int i = 0; i < 10'002; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK_THAT(refusal(folder.write("keys.yaml", keys)),
             ContainsSubstring("more than 10000 keys in one mapping"));
  std::string items = "title:\n";
  for (int i = 0; i < 500'001; ++i) items += " - 1\n";
  CHECK_THAT(refusal(folder.write("items.yaml", items)),
             ContainsSubstring("the configuration has more than 500000 values"));
}

TEST_CASE("includes that double at every level are refused in time") {
  const Folder folder;
  folder.write("l0.yaml", "title: x\n");
  for (int i = 1; i <= 14; ++i) {
    const std::string below = "l" + std::to_string(i - 1) + ".yaml";
    folder.write("l" + std::to_string(i) + ".yaml", "include: [" + below + ", " + below + "]\n");
  }
  CHECK_THAT(refusal(folder.path / "l14.yaml"), ContainsSubstring("more than 256 files"));
}

TEST_CASE("byte order mark, Windows line ends and Norwegian letters are fine") {
  const Folder folder;
  std::string text = whole();
  std::string windows = "\xef\xbb\xbf";
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(load<toy::Root>(folder.write("windows.yaml", windows)).echo == text);
  folder.write("base.yaml", text);
  const auto path = folder.write("config.yaml",
                                 "include: base.yaml\ntitle: 'På tå hev: hjelp'\n"
                                 "extras: {comment: 'ærlig \"talt\"', uptake: æ}\n");
  const std::string message = refusal(path);
  CHECK_THAT(message,
             ContainsSubstring("config.yaml:3:43: error: `extras.uptake` must be a number"));
}

TEST_CASE("a default outside its range means not set and is left out of the echo") {
  CHECK(whole().find("capacity") == std::string::npos);
}

TEST_CASE("faults of a scenario's addresses are told together with others") {
  const Folder folder;
  folder.write("base.yaml", whole());
  const std::string message = refusal(folder.write(
      "config.yaml",
      "include: base.yaml\n"
      "simulation: {replications: many}\n"
      "scenarios:\n"
      "  a: {title: A, changes: [{at: 2026-01-01, address: allocation.nothing, set: 1}]}\n"));
  CHECK_THAT(message, ContainsSubstring("`simulation.replications` must be a number"));
  CHECK_THAT(message, ContainsSubstring("there is no parameter `allocation.nothing`"));
}

TEST_CASE("a study made shorter passes over later changes, and its echo leaves them out") {
  const Folder folder;
  folder.write("base.yaml", whole());
  folder.write("study.yaml",
               "include: base.yaml\n"
               "scenarios:\n"
               "  a:\n"
               "    title: A\n"
               "    changes:\n"
               "      - {at: 2026-01-01, address: allocation.strictness, set: 1}\n"
               "      - {at: 2030-01-01, address: allocation.strictness, set: 0.5}\n");
  const auto shorter = load<toy::Root>(
      folder.write("shorter.yaml", "include: study.yaml\nsimulation: {end: 2028-01-01}\n"));
  REQUIRE(shorter.scenarios.size() == 1);
  REQUIRE(shorter.scenarios[0].changes.size() == 2);
  CHECK_FALSE(shorter.scenarios[0].changes[0].unlived);
  CHECK(shorter.scenarios[0].changes[1].unlived);
  const auto again = load<toy::Root>(folder.write("echo.yaml", shorter.echo));
  CHECK(again.scenarios[0].changes.size() == 1);
  CHECK(again.echo == shorter.echo);

  // An end that was there before the change is no excuse for it.
  CHECK_THAT(refusal(folder.write("late.yaml",
                                  "include: shorter.yaml\n"
                                  "scenarios:\n"
                                  "  b:\n"
                                  "    title: B\n"
                                  "    changes: [{at: 2030-01-01, address: "
                                  "allocation.strictness, set: 1}]\n")),
             ContainsSubstring("late.yaml:5:20: error: this change is on 2030-01-01"));
}

TEST_CASE("scenarios are read back from what a result keeps") {
  const auto loaded = good();
  const auto kept = scenarios_kept(loaded.echo);
  REQUIRE(kept.size() == loaded.scenarios.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    CHECK(kept[i].id == loaded.scenarios[i].id);
    REQUIRE(kept[i].changes.size() == loaded.scenarios[i].changes.size());
    for (std::size_t c = 0; c < kept[i].changes.size(); ++c) {
      CHECK(kept[i].changes[c].at == loaded.scenarios[i].changes[c].at);
      CHECK(kept[i].changes[c].address == loaded.scenarios[i].changes[c].address);
    }
  }
  CHECK(scenarios_kept("").empty());
}

TEST_CASE("a study with a title of its own does not ask the question of another") {
  const Folder folder;
  folder.write("base.yaml", "title: Base\nquestion: What if?\n");
  folder.write("own.yaml", "include: base.yaml\ntitle: Own\n");
  const auto question_of = [&](const std::string& text) -> std::string {
    base::Diagnostics faults;
    const Composition composed = compose(folder.write("main.yaml", text), std::nullopt, faults);
    const Entry* question = composed.root.find("question");
    return question == nullptr ? "none" : question->value.text;
  };
  CHECK(question_of("include: base.yaml\n") == "What if?");
  CHECK(question_of("include: base.yaml\ntitle: Other\n") == "none");
  CHECK(question_of("include: base.yaml\ntitle: Other\nquestion: Why?\n") == "Why?");
  CHECK(question_of("include: own.yaml\n") == "none");
  CHECK(question_of("include: [base.yaml, own.yaml]\n") == "none");
}

TEST_CASE("a scenario that two others extend is taken once by the one that extends both") {
  const Folder folder;
  const auto loaded = load<toy::Root>(folder.write("config.yaml", whole() + R"(
scenarios:
  root: {title: R, changes: [{at: 2026-01-01, address: allocation.strictness, scale: 0.5}]}
  left:
    title: L
    extends: root
    changes: [{at: 2026-01-01, address: allocation.strictness, add: 0.1}]
  right:
    title: R
    extends: root
    changes: [{at: 2026-01-01, address: allocation.review_interval, set: 90}]
  both: {title: B, extends: [left, right]}
  twice: {title: T, extends: [left, left]}
)"));
  REQUIRE(loaded.scenarios.size() == 5);
  for (const std::size_t s : {3U, 4U}) {
    const auto stages = timeline(loaded.root, loaded.scenarios[s].changes);
    CHECK(stages.back().config.allocation.strictness == Approx(0.6 * 0.5 + 0.1));
  }
  CHECK(loaded.scenarios[3].changes.size() == 3);
}
