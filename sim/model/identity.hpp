// Identities that are the same in every scenario: residents at the start are counted, children
// are named after their mother and their place among her births, in-movers after the year they
// come and their place among that year's in-movers. No identity depends on the order of events.
#pragma once

#include <cstdint>

namespace carestair::model {

/// Residents of the synthetic population: 1, 2, 3, ...
constexpr std::uint64_t founder_uid(std::uint32_t position) { return position + 1ULL; }

/// In-mover number `position` of a calendar year: year * 10^6 + position, at least 10^9.
constexpr std::uint64_t mover_uid(int year, std::uint32_t position) {
  return static_cast<std::uint64_t>(year) * 1'000'000ULL + position;
}

/// Child number `birth` (0, 1, ...) of a mother: a 52-bit mix with the top bit of 53 set, exact
/// in the doubles of R and JavaScript. Chance of any collision among a million births: 1e-4.
constexpr std::uint64_t child_uid(std::uint64_t mother, std::uint32_t birth) {
  std::uint64_t x = mother * 0x9e3779b97f4a7c15ULL + birth + 0x632be59bd9b4e019ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;  // finaliser of SplitMix64 (Steele et al. 2014)
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return (1ULL << 52) | (x >> 12);
}

}  // namespace carestair::model
