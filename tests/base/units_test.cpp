#include "base/units.hpp"

#include "catch.hpp"

using namespace carestair::base;

TEST_CASE("units of one dimension convert") {
  CHECK(conversion("weeks", "days") == 7.0);
  CHECK(conversion("years", "days") == 365.25);
  CHECK(conversion("percent", "share") == 0.01);
  CHECK(conversion("kNOK_per_hour", "NOK_per_hour") == 1000.0);
  CHECK(conversion("MNOK_per_place_year", "NOK_per_place_year") == 1e6);
  CHECK(*conversion("per_month", "per_year") == Approx(12.0));
  CHECK(*conversion("per_1000_person_years", "per_year") == Approx(1e-3));
  CHECK(*conversion("per_1000_per_year", "per_year") == Approx(1e-3));
  CHECK(*conversion("percent_per_year", "per_year") == Approx(0.01));
  CHECK(*conversion("minutes_per_day", "hours_per_week") == Approx(7.0 / 60.0));
  CHECK(*conversion("hours_per_year", "hours_per_week") == Approx(7.0 / 365.25));
  CHECK(conversion("FTE", "posts") == 1.0);
  CHECK(conversion("places_per_1000_persons", "places_per_person") == 1e-3);
}

TEST_CASE("units of different dimensions do not") {
  CHECK_FALSE(conversion("hours", "days"));  // working time is not calendar time
  CHECK_FALSE(conversion("share", "ratio"));
  CHECK_FALSE(conversion("NOK_per_hour", "NOK_per_week"));
  CHECK_FALSE(conversion("persons", "places"));
  CHECK_FALSE(conversion("years", "calendar_year"));
  CHECK_FALSE(conversion("per_year", "years"));
}

TEST_CASE("what is not a unit is none") {
  for (const char* name : {"", "per_", "EUR", "hour", "per_hours_", "NOK_per_", "_per_year",
                           "NOKper_year", "per_1000_", "weeks_per_", "hours per week", "per__year",
                           "share_", "per_per_year", "count_per_person_s"}) {
    INFO(name);
    CHECK_FALSE(find_unit(name));
  }
}

TEST_CASE("every usual unit is a unit, and lists itself first among its like") {
  for (const std::string& name : common_units()) {
    INFO(name);
    CHECK(find_unit(name));
    CHECK(units_like(name).front() == name);
  }
}

TEST_CASE("conversion by a simple fraction gives the nearest decimal") {
  CHECK(convert(0.9, *conversion("per_1000", "share")) == 0.0009);
  CHECK(convert(70, *conversion("percent", "share")) == 0.7);
  CHECK(convert(3, 7.0) == 21.0);
  CHECK(convert(3, 1.0) == 3.0);
}
