#include "config/yaml_faults.hpp"

#include <array>
#include <string_view>

namespace carestair::config {
namespace {

struct Wording {
  std::string_view parser;  // how the parser's message begins
  std::string_view message;
  std::string_view hint;
};

constexpr std::string_view check_indentation =
    "keys of one mapping begin in the same column; a key ends with a colon and a space";

constexpr std::array wordings{
    Wording{"end of map not found", "the mapping breaks off here", check_indentation},
    Wording{"end of sequence not found", "the list breaks off here",
            "items of one list begin with `- ` in the same column"},
    Wording{"end of map flow not found", "a mapping in braces is not closed, or a comma is missing",
            "write `{a: 1, b: 2}`"},
    Wording{"end of sequence flow not found",
            "a list in brackets is not closed, or a comma is missing", "write `[1, 2, 3]`"},
    Wording{"illegal map value", "a colon in an unexpected place",
            "quote a text that contains `: `; check the indentation of the line"},
    Wording{"illegal map key", "a key in an unexpected place", check_indentation},
    Wording{"illegal block entry", "a list item in an unexpected place",
            "items of one list begin with `- ` in the same column"},
    Wording{"illegal flow end", "a closing bracket without an opening one", ""},
    Wording{"illegal EOF in scalar", "the file ends inside a quoted text",
            "close the text with the quote it began with"},
    Wording{"illegal document indicator in scalar", "`---` or `...` inside a quoted text",
            "close the text with the quote it began with"},
    Wording{"illegal tab", "a tab in the indentation", "indent with spaces"},
    Wording{"the referenced anchor is not defined", "aliases (`*name`) are not allowed",
            "write the value out, or share it between files with `include`; quote a text that "
            "begins with `*`"},
    Wording{"alias not found after *", "aliases (`*name`) are not allowed",
            "quote a text that begins with `*`"},
    Wording{"anchor not found after &", "anchors (`&name`) are not allowed",
            "quote a text that begins with `&`"},
    Wording{"illegal character found while scanning alias", "aliases (`*name`) are not allowed",
            "quote a text that begins with `*`"},
    Wording{"illegal character found while scanning anchor", "anchors (`&name`) are not allowed",
            "quote a text that begins with `&`"},
    Wording{"cannot assign multiple anchors", "anchors (`&name`) are not allowed", ""},
    Wording{"cannot assign multiple tags", "tags (`!name`) are not allowed", ""},
    Wording{"unknown token", "this character cannot begin a value",
            "quote a text that begins with a special character such as `@`, `%` or a backtick"},
    Wording{"unknown escape character", "an unknown escape in a text in double quotes",
            "use single quotes, or write the backslash twice"},
    Wording{"bad character found while scanning hex number",
            "a broken escape in a text in double quotes", "use single quotes"},
    Wording{"invalid unicode", "an escape that is not a character", "write the character itself"},
    Wording{"unexpected character in block scalar", "an unexpected character after `|` or `>`",
            "the text of a block begins on the next line"},
    Wording{"cannot set zero indentation", "a block with zero indentation",
            "indent the text of the block with spaces"},
    Wording{"bad file", "nested too deeply", "no configuration needs this; is a bracket missing?"},
};

constexpr int most_open_brackets = 1000;

/// `{address: mortality.rate[age=80..90], ...}` without quotes, which the parser does not read: the
/// address, from the line and the column (from 1) at which it broke off; empty if it is something
/// else.
std::string_view unquoted_address(std::string_view line, int column) {
  constexpr std::string_view key = "address:";
  const std::size_t at = line.substr(0, static_cast<std::size_t>(column)).rfind(key);
  if (at == std::string_view::npos) return {};
  const std::size_t from = line.find_first_not_of(' ', at + key.size());
  const std::size_t open =
      from == std::string_view::npos ? from : line.find_first_of("[,}\"'", from);
  if (open == std::string_view::npos || line[open] != '[') return {};
  const std::size_t close = line.find(']', open);
  if (close == std::string_view::npos) return {};
  return line.substr(from, close + 1 - from);
}

}  // namespace

bool find_layout_faults(const std::shared_ptr<const base::SourceText>& text,
                        base::Diagnostics& faults) {
  const std::size_t before = faults.size();
  int open = 0;
  for (int number = 1; number <= text->lines(); ++number) {
    const std::string_view line = text->line(number);
    const std::size_t first = line.find_first_not_of(" \t");
    const std::size_t tab = line.substr(0, first).find('\t');
    if (first != std::string_view::npos && tab != std::string_view::npos && line[first] != '#') {
      faults.add({text, number, static_cast<int>(tab) + 1}, 1, "a tab in the indentation",
                 "indent with spaces; most editors can convert tabs");
    }
    // The parser keeps every open bracket waiting to see whether it is a key. Brackets in texts
    // and comments are counted too: nobody leaves a thousand of them open.
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '[' || line[i] == '{') ++open;
      if ((line[i] == ']' || line[i] == '}') && open > 0) --open;
      if (open > most_open_brackets) {
        faults.add({text, number, static_cast<int>(i) + 1}, 1,
                   "more brackets are opened than closed", "is a closing bracket missing?");
        return true;
      }
    }
  }
  return faults.size() > before;
}

void add_syntax_fault(const base::SourcePosition& position, const std::string& parser_message,
                      base::Diagnostics& faults) {
  if (position.known()) {
    const std::string_view address =
        unquoted_address(position.source->line(position.line), position.column);
    if (!address.empty()) {
      faults.add(position, 1, "brackets in an address that is not in quotes",
                 "write `address: \"" + std::string(address) + "\"`");
      return;
    }
  }
  for (const Wording& wording : wordings) {
    if (parser_message.starts_with(wording.parser)) {
      faults.add(position, 1, std::string(wording.message), std::string(wording.hint));
      return;
    }
  }
  faults.add(position, 1, "this is not valid YAML: " + parser_message,
             "check quotes, colons, brackets and indentation on this line and the one above");
}

}  // namespace carestair::config
