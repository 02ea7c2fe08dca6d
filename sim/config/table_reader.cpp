#include "config/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/units.hpp"
#include "config/csv.hpp"
#include "config/parameter.hpp"
#include "config/scalar.hpp"
#include "config/suggest.hpp"
#include "config/table_columns.hpp"
#include "config/table_rows.hpp"
#include "config/text_file.hpp"

namespace carestair::config {
namespace {

std::string example(const TableSpec& spec) {
  return fmt::format("write `{{table: file.csv, unit: {}, source: <id>, kind: <kind>}}`",
                     spec.unit);
}

/// Nested mappings, one level an axis; a number may stand early and then covers all below it.
class NestedValues {
 public:
  NestedValues(const TableContext& context) : context_(context) {}

  std::vector<TableRow> rows;

  void read(const Node& node, std::vector<std::vector<std::size_t>> levels) {
    const auto axes = context_.spec.axes;
    if (node.refused) return;
    if (!node.is_mapping() || levels.size() == axes.size()) {
      read_value(node, std::move(levels));
      return;
    }
    const Axis axis = axes[levels.size()];
    for (const Entry& entry : node.entries) {
      std::vector<std::size_t> found = levels_of(axis, entry.key);
      if (found.empty()) {
        context_.faults.add(
            entry.key_position, entry.key_length(),
            fmt::format("{} is not a level of {}", quote(entry.key), axis_name(axis)),
            did_you_mean(entry.key, level_words(axis)));
        continue;
      }
      auto below = levels;
      below.push_back(std::move(found));
      at_ = &entry;
      read(entry.value, std::move(below));
    }
  }

 private:
  void read_value(const Node& node, std::vector<std::vector<std::size_t>> levels) {
    const auto number =
        read_number(node, fmt::format("a value of `{}`", context_.address), context_.faults);
    if (!number) return;
    TableRow row;
    row.value = base::convert(*number, context_.factor);
    row.position = at_ != nullptr ? at_->key_position : node.position;
    row.length = at_ != nullptr ? at_->key_length() : node.length();
    for (std::size_t i = levels.size(); i < context_.spec.axes.size(); ++i) {
      levels.push_back(levels_of(context_.spec.axes[i], "all"));
    }
    row.levels = std::move(levels);
    if (check_cell(row.value, node.text, node.position, node.length(), context_)) {
      rows.push_back(std::move(row));
    }
  }

  const TableContext& context_;
  const Entry* at_ = nullptr;
};

std::vector<TableRow> rows_of_file(const Node& name, const std::filesystem::path& folder,
                                   const TableContext& context, base::SourcePosition& position) {
  const Reference from{name.position, name.length()};
  try {
    const std::filesystem::path including{std::string(name.position.file())};
    const auto text =
        read_text(resolve(name.text, including, folder, from), largest_csv_file, &from);
    position = {text, 0, 0};
    const Csv csv = read_csv(text->content(), {text, 1, 0}, context.faults);
    if (!csv.usable) return {};
    position = csv.header.front().position;
    return rows_of_csv(csv, context);
  } catch (const base::UserError& error) {
    context.faults.add(error);
    return {};
  }
}

std::vector<TableRow> rows_of_block(const Node& block, const TableContext& context,
                                    base::SourcePosition& position) {
  const auto& source = block.position.source;
  const std::string_view opening = source ? source->line(block.position.line) : "";
  const std::size_t bar = opening.rfind('|');
  if (!block.quoted || bar == std::string_view::npos) {
    context.faults.add(block.position, block.length(), "`csv` must be a block of text",
                       "write `csv: |` and the rows on the lines below, indented");
    return {};
  }
  const std::string_view first = source->line(block.position.line + 1);
  const std::size_t indent = std::min(first.find_first_not_of(' '), first.size());
  const CsvPlace place{source, block.position.line + 1, static_cast<int>(indent)};
  const Csv csv = read_csv(block.text, place, context.faults);
  if (!csv.usable) return {};
  position = csv.header.front().position;
  return rows_of_csv(csv, context);
}

}  // namespace

std::optional<ReadTable> read_table(const Node& node, const std::string& address,
                                    const TableSpec& spec, const std::filesystem::path& folder,
                                    const KnownSources& sources, base::Diagnostics& faults) {
  if (node.refused) return std::nullopt;
  if (!node.is_mapping()) {
    faults.add(node.position, node.length(),
               fmt::format("`{}` must be a table, not {}", address, node.describe()),
               example(spec));
    return std::nullopt;
  }
  const std::size_t before = faults.size();
  static const std::vector<std::string> keys{"table",  "csv",  "values", "unit",
                                             "source", "kind", "note"};
  const UnknownKeys unknown = check_keys(node, keys, address, faults);
  Evidence evidence;
  evidence.address = address;
  evidence.position = node.position;
  evidence.unit = spec.unit;
  const auto factor = read_unit(node, spec.unit, evidence.written_unit, faults);
  const Origin origin = read_origin(node, sources, faults);
  evidence.sources = origin.sources;
  evidence.kind = origin.kind;
  evidence.note = origin.note;

  std::vector<const Entry*> given;
  for (const char* key : {"table", "csv", "values"}) {
    if (const Entry* entry = node.find(key)) given.push_back(entry);
  }
  if (given.empty() &&
      (unknown.stand_for("table") || unknown.stand_for("csv") || unknown.stand_for("values"))) {
    return std::nullopt;
  }
  if (given.size() != 1) {
    faults.add(node.position, 1,
               given.empty() ? fmt::format("`{}` has no values", address)
                             : fmt::format("`{}` gives its values twice", address),
               given.empty() ? example(spec) +
                                   "\nsmall tables may have `values` or `csv` instead "
                                   "of `table`"
                             : "keep one of `table`, `values` and `csv`");
    return std::nullopt;
  }
  const Node& content = given.front()->value;
  if (content.refused) return std::nullopt;
  if (!content.is_scalar() && given.front()->key != "values") {
    faults.add(content.position, content.length(),
               fmt::format("`{}` must be {}, not {}", given.front()->key,
                           given.front()->key == "csv" ? "a block of text" : "the name of a file",
                           content.describe()),
               example(spec));
    return std::nullopt;
  }

  // A unit that does not fit is reported already; the rows are still read for their own faults.
  const TableContext context{address, spec, factor.value_or(1.0), sources, faults};
  const std::size_t before_rows = faults.size();
  base::SourcePosition position = content.position;
  std::vector<TableRow> rows;
  if (given.front()->key == "table") {
    rows = rows_of_file(content, folder, context, position);
  } else if (given.front()->key == "csv") {
    rows = rows_of_block(content, context, position);
  } else {
    NestedValues nested(context);
    nested.read(content, {});
    rows = std::move(nested.rows);
  }
  const bool every_row_has_origin = std::ranges::all_of(rows, [](const TableRow& row) {
    return row.about.kind && (!row.about.sources.empty() ||
                              (row.about.kind == Kind::assumption && !row.about.note.empty()));
  });
  if (rows.empty() || !every_row_has_origin) {
    require_evidence(address, node, origin, spec.unit, faults);
  }
  if (faults.size() > before_rows) return std::nullopt;
  FilledTable filled = fill_table(spec, rows, position, 1, faults);
  if (faults.size() > before) return std::nullopt;
  evidence.table = std::make_shared<const TableEvidence>(std::move(filled.evidence));
  return ReadTable{std::move(filled.table), std::move(evidence)};
}

}  // namespace carestair::config
