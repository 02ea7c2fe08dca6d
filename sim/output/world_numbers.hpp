// The numbers of a world in the order of world_tables(): what goes into a file and what stays in
// memory are the same.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "record/finished_world.hpp"

namespace carestair::output {

/// The baseline compared with itself: everybody paired, nobody touched.
inline record::Pairing with_itself(const record::PersonSums& sums) {
  record::Pairing pairing;
  for (std::size_t g = 0; g < record::person_group_count; ++g) {
    pairing.groups[g].paired = sums.persons[g];
  }
  return pairing;
}

/// Calls `to.months(numbers, months)` for each indicator, its numbers as [month][cell].
template <class To>
void hand_out(const record::WorldResult& result, To& to) {
  for (const record::Definition& d : record::definitions()) {
    switch (d.storage) {
      case record::Storage::u16:
        to.months(result.all<std::uint16_t>(d.indicator), result.months());
        break;
      case record::Storage::u32:
        to.months(result.all<std::uint32_t>(d.indicator), result.months());
        break;
      case record::Storage::f32: to.months(result.all<float>(d.indicator), result.months()); break;
    }
  }
}

/// The same, and then `to.numbers(numbers)` for each table of persons, as [group] or
/// [group][outcome].
template <class To>
void hand_out(const record::FinishedWorld& world, To& to) {
  using record::PairedGroup;
  hand_out(world.result, to);
  const record::Pairing pairing = world.pairing ? *world.pairing : with_itself(world.sums);
  const auto counts = [&](std::uint32_t PairedGroup::*member) {
    std::array<std::uint32_t, record::person_group_count> all{};
    for (std::size_t g = 0; g < all.size(); ++g) all[g] = pairing.groups[g].*member;
    to.numbers(std::span<const std::uint32_t>(all));
  };
  const auto by_outcome =
      [&]<class Number>(std::array<Number, record::outcome_count> PairedGroup::*member) {
        std::vector<Number> all;
        for (const PairedGroup& g : pairing.groups) {
          all.insert(all.end(), (g.*member).begin(), (g.*member).end());
        }
        to.numbers(std::span<const Number>(all));
      };
  to.numbers(std::span<const std::uint32_t>(world.sums.persons));
  to.numbers(std::span<const double>(world.sums.sum.front().data(),
                                     record::person_group_count * record::outcome_count));
  counts(&PairedGroup::paired);
  counts(&PairedGroup::touched);
  counts(&PairedGroup::only_baseline);
  counts(&PairedGroup::only_other);
  by_outcome(&PairedGroup::more);
  by_outcome(&PairedGroup::less);
  by_outcome(&PairedGroup::sum);
  by_outcome(&PairedGroup::sum_squares);
}

}  // namespace carestair::output
