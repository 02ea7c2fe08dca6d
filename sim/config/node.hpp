// A tree of what the user wrote, each value with the place where it was written.
// Everything after loading works on this tree; nothing else knows YAML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace carestair::config {

struct Entry;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };

  static Node at(base::SourcePosition position, Kind kind);

  Kind kind = Kind::null;
  base::SourcePosition position = {};
  std::string text = {};       // of a scalar
  bool quoted = false;         // a scalar in quotes or a block: never a number
  bool refused = false;        // already reported; to be passed over in silence
  bool partial = false;        // a mapping that lost keys to faults already reported
  std::vector<Node> items;     // of a sequence
  std::vector<Entry> entries;  // of a mapping, in the order written

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }

  [[nodiscard]] const Entry* find(std::string_view key) const;
  [[nodiscard]] Entry* find(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// Characters to underline when this node is at fault.
  [[nodiscard]] int length() const;
  /// For messages: "a number", "a list", "the text `abc`".
  [[nodiscard]] std::string describe() const;
};

struct Entry {
  std::string key;
  base::SourcePosition key_position;
  Node value;

  [[nodiscard]] int key_length() const;
};

/// Number of characters of UTF-8 text.
int characters(std::string_view text);

/// Text from a file made safe and short enough to stand in a message.
std::string quote(std::string_view text);

}  // namespace carestair::config
