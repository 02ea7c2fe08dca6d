#include "config/scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace carestair::config {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return out;
}

std::string without(std::string_view text, std::string_view characters) {
  std::string out;
  for (const char c : text) {
    if (characters.find(c) == std::string_view::npos) out += c;
  }
  return out;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  // from_chars would take "inf" and "nan"; a number here starts with a digit or a point.
  if (digits.size() <= first) return std::nullopt;
  const char c = digits[first];
  if (!(c >= '0' && c <= '9') && c != '.') return std::nullopt;
  if (text.starts_with('+') && first == 1) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value == 0 ? 0.0 : value;  // no negative zero: it would change the echo for nothing
}

std::string number_hint(std::string_view text) {
  const std::string word = lower(text);
  const std::string bare = without(word, "+-.");
  if (bare == "nan" || bare == "inf" || bare == "infinity") {
    return "every number must be finite; leave an optional parameter out instead";
  }
  if (text.ends_with('%') && parse_number(text.substr(0, text.size() - 1))) {
    return fmt::format("write `{{value: {}, unit: percent}}`", text.substr(0, text.size() - 1));
  }
  const auto commas = std::ranges::count(text, ',');
  if (commas == 1) {
    std::string point(text);
    std::ranges::replace(point, ',', '.');
    if (parse_number(point)) return fmt::format("use a decimal point: {}", point);
  }
  if (const std::string joined = without(text, " _,'"); joined != text && parse_number(joined)) {
    return fmt::format("write the digits without separators: {}", joined);
  }
  if (word.starts_with("0x") || word.starts_with("0o") || word.starts_with("0b")) {
    return "write a decimal number";
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && end == text.data() + text.size()) {
    return "this is beyond what a number can hold";
  }
  return {};
}

std::optional<bool> parse_flag(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return (letter(text.front()) || digit(text.front())) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || digit(c) || c == '_'; });
}

std::string to_text(double value) {
  std::string text = fmt::format("{}", value);
  // Python's YAML takes 1e-05 for a text, 1.0e-05 for a number.
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return text;
}

std::string to_short(double value) { return fmt::format("{:.6g}", value); }

}  // namespace carestair::config
