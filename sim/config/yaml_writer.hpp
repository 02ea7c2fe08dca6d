// Writing of YAML that our reader takes back unchanged.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace carestair::config {

/// Text in double quotes, on one line.
std::string in_quotes(std::string_view text);

/// A key or a word as it is, in quotes where YAML 1.1 (Python, R) would read true or false: `on`.
std::string plain_word(std::string_view word);

/// `[a, b]`, or `a` alone for a single id.
std::string flow_list(const std::vector<std::string>& items);

/// A mapping on one line, or on several when it would be long.
class MappingWriter {
 public:
  /// `value` is YAML already; empty values are left out.
  void add(std::string_view key, std::string value);
  /// Quoted text; left out when empty.
  void add_text(std::string_view key, std::string_view text);
  /// `key: {...}` at the given indentation, with a line end.
  [[nodiscard]] std::string write(std::string_view key, std::size_t indent) const;
  /// `- {...}`.
  [[nodiscard]] std::string write_item(std::size_t indent) const;

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
};

}  // namespace carestair::config
