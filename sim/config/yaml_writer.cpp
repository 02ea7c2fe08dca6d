#include "config/yaml_writer.hpp"

#include <fmt/format.h>

namespace carestair::config {
namespace {

constexpr std::size_t longest_flow = 400;

std::string flow(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out = "{";
  for (const auto& [key, value] : entries) {
    out += (out.size() > 1 ? ", " : "") + key + ": " + value;
  }
  return out + "}";
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

std::string plain_word(std::string_view word) {
  constexpr std::string_view taken[] = {"on", "off", "yes", "no", "y", "n", "null"};
  for (const std::string_view other : taken) {
    if (word == other) return in_quotes(word);
  }
  // 2030 would be a number, 1e3 too.
  return word.empty() || (word.front() >= '0' && word.front() <= '9') ? in_quotes(word)
                                                                      : std::string(word);
}

std::string flow_list(const std::vector<std::string>& items) {
  if (items.size() == 1) return plain_word(items.front());
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? ", " : "") + plain_word(item);
  return out + "]";
}

void MappingWriter::add(std::string_view key, std::string value) {
  if (!value.empty()) entries_.emplace_back(key, std::move(value));
}

void MappingWriter::add_text(std::string_view key, std::string_view text) {
  if (!text.empty()) entries_.emplace_back(key, in_quotes(text));
}

std::string MappingWriter::write(std::string_view key, std::size_t indent) const {
  const std::string margin(indent, ' ');
  const std::string line = fmt::format("{}{}: {}\n", margin, plain_word(key), flow(entries_));
  if (line.size() <= longest_flow) return line;
  std::string out = fmt::format("{}{}:\n", margin, plain_word(key));
  for (const auto& [name, value] : entries_) {
    out += fmt::format("{}  {}: {}\n", margin, name, value);
  }
  return out;
}

std::string MappingWriter::write_item(std::size_t indent) const {
  const std::string margin(indent, ' ');
  const std::string line = fmt::format("{}- {}\n", margin, flow(entries_));
  if (line.size() <= longest_flow) return line;
  std::string out;
  for (const auto& [name, value] : entries_) {
    out += fmt::format("{}{} {}: {}\n", margin, out.empty() ? "-" : " ", name, value);
  }
  return out;
}

}  // namespace carestair::config
