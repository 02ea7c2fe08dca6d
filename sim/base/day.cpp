#include "base/day.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace carestair::base {

std::string to_string(Day day) {
  const Date date = to_date(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return text.data();
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  Date date;
  const auto read = [&](std::size_t from, std::size_t count, int& out) {
    const char* first = text.data() + from;
    const auto [end, error] = std::from_chars(first, first + count, out);
    return error == std::errc{} && end == first + count && out >= 0;
  };
  if (!read(0, 4, date.year) || !read(5, 2, date.month) || !read(8, 2, date.day)) {
    return std::nullopt;
  }
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return std::nullopt;
  const Day day = to_day(date);
  if (to_date(day) != date) return std::nullopt;  // 30 February and its kin
  return day;
}

}  // namespace carestair::base
