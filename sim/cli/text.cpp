#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace carestair::cli {
namespace {

std::string group_digits(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, " ");
  }
  return digits;
}

}  // namespace

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

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

std::string paragraph(std::string_view first, std::string_view text, std::size_t width) {
  const std::size_t indent = columns(first);
  std::string out(first);
  std::size_t used = indent;
  bool line_begun = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (text.substr(end).starts_with(" %")) end = std::min(text.find(' ', end + 1), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (line_begun && used + 1 + columns(word) > width) {
      out += "\n" + std::string(indent, ' ');
      used = indent;
      line_begun = false;
    }
    if (line_begun) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns(word);
    line_begun = true;
  }
  return out + "\n";
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths(align_.size(), 0);
  for (const auto& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], columns(cells[i]));
    }
  }
  std::string out;
  for (const auto& cells : rows_) {
    std::string line(cells.empty() ? 0 : indent_, ' ');
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string filling(widths[i] - columns(cells[i]), ' ');
      if (i > 0) line += "  ";
      line += align_[i] == Align::right ? filling + cells[i] : cells[i] + filling;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace carestair::cli
