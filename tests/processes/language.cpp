#include "processes/language.hpp"

#include "catch.hpp"
#include "town.hpp"

using namespace carestair;
using namespace carestair::processes;
using namespace carestair::tests;

TEST_CASE("Language follows the year of birth, and a higher share keeps those it had") {
  Town town;
  model::Resident who;
  who.birth = base::to_day({1940, 5, 5});
  const config::Language& rules = town.config.language;
  const double share = rules.share(static_cast<std::size_t>(rules.year - 1940));
  CHECK(share > 0.0);
  CHECK(speaks_another_language(rules, who, share * 0.99));
  CHECK_FALSE(speaks_another_language(rules, who, share));
  who.birth = base::to_day({rules.year + 5, 5, 5});  // born later: as the youngest
  CHECK(speaks_another_language(rules, who, rules.share(0) * 0.99));
}

TEST_CASE("Interpreters take away what language does") {
  Town town;
  for (double& share : town.config.language.share.cells()) share = 1.0;
  town.config.language.interpreter_share = 0.25;
  const auto id = town.add(
      {.age = 85, .need = model::NeedLevel::some, .cognition = model::Cognition::moderate});
  World world = town.open();
  model::CareCase& c = case_of(world, id);
  CHECK(c.other_language);
  const auto of = [&](model::RateName rate) { return c.ratio(rate); };
  CHECK(of(model::RateName::diagnosis) == Approx(1.0 - 0.3 * 0.75));
  const float seeks = of(model::RateName::seeking);
  c.other_language = false;
  update_case(world, c);
  CHECK(of(model::RateName::diagnosis) == 1.0F);
  CHECK(seeks == Approx(of(model::RateName::seeking) * (1.0F - 0.3F * 0.75F)));

  config::Language all = town.config.language;
  all.interpreter_share = 1.0;
  c.other_language = true;
  model::Ratios ratios = model::no_change;
  apply_language(all, c, ratios);
  CHECK(ratios == model::no_change);
}
