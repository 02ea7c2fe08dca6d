#include "base/error.hpp"

#include <memory>
#include <string>

#include "catch.hpp"

using namespace carestair::base;

namespace {

std::shared_ptr<const SourceText> text(std::string content) {
  return std::make_shared<const SourceText>("a.yaml", std::move(content));
}

std::string shown(const SourcePosition& position, const std::string& message,
                  const std::string& hint = {}, int length = 1) {
  Diagnostics faults;
  faults.add(position, length, message, hint);
  return UserError(faults.all()).what();
}

}  // namespace

TEST_CASE("a diagnostic shows the place, the lines around it, a caret and a hint") {
  const auto source = text("one: 1\ntwo: 2\nthree: x\nfour: 4\nfive: 5\n");
  const std::string message =
      shown({source, 3, 8}, "`three` must be a number", "first line\nsecond line");
  CHECK(message ==
        "a.yaml:3:8: error: `three` must be a number\n"
        "  1 | one: 1\n"
        "  2 | two: 2\n"
        "  3 | three: x\n"
        "    |        ^\n"
        "  4 | four: 4\n"
        "  hint: first line\n"
        "        second line\n");
}

TEST_CASE("line numbers are aligned and the underline is as long as the word") {
  const auto source = text("\n\n\n\n\n\n\n\nkey: wrong\nnext: 1\n");
  const std::string message = shown({source, 9, 6}, "no", {}, 5);
  CHECK(message ==
        "a.yaml:9:6: error: no\n"
        "   7 |\n"
        "   8 |\n"
        "   9 | key: wrong\n"
        "     |      ^~~~~\n"
        "  10 | next: 1\n");
}

TEST_CASE("columns count characters, not bytes") {
  const auto source = text("tiltak: påbygg x\n");
  const std::string message = shown({source, 1, 16}, "here");
  CHECK(message ==
        "a.yaml:1:16: error: here\n"
        "  1 | tiltak: påbygg x\n"
        "    |                ^\n");
}

TEST_CASE("a long line is shown around the caret") {
  const auto source = text(std::string(300, 'a') + "!" + std::string(300, 'b'));
  const std::string message = shown({source, 1, 301}, "here");
  CHECK(message == "a.yaml:1:301: error: here\n  1 | ..." + std::string(50, 'a') + "!" +
                       std::string(49, 'b') + "...\n    | " + std::string(53, ' ') + "^\n");
}

TEST_CASE("diagnostics are sorted by place and counted") {
  const auto source = text("a\nb\n");
  Diagnostics faults;
  faults.add({source, 2, 1}, 1, "second");
  faults.add({source, 1, 1}, 1, "first");
  CHECK_THROWS_AS(faults.throw_if_any(), UserError);
  const std::string message = UserError(faults.all()).what();
  CHECK(message ==
        "a.yaml:1:1: error: first\n  1 | a\n    | ^\n  2 | b\n\n"
        "a.yaml:2:1: error: second\n  1 | a\n  2 | b\n    | ^\n\n"
        "2 errors\n");
}

TEST_CASE("no more than fifty are printed, all are counted") {
  Diagnostics faults;
  for (int i = 0; i < 60; ++i) faults.add({}, 1, "fault");
  const std::string message = UserError(faults.all()).what();
  CHECK(message.ends_with("\n60 errors, the first 50 shown\n"));
}

TEST_CASE("a fault without a place is a message alone") {
  CHECK(std::string(UserError("no such command", "try `run`").what()) ==
        "error: no such command\n  hint: try `run`\n");
  CHECK(to_string(SourcePosition::in_file("x.h5")) == "x.h5");
}

TEST_CASE("the same fault from two sides is told once") {
  const auto source = text("a\n");
  Diagnostics one, two;
  one.add({source, 1, 1}, 1, "same");
  two.add({source, 1, 1}, 1, "same");
  two.add({source, 1, 1}, 1, "other");
  one.add_new(two);
  CHECK(one.size() == 2);
}

TEST_CASE("control characters never reach the terminal") {
  const auto source = text("a\x1b[31mb\tc\n");
  const std::string message = shown({source, 1, 1}, "x");
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK(message.find('\t') == std::string::npos);
}
