// The people themselves: as many of each single year of age and sex as the population table says,
// in a fixed order (men, then women; the youngest first), each with a birth day.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/day.hpp"
#include "model/state.hpp"
#include "random/stream.hpp"
#include "synth/tables.hpp"

namespace carestair::synth {

/// Municipal draws (starts of systematic samples) belong to nobody; founders are 1, 2, 3, ...
inline constexpr std::uint64_t nobody = 0;

/// A resident by day of birth.
struct Born {
  std::int32_t day;
  std::uint32_t resident;
};

/// Who stands where. A position is an index into State::residents.
struct Roster {
  struct OneSex {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::vector<std::uint32_t> first_of_age;  // by age, with one entry more for the end
    std::vector<Born> by_birth;               // the oldest first
  };
  std::array<OneSex, model::sex_count> sexes;

  [[nodiscard]] const OneSex& of(model::Sex sex) const { return sexes[model::index(sex)]; }
};

/// Fills state.residents (uid, sex, birth) so that base::age_in_years(birth, start) is the age of
/// the table for everybody.
Roster make_persons(const Tables& tables, random::WorldSeed seed, base::Day start,
                    model::State& state);

/// Residents of both sexes aged from..to (completed years), the oldest first.
std::vector<Born> by_birth(const Roster& roster, int from, int to);

}  // namespace carestair::synth
