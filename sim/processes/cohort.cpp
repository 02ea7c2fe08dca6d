#include "processes/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <Eigen/Dense>

#include "base/contract.hpp"

namespace carestair::processes {
namespace {

constexpr std::size_t cells = synth::health_cell_count;
constexpr int steps_a_year = 24;

using Cells = std::array<double, cells>;

/// Rates per year out of each cell, at one age in one calendar year, for frailty 1.
struct Rates {
  Cells up{}, down{}, worse{}, back{}, death{};
};

Rates rates_at(const MortalityTables& mortality, const FunctionTables& function,
               const CognitionTables& cognition, model::Sex sex, std::size_t age,
               std::size_t year) {
  Rates rates;
  model::Resident who;
  who.sex = sex;
  const Life life{who, age, model::index(sex), year};
  // Undo what makes one resident differ from the mean of her age.
  const double illness = function.illness[age_row(year, age) * FunctionTables::illness_count];
  const double loneliness = function.mean_loneliness[age * model::sex_count + model::index(sex)];
  constexpr double year_days = base::days_per_year;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    who.need = synth::need_of_cell(cell);
    who.cognition = synth::cognition_of_cell(cell);
    rates.up[cell] = year_days * Function::whole_rate_up(function, life) / illness * loneliness;
    rates.down[cell] = year_days * Function::rate_down(function, life);
    rates.worse[cell] = year_days * Cognition::rate_up(cognition, life);
    rates.back[cell] = year_days * Cognition::rate_back(cognition, life);
    rates.death[cell] = year_days * Mortality::risk(mortality, life);
  }
  // Nobody leaves by the ends of the scales.
  constexpr std::size_t level = model::cognition_count;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (cell + level >= cells) rates.up[cell] = 0.0;
    if (cell < level) rates.down[cell] = 0.0;
    if ((cell + 1) % level == 0) rates.worse[cell] = 0.0;
    if (cell % level == 0) rates.back[cell] = 0.0;
  }
  return rates;
}

double sum(const Cells& p) { return std::accumulate(p.begin(), p.end(), 0.0); }

struct FrailtyClass {
  double frailty = 1.0;
  Cells living{};
};

/// Those without and with need differ in mean frailty at the start (synth/health.hpp).
std::vector<FrailtyClass> start(const synth::HealthTables& health, std::size_t age, model::Sex sex,
                                const std::vector<double>& spread) {
  const Cells& shares = health.cells(static_cast<int>(age), sex);
  std::vector<FrailtyClass> classes;
  for (const bool in_need : {false, true}) {
    const auto level = in_need ? model::NeedLevel::some : model::NeedLevel::none;
    for (const double frailty : spread) {
      FrailtyClass one{frailty * health.frailty_mean(static_cast<int>(age), level), {}};
      for (std::size_t cell = 0; cell < cells; ++cell) {
        if ((synth::need_of_cell(cell) != model::NeedLevel::none) != in_need) continue;
        one.living[cell] = shares[cell] / static_cast<double>(spread.size());
      }
      classes.push_back(one);
    }
  }
  return classes;
}

/// The classes of a cohort side by side, a column a cell, so that a step is one instruction for
/// several of them.
constexpr int lanes = 8;
using Lanes = Eigen::Array<double, lanes, 1>;
using Living = Eigen::Array<double, lanes, static_cast<int>(cells)>;
struct Abreast {
  Lanes frailty = Lanes::Zero();
  Living living = Living::Zero();
};

std::vector<Abreast> abreast(const std::vector<FrailtyClass>& classes) {
  std::vector<Abreast> blocks((classes.size() + lanes - 1) / lanes);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    Abreast& block = blocks[k / lanes];
    const auto lane = static_cast<int>(k % lanes);
    block.frailty[lane] = classes[k].frailty;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      block.living(lane, static_cast<int>(cell)) = classes[k].living[cell];
    }
  }
  return blocks;
}

Cells of_all_classes(const Living& living) {
  Cells all{};
  for (std::size_t cell = 0; cell < cells; ++cell) {
    all[cell] = living.col(static_cast<int>(cell)).sum();
  }
  return all;
}

