#include "cli/persons_text.hpp"

#include <fmt/format.h>

#include "cli/text.hpp"

namespace carestair::cli {
namespace {

using experiment::PersonCounts;
using record::Outcome;

std::string number(double persons) {
  if (persons == 0.0) return "-";
  return decimal(persons, persons < 10.0 ? 1 : 0);
}

std::vector<std::string> row_of(std::string name, const PersonCounts& counts) {
  const auto more = [&](Outcome o) { return number(counts.more[static_cast<std::size_t>(o)]); };
  const auto less = [&](Outcome o) { return number(counts.less[static_cast<std::size_t>(o)]); };
  const double share = counts.paired > 0.0 ? 100.0 * counts.touched / counts.paired : 0.0;
  return {std::move(name),
          number(counts.paired),
          number(counts.touched),
          counts.touched > 0.0 ? decimal(share, share < 10.0 ? 1 : 0) + " %" : "-",
          less(Outcome::unmet_hours),
          more(Outcome::unmet_hours),
          less(Outcome::waiting_days),
          more(Outcome::waiting_days),
          more(Outcome::life_days),
          less(Outcome::life_days)};
}

}  // namespace

std::string persons_text(const experiment::CountsByGroup& counts) {
  PersonCounts all;
  for (const auto& by_sex : counts) {
    for (const PersonCounts& group : by_sex) all += group;
  }
  if (all.touched == 0.0) return "Nobody's life is touched.\n";

  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, right, right, right, right});
  table.row({"", "", "", "", "", "unmet need", "", "waiting", "", "days lived"});
  table.row({"age at the start", "persons", "touched", "", "better", "worse", "better", "worse",
             "better", "worse"});
  for (const model::Sex sex : {model::Sex::female, model::Sex::male}) {
    const std::string_view name = sex == model::Sex::female ? "women" : "men";
    for (std::size_t age = 0; age < model::age_group_count; ++age) {
      table.row(row_of(fmt::format("{} {}", name, model::age_group_names[age]),
                       counts[age][model::index(sex)]));
    }
  }
  table.row(row_of("all", all));
  return "Persons touched, mean of the replications. Better: less unmet need, less waiting, more "
         "days.\n"
         "Those who come later stand under their age at the start, the unborn with the "
         "youngest.\n" +
         table.text();
}

}  // namespace carestair::cli
