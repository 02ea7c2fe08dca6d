#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace carestair::base {
namespace {

std::string group_digits(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, " ");
  }
  return digits;
}

}  // namespace

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::string sign = number < 0 ? "-" : "";
  return sign + group_digits(digits.substr(sign.size()));
}

std::string decimal(double number, int decimals) {
  if (std::isnan(number)) return "-";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::string text = fmt::format("{:.{}f}", std::abs(number), decimals);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string whole = group_digits(text.substr(0, point));
  return (number < 0 && !zero ? "-" : "") + whole + text.substr(point);
}

int decimals_for(double number, int digits) {
  if (number == 0.0 || !std::isfinite(number)) return 0;
  const int leading = static_cast<int>(std::floor(std::log10(std::abs(number))));
  return std::clamp(digits - 1 - leading, 0, 6);
}

std::string counted(std::int64_t number, std::string_view singular) {
  return fmt::format("{} {}{}", grouped(number), singular, number == 1 ? "" : "s");
}

std::string enumerated(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string file_size(std::uintmax_t bytes) {
  constexpr std::array<std::string_view, 4> units{"bytes", "kB", "MB", "GB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1000.0 && unit + 1 < units.size()) {
    size /= 1000.0;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", size, unit == 0 ? 0 : 1, units[unit]);
}

std::string as_words(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

}  // namespace carestair::base
