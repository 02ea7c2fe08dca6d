// The same persons in two scenarios: what the policy changed in each life, summed up by group.
// Lives the policy does not touch are equal to the bit, so the sums are free of their noise.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "record/persons.hpp"

namespace carestair::record {

/// Differences other minus baseline over one group of persons.
struct PairedGroup {
  std::uint32_t paired = 0;         // persons who live in both
  std::uint32_t touched = 0;        // of these, any outcome differs
  std::uint32_t only_baseline = 0;  // a birth or a move that happens in one scenario alone
  std::uint32_t only_other = 0;
  std::array<std::uint32_t, outcome_count> more{};  // persons whose outcome is larger in the other
  std::array<std::uint32_t, outcome_count> less{};
  std::array<double, outcome_count> sum{};
  std::array<double, outcome_count> sum_squares{};

  PairedGroup& operator+=(const PairedGroup& group);
};

struct Pairing {
  std::array<PairedGroup, person_group_count> groups{};

  [[nodiscard]] PairedGroup all() const;
};

/// Whether two values of an outcome differ by more than the rounding of sums in float: a
/// thousandth of a unit and a hundred-thousandth of the larger.
bool differs(float a, float b);

/// Matches persons by uid; both lists must be sorted by it. A person's group is that of the
/// baseline.
Pairing pair(std::span<const PersonOutcome> baseline, std::span<const PersonOutcome> other);

}  // namespace carestair::record
