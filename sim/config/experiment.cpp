#include "config/experiment.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "config/csv.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"
#include "config/text_file.hpp"
#include "config/yaml_writer.hpp"

namespace carestair::config {
namespace {

constexpr int most_draws = 1'000'000;
constexpr std::size_t most_points = 1'000'000;

class ExperimentReader {
 public:
  ExperimentReader(const std::filesystem::path& folder, base::Diagnostics& faults)
      : folder_(folder), faults_(faults) {}

  Experiment read(const Node& node) {
    experiment_.position = node.position;
    check_keys(node, {"draws", "sampling", "vary", "fix", "sweep"}, "experiment", faults_);
    const Entry* draws = node.find("draws");
    const Entry* sweep = node.find("sweep");
    if ((draws != nullptr) == (sweep != nullptr)) {
      faults_.add(node.position, 1,
                  draws != nullptr ? "`experiment` has both `draws` and `sweep`"
                                   : "`experiment` says neither `draws` nor `sweep`",
                  "draws: values that are as likely as what is known; sweep: levels you choose");
      return experiment_;
    }
    if (draws != nullptr) read_draws(draws->value);
    if (sweep != nullptr) read_sweep(*sweep);
    read_patterns(node, "vary", experiment_.vary);
    read_patterns(node, "fix", experiment_.fix);
    if (const Entry* sampling = node.find("sampling")) read_sampling(sampling->value);
    if (names_its_own_) refuse_beside_own(node);
    return experiment_;
  }

 private:
  void fault(const Node& node, std::string message, std::string hint = {}) {
    if (!node.refused) {
      faults_.add(node.position, node.length(), std::move(message), std::move(hint));
    }
  }

  void read_draws(const Node& node) {
    if (node.is_mapping()) {
      check_keys(node, {"csv"}, "experiment.draws", faults_);
      if (const Entry* block = node.find("csv")) read_block(block->value);
      return;
    }
    if (is_table(node)) return read_table(node);
    const auto number = node.is_scalar() && !node.quoted ? parse_number(node.text) : std::nullopt;
    if (number) {
      if (*number < 1 || *number > most_draws || *number != std::round(*number)) {
        fault(node, fmt::format("`experiment.draws` must be a whole number from 1 to {}, not {}",
                                most_draws, node.text));
        return;
      }
      experiment_.draws = static_cast<int>(*number);
      return;
    }
    fault(node, "`experiment.draws` must be a number or a table, not " + node.describe(),
          "write `draws: 100`, or `draws: parameters.csv`: a column an address, a row a draw");
  }

  static bool is_table(const Node& node) { return node.is_scalar() && node.text.ends_with(".csv"); }

  void read_table(const Node& node) {
    names_its_own_ = true;
    const Reference from{node.position, node.length()};
    try {
      const std::filesystem::path including{std::string(node.position.file())};
      const auto text =
          read_text(resolve(node.text, including, folder_, from), largest_csv_file, &from);
      take_rows(read_csv(text->content(), {text, 1, 0}, faults_, most_given_columns));
    } catch (const base::UserError& error) {
      faults_.add(error);
    }
  }

  void read_block(const Node& block) {
    names_its_own_ = true;
    if (!block.is_scalar() || !block.quoted) {
      fault(block, "`csv` must be a block of text",
            "write `csv: |` and the rows on the lines below, indented");
      return;
    }
    take_rows(read_csv(block.text, {block.position.source, block.position.line + 1, 0}, faults_,
                       most_given_columns));
  }

  void take_rows(const Csv& csv) {
    if (!csv.usable) return;
    for (const CsvCell& cell : csv.header) {
      experiment_.given.addresses.push_back({cell.text, cell.position});
    }
    for (const CsvRow& row : csv.rows) {
      auto& values = experiment_.given.rows.emplace_back();
      for (const CsvCell& cell : row.cells) {
        const auto number = parse_number(cell.text);
        if (!number) {
          faults_.add(cell.position, cell.length(), quote(cell.text) + " is not a number",
                      number_hint(cell.text, ""));
          return;
        }
        values.push_back(*number);
      }
    }
    if (csv.rows.empty()) {
      faults_.add(csv.header.front().position, 1, "the table of draws has no rows",
                  "a row is a draw: one value for each column");
    }
  }

  void read_sweep(const Entry& sweep) {
    const Node& node = sweep.value;
    if (node.is_scalar() && node.text == "one_at_a_time") {
      experiment_.one_at_a_time = true;
      return;
    }
    experiment_.given.sweep = true;
    if (is_table(node)) return read_table(node);
    names_its_own_ = true;
    if (!node.is_mapping() || node.entries.empty()) {
      const bool empty = node.is_null() || node.is_mapping();
      if (node.refused) return;
      faults_.add(empty ? sweep.key_position : node.position,
                  empty ? sweep.key_length() : node.length(),
                  empty ? "`experiment.sweep` is empty: it names nothing that varies"
                        : "`experiment.sweep` says what varies, it cannot be " + node.describe(),
                  "write `sweep: one_at_a_time`, a table of points (`sweep: points.csv`), or "
                  "levels of addresses: `sweep: {services.reablement.capacity: [2, 4, 8]}`");
      return;
    }
    if (const Entry* block = node.find("csv")) {
      check_keys(node, {"csv"}, "experiment.sweep", faults_);
      return read_block(block->value);
    }
    double points = 1.0;
    for (const Entry& entry : node.entries) {
      Experiment::Levels levels{
          .address = {entry.key, entry.key_position}, .values = {}, .written = {}};
      if (!entry.value.is_sequence() || entry.value.items.empty()) {
        fault(entry.value,
              fmt::format("the levels of {} must be a list of numbers, not {}", quote(entry.key),
                          entry.value.is_sequence() ? "an empty one" : entry.value.describe()),
              "for example [2, 4, 8]");
        continue;
      }
      for (const Node& item : entry.value.items) {
        const auto number = read_number(item, "a level of " + quote(entry.key), faults_);
        if (!number) continue;
        levels.values.push_back(*number);
        levels.written.push_back({item.text, item.position});
      }
      points *= static_cast<double>(levels.values.size());
      experiment_.grid.push_back(std::move(levels));
    }
    if (points > static_cast<double>(most_points)) {
      fault(node, fmt::format("these levels make more than {} combinations", most_points));
    }
  }

