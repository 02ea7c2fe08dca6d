// Text for a terminal: paragraphs that fit and aligned tables, beside the words of base/text.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace carestair::cli {

inline constexpr std::size_t page_width = 100;

/// Columns a UTF-8 text takes on a terminal, counted as characters.
std::size_t columns(std::string_view text);

using base::as_words;
using base::counted;
using base::decimal;
using base::decimals_for;
using base::enumerated;
using base::file_size;
using base::grouped;

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
