#include "config/scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

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

/// Spaces that do not break and the minus of typesetters as those of the keyboard.
std::string as_typed(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 4> letters{
      {{"\u00a0", ' '}, {"\u202f", ' '}, {"\u2009", ' '}, {"\u2212", '-'}}};
  std::string out(text);
  for (const auto& [letter, plain] : letters) {
    for (std::size_t at = out.find(letter); at != std::string::npos; at = out.find(letter, at)) {
      out.replace(at, letter.size(), 1, plain);
    }
  }
  return out;
}

/// A number with a comma for the point, or with separators, as it is written here; empty if it is
/// none.
std::string mended_number(std::string_view text) {
  if (parse_number(text)) return std::string(text);
  if (std::ranges::count(text, ',') == 1) {
    std::string point = without(text, " _'");
    std::ranges::replace(point, ',', '.');
    if (parse_number(point)) return point;
  }
  const std::string joined = without(text, " _,'");
  return parse_number(joined) ? joined : std::string();
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

std::string number_hint(std::string_view text, std::string_view key) {
  const std::string word = lower(text);
  const std::string bare = without(word, "+-.");
  if (bare == "nan" || bare == "inf" || bare == "infinity") {
    return "every number must be finite; leave an optional parameter out instead";
  }
  const std::string typed = as_typed(text);
  if (typed.ends_with('%')) {
    const std::size_t end = typed.find_last_not_of(" %");
    const std::string number = mended_number(std::string_view(typed).substr(0, end + 1));
    if (!number.empty() && key.empty()) return fmt::format("write {} and `unit: percent`", number);
    if (!number.empty()) return fmt::format("write `{{{}: {}, unit: percent}}`", key, number);
  }
  if (const std::string number = mended_number(typed); !number.empty() && number != text) {
    if (number.find('.') != std::string::npos && text.find(',') != std::string_view::npos) {
      return fmt::format("use a decimal point: {}", number);
    }
    return parse_number(typed) ? fmt::format("write it as on the keyboard: {}", number)
                               : fmt::format("write the digits without separators: {}", number);
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