/// Change of the living per year. Rates out of the last level and stage are zero.
void flow(const Rates& rates, const Lanes& frailty, const Living& p, Living& change) {
  constexpr std::size_t level = model::cognition_count;  // cells from one need level to the next
  const auto in = [&p](std::size_t cell) { return p.col(static_cast<int>(cell)); };
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double stays_less =
        rates.death[cell] + rates.down[cell] + rates.worse[cell] + rates.back[cell];
    Lanes net = -in(cell) * (stays_less + rates.up[cell] * frailty);
    if (cell >= level) net += in(cell - level) * (rates.up[cell - level] * frailty);
    if (cell + level < cells) net += in(cell + level) * rates.down[cell + level];
    if (cell > 0) net += in(cell - 1) * rates.worse[cell - 1];
    if (cell + 1 < cells) net += in(cell + 1) * rates.back[cell + 1];
    change.col(static_cast<int>(cell)) = net;
  }
}

/// One step of the classical Runge-Kutta method.
void step_on(const Rates& rates, Abreast& block, double h) {
  std::array<Living, 4> slope;
  flow(rates, block.frailty, block.living, slope[0]);
  for (std::size_t k = 1; k < slope.size(); ++k) {
    const Living ahead = block.living + (k < 3 ? h / 2 : h) * slope[k - 1];
    flow(rates, block.frailty, ahead, slope[k]);
  }
  block.living += h / 6 * (slope[0] + 2 * slope[1] + 2 * slope[2] + slope[3]);
}

}  // namespace

double CohortAge::alive() const { return sum(living); }

double CohortAge::share(model::NeedLevel need) const {
  const auto first =
      living.begin() + static_cast<std::ptrdiff_t>(model::index(need) * model::cognition_count);
  return std::accumulate(first, first + model::cognition_count, 0.0) / alive();
}

double CohortAge::share(model::Cognition cognition) const {
  double found = 0.0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (synth::cognition_of_cell(cell) == cognition) found += living[cell];
  }
  return found / alive();
}

double CohortAge::dementia() const {
  return share(model::Cognition::mild) + share(model::Cognition::moderate) +
         share(model::Cognition::severe);
}

std::vector<CohortAge> live_cohort(const Rules& rules, const CohortPlan& plan) {
  const std::size_t last_year = rules.function.shift.size() - 1;
  std::vector<Abreast> blocks =
      abreast(start(rules.health, plan.first_age, plan.sex,
                    frailty_classes(rules.health.frailty_variance(), plan.frailty_classes)));
  std::vector<CohortAge> ages;
  for (std::size_t age = plan.first_age; age <= plan.last_age; ++age) {
    const std::size_t lived = plan.same_year ? 0 : age - plan.first_age;
    const Rates rates =
        rates_at(rules.mortality, rules.function, rules.cognition, plan.sex,
                 std::min(age, age_count - 1), std::min(plan.year + lived, last_year));
    CohortAge now;
    const double h = (age == plan.first_age ? plan.first_length : 1.0) / steps_a_year;
    for (Abreast& block : blocks) {
      const Cells born = of_all_classes(block.living);
      std::ranges::transform(now.living, born, now.living.begin(), std::plus<>{});
      double before = sum(born);
      for (int step = 0; step < steps_a_year; ++step) {
        step_on(rates, block, h);
        const double after = sum(of_all_classes(block.living));
        now.person_years += h * 0.5 * (before + after);
        now.deaths += before - after;
        before = after;
      }
    }
    ages.push_back(now);
  }
  return ages;
}

namespace {

double mean_risk(const Abreast& cohort, const float* relative) {
  double risk = 0.0;
  double alive = 0.0;
  const Cells living = of_all_classes(cohort.living);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    risk += living[cell] * static_cast<double>(relative[cell]);
    alive += living[cell];
  }
  return alive > 0.0 && risk > 0.0 ? risk / alive : 1.0;
}

