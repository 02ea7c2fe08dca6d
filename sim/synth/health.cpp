#include "synth/health.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "synth/ipf.hpp"

namespace carestair::synth {
namespace {

using model::cognition_count;
using model::need_level_count;

constexpr std::size_t stage_count = 3;  // mild, moderate, severe
constexpr std::size_t first_stage = model::index(model::Cognition::mild);

/// Makes shares add up to 1; all zero means that everybody is in the first class.
template <std::size_t N>
std::array<double, N> normalised(std::array<double, N> shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (sum <= 0.0) {
    shares.fill(0.0);
    shares[0] = 1.0;
    return shares;
  }
  for (double& share : shares) share /= sum;
  return shares;
}

/// Joint distribution of need and cognition of one age and sex, in two fits:
/// need by dementia, with the configured odds ratios; then, within dementia, need by stage, where
/// a stage is more common at higher need by ratio^(1/2) for each step from mild. Mild impairment
/// is spread evenly over those without dementia.
HealthTables::Cells joint(const config::Initial& initial, std::size_t age, std::size_t sex) {
  std::array<double, need_level_count> need{};
  std::array<double, need_level_count> ratio{};
  for (std::size_t n = 0; n < need_level_count; ++n) {
    need[n] = initial.need(age, n);
    ratio[n] = initial.need_dementia_ratio(n);
  }
  need = normalised(need);
  const double dementia = std::min(initial.dementia(age, sex), 1.0);
  const double impaired = std::min(initial.mild_impairment(age), 1.0 - dementia);
  std::array<double, stage_count> stages{};
  for (std::size_t s = 0; s < stage_count; ++s) stages[s] = initial.stage(first_stage + s);
  stages = normalised(stages);

  std::array<double, need_level_count * 2> by_dementia{};
  for (std::size_t n = 0; n < need_level_count; ++n) {
    by_dementia[n * 2] = 1.0;
    by_dementia[n * 2 + 1] = ratio[n];
  }
  fit_margins(by_dementia, need, std::array{1.0 - dementia, dementia});

  std::array<double, need_level_count> demented{};
  std::array<double, need_level_count * stage_count> by_stage{};
  for (std::size_t n = 0; n < need_level_count; ++n) {
    demented[n] = by_dementia[n * 2 + 1];
    for (std::size_t s = 0; s < stage_count; ++s) {
      by_stage[n * stage_count + s] = std::pow(ratio[n], 0.5 * static_cast<double>(s));
    }
  }
  for (double& stage : stages) stage *= dementia;
  fit_margins(by_stage, demented, stages);

  HealthTables::Cells cells{};
  const double impaired_share = dementia < 1.0 ? impaired / (1.0 - dementia) : 0.0;
  for (std::size_t n = 0; n < need_level_count; ++n) {
    double* row = cells.data() + n * cognition_count;
    row[0] = by_dementia[n * 2] * (1.0 - impaired_share);
    row[1] = by_dementia[n * 2] * impaired_share;
    for (std::size_t s = 0; s < stage_count; ++s)
      row[first_stage + s] = by_stage[n * stage_count + s];
  }
  return normalised(cells);
}

/// Frailty by selection. With gamma frailty of mean 1 and variance v, those whom a hazard has
/// spared with probability S have mean frailty S^v (Vaupel, Manton and Stallard 1979); the others
/// have what keeps the mean of all at 1.
std::array<double, 2> frailty_means(double spared, double variance) {
  const double without_need = std::pow(spared, variance);
  const double rest = 1.0 - spared;
  const double with_need = rest > 1e-9 ? (1.0 - spared * without_need) / rest : 1.0 + variance;
  return {without_need, with_need};
}

}  // namespace

HealthTables::HealthTables(const config::Config& config)
    : frailty_variance_(config.function.frailty_variance), groups_(config.user_groups) {
  const config::Initial& initial = config.initial;
  const auto ages = static_cast<std::size_t>(config::oldest_age) + 1;
  cells_.reserve(ages * model::sex_count);
  by_age_.resize(ages);
  for (std::size_t age = 0; age < ages; ++age) {
    for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
      cells_.push_back(joint(initial, age, sex));
    }
    ByAge& at = by_age_[age];
    const Cells& cells = cells_[age * model::sex_count];
    const double spared = std::accumulate(cells.begin(), cells.begin() + cognition_count, 0.0);
    at.frailty_mean = frailty_means(spared, frailty_variance_);
    at.unsuitable_home = initial.unsuitable_home(age);
    at.prefers_institution = initial.prefers_institution(age);

    double probability = std::exp(-initial.illness_mean(age));
    double sum = 0.0;
    for (std::size_t k = 0; k < most_illnesses; ++k) {
      sum += probability;
      at.illness[k] = sum;
      probability *= initial.illness_mean(age) / static_cast<double>(k + 1);
    }
    for (std::size_t i = 0; i < model::income_count; ++i) at.income[i] = initial.income(age, i);
    at.income = normalised(at.income);
    std::partial_sum(at.income.begin(), at.income.end(), at.income.begin());
  }
  for (std::size_t c = 0; c < cognition_count; ++c) diagnosed_[c] = initial.diagnosed(c);
  lonely_ = {initial.lonely_together, initial.lonely_alone};
}

