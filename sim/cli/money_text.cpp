#include "cli/money_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "cli/text.hpp"

namespace carestair::cli {
namespace {

using experiment::MoneyComparison;
using experiment::PairedDifference;
using experiment::Payback;

std::string payer_name(std::size_t payer) {
  return payer == experiment::society ? "society" : std::string(model::payer_names[payer]);
}

/// "+1.20 ±0.31"; nothing where nothing differs.
std::string cell_text(const PairedDifference& paired) {
  if (paired.identical()) return "";
  const double size = std::abs(paired.difference);
  const int decimals = size < 10.0 ? 2 : size < 100.0 ? 1 : 0;
  const std::string sign = paired.difference > 0.0 ? "+" : "";
  std::string text = sign + decimal(paired.difference, decimals);
  if (std::isfinite(paired.half_width)) text += " ±" + decimal(paired.half_width, decimals);
  return text;
}

std::string matrix_text(const MoneyComparison& money) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, right});
  std::vector<std::string> head{""};
  for (std::size_t p = 0; p <= experiment::society; ++p) head.push_back(payer_name(p));
  table.row(std::move(head));
  for (std::size_t account = 0; account <= experiment::all_accounts; ++account) {
    const bool sum = account == experiment::all_accounts;
    std::vector<std::string> row{sum ? "sum" : as_words(model::account_names[account])};
    bool any = sum;
    for (const PairedDifference& paired : money.matrix[account]) {
      row.push_back(cell_text(paired));
      any = any || !paired.identical();
    }
    if (any) table.row(std::move(row));
  }
  return table.text();
}

std::string payback_text(const Payback& payback, const std::string& who, int start) {
  if (!payback.differs) return "";
  std::string text = fmt::format("{}: a gain at the end, for good, in {} % of the replications",
                                 who, decimal(100.0 * payback.share, 0));
  if (payback.years) {
    text += fmt::format(", in half of these from {}", start + static_cast<int>(*payback.years));
  }
  return paragraph("  ", text + ".");
}

std::string qalys_text(const MoneyComparison& money) {
  if (money.qalys.identical()) return "";
  std::string text =
      fmt::format("Quality-adjusted life years, discounted: {}", cell_text(money.qalys));
  const PairedDifference& cost = money.present_value[experiment::society];
  if (const auto ratio = money.cost_per_qaly()) {
    const std::string amount = grouped(std::llround(*ratio / 1000.0) * 1000);
    text += cost.difference > 0.0 ? fmt::format("; {} NOK for each", amount)
                                  : fmt::format("; {} NOK saved for each lost", amount);
  } else if (cost.distinguishable() && money.qalys.distinguishable()) {
    text += cost.difference > 0.0 ? "; dearer and worse" : "; cheaper and better";
  }
  return paragraph("  ", text + ".");
}

/// Nothing where nobody is employed.
std::string units_text(const MoneyComparison& money, std::span<const std::string> units) {
  using enum TextTable::Align;
  constexpr std::size_t unused = model::index(model::UnitAccount::unused_time);
  TextTable table({left, right, right, right});
  table.row({"", "baseline", "difference", "of it unused time"});
  bool any = false;
  for (std::size_t unit = 0; unit < money.units.size(); ++unit) {
    const PairedDifference& cost = money.units[unit][experiment::all_of_unit];
    if (cost.identical() && cost.baseline == 0.0) continue;
    table.row({units[unit], decimal(cost.baseline, 2), cell_text(cost),
               cell_text(money.units[unit][unused])});
    any = true;
  }
  return any ? "Cost by unit, million NOK a year\n" + table.text() : "";
}

}  // namespace

std::string money_text(const MoneyComparison& money, int start,
                       std::span<const std::string> units) {
  std::string text = "Who pays, difference in million NOK a year (cost +, gain -)\n";
  if (money.present_value[experiment::society].identical() &&
      money.who_gains() == "Nobody pays and nobody gains.") {
    return text + "  Nobody pays more or less.\n" + qalys_text(money);
  }
  text += matrix_text(money);
  std::string values;
  for (std::size_t p = 0; p <= experiment::society; ++p) {
    const std::string cell = cell_text(money.present_value[p]);
    if (!cell.empty())
      values += fmt::format("{}{} {}", values.empty() ? "" : "; ", payer_name(p), cell);
  }
  text += paragraph(
      "  ", fmt::format("Present value of {} years at {} %, million NOK: {}.",
                        decimal(money.years, 0), decimal(100.0 * money.discount_rate, 1), values));
  text += paragraph("  ", money.who_gains());
  text += payback_text(money.municipality, "Municipality", start);
  text += payback_text(money.society_as_a_whole, "Society", start);
  return text + qalys_text(money) + units_text(money, units);
}

}  // namespace carestair::cli
