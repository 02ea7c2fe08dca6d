#include "config/table_writer.hpp"

#include <algorithm>
#include <vector>

#include "config/scalar.hpp"

namespace carestair::config {
namespace {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\t") == std::string::npos && !text.starts_with(' ') &&
      !text.ends_with(' ')) {
    return text;
  }
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string number_cell(double value) { return value == value ? to_text(value) : std::string(); }

class TableWriter {
 public:
  TableWriter(const Table& table, const TableEvidence* about, bool every_age)
      : table_(table), about_(about), every_age_(every_age) {
    if (about_ != nullptr && about_->row_of_cell.size() != table.cells().size()) about_ = nullptr;
    const auto axes = table.axes();
    std::size_t stride = 1;
    for (std::size_t i = axes.size(); i-- > 0;) {
      if (axes[i] == Axis::age) age_stride_ = stride;
      stride *= axis_size(axes[i]);
    }
    if (about_ == nullptr) return;
    const auto given = [](double x) { return x == x; };
    has_range_ =
        std::ranges::any_of(about_->low, given) || std::ranges::any_of(about_->high, given);
    for (const TableEvidence::Row& row : about_->rows) {
      has_source_ = has_source_ || !row.sources.empty();
      has_kind_ = has_kind_ || row.kind.has_value();
      has_note_ = has_note_ || !row.note.empty();
    }
  }

  std::string write() {
    std::string out = header();
    const std::size_t ages = age_stride_ > 0 ? axis_size(Axis::age) : 1;
    for (std::size_t cell = 0; cell < table_.cells().size(); ++cell) {
      if (age_stride_ > 0 && (cell / age_stride_) % ages != 0) continue;  // done with its band
      for (std::size_t from = 0; from < ages;) {
        std::size_t to = from;
        while (to + 1 < ages && same(cell + from * age_stride_, cell + (to + 1) * age_stride_))
          ++to;
        out += row(cell + from * age_stride_, from, to);
        from = to + 1;
      }
    }
    return out;
  }

 private:
  std::string header() const {
    std::string out;
    for (const Axis axis : table_.axes()) {
      out += axis == Axis::age ? "age_from,age_to," : std::string(axis_name(axis)) + ",";
    }
    out += "value";
    if (has_range_) out += ",low,high";
    if (has_source_) out += ",source";
    if (has_kind_) out += ",kind";
    if (has_note_) out += ",note";
    return out + "\n";
  }

  /// Equal in all that is written.
  [[nodiscard]] bool same(std::size_t a, std::size_t b) const {
    const auto equal = [](double x, double y) { return x == y || (x != x && y != y); };
    if (!equal(table_.cells()[a], table_.cells()[b])) return false;
    if (every_age_ && table_.cells()[a] != 0.0) return false;
    if (about_ == nullptr) return true;
    return equal(about_->low[a], about_->low[b]) && equal(about_->high[a], about_->high[b]) &&
           about_->rows[about_->row_of_cell[a]] == about_->rows[about_->row_of_cell[b]];
  }

  std::string row(std::size_t cell, std::size_t from, std::size_t to) const {
    const auto axes = table_.axes();
    std::vector<std::size_t> levels(axes.size());
    std::size_t rest = cell;
    for (std::size_t i = axes.size(); i-- > 0;) {
      levels[i] = rest % axis_size(axes[i]);
      rest /= axis_size(axes[i]);
    }
    std::string out;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      out += axes[i] == Axis::age ? std::to_string(from) + "," + std::to_string(to) + ","
                                  : std::string(axis_levels(axes[i])[levels[i]]) + ",";
    }
    out += to_text(table_.cells()[cell]);
    if (about_ != nullptr) out += origin(cell);
    return out + "\n";
  }

  std::string origin(std::size_t cell) const {
    const TableEvidence::Row& about = about_->rows[about_->row_of_cell[cell]];
    std::string out;
    if (has_range_) {
      out += "," + number_cell(about_->low[cell]) + "," + number_cell(about_->high[cell]);
    }
    if (has_source_) {
      std::string ids;
      for (const std::string& id : about.sources) ids += (ids.empty() ? "" : ";") + id;
      out += "," + ids;
    }
    if (has_kind_) out += "," + (about.kind ? std::string(kind_name(*about.kind)) : std::string());
    if (has_note_) out += "," + csv_cell(about.note);
    return out;
  }

  const Table& table_;
  const TableEvidence* about_;
  bool every_age_;
  std::size_t age_stride_ = 0;
  bool has_range_ = false, has_source_ = false, has_kind_ = false, has_note_ = false;
};

}  // namespace

std::string to_csv(const Table& table, const TableEvidence* about, bool every_age) {
  return TableWriter(table, about, every_age).write();
}

}  // namespace carestair::config