  void read_patterns(const Node& node, const char* key, std::vector<Written>& into) {
    const Entry* entry = node.find(key);
    if (entry == nullptr) return;
    if (entry->value.is_scalar()) {
      into.push_back({entry->value.text, entry->value.position});
      return;
    }
    if (!entry->value.is_sequence() || entry->value.items.empty()) {
      fault(entry->value, fmt::format("`experiment.{}` must be a list of addresses", key),
            "for example [reablement, services.*.uptake]");
      return;
    }
    for (const Node& item : entry->value.items) {
      if (item.is_scalar()) {
        into.push_back({item.text, item.position});
      } else {
        fault(item, fmt::format("`experiment.{}` holds {}, not an address", key, item.describe()));
      }
    }
  }

  void read_sampling(const Node& node) {
    static const std::vector<std::string> words{"random", "latin_hypercube"};
    const auto at = std::ranges::find(words, node.is_scalar() ? node.text : std::string());
    if (at == words.end()) {
      fault(node, fmt::format("`experiment.sampling` cannot be {}", node.describe()),
            did_you_mean(node.text, words));
    } else if (experiment_.draws == 0) {
      fault(node, "`experiment.sampling` does nothing without a number of `draws`", "leave it out");
    } else {
      experiment_.sampling = static_cast<Sampling>(at - words.begin());
    }
  }

  /// A table or a grid says itself what varies.
  void refuse_beside_own(const Node& node) {
    for (const char* key : {"vary", "fix"}) {
      if (const Entry* entry = node.find(key)) {
        faults_.add(entry->key_position, entry->key_length(),
                    fmt::format("`experiment.{}` does nothing beside a table or levels", key),
                    "leave it out: only the addresses given there vary");
      }
    }
  }

  static constexpr std::size_t most_given_columns = 10'000;

  const std::filesystem::path& folder_;
  base::Diagnostics& faults_;
  Experiment experiment_;
  bool names_its_own_ = false;
};

std::string list_of(const std::vector<Written>& words) {
  std::string text;
  for (const Written& word : words) {
    text += (text.empty() ? "" : ", ") + in_quotes(word.text);
  }
  return "[" + text + "]";
}

template <class Numbers>
std::string joined(const Numbers& numbers, const char* by) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : by) + to_text(number);
  return text;
}

std::string csv_of(const Experiment::Given& given) {
  std::string text;
  for (const Written& address : given.addresses) {
    const bool has_comma = address.text.find(',') != std::string::npos;
    text += (text.empty() ? "      " : ",") + (has_comma ? in_quotes(address.text) : address.text);
  }
  text += '\n';
  for (const auto& row : given.rows) text += "      " + joined(row, ",") + '\n';
  return text;
}

}  // namespace

std::optional<Experiment> read_experiment(const Node& node, const std::filesystem::path& folder,
                                          base::Diagnostics& faults) {
  if (node.refused) return std::nullopt;
  if (node.is_null()) {
    if (node.text.empty()) {  // an explicit null takes out one that is included
      faults.add(node.position, 1, "the section `experiment` is empty",
                 "write `experiment: {draws: 100}`, or leave it out; `experiment: null` takes out "
                 "one that is included");
    }
    return std::nullopt;
  }
  if (!node.is_mapping()) {
    faults.add(node.position, node.length(),
               "`experiment` must be a section, not " + node.describe(),
               "write `experiment: {draws: 100}`");
    return std::nullopt;
  }
  return ExperimentReader(folder, faults).read(node);
}

std::string echo_experiment(const Experiment& experiment) {
  std::string text = "experiment:\n";
  if (experiment.draws > 0) {
    text += fmt::format("  draws: {}\n", experiment.draws);
    if (experiment.sampling == Sampling::latin_hypercube) text += "  sampling: latin_hypercube\n";
  }
  if (!experiment.given.rows.empty()) {
    text += fmt::format("  {}:\n    csv: |\n", experiment.given.sweep ? "sweep" : "draws");
    text += csv_of(experiment.given);
  }
  if (experiment.one_at_a_time) text += "  sweep: one_at_a_time\n";
  if (!experiment.grid.empty()) text += "  sweep:\n";
  for (const Experiment::Levels& levels : experiment.grid) {
    text +=
        fmt::format("    {}: [{}]\n", in_quotes(levels.address.text), joined(levels.values, ", "));
  }
  if (!experiment.vary.empty()) text += fmt::format("  vary: {}\n", list_of(experiment.vary));
  if (!experiment.fix.empty()) text += fmt::format("  fix: {}\n", list_of(experiment.fix));
  return text;
}

}  // namespace carestair::config
