#include "processes/cohort_flow.hpp"

#include <numeric>
#include <utility>

namespace carestair::processes {
namespace {

constexpr Pair both(double value) { return Pair{value, value}; }

struct FrailtyClass {
  double frailty = 1.0;
  Cells living{};
};

/// Those without and with need differ in mean frailty at the start (synth/health.hpp).
std::vector<FrailtyClass> classes_at(const synth::HealthTables& health, std::size_t age,
                                     model::Sex sex, const std::vector<double>& spread) {
  const Cells& shares = health.cells(static_cast<int>(age), sex);
  std::vector<FrailtyClass> classes;
  for (const bool in_need : {false, true}) {
    const auto level = in_need ? model::NeedLevel::some : model::NeedLevel::none;
    for (const double frailty : spread) {
      FrailtyClass one{frailty * health.frailty_mean(static_cast<int>(age), level), {}};
      for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
        if ((synth::need_of_cell(cell) != model::NeedLevel::none) != in_need) continue;
        one.living[cell] = shares[cell] / static_cast<double>(spread.size());
      }
      classes.push_back(one);
    }
  }
  return classes;
}

std::vector<Abreast> abreast(const std::vector<FrailtyClass>& classes) {
  constexpr std::size_t lanes = 2 * pairs;
  std::vector<Abreast> blocks((classes.size() + lanes - 1) / lanes);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    Abreast& block = blocks[k / lanes];
    const std::size_t pair = k % lanes / 2;
    block.frailty[pair][k % 2] = classes[k].frailty;
    for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
      block.living[pair][cell][k % 2] = classes[k].living[cell];
    }
  }
  return blocks;
}

/// Change of the living of a pair per year: take(cell, change). Written out cell by cell, so that
/// nothing is asked of a cell that its number tells. With nobody impaired four cohort_cells are
/// all.
template <bool impaired, class Take>
void flow(const Flows& rates, const PairCells& up, const PairCells& p, Take take) {
  constexpr std::size_t stages = model::cognition_count;  // of one need level, then the next
  const auto of_cell = [&]<std::size_t cell>() {
    if constexpr (impaired || cell % stages == 0) {
      Pair net = -p[cell] * (rates.out[cell] + up[cell]);
      if constexpr (cell >= stages) net += p[cell - stages] * up[cell - stages];
      if constexpr (cell + stages < cohort_cells)
        net += p[cell + stages] * rates.down[cell + stages];
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
  (std::make_index_sequence<cohort_cells>{});
}

}  // namespace

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
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
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
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    if (cell + level >= cohort_cells) rates.up[cell] = 0.0;
    if (cell < level) rates.down[cell] = 0.0;
    if ((cell + 1) % level == 0) rates.worse[cell] = 0.0;
    if (cell % level == 0) rates.back[cell] = 0.0;
  }
  return rates;
}

double sum(const Cells& p) { return std::accumulate(p.begin(), p.end(), 0.0); }

std::vector<Abreast> start_cohort(const synth::HealthTables& health, std::size_t age,
                                  model::Sex sex, const std::vector<double>& spread) {
  return abreast(classes_at(health, age, sex, spread));
}

Cells of_all_classes(const Abreast& block) {
  const auto& p = block.living;
  Cells all{};
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    const Pair sum = (p[0][cell] + p[1][cell]) + (p[2][cell] + p[3][cell]);
    all[cell] = sum[0] + sum[1];
  }
  return all;
}

Flows::Flows(const Rates& rates, const Abreast& block) {
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    down[cell] = both(rates.down[cell]);
    worse[cell] = both(rates.worse[cell]);
    back[cell] = both(rates.back[cell]);
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      up[pair][cell] = rates.up[cell] * block.frailty[pair];
    }
  }
  die(rates.death);
}

void Flows::die(const Cells& death) {
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    out[cell] = both(death[cell]) + down[cell] + worse[cell] + back[cell];
  }
}

void step_on(const Flows& rates, Abreast& block, double h) {
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    PairCells& living = block.living[pair];
    const PairCells& up = rates.up[pair];
    std::array<PairCells, 4> slope;
    PairCells ahead = living;
    for (std::size_t k = 0; k < slope.size(); ++k) {
      flow<true>(rates, up, ahead, [&](std::size_t cell, Pair net) { slope[k][cell] = net; });
      const double next = k < 2 ? h / 2 : h;
      for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
        ahead[cell] = living[cell] + next * slope[k][cell];
      }
    }
    for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
      living[cell] +=
          h / 6 * (slope[0][cell] + 2 * slope[1][cell] + 2 * slope[2][cell] + slope[3][cell]);
    }
  }
}

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

template void coarse_step_on<true>(const Flows&, Abreast&, double);
template void coarse_step_on<false>(const Flows&, Abreast&, double);

bool any_impaired(const Rates& rates, const Cells& living) {
  constexpr std::size_t stages = model::cognition_count;
  for (std::size_t cell = 0; cell < cohort_cells; ++cell) {
    if (cell % stages == 0 ? rates.worse[cell] > 0.0 : living[cell] > 0.0) return true;
  }
  return false;
}

}  // namespace carestair::processes
