// People who are employed: who they are when hired, and who was at the start.
#pragma once

#include <cstdint>

#include "base/day.hpp"
#include "config/sections/workforce.hpp"
#include "model/workforce.hpp"
#include "random/stream.hpp"

namespace carestair::synth {

/// Two numbers as one that names a post, its holder in turn or one in training.
constexpr std::uint64_t staff_uid(std::uint64_t of, std::uint64_t number) {
  std::uint64_t x = of + 0x9e3779b97f4a7c15ULL * (number + 1ULL);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Size of a post that is made anew, as a share of a full-time one.
float draw_position(const config::Staffing& staffing, random::WorldSeed seed, std::uint64_t post,
                    model::Occupation occupation);

struct Hiring {
  std::uint64_t uid = 0;
  model::Occupation occupation{};
  base::Day day;
  bool at_start = false;  // employed long since: ages are those of a whole workforce ...
  base::Day as_of{};      // ... on this day
  double men_share = 0.0;
};

/// One who begins in a post on a day; the position is the post's.
model::Employee draw_employee(const config::Workforce& workforce, random::WorldSeed seed,
                              const Hiring& hiring);

}  // namespace carestair::synth
