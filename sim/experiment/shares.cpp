#include "experiment/shares.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "config/scalar.hpp"
#include "processes/user_groups.hpp"

namespace carestair::experiment {
namespace {

// Five shares written with two decimals each are off by no more than 0.025, with three by 0.0025.
constexpr double rounding = 0.005;
constexpr std::size_t adult_need_ends = processes::old_age_from;  // user groups are of those below
// Those in the tables; the rest is in no group.
const std::size_t named_groups = config::axis_size(config::Axis::user_group);
constexpr std::size_t ages = static_cast<std::size_t>(config::oldest_age) + 1;

constexpr std::string_view whole_hint =
    "they are shares of a whole: write them so that they add up to 1";
constexpr std::string_view part_hint = "they are parts of one whole: together they are 1 at most";

class ShareCheck {
 public:
  ShareCheck(const Locate& locate, base::Diagnostics& faults) : locate_(locate), faults_(faults) {}

  void whole(const std::string& address, std::string_view of, double sum) {
    if (!is_whole(sum)) report(address, of, sum, {}, whole_hint);
  }
  void part(const std::string& address, std::string_view of, double sum) {
    if (sum > 1.0 + rounding) report(address, of, sum, {}, part_hint);
  }

  /// `sum(i)` must be 1 for each `i` of a number of cases, which `words(i)` names.
  template <class Sum, class Words>
  void whole_each(const std::string& address, std::size_t cases, Sum&& sum, Words&& words) {
    each(
        address, cases, sum, words, [](double x) { return is_whole(x); }, whole_hint);
  }
  /// The same of what may be less.
  template <class Sum, class Words>
  void part_each(const std::string& address, std::size_t cases, Sum&& sum, Words&& words) {
    each(
        address, cases, sum, words, [](double x) { return x <= 1.0 + rounding; }, part_hint);
  }

 private:
  static bool is_whole(double sum) { return std::abs(sum - 1.0) <= rounding; }

  /// The first case that is wrong, and how many more are.
  template <class Sum, class Words, class Right>
  void each(const std::string& address, std::size_t cases, Sum&& sum, Words&& words, Right&& right,
            std::string_view hint) {
    std::size_t first = cases;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < cases; ++i) {
      if (right(sum(i))) continue;
      first = std::min(first, i);
      ++wrong;
    }
    if (wrong == 0) return;
    const std::string more = wrong > 1 ? fmt::format(", and at {} more", wrong - 1) : "";
    report(address, "", sum(first), fmt::format(" at {}{}", words(first), more), hint);
  }

  void report(const std::string& address, std::string_view of, double sum, const std::string& at,
              std::string_view hint) {
    const config::Place place = locate_(address);
    const std::string subject =
        of.empty() ? "the shares of " + address : fmt::format("{}: {}", address, of);
    faults_.add(place.position, place.length,
                fmt::format("{} add up to {}{}", subject, config::to_short(sum), at),
                std::string(hint));
  }

  const Locate& locate_;
  base::Diagnostics& faults_;
};

std::string age_words(std::size_t age) { return fmt::format("age {}", age); }

/// A row of a table over age and another axis.
double row_sum(const config::Table& shares, std::size_t age, std::size_t levels) {
  double sum = 0.0;
  for (std::size_t level = 0; level < levels; ++level) sum += shares(age, level);
  return sum;
}

void check_initial(const config::Initial& initial, ShareCheck& check) {
  check.whole_each(
      "initial.need", ages,
      [&](std::size_t age) { return row_sum(initial.need, age, model::need_level_count); },
      age_words);
  check.whole_each(
      "initial.income", ages,
      [&](std::size_t age) { return row_sum(initial.income, age, model::income_count); },
      age_words);
  check.part_each(
      "initial.dementia", ages * model::sex_count,
      [&](std::size_t i) {
        const std::size_t age = i / model::sex_count;
        return initial.dementia(age, i % model::sex_count) + initial.mild_impairment(age);
      },
      [](std::size_t i) {
        return fmt::format("age {}, {}, with initial.mild_impairment", i / model::sex_count,
                           config::axis_levels(config::Axis::sex)[i % model::sex_count]);
      });
  double stages = 0.0;
  for (std::size_t c = model::index(model::Cognition::mild); c < model::cognition_count; ++c) {
    stages += initial.stage(c);
  }
  check.whole("initial.stage", "mild, moderate and severe", stages);
}

void check_groups(const config::UserGroups& groups, ShareCheck& check) {
  constexpr std::size_t first_need = model::index(model::NeedLevel::some);
  constexpr std::size_t needs = model::need_level_count - first_need;
  check.part_each(
      "user_groups.at_start", adult_need_ends * needs,
      [&](std::size_t i) {
        double sum = 0.0;
        for (std::size_t g = 0; g < named_groups; ++g) {
          sum += groups.at_start(i / needs, first_need + i % needs, g);
        }
        return sum;
      },
      [](std::size_t i) {
        return fmt::format("age {}, need_level {}", i / needs,
                           config::axis_levels(config::Axis::need_level)[first_need + i % needs]);
      });
  check.part_each(
      "user_groups.at_onset", adult_need_ends,
      [&](std::size_t age) { return row_sum(groups.at_onset, age, named_groups); }, age_words);
}

}  // namespace

void check_shares(const config::Config& config, const Locate& locate, base::Diagnostics& faults) {
  ShareCheck check(locate, faults);
  for (const config::ChildrenCohort& row : config.kin.children) {
    check.whole("kin.children." + row.id, "none, one, two, three and four_or_more",
                row.none + row.one + row.two + row.three + row.four_or_more);
  }
  check.part("kin.region", "kin.same_municipality and kin.region",
             config.kin.same_municipality + config.kin.region);
  check_initial(config.initial, check);
  check_groups(config.user_groups, check);
  check.part("hospital.hip_loss_two_share", "hip_loss_share and hip_loss_two_share",
             config.hospital.hip_loss_share + config.hospital.hip_loss_two_share);
  check.part("economy.adaptation_municipality_share",
             "adaptation_state_share and adaptation_municipality_share",
             config.economy.adaptation_state_share + config.economy.adaptation_municipality_share);
  double zones = 0.0;
  for (const double share : config.travel.home_zone.cells()) zones += share;
  check.whole("travel.home_zone", "", zones);
}

}  // namespace carestair::experiment
