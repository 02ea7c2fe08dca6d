// Hidden problems of older residents: alcohol, abuse, malnutrition. Each comes, is detected and
// goes, decided on birthdays by numbers that belong to the resident, the problem and the age:
//
//   begins    onset(need) * men * dementia * late cohort          a year
//   ends      end, or end_detected once it is detected            a year
//   detected  1 - exp(-rate * services) (1 - visit) (1 - screening)
//   rate      base + per_hour * min(hours a week, max) * continuity * competence
//
// A problem changes the rates of decline, acute illness, falls, death and becoming lonely:
//
//   factor = product over problems of ratio / mean of that over age, sex and need at the start
//
// so that it says to whom of an age these things happen, and their number moves only when problems
// become more or less common. It acts on rates directly, not through a care case: most of those
// who have a hidden problem have no case. Config section `hidden_problems`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "config/sections/config.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

class World;

/// What hidden problems do to the rates of a resident.
struct ProblemFactors {
  float decline = 1.0F;
  float acute = 1.0F;
  float fall = 1.0F;
  float death = 1.0F;
  float loneliness = 1.0F;  // becoming lonely
};

struct HiddenProblemTables {
  /// Any combination of problems, as a bit set.
  static constexpr std::size_t combinations = std::size_t{1} << model::hidden_problem_count;

  HiddenProblemTables() = default;
  HiddenProblemTables(const config::Config& config, const synth::HealthTables& health,
                      int first_year);

  [[nodiscard]] ProblemFactors factors(const Life& life) const {
    const ProblemFactors& own = ratio[life.who.problems];
    if (own_only(life.age)) return own;
    const ProblemFactors& mean =
        inverse_mean[(life.age * model::sex_count + life.sex) * model::need_level_count +
                     model::index(life.who.need)];
    return {own.decline * mean.decline, own.acute * mean.acute, own.fall * mean.fall,
            own.death * mean.death, own.loneliness * mean.loneliness};
  }
  [[nodiscard]] bool own_only(std::size_t age) const { return age < from_age; }

  std::size_t from_age = 0;
  std::array<ProblemFactors, combinations> ratio{};
  std::vector<ProblemFactors> inverse_mean;  // [age][sex][need]
};

/// Draws the problems a resident has who is of the age: at the start, on moving in, on reaching the
/// age. `occasion` tells the occasions of one person apart.
void draw_hidden_problems(World& world, model::Resident& who, std::uint32_t occasion);

/// On a birthday: what ends, begins and is detected.
void birthday_hidden_problems(World& world, model::ResidentId id);

/// Chance that a problem of this resident is detected in the year up to a birthday.
double detection_chance(const World& world, const model::Resident& who,
                        model::HiddenProblem problem);

}  // namespace carestair::processes
