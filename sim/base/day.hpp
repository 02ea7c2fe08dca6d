// Calendar days and the conversions between days and dates.
// Everything in the simulator that happens has a Day; fractional instants inside a run are Time.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carestair::base {

inline constexpr double days_per_year = 365.25;
inline constexpr double days_per_month = days_per_year / 12.0;
inline constexpr double days_per_week = 7.0;

/// Day number, counted from 1 January 1970 (proleptic Gregorian calendar).
/// Births before 1970 are negative.
struct Day {
  std::int32_t number = 0;

  friend constexpr auto operator<=>(Day, Day) = default;
  friend constexpr Day operator+(Day day, int days) { return Day{day.number + days}; }
  friend constexpr Day operator-(Day day, int days) { return Day{day.number - days}; }
  friend constexpr int operator-(Day a, Day b) { return a.number - b.number; }
};

/// Civil date; month 1..12, day 1..31.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Day of a civil date (days-from-civil arithmetic over 400-year eras).
constexpr Day to_day(Date date) {
  const int y = date.year - (date.month <= 2 ? 1 : 0);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Day{era * 146097 + day_of_era - 719468};
}

/// Civil date of a day. Years are counted from 1 March, in centuries that begin on average every
/// 146 097 / 4 days and years every 1461 / 4, from so long ago that no day is negative.
constexpr Date to_date(Day day) {
  constexpr std::int64_t eras = 14700;  // of 400 years
  const auto shifted = static_cast<std::uint64_t>(day.number + 719468 + eras * 146097);
  const std::uint64_t century = (4 * shifted + 3) / 146097;
  const std::uint64_t day_of_century = (4 * shifted + 3) % 146097 / 4;
  const std::uint64_t year_of_century = (4 * day_of_century + 3) / 1461;
  const auto day_of_year = static_cast<int>((4 * day_of_century + 3) % 1461 / 4);
  const int month_index = (5 * day_of_year + 2) / 153;
  const int month = month_index + (month_index < 10 ? 3 : -9);
  const auto year = static_cast<std::int64_t>(100 * century + year_of_century) - eras * 400;
  return Date{static_cast<int>(year) + (month_index < 10 ? 0 : 1), month,
              day_of_year - (153 * month_index + 2) / 5 + 1};
}

/// Weekday, 0 = Monday .. 6 = Sunday.
constexpr int weekday(Day day) {
  const int shifted = (day.number + 3) % 7;
  return shifted < 0 ? shifted + 7 : shifted;
}

constexpr Day first_of_month(int year, int month) { return to_day({year, month, 1}); }
constexpr Day first_of_year(int year) { return to_day({year, 1, 1}); }

/// Completed years of life on `day` (birthdays every 365.25 days of life, so that a leap-day
/// child ages like everybody else; at most one day off the civil birthday).
constexpr int age_in_years(Day birth, Day day) {
  const int lived = day - birth;
  return lived < 0 ? 0 : static_cast<int>((static_cast<std::int64_t>(lived) * 4) / 1461);
}

/// First day on which a resident born on `birth` is `age` years old.
constexpr Day birthday(Day birth, int age) {
  return birth + static_cast<int>((static_cast<std::int64_t>(age) * 1461 + 3) / 4);
}

/// A length of time in days, to the nearest whole day.
inline int whole_days(double days) { return static_cast<int>(std::lround(days)); }

/// ISO 8601 text, for example 2030-01-01.
std::string to_string(Day day);

/// Parses an ISO 8601 date; empty when the text is not a real date.
std::optional<Day> parse_day(std::string_view text);

}  // namespace carestair::base
