// How a cohort moves between the cells of need and cognition: the rates out of each cell, the
// living of eight classes of frailty side by side, and steps in time. What is worked out with it
// stands in processes/cohort.hpp and processes/life_table_norm.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "model/levels.hpp"
#include "processes/cognition.hpp"
#include "processes/function.hpp"
#include "processes/mortality.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

inline constexpr std::size_t cohort_cells = synth::health_cell_count;

using Cells = std::array<double, cohort_cells>;

/// Rates per year out of each cell, at one age in one calendar year, for frailty 1.
struct Rates {
  Cells up{}, down{}, worse{}, back{}, death{};
};

Rates rates_at(const MortalityTables& mortality, const FunctionTables& function,
               const CognitionTables& cognition, model::Sex sex, std::size_t age, std::size_t year);

double sum(const Cells& p);

/// Two classes side by side: what one instruction takes.
using Pair = double __attribute__((vector_size(16)));
using PairCells = std::array<Pair, cohort_cells>;
/// Eight classes of a cohort.
inline constexpr std::size_t pairs = 4;
struct Abreast {
  std::array<Pair, pairs> frailty{};
  std::array<PairCells, pairs> living{};
};

/// The shares of an age at the start of the run, over classes of equal size of frailty `spread`.
std::vector<Abreast> start_cohort(const synth::HealthTables& health, std::size_t age,
                                  model::Sex sex, const std::vector<double>& spread);

Cells of_all_classes(const Abreast& block);

/// Rates of a year of age as a step takes them: the same for both of a pair, but for decline.
struct Flows {
  PairCells out{};  // but for decline
  PairCells down{}, worse{}, back{};
  std::array<PairCells, pairs> up{};

  Flows(const Rates& rates, const Abreast& block);
  void die(const Cells& death);
};

/// One step of the classical Runge-Kutta method.
void step_on(const Flows& rates, Abreast& block, double h);

/// One step of Heun's method. That fewer and fewer are alive does no harm where only shares matter.
/// `impaired`: somebody's cognition is, or becomes, other than normal.
template <bool impaired>
void coarse_step_on(const Flows& rates, Abreast& block, double h);

/// Whether anybody's cognition is, or becomes, other than normal.
bool any_impaired(const Rates& rates, const Cells& living);

}  // namespace carestair::processes
