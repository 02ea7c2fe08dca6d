// What is looked at once a year, on birthdays, follows what services did since the last one: a
// resident who had a visitor for half of the year is half as much less lonely for it. For each such
// rate, over the days since the birthday before,
//
//   ratio of the year = 1 + sum over days: (ratio in force - 1) / days of the year
//
// A service that began and ended between two birthdays counts for its days.
#pragma once

#include "model/care.hpp"

namespace carestair::processes {

class World;

/// Adds up to today what was in force; to be called before a rate of `model::yearly_rates` changes.
void keep_past_year(const World& world, model::CareCase& c);
/// Ratio of one of `model::yearly_rates`, meant over the time since the birthday before this one.
float ratio_of_past_year(const World& world, const model::Resident& who, model::RateName rate);
/// The year begins anew; after all that asks for the one behind.
void begin_year(const World& world, model::CareCase& c);

}  // namespace carestair::processes
