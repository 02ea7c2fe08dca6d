#include "processes/needs.hpp"

#include "catch.hpp"
#include "town.hpp"

using namespace carestair;
using model::NeedType;

namespace {

float hours(const model::NeedVector& v, NeedType type) { return v[model::index(type)]; }

}  // namespace

TEST_CASE("need grows with level, cognition and an unsuitable home", "[needs]") {
  const processes::NeedTables tables(tests::selbu());
  model::Resident who;
  who.dwelling = model::Dwelling::suitable_home;
  float before = -1.0F;
  for (const auto level : {model::NeedLevel::none, model::NeedLevel::some,
                           model::NeedLevel::moderate, model::NeedLevel::extensive}) {
    who.need = level;
    const float sum = model::total(processes::need_of(tables, who, 85, 1.0F));
    CHECK(sum > before);
    before = sum;
  }
  who.need = model::NeedLevel::moderate;
  const auto plain = processes::need_of(tables, who, 85, 1.0F);
  who.cognition = model::Cognition::moderate;
  const auto demented = processes::need_of(tables, who, 85, 1.0F);
  CHECK(hours(demented, NeedType::supervision) > hours(plain, NeedType::supervision));
  who.cognition = model::Cognition::none;
  who.dwelling = model::Dwelling::unsuitable_home;
  const auto steps = processes::need_of(tables, who, 85, 1.0F);
  CHECK(model::total(steps) > model::total(plain));
}

TEST_CASE("what a course leaves lowers training needs and no others", "[needs]") {
  const processes::NeedTables tables(tests::selbu());
  model::Resident who;
  who.need = model::NeedLevel::moderate;
  who.cognition = model::Cognition::mild;
  const auto without = processes::need_of(tables, who, 85, 1.0F);
  const auto with = processes::need_of(tables, who, 85, 0.8F);
  for (const auto type : {NeedType::practical, NeedType::personal_care, NeedType::nursing}) {
    CHECK(hours(with, type) == Approx(0.8F * hours(without, type)));
  }
  for (const auto type : {NeedType::supervision, NeedType::social}) {
    CHECK(hours(with, type) == hours(without, type));
  }
}

TEST_CASE("ages beyond the table read its last row", "[needs]") {
  const processes::NeedTables tables(tests::selbu());
  model::Resident who;
  who.need = model::NeedLevel::some;
  CHECK(processes::need_of(tables, who, 130, 1.0F) ==
        processes::need_of(tables, who, config::oldest_age, 1.0F));
}
