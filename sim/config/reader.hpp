// The visitor that fills a configuration from what the user wrote, and finds all that is wrong
// with it.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/evidence.hpp"
#include "config/node.hpp"
#include "config/sources.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

/// Where a parameter was written, for faults found later (checks across parameters).
struct Place {
  base::SourcePosition position;
  int length = 1;
};
using Places = std::map<std::string, Place, std::less<>>;

class Reader : public Visitor {
 public:
  /// `root` must outlive the reader. When a file could not be read (`sources.complete`) missing
  /// parameters are not reported: they may be in that file.
  Reader(const Node& root, std::filesystem::path folder, const KnownSources& sources,
         base::Diagnostics& faults);

  /// To be called when all fields have been visited: reports unknown and missing keys of the root.
  void finish();

  std::vector<Evidence> evidence;
  Places places;

  void number(std::string_view key, double& value, const NumberSpec& spec) override;
  void integer(std::string_view key, int& value, const NumberSpec& spec) override;
  void flag(std::string_view key, bool& value, std::string_view doc) override;
  void text(std::string_view key, std::string& value, std::string_view doc) override;
  void date(std::string_view key, base::Day& value, std::string_view doc) override;
  void table(std::string_view key, Table& value, const TableSpec& spec) override;
  void choices(std::string_view key, unsigned& bits, std::span<const std::string_view> names,
               std::string_view doc) override;

 protected:
  void choice_index(std::string_view key, int& index, std::span<const std::string_view> names,
                    std::string_view doc) override;
  bool begin_group(std::string_view key, std::string_view doc) override;
  void end_group() override;
  std::vector<std::string> begin_map(std::string_view key, std::vector<std::string> ids,
                                     std::string_view doc) override;
  bool begin_entry(std::string_view id) override;
  void end_entry() override;
  void end_map() override;

 private:
  /// How the section being read came to be.
  enum class Mode {
    written,   // in the file
    missing,   // required but absent: what it lacks is told to the section above
    defaulted  // optional and absent, or refused: keeps the program's own values, in silence
  };
  struct Frame {
    std::string name;  // last part of the address
    const Node* node = nullptr;
    Mode mode = Mode::written;
    base::SourcePosition position = {};
    int length = 1;
    std::vector<std::string> known = {};
    std::vector<std::string> missing = {};
  };
  struct Unknown {
    base::SourcePosition position;
    int length;
    std::string key;
    std::string section;
    std::string suggestion;
    std::string known;
  };

  /// The value of `key`, or null when there is none to read (a missing one is noted).
  const Node* take(std::string_view key);
  /// The same for a section or a map, which becomes the new frame.
  void open(std::string_view key, std::string_view what);
  void close();
  void number_of(std::string_view key, double& value, const NumberSpec& spec, bool whole);
  void report_missing(const Frame& frame, const std::string& section,
                      const std::set<std::string>& suggested);
  void wrong_type(const Node& node, const std::string& address, std::string_view wanted,
                  std::string hint = {});
  [[nodiscard]] std::string address_of(std::string_view key) const;
  [[nodiscard]] std::string section_name() const;

  std::filesystem::path folder_;
  KnownSources sources_;
  base::Diagnostics& faults_;
  std::vector<Frame> frames_;
  std::vector<Unknown> unknown_;
  std::set<std::string> declared_;  // every address of the configuration
};

}  // namespace carestair::config
