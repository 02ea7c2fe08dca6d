// Properties that hold for any values: numbers and whole configurations survive being written and
// read again; a change of nothing changes nothing.
#if defined(CARESTAIR_HAS_RAPIDCHECK)
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "catch.hpp"
#include "config/load.hpp"
#include "config/scalar.hpp"
#include "config/table_writer.hpp"
#include "place.hpp"
#include "toy.hpp"

using namespace carestair;
using namespace carestair::config;
using namespace carestair::config::test;

namespace {

/// A share in [0, 1] with all its digits.
rc::Gen<double> shares() {
  return rc::gen::map(rc::gen::arbitrary<std::uint32_t>(),
                      [](std::uint32_t x) { return static_cast<double>(x) / 4294967295.0; });
}

}  // namespace

TEST_CASE("a finite number reads back as itself") {
  CHECK(rc::check([](double value) {
    RC_PRE(std::isfinite(value));
    RC_ASSERT(parse_number(to_text(value)) == value);
  }));
}

TEST_CASE("a configuration of any values has an echo that reads back to it") {
  const WorkingIn here(tests_folder() / "good");
  const auto base_config = load<toy::Root>("config.yaml");
  const Folder folder;
  CHECK(rc::check([&] {
    toy::Root root = base_config.root;
    root.allocation.strictness = *shares();
    root.allocation.review_interval = 7 + 3000 * *shares();
    root.extras.uptake = *shares();
    root.extras.comment = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::inRange<char>(' ', '~'), rc::gen::element('\n', '\t', '"', '\\')));
    root.simulation.replications = *rc::gen::inRange(1, 1000);
    root.services[0].digital = *rc::gen::arbitrary<bool>();
    root.services[0].need_levels = *rc::gen::inRange(0u, 16u);
    for (double& cell : root.mortality.rate.cells()) {
      cell = *rc::gen::inRange(0, 3) * 0.3 + 0.1 * root.extras.uptake;
    }
    const auto fields = [&](Visitor& v) { root.fields(v); };
    // Ranges of the base need not hold the new values.
    std::vector<Evidence> evidence = base_config.evidence;
    for (Evidence& entry : evidence) entry.low = entry.high = not_given;
    for (Evidence& entry : evidence) {
      if (entry.is_table()) entry.table = nullptr;
    }
    const std::string text = echo(fields, evidence, base_config.sources, {});
    const auto again = load<toy::Root>(folder.write("echo.yaml", text));
    RC_ASSERT(again.echo == text);
    RC_ASSERT(again.root.allocation.strictness == root.allocation.strictness);
    RC_ASSERT(again.root.extras.comment == root.extras.comment);
    const auto a = again.root.mortality.rate.cells();
    const auto b = root.mortality.rate.cells();
    RC_ASSERT(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }));
}

TEST_CASE("a ramp stays between its ends and ends on its value") {
  const WorkingIn here(tests_folder() / "good");
  const toy::Root root = load<toy::Root>("config.yaml").root;
  CHECK(rc::check([&] {
    const double goal = *shares();
    const base::Day at{20000 + *rc::gen::inRange(0, 4000)};
    const base::Day until = at + *rc::gen::inRange(1, 4000);
    const auto stages = timeline(root, {{.at = at,
                                         .address = "allocation.strictness",
                                         .op = Op::ramp,
                                         .value = goal,
                                         .until = until}});
    double before = root.allocation.strictness;
    for (std::size_t i = 1; i < stages.size(); ++i) {
      const double now = stages[i].config.allocation.strictness;
      RC_ASSERT(stages[i].from > stages[i - 1].from);
      const bool between = goal >= before ? now >= before - 1e-12 && now <= goal + 1e-12
                                          : now <= before + 1e-12 && now >= goal - 1e-12;
      RC_ASSERT(between);
      before = now;
    }
    RC_ASSERT(stages.back().from == until);
    RC_ASSERT(stages.back().config.allocation.strictness == goal);
  }));
}
#endif
