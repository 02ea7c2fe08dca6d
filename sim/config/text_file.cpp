#include "config/text_file.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "config/node.hpp"
#include "config/suggest.hpp"

namespace carestair::config {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse(const Reference* from, std::string message, std::string hint = {}) {
  base::Diagnostic fault{.position = {}, .message = std::move(message), .hint = std::move(hint)};
  if (from != nullptr) {
    fault.position = from->position;
    fault.length = from->length;
  }
  throw base::UserError(std::move(fault));
}

/// The file of nearly the same name in the same folder, for a misspelt include.
std::string similar_file(const fs::path& path) {
  constexpr int most_looked_at = 1000;
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator it(path.parent_path().empty() ? "." : path.parent_path(), error), end;
       !error && it != end && names.size() < most_looked_at; it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  std::ranges::sort(names);
  const std::string best = nearest(path.filename().string(), names);
  return best.empty() ? std::string() : "did you mean `" + best + "`?";
}

bool is_inside(const fs::path& path, const fs::path& root) {
  const auto [rest, unused] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  static_cast<void>(unused);
  return rest == root.end() || (rest->empty() && std::next(rest) == root.end());
}

/// Length of the UTF-8 sequence at `at`, 0 when it is not valid (overlong, surrogate, cut off).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return 0;
  std::uint32_t code = lead & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
    code = (code << 6) | (byte(at + i) & 0x3fu);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  return overlong || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : length;
}

/// Drops the byte order mark and makes every line end \n.
std::string normalised(std::string raw) {
  if (raw.starts_with("\xef\xbb\xbf")) raw.erase(0, 3);
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\r') {
      out += raw[i];
    } else {
      out += '\n';
      if (i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
    }
  }
  return out;
}

/// Position of a byte of the text.
base::SourcePosition position_of(const std::shared_ptr<const base::SourceText>& text,
                                 std::size_t at) {
  const std::string_view before = std::string_view(text->content()).substr(0, at);
  const auto line = std::ranges::count(before, '\n');
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {text, static_cast<int>(line) + 1, characters(before.substr(start)) + 1};
}

void check_characters(const std::shared_ptr<const base::SourceText>& text) {
  const std::string& content = text->content();
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < content.size();) {
    const std::size_t length = utf8_length(content, i);
    const auto fault = [&](std::string message, std::string hint) {
      base::SourcePosition where = position_of(text, i);
      throw base::UserError(base::Diagnostic{
          .position = std::move(where), .message = std::move(message), .hint = std::move(hint)});
    };
    if (length == 0) {
      // The line itself cannot be shown: it would not be valid text.
      const base::SourcePosition where = position_of(text, i);
      base::SourcePosition bare = base::SourcePosition::in_file(text->name());
      bare.line = where.line;
      bare.column = where.column;
      throw base::UserError(base::Diagnostic{
          .position = bare,
          .message = fmt::format("byte 0x{:02x} is not UTF-8 text",
                                 static_cast<unsigned char>(content[i])),
          .hint = "save the file as UTF-8; older editors and spreadsheets often write Latin-1"});
    }
    const auto code = static_cast<unsigned char>(content[i]);
    if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7f) {
      fault(fmt::format("control character U+{:04X} in the text", code),
            code == 0 ? "is this a text file, saved as UTF-8?" : "remove the character");
    }
    if (code == '\n') {
      line_start = i + 1;
    } else if (i - line_start > longest_line) {
      fault(fmt::format("this line is longer than {} KiB", longest_line / 1024),
            "break the line; large tables belong in a CSV file");
    }
    i += length;
  }
}