/// A year of age, or what is left of it, of a cohort whose deaths are given in all and shared out
/// by relative risk. Returns the mean relative risk of the living meanwhile.
double normalised_year(Abreast& cohort, Rates& rates, const float* relative, double death_rate,
                       double length) {
  // Steps short against the fastest change there is.
  const double frailest = cohort.frailty.maxCoeff();
  double fastest = 0.0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    fastest = std::max(fastest, rates.up[cell] * frailest + rates.down[cell] + rates.worse[cell] +
                                    rates.back[cell]);
  }
  const int steps = std::clamp(static_cast<int>(std::ceil(2.0 * fastest)), 4, 200);
  const double h = length / steps;
  double mean = mean_risk(cohort, relative);
  double over_year = 0.0;
  Living first;
  Living second;
  Living ahead;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      rates.death[cell] = death_rate * static_cast<double>(relative[cell]) / mean;
    }
    // Heun's method. That fewer and fewer are alive does no harm: only shares matter.
    flow(rates, cohort.frailty, cohort.living, first);
    ahead = cohort.living + h * first;
    flow(rates, cohort.frailty, ahead, second);
    cohort.living = (cohort.living + h / 2 * (first + second)).max(0.0);
    const double next = mean_risk(cohort, relative);
    over_year += 0.5 * (mean + next) / steps;
    mean = next;
  }
  return over_year;
}

}  // namespace

std::vector<float> life_table_norm(const MortalityTables& mortality, const FunctionTables& function,
                                   const CognitionTables& cognition,
                                   const synth::HealthTables& health) {
  const std::size_t years = function.shift.size();
  const std::vector<double> spread = frailty_classes(health.frailty_variance(), 4);
  std::vector<float> norm = mortality.norm;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    // Cohorts alive at the start, by age then; and those born later, by year of birth.
    for (std::size_t cohort = 0; cohort < age_count + years - 1; ++cohort) {
      const std::size_t first_age = cohort < age_count ? cohort : 0;
      const std::size_t first_year = cohort < age_count ? 0 : cohort - age_count + 1;
      std::vector<Abreast> blocks =
          abreast(start(health, first_age, static_cast<model::Sex>(sex), spread));
      CARE_EXPECTS(blocks.size() == 1);
      for (std::size_t k = 0; first_age + k < age_count && first_year + k < years; ++k) {
        const std::size_t row = age_row(first_year + k, first_age + k) * model::sex_count + sex;
        Rates rates = rates_at(mortality, function, cognition, static_cast<model::Sex>(sex),
                               first_age + k, first_year + k);
        // On the first day of the run birthdays are half a year ago, on the mean.
        const double length = cohort < age_count && k == 0 ? 0.5 : 1.0;
        norm[row] = static_cast<float>(
            normalised_year(blocks.front(), rates, &mortality.relative[(first_age + k) * cells],
                            mortality.population[row] * base::days_per_year, length));
      }
    }
  }
  return norm;
}

std::vector<double> frailty_classes(double variance, std::size_t count) {
  if (variance <= 0.0 || count <= 1) return {1.0};
  // Density on a grid that is even in log(x): x * gamma density, shape = rate = 1 / variance.
  constexpr int grid = 20000;
  const double shape = 1.0 / variance;
  const double low = -60.0 * std::max(variance, 0.2);
  const double high = std::log(1.0 + 40.0 * std::max(variance, std::sqrt(variance)));
  std::vector<double> x(grid);
  std::vector<double> mass(grid);
  double total = 0.0;
  for (int i = 0; i < grid; ++i) {
    const double log_x = low + (high - low) * (i + 0.5) / grid;
    const auto at = static_cast<std::size_t>(i);
    x[at] = std::exp(log_x);
    mass[at] = std::exp(shape * log_x - shape * x[at] + shape);
    total += mass[at];
  }
  std::vector<double> means(count, 0.0);
  const double each = total / static_cast<double>(count);
  std::size_t filling = 0;
  double room = each;
  for (std::size_t i = 0; i < x.size(); ++i) {
    double left = mass[i];
    while (left > room && filling + 1 < count) {
      means[filling] += room * x[i];
      left -= room;
      ++filling;
      room = each;
    }
    means[filling] += left * x[i];
    room -= left;
  }
  // The small error of the grid goes, so that the mean over the classes is 1.
  const double sum_of_means = std::accumulate(means.begin(), means.end(), 0.0);
  for (double& mean : means) mean *= static_cast<double>(count) / sum_of_means;
  return means;
}

}  // namespace carestair::processes
