// Errors a user can mend: what is wrong, in which file, line and column, and what to do about it.
// One type for the whole program, so that every message looks the same and comes all at once.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace carestair::base {

/// A text the user wrote, kept so that a message can show the lines around a fault.
class SourceText {
 public:
  SourceText(std::string name, std::string content);

  /// The path as the user would write it.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& content() const { return content_; }
  [[nodiscard]] int lines() const { return static_cast<int>(starts_.size()); }
  /// Line `number`, counted from 1, without its line end; empty outside the text.
  [[nodiscard]] std::string_view line(int number) const;

 private:
  std::string name_;
  std::string content_;
  std::vector<std::size_t> starts_;
};

/// Where something was written. Lines and columns count from 1; 0 means "not known".
/// Columns count characters, not bytes.
struct SourcePosition {
  std::shared_ptr<const SourceText> source;
  int line = 0;
  int column = 0;

  [[nodiscard]] std::string_view file() const {
    return source ? std::string_view(source->name()) : std::string_view();
  }
  [[nodiscard]] bool known() const { return source != nullptr; }
  /// A position in a file whose text cannot be shown (missing, binary): only the name.
  static SourcePosition in_file(std::string name);
};

/// `file:line:column`, as much of it as is known.
std::string to_string(const SourcePosition& position);

/// A second place that explains the first ("first given here").
struct Note {
  SourcePosition position;
  std::string message;
  int length = 1;
};

struct Diagnostic {
  SourcePosition position;
  std::string message;
  std::string hint = {};
  int length = 1;  // characters to underline
  std::vector<Note> notes = {};
};

/// `file:line:column: error: message`, the lines around it with a caret, notes and the hint.
std::string format(const Diagnostic& diagnostic);

/// Thrown at the edges of the program only; carries everything found wrong, sorted by file and
/// line.
class UserError : public std::exception {
 public:
  explicit UserError(std::vector<Diagnostic> diagnostics);
  explicit UserError(Diagnostic diagnostic);
  /// A fault without a place in a file, such as a bad command-line argument.
  explicit UserError(std::string message, std::string hint = {});

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  /// All diagnostics formatted, with a count at the end when there is more than one.
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::string text_;
};

/// Gathers diagnostics so that a user sees all faults of a run of checks together.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { found_.push_back(std::move(diagnostic)); }
  void add(const SourcePosition& position, int length, std::string message, std::string hint = {});
  void add(const UserError& error);
  /// Adds those that do not say the same of the same place as one that is here already.
  void add_new(const Diagnostics& others);

  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] std::size_t size() const { return found_.size(); }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return found_; }
  /// Throws a UserError with everything found, if anything was.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> found_;
};

}  // namespace carestair::base
