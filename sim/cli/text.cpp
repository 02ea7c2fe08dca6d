#include "cli/text.hpp"

#include <algorithm>

namespace carestair::cli {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
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
