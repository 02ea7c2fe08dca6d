// Why a resident got what she got, in plain words: the lines of `run --trace UID`.
#pragma once

#include <string>

#include "model/care.hpp"
#include "processes/staircase.hpp"

namespace carestair::processes {

class World;

/// Adds the need, the approach and every step of a plan to the trace of the resident traced.
void explain_plan(World& world, const model::CareCase& c, const Approach& approach,
                  const Plan& plan);

/// "practical 1.5, nursing 0.7": hours a week by type, types without any left out.
std::string in_words(const model::NeedVector& hours);

}  // namespace carestair::processes
