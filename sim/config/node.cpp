#include "config/node.hpp"

#include <algorithm>

#include "config/scalar.hpp"

namespace carestair::config {

Node Node::at(base::SourcePosition position, Kind kind) {
  Node node;
  node.position = std::move(position);
  node.kind = kind;
  return node;
}

const Entry* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

int Node::length() const {
  if (!is_scalar()) return 1;
  const std::size_t end = text.find('\n');
  return std::max(1, characters(std::string_view(text).substr(0, end))) + (quoted ? 2 : 0);
}

std::string Node::describe() const {
  switch (kind) {
    case Kind::null: return "nothing";
    case Kind::sequence: return "a list";
    case Kind::mapping: return "a mapping";
    case Kind::scalar: break;
  }
  if (!quoted && parse_number(text).has_value()) return "the number " + text;
  return "the text " + quote(text);
}

int Entry::key_length() const { return std::max(1, characters(key)); }

int characters(std::string_view text) {
  return static_cast<int>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

std::string quote(std::string_view text) {
  constexpr int longest = 60;
  std::string out = "`";
  int count = 0;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if ((code & 0xc0u) != 0x80u && ++count > longest) return out + "...`";
    out += code < 0x20u || code == 0x7fu ? ' ' : c;
  }
  return out + "`";
}

}  // namespace carestair::config
