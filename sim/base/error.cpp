#include "base/error.hpp"

#include <algorithm>
#include <tuple>

namespace carestair::base {
namespace {

constexpr int lines_before = 2;
constexpr int lines_after = 1;
constexpr std::size_t widest_line = 100;  // characters of a source line shown
constexpr std::size_t most_shown = 50;    // diagnostics printed; the rest are only counted

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }

/// Byte offset of the character number `index` (from 0) of UTF-8 text.
std::size_t byte_of_character(std::string_view text, std::size_t index) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!starts_character(text[i])) continue;
    if (seen == index) return i;
    ++seen;
  }
  return text.size();
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

/// Control characters would reach the terminal; a tab would move the caret.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    out += code < 0x20u || code == 0x7fu ? (c == '\t' ? ' ' : '?') : c;
  }
  return out;
}

/// The part of a long line around the column, so that the caret stays on the screen.
struct Window {
  std::size_t first = 0;  // characters cut off on the left
  std::string text;
};

Window window(std::string_view line, std::size_t first) {
  Window out{first, {}};
  const std::size_t from = byte_of_character(line, first);
  const std::string_view rest = line.substr(from);
  const std::size_t to = byte_of_character(rest, widest_line);
  out.text =
      (first > 0 ? "..." : "") + printable(rest.substr(0, to)) + (to < rest.size() ? "..." : "");
  return out;
}

std::string pad(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

/// The lines around a place, numbered, with a caret under it.
std::string excerpt(const SourcePosition& at, int length, int before, int after) {
  if (!at.source || at.line < 1 || at.line > at.source->lines()) return {};
  const int first = std::max(1, at.line - before);
  const int last = std::min(at.source->lines(), at.line + after);
  const std::size_t width = std::to_string(last).size();
  const std::size_t column = at.column > 0 ? static_cast<std::size_t>(at.column) - 1 : 0;
  const std::size_t cut = column > widest_line * 3 / 4 ? column - widest_line / 2 : 0;

  std::string out;
  for (int number = first; number <= last; ++number) {
    // Lines other than the marked one may be shorter than the cut; they then show as empty.
    const std::string_view line = at.source->line(number);
    const bool cut_here = cut < count_characters(line);
    std::string text = cut_here || number == at.line ? window(line, cut).text : std::string();
    std::string row = "  " + pad(std::to_string(number), width) + " | " + text;
    while (!row.empty() && row.back() == ' ') row.pop_back();
    out += row + "\n";
    if (number != at.line || at.column < 1) continue;
    const std::size_t indent = column - cut + (cut > 0 ? 3 : 0);
    const std::size_t left = count_characters(line) > column ? count_characters(line) - column : 1;
    const std::size_t marked =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(1, length)), 1,
                                std::min(left, widest_line - std::min(indent, widest_line - 1)));
    out += "  " + std::string(width, ' ') + " | " + std::string(indent, ' ') + "^" +
           std::string(marked - 1, '~') + "\n";
  }
  return out;
}

/// A hint of several lines keeps its indentation.
std::string indented(std::string_view label, std::string_view text) {
  std::string out = "  " + std::string(label);
  for (const char c : text) {
    out += c;
    if (c == '\n') out += std::string(2 + label.size(), ' ');
  }
  return out + "\n";
}

}  // namespace

SourceText::SourceText(std::string name, std::string content)
    : name_(std::move(name)), content_(std::move(content)), starts_{0} {
  for (std::size_t i = 0; i < content_.size(); ++i) {
    if (content_[i] == '\n' && i + 1 < content_.size()) starts_.push_back(i + 1);
  }
}

std::string_view SourceText::line(int number) const {
  if (number < 1 || number > lines()) return {};
  const std::size_t from = starts_[static_cast<std::size_t>(number) - 1];
  std::size_t to = content_.find('\n', from);
  if (to == std::string::npos) to = content_.size();
  return std::string_view(content_).substr(from, to - from);
}

SourcePosition SourcePosition::in_file(std::string name) {
  return {std::make_shared<const SourceText>(std::move(name), std::string()), 0, 0};
}

std::string to_string(const SourcePosition& position) {
  std::string out(position.file());
  if (position.line > 0) {
    out += ":" + std::to_string(position.line);
    if (position.column > 0) out += ":" + std::to_string(position.column);
  }
  return out;
}

std::string format(const Diagnostic& diagnostic) {
  std::string out;
  if (diagnostic.position.known()) out += printable(to_string(diagnostic.position)) + ": ";
  out += "error: " + diagnostic.message + "\n";
  out += excerpt(diagnostic.position, diagnostic.length, lines_before, lines_after);
  for (const Note& note : diagnostic.notes) {
    if (note.position.known()) out += printable(to_string(note.position)) + ": ";
    out += "note: " + note.message + "\n";
    out += excerpt(note.position, note.length, 0, 0);
  }
  if (!diagnostic.hint.empty()) out += indented("hint: ", diagnostic.hint);
  return out;
}

UserError::UserError(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::make_tuple(a.position.file(), a.position.line, a.position.column) <
                            std::make_tuple(b.position.file(), b.position.line, b.position.column);
                   });
  const std::size_t shown = std::min(diagnostics_.size(), most_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text_ += "\n";
    text_ += format(diagnostics_[i]);
  }
  if (diagnostics_.size() > 1) {
    text_ += "\n" + std::to_string(diagnostics_.size()) + " errors";
    if (shown < diagnostics_.size()) {
      text_ += ", the first " + std::to_string(shown) + " shown";
    }
    text_ += "\n";
  }
}

UserError::UserError(Diagnostic diagnostic)
    : UserError(std::vector<Diagnostic>{std::move(diagnostic)}) {}

UserError::UserError(std::string message, std::string hint)
    : UserError(
          Diagnostic{.position = {}, .message = std::move(message), .hint = std::move(hint)}) {}

void Diagnostics::add(const SourcePosition& position, int length, std::string message,
                      std::string hint) {
  found_.push_back(Diagnostic{.position = position,
                              .message = std::move(message),
                              .hint = std::move(hint),
                              .length = length});
}

void Diagnostics::add(const UserError& error) {
  found_.insert(found_.end(), error.diagnostics().begin(), error.diagnostics().end());
}

void Diagnostics::add_new(const Diagnostics& others) {
  for (const Diagnostic& fault : others.found_) {
    const bool known = std::ranges::any_of(found_, [&](const Diagnostic& other) {
      return other.position.source == fault.position.source &&
             other.position.line == fault.position.line &&
             other.position.column == fault.position.column && other.message == fault.message;
    });
    if (!known) found_.push_back(fault);
  }
}

void Diagnostics::throw_if_any() const {
  if (!found_.empty()) throw UserError(found_);
}

}  // namespace carestair::base
