#include "base/units.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/day.hpp"

namespace carestair::base {
namespace {

struct Part {
  Quantity quantity;
  int exponent;
};

struct Simple {
  std::string_view name;      // as numerator: plural
  std::string_view singular;  // as denominator, after `_per_`; empty: not used there
  Part part;
  double factor;
};

using enum Quantity;

// The one table of simple units. The first of a quantity has factor 1.
constexpr Simple simple_units[] = {
    {"days", "day", {calendar_time, 1}, 1.0},
    {"weeks", "week", {calendar_time, 1}, days_per_week},
    {"months", "month", {calendar_time, 1}, days_per_month},
    {"years", "year", {calendar_time, 1}, days_per_year},
    {"hours", "hour", {working_time, 1}, 1.0},
    {"minutes", "minute", {working_time, 1}, 1.0 / 60.0},
    {"NOK", "NOK", {money, 1}, 1.0},
    {"kNOK", "kNOK", {money, 1}, 1e3},
    {"MNOK", "MNOK", {money, 1}, 1e6},
    {"bnNOK", "bnNOK", {money, 1}, 1e9},
    {"persons", "person", {person, 1}, 1.0},
    {"places", "place", {place, 1}, 1.0},
    {"posts", "post", {post, 1}, 1.0},
    {"FTE", "FTE", {post, 1}, 1.0},
    {"visits", "visit", {visit, 1}, 1.0},
    {"courses", "course", {course, 1}, 1.0},
    {"devices", "device", {device, 1}, 1.0},
    {"km", "km", {distance, 1}, 1.0},
    {"metres", "metre", {distance, 1}, 1e-3},
    {"count", "", {count, 1}, 1.0},
    {"calendar_year", "", {calendar_year, 1}, 1.0},
    {"share", "", {share, 1}, 1.0},
    {"percent", "", {share, 1}, 0.01},
    {"per_100", "", {share, 1}, 0.01},
    {"per_1000", "", {share, 1}, 1e-3},
    {"per_10000", "", {share, 1}, 1e-4},
    {"per_100000", "", {share, 1}, 1e-5},
    {"ratio", "", {ratio, 1}, 1.0},
    {"score", "score", {score, 1}, 1.0},
    {"points", "point", {score, 1}, 1.0},
    {"log_ratio", "", {logarithm, 1}, 1.0},
};

struct Scale {
  std::string_view name;
  double factor;
};

// Numbers that may stand in a denominator: places_per_1000_persons, per_1000_per_year.
constexpr Scale scales[] = {{"100", 1e2}, {"1000", 1e3}, {"10000", 1e4}, {"100000", 1e5}};

constexpr std::string_view usual[] = {"per_year",
                                      "per_month",
                                      "per_week",
                                      "per_day",
                                      "per_1000_person_years",
                                      "per_100_person_years",
                                      "per_1000_per_year",
                                      "percent_per_year",
                                      "percent_per_month",
                                      "years",
                                      "months",
                                      "weeks",
                                      "days",
                                      "hours",
                                      "minutes",
                                      "hours_per_week",
                                      "hours_per_day",
                                      "hours_per_month",
                                      "hours_per_year",
                                      "minutes_per_day",
                                      "minutes_per_week",
                                      "hours_per_visit",
                                      "minutes_per_visit",
                                      "hours_per_course",
                                      "hours_per_person",
                                      "minutes_per_person",
                                      "visits_per_week",
                                      "visits_per_day",
                                      "visits_per_month",
                                      "visits_per_year",
                                      "share",
                                      "percent",
                                      "per_100",
                                      "per_1000",
                                      "per_10000",
                                      "per_100000",
                                      "ratio",
                                      "log_ratio",
                                      "NOK",
                                      "kNOK",
                                      "MNOK",
                                      "NOK_per_hour",
                                      "NOK_per_day",
                                      "NOK_per_week",
                                      "NOK_per_month",
                                      "NOK_per_year",
                                      "kNOK_per_year",
                                      "MNOK_per_year",
                                      "NOK_per_visit",
                                      "NOK_per_course",
                                      "NOK_per_device",
                                      "NOK_per_person",
                                      "NOK_per_person_year",
                                      "kNOK_per_person_year",
                                      "NOK_per_place",
                                      "kNOK_per_place",
                                      "MNOK_per_place",
                                      "NOK_per_place_year",
                                      "kNOK_per_place_year",
                                      "MNOK_per_place_year",
                                      "NOK_per_place_day",
                                      "NOK_per_post_year",
                                      "kNOK_per_post_year",
                                      "NOK_per_km",
                                      "persons",
                                      "persons_per_year",
                                      "places",
                                      "places_per_year",
                                      "places_per_1000_persons",
                                      "posts",
                                      "FTE",
                                      "posts_per_place",
                                      "posts_per_1000_persons",
                                      "persons_per_post",
                                      "visits",
                                      "courses",
                                      "courses_per_year",
                                      "devices",
                                      "km",
                                      "metres",
                                      "count",
                                      "score",
                                      "points"};

/// Takes `name` or `name_` off the front of `text`.
bool take(std::string_view& text, std::string_view name) {
  if (name.empty() || !text.starts_with(name)) return false;
  std::string_view rest = text.substr(name.size());
  if (!rest.empty()) {
    if (rest.front() != '_' || rest.size() == 1) return false;
    rest.remove_prefix(1);
  }
  text = rest;
  return true;
}

void multiply(Unit& unit, const Simple& by, int sign) {
  unit.dimension[static_cast<std::size_t>(by.part.quantity)] += sign * by.part.exponent;
  unit.factor *= sign > 0 ? by.factor : 1.0 / by.factor;
}

/// One denominator such as `week`, `place_year`, `1000`, `1000_persons`.
bool divide(Unit& unit, std::string_view text) {
  if (text.empty()) return false;
  bool scaled = false;
  for (const Scale& scale : scales) {
    if (take(text, scale.name)) {
      unit.factor /= scale.factor;
      scaled = true;
      break;
    }
  }
  // After a number, person-years are exposure: per_1000_person_years is a rate like per_year.
  if (scaled && text == "person_years") {
    multiply(unit, simple_units[3], -1);
    return true;
  }
  while (!text.empty()) {
    const auto* found = std::ranges::find_if(simple_units, [&](const Simple& simple) {
      return take(text, simple.singular) ||
             (scaled && !simple.singular.empty() && take(text, simple.name));
    });
    if (found == std::end(simple_units)) return false;
    multiply(unit, *found, -1);
  }
  return true;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view name) {
  for (const Simple& simple : simple_units) {
    if (simple.name == name) {
      Unit unit;
      multiply(unit, simple, 1);
      return unit;
    }
  }
  Unit unit;
  std::string_view rest = name;
  const std::size_t first = rest.find("per_");
  if (first == std::string_view::npos || (first > 0 && rest[first - 1] != '_')) return std::nullopt;
  if (first > 0) {
    const std::string_view top = rest.substr(0, first - 1);
    const auto* found = std::ranges::find_if(
        simple_units, [&](const Simple& simple) { return simple.name == top; });
    if (found == std::end(simple_units) || top.starts_with("per_")) return std::nullopt;
    // A share of people an interval is a rate: percent_per_year is a hundredth of per_year.
    if (found->part.quantity == share) {
      unit.factor = found->factor;
    } else {
      multiply(unit, *found, 1);
    }
  }
  rest.remove_prefix(first + 4);
  while (true) {
    const std::size_t next = rest.find("_per_");
    if (!divide(unit, rest.substr(0, next))) return std::nullopt;
    if (next == std::string_view::npos) return unit;
    rest.remove_prefix(next + 5);
  }
}

std::optional<double> conversion(std::string_view from, std::string_view to) {
  if (from == to && find_unit(from)) return 1.0;
  const std::optional<Unit> a = find_unit(from);
  const std::optional<Unit> b = find_unit(to);
  if (!a || !b || a->dimension != b->dimension) return std::nullopt;
  return a->factor / b->factor;
}

double convert(double value, double factor) {
  const double inverse = std::round(1.0 / factor);
  const bool divides = factor < 1.0 && std::abs(inverse * factor - 1.0) < 1e-12;
  return divides ? value / inverse : value * factor;
}

std::vector<std::string> units_like(std::string_view name) {
  std::vector<std::string> names{std::string(name)};
  for (const std::string_view other : usual) {
    if (other != name && conversion(other, name)) names.emplace_back(other);
  }
  return names;
}

const std::vector<std::string>& common_units() {
  static const std::vector<std::string> names(std::begin(usual), std::end(usual));
  return names;
}

}  // namespace carestair::base
