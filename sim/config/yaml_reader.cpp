#include "config/yaml_reader.hpp"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "config/yaml_faults.hpp"

namespace carestair::config {
namespace {

using base::SourcePosition;
using Text = std::shared_ptr<const base::SourceText>;

/// Ends the reading of a file whose rest cannot be trusted; the fault is recorded already.
struct Stop {};

constexpr std::size_t most_faults_of_file = 100;  // in one file

SourcePosition position_of(const Text& text, const YAML::Mark& mark) {
  if (mark.is_null()) return {text, 0, 0};
  const int line = std::min(mark.line + 1, text->lines());
  const std::string_view content = text->line(line);
  // The parser counts bytes; people count characters.
  const auto bytes = std::min(static_cast<std::size_t>(std::max(0, mark.column)), content.size());
  return {text, line, characters(content.substr(0, bytes)) + 1};
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Text& text, base::Diagnostics& faults, NodeBudget& budget)
      : text_(text), faults_(faults), budget_(budget) {}

  Node root;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      fatal(mark, "a second document begins here",
            "a configuration is one document; remove the line `---` or use `include`");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node node = Node::at(spend(mark), Node::Kind::null);
    const std::string_view line = text_->line(mark.line + 1);
    const auto from = std::min(static_cast<std::size_t>(std::max(0, mark.column)), line.size());
    // Kept as written: only an explicit `null` removes an inherited value.
    const std::string_view rest = line.substr(from);
    if (rest.starts_with('~')) node.text = "~";
    if (rest.starts_with("null") || rest.starts_with("Null") || rest.starts_with("NULL")) {
      node.text = "null";
    }
    place(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fault(mark, "aliases (`*name`) are not allowed",
          "write the value out, or share it between files with `include`");
    Node refused = Node::at(spend(mark), Node::Kind::null);
    refused.refused = true;
    place(std::move(refused));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    fault(mark, fmt::format("anchors ({}) are not allowed", quote("&" + name)),
          "write the value out, or share it between files with `include`");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    check_tag(mark, tag);
    const std::string_view line = text_->line(mark.line + 1);
    const auto at = static_cast<std::size_t>(std::max(0, mark.column));
    const bool block = at < line.size() && line[at] == '|';
    if (tag == "!") check_closing_quote(mark);
    if (std::ranges::any_of(value, [](char c) {
          const auto code = static_cast<unsigned char>(c);
          return (code < 0x20u && c != '\n' && c != '\t') || code == 0x7fu;
        })) {
      fault(mark, "an escape that makes a control character", "remove it");
    }
    if (value.size() > (block ? longest_csv_block : longest_scalar)) {
      fatal(mark, fmt::format("this text is longer than {} KiB", longest_scalar / 1024),
            "large tables belong in a CSV file");
    }
    Node scalar = Node::at(spend(mark), Node::Kind::scalar);
    scalar.text = value;
    scalar.quoted = tag == "!";
    place(std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A collection being filled.
  struct Frame {
    Node node;
    bool has_key = false;
    bool drop = false;  // the key was refused: its value is not kept
    std::string key = {};
    SourcePosition key_position = {};
    std::unordered_map<std::string, SourcePosition> keys = {};
  };

  void fault(const YAML::Mark& mark, std::string message, std::string hint) {
    faults_.add(position_of(text_, mark), 1, std::move(message), std::move(hint));
    if (++fault_count_ >= most_faults_of_file) throw Stop{};
  }
  [[noreturn]] void fatal(const YAML::Mark& mark, std::string message, std::string hint) {
    faults_.add(position_of(text_, mark), 1, std::move(message), std::move(hint));
    throw Stop{};
  }

  SourcePosition spend(const YAML::Mark& mark) {
    if (budget_.left == 0) {
      fatal(mark, fmt::format("the configuration has more than {} values", most_nodes),
            "large tables belong in CSV files");
    }
    --budget_.left;
    return position_of(text_, mark);
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    fault(mark, fmt::format("tags ({}) are not allowed", quote(tag)),
          "remove the tag; types follow from the parameter");
  }

  /// The parser takes the end of the file for a closing quote.
  void check_closing_quote(const YAML::Mark& mark) {
    const std::string_view content = text_->content();
    const auto at = static_cast<std::size_t>(std::max(0, mark.pos));
    if (at >= content.size() || (content[at] != '"' && content[at] != '\'')) return;
    const char quote = content[at];
    for (std::size_t i = at + 1; i < content.size(); ++i) {
      if (quote == '"' && content[i] == '\\') {
        ++i;
      } else if (content[i] == quote) {
        if (quote == '"' || i + 1 >= content.size() || content[i + 1] != quote) return;
        ++i;
      }
    }
    fatal(mark, "the quote that opens here is never closed",
          "close the text with the quote it began with");
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
    check_tag(mark, tag);
    if (frames_.size() >= deepest_nesting) {
      fatal(mark, fmt::format("nested more than {} levels deep", deepest_nesting),
            "no configuration needs this; is a bracket missing?");
    }
    frames_.push_back(Frame{.node = Node::at(spend(mark), kind)});
  }

  void close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    place(std::move(node));
  }

  void place(Node&& node) {
    if (frames_.empty()) {
      root = std::move(node);
      return;
    }
    Frame& top = frames_.back();
    if (top.node.is_sequence()) {
      top.node.items.push_back(std::move(node));
    } else if (!top.has_key) {
      take_key(top, std::move(node));
    } else {
      if (!top.drop) {
        top.node.entries.push_back(
            Entry{std::move(top.key), std::move(top.key_position), std::move(node)});
      }
      top.has_key = false;
    }
  }

  void take_key(Frame& top, Node&& node) {
    const bool was_partial = top.node.partial;
    top.has_key = true;
    top.drop = true;
    const auto refuse = [&](std::string message, std::string hint, std::vector<base::Note> notes) {
      faults_.add(base::Diagnostic{.position = node.position,
                                   .message = std::move(message),
                                   .hint = std::move(hint),
                                   .length = node.length(),
                                   .notes = std::move(notes)});
      if (++fault_count_ >= most_faults_of_file) throw Stop{};
    };
    top.node.partial = true;
    if (node.refused) return;
    if (!node.is_scalar()) {
      top.node.refused = true;
      refuse(
          "a key must be a plain word, not " + node.describe(),
          node.is_mapping() ? "text in braces is a mapping; quote it if it is meant as text" : "",
          {});
      return;
    }
    if (node.text == "<<") {
      refuse("merge keys (`<<`) are not allowed",
             "write the values out, or share them between files with `include`", {});
      return;
    }
    const auto [first, fresh] = top.keys.emplace(node.text, node.position);
    if (!fresh) {
      refuse(fmt::format("the key {} is given twice", quote(node.text)), "keep one of them",
             {base::Note{first->second, "first given here", node.length()}});
      return;
    }
    if (top.keys.size() > most_keys) {
      refuse(fmt::format("more than {} keys in one mapping", most_keys), "", {});
      throw Stop{};
    }
    top.drop = false;
    top.node.partial = was_partial;
    top.key = std::move(node.text);
    top.key_position = std::move(node.position);
  }

  const Text& text_;
  base::Diagnostics& faults_;
  NodeBudget& budget_;
  std::vector<Frame> frames_;
  std::size_t fault_count_ = 0;
  int documents_ = 0;
};

/// Reads from the text without copying it.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(const std::string& text) {
    char* begin = const_cast<char*>(text.data());  // the get area is never written
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

Node read_yaml(const Text& text, base::Diagnostics& faults, NodeBudget& budget) {
  Node failed = Node::at({text, 1, 1}, Node::Kind::mapping);
  failed.refused = true;
  if (find_layout_faults(text, faults)) return failed;
  TreeBuilder builder(text, faults, budget);
  TextBuffer buffer(text->content());
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return failed;
  } catch (const YAML::Exception& error) {
    add_syntax_fault(position_of(text, error.mark), error.msg, faults);
    return failed;
  }
  Node& root = builder.root;
  if (root.is_null() && !root.refused) {
    faults.add({text, 0, 0}, 1, "the file is empty",
               "a configuration is a mapping of sections, such as `simulation: {...}`");
    return failed;
  }
  if (!root.is_mapping()) {
    if (!root.refused) {
      faults.add(root.position, root.length(),
                 "a configuration must be a mapping of sections, not " + root.describe(),
                 "begin with a section name and a colon, such as `simulation:`");
    }
    return failed;
  }
  return std::move(root);
}

}  // namespace carestair::config
