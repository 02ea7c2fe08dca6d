// How vacancies are filled: by those trained here at once, by others at the rate
//     1 / time to fill · hiring ratios · (supply in 2040)^((year - 2020) / 20).
// Trainings are ways to more staff: people begin them at a rate, and after some years those who
// complete and stay are employed in the first vacancy of their occupation, or, when they are staff
// already, have a new occupation.
#pragma once

#include "model/workforce.hpp"

namespace carestair::processes {

class World;

/// A post has become vacant: draws when it would be filled.
void start_vacancy(World& world, model::Post& post);

/// Puts somebody into a post, and counts it.
void hire(World& world, model::Post& post, bool at_start = false);

/// Vacancies are filled in the `days` to come.
void fill_vacancies(World& world, float days);

/// Trainings begin, and end.
void train(World& world, float days);

}  // namespace carestair::processes
