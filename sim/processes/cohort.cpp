#include "processes/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

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

/// Two classes side by side: what one instruction takes.
using Pair = double __attribute__((vector_size(16)));
using PairCells = std::array<Pair, cells>;
constexpr Pair both(double value) { return Pair{value, value}; }

/// Eight classes of a cohort.
constexpr std::size_t pairs = 4;
struct Abreast {
  std::array<Pair, pairs> frailty{};
  std::array<PairCells, pairs> living{};
};

std::vector<Abreast> abreast(const std::vector<FrailtyClass>& classes) {
  constexpr std::size_t lanes = 2 * pairs;
  std::vector<Abreast> blocks((classes.size() + lanes - 1) / lanes);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    Abreast& block = blocks[k / lanes];
    const std::size_t pair = k % lanes / 2;
    block.frailty[pair][k % 2] = classes[k].frailty;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      block.living[pair][cell][k % 2] = classes[k].living[cell];
    }
  }
  return blocks;
}

Cells of_all_classes(const Abreast& block) {
  const auto& p = block.living;
  Cells all{};
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const Pair sum = (p[0][cell] + p[1][cell]) + (p[2][cell] + p[3][cell]);
    all[cell] = sum[0] + sum[1];
  }
  return all;
}

/// Rates of a year of age as a step takes them: the same for both of a pair, but for decline.
struct Flows {
  PairCells out{};  // but for decline
  PairCells down{}, worse{}, back{};
  std::array<PairCells, pairs> up{};

  Flows(const Rates& rates, const Abreast& block) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      down[cell] = both(rates.down[cell]);
      worse[cell] = both(rates.worse[cell]);
      back[cell] = both(rates.back[cell]);
      for (std::size_t pair = 0; pair < pairs; ++pair) {
        up[pair][cell] = rates.up[cell] * block.frailty[pair];
      }
    }
    die(rates.death);
  }
  void die(const Cells& death) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      out[cell] = both(death[cell]) + down[cell] + worse[cell] + back[cell];
    }
  }
};

/// Change of the living of a pair per year: take(cell, change). Written out cell by cell, so that
/// nothing is asked of a cell that its number tells. With nobody impaired four cells are all.
template <bool impaired, class Take>
void flow(const Flows& rates, const PairCells& up, const PairCells& p, Take take) {
  constexpr std::size_t stages = model::cognition_count;  // of one need level, then the next
  const auto of_cell = [&]<std::size_t cell>() {
    if constexpr (impaired || cell % stages == 0) {
      Pair net = -p[cell] * (rates.out[cell] + up[cell]);
      if constexpr (cell >= stages) net += p[cell - stages] * up[cell - stages];
      if constexpr (cell + stages < cells) net += p[cell + stages] * rates.down[cell + stages];
      if constexpr (cell % stages > 0) net += p[cell - 1] * rates.worse[cell - 1];
      if constexpr (impaired && cell % stages + 1 < stages) {
        net += p[cell + 1] * rates.back[cell + 1];
      }
      take(cell, net);
    }
  };
  [&]<std::size_t... cell>(std::index_sequence<cell...>) {
    (of_cell.template operator()<cell>(), ...);
  }
  (std::make_index_sequence<cells>{});
}

/// One step of the classical Runge-Kutta method.
void step_on(const Flows& rates, Abreast& block, double h) {
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    PairCells& living = block.living[pair];
    const PairCells& up = rates.up[pair];
    std::array<PairCells, 4> slope;
    PairCells ahead = living;
    for (std::size_t k = 0; k < slope.size(); ++k) {
      flow<true>(rates, up, ahead, [&](std::size_t cell, Pair net) { slope[k][cell] = net; });
      const double next = k < 2 ? h / 2 : h;
      for (std::size_t cell = 0; cell < cells; ++cell) {
        ahead[cell] = living[cell] + next * slope[k][cell];
      }
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      living[cell] +=
          h / 6 * (slope[0][cell] + 2 * slope[1][cell] + 2 * slope[2][cell] + slope[3][cell]);
    }
  }
}

/// One step of Heun's method. That fewer and fewer are alive does no harm where only shares matter.
template <bool impaired>
void coarse_step_on(const Flows& rates, Abreast& block, double h) {
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    PairCells& living = block.living[pair];
    const PairCells& up = rates.up[pair];
    PairCells first;
    PairCells ahead;
    flow<impaired>(rates, up, living, [&](std::size_t cell, Pair net) {
      first[cell] = net;
      ahead[cell] = living[cell] + h * net;
    });
    flow<impaired>(rates, up, ahead, [&](std::size_t cell, Pair net) {
      const Pair then = living[cell] + h / 2 * (first[cell] + net);
      living[cell] = then > 0.0 ? then : both(0.0);
    });
  }
}

/// Whether anybody's cognition is, or becomes, other than normal.
bool any_impaired(const Rates& rates, const Cells& living) {
  constexpr std::size_t stages = model::cognition_count;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (cell % stages == 0 ? rates.worse[cell] > 0.0 : living[cell] > 0.0) return true;
  }
  return false;
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
      const Flows flows(rates, block);
      const Cells born = of_all_classes(block);
      std::ranges::transform(now.living, born, now.living.begin(), std::plus<>{});
      double before = sum(born);
      for (int step = 0; step < steps_a_year; ++step) {
        step_on(flows, block, h);
        const double after = sum(of_all_classes(block));
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

double mean_risk(const Abreast& cohort, const Cells& relative) {
  double risk = 0.0;
  double alive = 0.0;
  const Cells living = of_all_classes(cohort);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    risk += living[cell] * relative[cell];
    alive += living[cell];
  }
  return alive > 0.0 && risk > 0.0 ? risk / alive : 1.0;
}

/// A year of age, or what is left of it, of a cohort whose deaths are given in all and shared out
/// by relative risk. Returns the mean relative risk of the living meanwhile.
double normalised_year(Abreast& cohort, const Rates& rates, const float* risks, double death_rate,
                       double length) {
  // Steps short against the fastest change there is.
  double frailest = 0.0;
  for (const Pair of : cohort.frailty) frailest = std::max({frailest, of[0], of[1]});
  double fastest = 0.0;
  Cells relative;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    fastest = std::max(fastest, rates.up[cell] * frailest + rates.down[cell] + rates.worse[cell] +
                                    rates.back[cell]);
    relative[cell] = static_cast<double>(risks[cell]);
  }
  const int steps = std::clamp(static_cast<int>(std::ceil(2.0 * fastest)), 4, 200);
  const double h = length / steps;
  const auto take_step =
      any_impaired(rates, of_all_classes(cohort)) ? coarse_step_on<true> : coarse_step_on<false>;
  Flows flows(rates, cohort);
  Cells death;
  double mean = mean_risk(cohort, relative);
  double over_year = 0.0;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
      death[cell] = death_rate * relative[cell] / mean;
    }
    flows.die(death);
    take_step(flows, cohort, h);
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
        const Rates rates = rates_at(mortality, function, cognition, static_cast<model::Sex>(sex),
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