std::size_t HealthTables::cell_at(int age, model::Sex sex, double u) const {
  const Cells& shares = cells(age, sex);
  std::size_t last = 0;  // a cell with a share, for the rounding error at the very end
  for (std::size_t i = 0; i < health_cell_count; ++i) {
    if (shares[i] <= 0.0) continue;
    last = i;
    u -= shares[i];
    if (u < 0.0) break;
  }
  return last;
}

std::uint8_t HealthTables::illnesses_at(int age, double u) const {
  const auto& cumulative = by_age_[row(age)].illness;
  std::uint8_t count = 0;
  while (count < most_illnesses && u >= cumulative[count]) ++count;
  return count;
}

model::Income HealthTables::income_at(int age, double u) const {
  const auto& cumulative = by_age_[row(age)].income;
  std::size_t level = 0;
  while (level + 1 < model::income_count && u >= cumulative[level]) ++level;
  return static_cast<model::Income>(level);
}

void draw_health(const HealthTables& tables, random::Stream& stream, model::Resident& who,
                 int age) {
  const std::size_t cell = tables.cell_at(age, who.sex, stream.uniform());
  who.need = need_of_cell(cell);
  who.cognition = cognition_of_cell(cell);
  who.diagnosed = stream.chance(tables.diagnosed(who.cognition));
  who.illness_count = tables.illnesses_at(age, stream.uniform());
  who.frailty = static_cast<float>(tables.frailty_mean(age, who.need) *
                                   stream.gamma_mean_one(tables.frailty_variance()));
}

void draw_user_group(const HealthTables& tables, random::WorldSeed seed, model::Resident& who,
                     int age, std::uint32_t count) {
  who.group = model::UserGroup::general;
  if (who.need == model::NeedLevel::none) return;
  random::Stream stream(seed, who.uid, random::Purpose::user_group, count);
  who.group = tables.groups().at_start(age, who.need, stream.uniform());
}

void draw_circumstances(const HealthTables& tables, random::Stream& stream, model::Resident& who,
                        int age, bool alone) {
  who.dwelling = stream.chance(tables.unsuitable_home(age)) ? model::Dwelling::unsuitable_home
                                                            : model::Dwelling::suitable_home;
  who.income = tables.income_at(age, stream.uniform());
  who.prefers_institution = stream.chance(tables.prefers_institution(age));
  who.lonely = stream.chance(age >= youngest_lonely ? tables.lonely(alone) : 0.0);
}

}  // namespace carestair::synth
