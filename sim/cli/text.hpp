// Text for a terminal: numbers people read, paragraphs that fit, aligned tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace carestair::cli {

inline constexpr std::size_t page_width = 100;

/// Columns a UTF-8 text takes on a terminal, counted as characters.
std::size_t columns(std::string_view text);

/// 4122 as "4 122".
std::string grouped(std::int64_t number);

/// A number with so many decimals and its thousands grouped; "-0.0" is "0.0".
std::string decimal(double number, int decimals);

/// Decimals with which a number shows at least `digits` significant ones, at most 6.
int decimals_for(double number, int digits);

/// "1 world", "2 worlds".
std::string counted(std::int64_t number, std::string_view singular);

/// "a, b and c".
std::string enumerated(const std::vector<std::string>& words);

/// 1536000 bytes as "1.5 MB".
std::string file_size(std::uintmax_t bytes);

/// Underscores as spaces: names of the configuration as words.
std::string as_words(std::string_view name);

/// A paragraph broken at spaces to fit `width`; `first` begins the first line, the others are
/// indented as far.
std::string paragraph(std::string_view first, std::string_view text,
                      std::size_t width = page_width);

/// Rows of cells, aligned column by column.
class TextTable {
 public:
  enum class Align { left, right };

  explicit TextTable(std::vector<Align> columns, std::size_t indent = 0)
      : align_(std::move(columns)), indent_(indent) {}

  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void gap() { rows_.emplace_back(); }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Align> align_;
  std::size_t indent_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace carestair::cli