/// Files of other kinds that are given for a text, known by how they begin.
void refuse_other_kinds(const std::string& shown, std::string_view start, const Reference* from) {
  using namespace std::string_view_literals;
  if (start.starts_with("\x89HDF\r\n\x1a\n"sv)) {
    refuse(
        from, shown + " is an HDF5 file, as a result is, not a text",
        "a result holds the configuration it was made with: docs/file-format.md (/configuration) "
        "shows how to take it out and run it again; `carestair compare` tells the result");
  }
  if (start.starts_with("carestair worlds"sv)) {
    refuse(from, shown + " holds finished worlds of a run, not a text",
           "`carestair merge` puts the parts of a run together; `carestair run` takes the "
           "configuration");
  }
  // Spreadsheets: a zip archive (xlsx, ods), or the older form (xls).
  if (start.starts_with("PK\x03\x04"sv) || start.starts_with("\xd0\xcf\x11\xe0"sv)) {
    refuse(from, shown + " is a spreadsheet or an archive, not a text",
           from == nullptr ? "give the configuration, a YAML file"
                           : "save the sheet as CSV (UTF-8) and name that file here");
  }
}

}  // namespace

fs::path configuration_root(const fs::path& main_file) {
  std::error_code error;
  const fs::path folder = fs::absolute(main_file).lexically_normal().parent_path();
  fs::path root = folder;
  for (fs::path at = folder; at.has_relative_path(); at = at.parent_path()) {
    if (at.filename() == "configs") {
      root = at;
      break;
    }
  }
  fs::path real = fs::weakly_canonical(root, error);
  return error ? root : real;
}

fs::path resolve(const std::string& named, const fs::path& including, const fs::path& root,
                 const Reference& from) {
  const fs::path given(named);
  if (named.empty()) refuse(&from, "the name of a file is missing");
  if (given.is_absolute() || named.starts_with('~') || named.find('\\') != std::string::npos ||
      named.find(':') != std::string::npos) {
    refuse(&from, fmt::format("{} is not a relative path", quote(named)),
           "name files relative to the file that names them, with forward slashes");
  }
  const fs::path path = (including.parent_path() / given).lexically_normal();
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::absolute(path), error);
  // Asked first, so that a message never tells what exists outside the folder.
  if (error || !is_inside(real, root)) {
    refuse(&from, fmt::format("{} is outside the configuration folder", quote(named)),
           "a configuration reads only files below the folder `configs` that holds it, or below "
           "its own folder when there is none");
  }
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    refuse(&from, fmt::format("the file {} does not exist", quote(path.string())),
           similar_file(path));
  }
  if (!fs::is_regular_file(status)) {
    refuse(&from, fmt::format("{} is not a file", quote(path.string())));
  }
  return path;
}

std::shared_ptr<const base::SourceText> read_text(const fs::path& path, std::size_t largest,
                                                  const Reference* from) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const std::string shown = quote(path.string());
  if (!fs::exists(status)) {
    refuse(from, fmt::format("the file {} does not exist", shown), similar_file(path));
  }
  if (!fs::is_regular_file(status)) {
    refuse(from, fmt::format("{} is not a file", shown),
           fs::is_directory(status) ? "name a file in this folder" : "");
  }
  std::ifstream file(path, std::ios::binary);
  std::string raw;
  while (file && raw.size() <= largest) {
    constexpr std::size_t portion = std::size_t{1} << 16;
    const std::size_t before = raw.size();
    raw.resize(before + portion);
    file.read(raw.data() + before, portion);
    raw.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  if (!file && !file.eof()) refuse(from, fmt::format("cannot read {}", shown));
  return checked_text(path, std::move(raw), largest, from);
}

std::shared_ptr<const base::SourceText> checked_text(const fs::path& path, std::string raw,
                                                     std::size_t largest, const Reference* from) {
  refuse_other_kinds(quote(path.string()), raw, from);
  if (raw.size() > largest) {
    refuse(from, fmt::format("{} is larger than {} MiB", quote(path.string()), largest >> 20),
           "split it, or put tables in CSV files");
  }
  const auto text =
      std::make_shared<const base::SourceText>(path.generic_string(), normalised(std::move(raw)));
  check_characters(text);
  return text;
}

}  // namespace carestair::config
