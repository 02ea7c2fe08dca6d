// Time inside a run: days since the run's first midnight. Whole days order the phases; the
// fraction orders what clocks do within a day, so that rates are exact in continuous time.
#pragma once

#include <cstdint>

namespace carestair::engine {

/// Instant in days since the start of the run; day d covers [d, d + 1).
using Time = float;

/// Whole day of the run.
using RunDay = std::int32_t;

/// Events per day. The unit of every hazard inside the loop.
using RatePerDay = float;

/// Index of a person in the arrays of a world.
using Person = std::uint32_t;

/// The least rate a clock runs at. A rate of zero is kept as this, so that the remaining threshold
/// survives until the rate rises again; of 5.5 million people over 40 years the expected number
/// who fire at it is 8e-5.
inline constexpr RatePerDay least_rate = 1e-15F;

}  // namespace carestair::engine
