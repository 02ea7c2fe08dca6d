#include "synth/kin_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace carestair::synth {

KinTables::KinTables(const config::Config& config)
    : same_municipality_(config.kin.same_municipality),
      region_(config.kin.region),
      share_boys_(config.fertility.share_boys),
      father_older_days_(static_cast<int>(
          std::lround(config.households.partner_age_gap_years * base::days_per_year))),
      mean_age_days_(
          static_cast<int>(std::lround(config.kin.mean_age_at_birth_years * base::days_per_year))),
      leaving_home_(static_cast<int>(std::lround(config.households.oldest_child_at_home_years))) {
  for (const config::ChildrenCohort& row : config.kin.children) {
    const std::array<double, most_children + 1> shares{row.none, row.one, row.two, row.three,
                                                       row.four_or_more};
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    Cohort cohort{base::first_of_year(row.born_from), {}};
    double below = 0.0;
    for (std::size_t n = 0; n < cohort.cumulative.size(); ++n) {
      below += sum > 0.0 ? shares[n] / sum : 1.0;
      cohort.cumulative[n] = below;
    }
    cohorts_.push_back(cohort);
  }
  std::ranges::sort(cohorts_, {}, &Cohort::from);
  prepare_ages_at_birth(config);
  prepare_deaths(config);
}

void KinTables::prepare_ages_at_birth(const config::Config& config) {
  const auto first = static_cast<std::size_t>(youngest_parent);
  const auto last = static_cast<std::size_t>(oldest_mother);
  double births = 0.0;
  double age_sum = 0.0;
  for (std::size_t age = first; age < last; ++age) {
    births += config.fertility.rate(age);
    age_sum += config.fertility.rate(age) * (static_cast<double>(age) + 0.5);
  }
  const double mean = config.kin.mean_age_at_birth_years;
  if (births <= 0.0) {
    age_quantile_days_.fill(mean * base::days_per_year);
    return;
  }
  const double shift = mean - age_sum / births;
  // Children of a woman are drawn one by one, so the ages at the edges must stay possible.
  const double lowest = youngest_parent + 1.0;
  const double highest = oldest_mother - 1.0;
  std::size_t age = first;
  double below = 0.0;
  for (std::size_t i = 0; i <= steps; ++i) {
    const double wanted = births * static_cast<double>(i) / steps;
    while (age + 1 < last && below + config.fertility.rate(age) < wanted) {
      below += config.fertility.rate(age);
      ++age;
    }
    const double rate = config.fertility.rate(age);
    const double within = rate > 0.0 ? std::clamp((wanted - below) / rate, 0.0, 1.0) : 0.0;
    age_quantile_days_[i] = base::days_per_year *
                            std::clamp(static_cast<double>(age) + within + shift, lowest, highest);
  }
}

void KinTables::prepare_deaths(const config::Config& config) {
  const auto ages = static_cast<std::size_t>(config::oldest_age) + 1;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    hazard_[sex].resize(ages);
    cumulative_[sex].resize(ages);
    double sum = 0.0;
    for (std::size_t age = 0; age < ages; ++age) {
      hazard_[sex][age] = config.mortality.rate(age, sex) / base::days_per_year;
      cumulative_[sex][age] = sum;
      sum += hazard_[sex][age] * base::days_per_year;
    }
  }
}

int KinTables::children_at(base::Day birth_of_parent, double u) const {
  if (cohorts_.empty()) return 0;
  std::size_t row = cohorts_.size() - 1;
  while (row > 0 && birth_of_parent < cohorts_[row].from) --row;
  int count = 0;
  while (count < most_children && u >= cohorts_[row].cumulative[static_cast<std::size_t>(count)]) {
    ++count;
  }
  return count;
}

int KinTables::mothers_age_days_at(double u) const {
  const double at = u * steps;
  const auto below = std::min(static_cast<std::size_t>(at), steps - 1);
  const double within = at - static_cast<double>(below);
  return static_cast<int>(age_quantile_days_[below] +
                          within * (age_quantile_days_[below + 1] - age_quantile_days_[below]));
}

model::Distance KinTables::distance_at(double u) const {
  if (u < same_municipality_) return model::Distance::same_municipality;
  return u < same_municipality_ + region_ ? model::Distance::region : model::Distance::far;
}

double KinTables::death_age_days(model::Sex sex, double age_days, double exponential) const {
  const std::vector<double>& hazard = hazard_[model::index(sex)];
  const std::vector<double>& cumulative = cumulative_[model::index(sex)];
  const std::size_t oldest = hazard.size() - 1;
  const auto age = std::min(static_cast<std::size_t>(age_days / base::days_per_year), oldest);
  const double into_year = age_days - static_cast<double>(age) * base::days_per_year;
  const double wanted = cumulative[age] + into_year * hazard[age] + exponential;
  const auto above = std::upper_bound(cumulative.begin() + static_cast<std::ptrdiff_t>(age) + 1,
                                      cumulative.end(), wanted);
  const auto at = static_cast<std::size_t>(above - cumulative.begin()) - 1;
  const double rest = wanted - cumulative[at];
  const double forever = 1000.0 * base::days_per_year;
  const double days = hazard[at] > 0.0 ? std::min(rest / hazard[at], forever) : forever;
  return static_cast<double>(at) * base::days_per_year + days;
}

}  // namespace carestair::synth
