#include "synth/couples.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/day.hpp"
#include "synth/systematic.hpp"

namespace carestair::synth {
namespace {

using random::Purpose;
using random::Stream;

/// Largest distance in days between the man a woman's draw asks for and the man she gets, step by
/// step: a wide step at once would let whole cohorts drift to its edge.
constexpr std::array<int, 6> tolerances{91, 183, 365, 730, 1461, 2922};
/// Somebody sampled as single is asked only when about of the wanted age.
constexpr std::array<int, 5> tolerances_outside{91, 183, 365, 730, 1461};
constexpr std::size_t youngest_partner = 18;

bool earlier(Born a, Born b) { return a.day != b.day ? a.day < b.day : a.resident < b.resident; }

struct Candidates {
  std::vector<Born> sampled;  // by day of birth, for women by that of the man they ask for
  std::vector<Born> others;   // may have a partner by the table, but were not sampled
};

Candidates sample(const Tables& tables, random::WorldSeed seed, const Roster& roster,
                  model::Sex sex) {
  const Roster::OneSex& one = roster.of(sex);
  Stream start(seed, nobody, Purpose::pairing, static_cast<std::uint32_t>(model::index(sex)));
  Systematic sampling(start.uniform());
  Candidates found;
  found.sampled.reserve(one.count);
  found.others.reserve(one.count);
  // In order of birth, while health is sampled in order of position: two regular samples along
  // the same order would make couples and illness coincide in step.
  auto next = one.by_birth.begin();
  for (std::size_t age = one.first_of_age.size() - 1; age-- > youngest_partner;) {
    const double share = tables.partnered_share(age, model::index(sex));
    const std::uint32_t count = one.first_of_age[age + 1] - one.first_of_age[age];
    for (std::uint32_t k = 0; k < count; ++k, ++next) {
      (sampling.take(share) ? found.sampled : found.others).push_back(*next);
    }
  }
  return found;
}

/// Replaces each woman's own birth by that of the man she asks for.
void ask_for_men(const Tables& tables, random::WorldSeed seed, const model::State& state,
                 std::vector<Born>& women) {
  for (Born& woman : women) {
    Stream gap(seed, state.residents[woman.resident].uid, Purpose::pairing);
    const double older = tables.partner_gap_days + tables.partner_gap_sd_days * gap.normal();
    woman.day -= static_cast<std::int32_t>(std::lround(older));
  }
  std::ranges::sort(women, earlier);
}

/// Joins as many as fit within `tolerance` days and takes them off both lists. Walking both lists
/// by day, the first pair that fits is joined; none can be joined that would make more couples.
std::uint32_t join(std::vector<Born>& women, std::vector<Born>& men, int tolerance,
                   model::State& state) {
  std::uint32_t couples = 0;
  std::size_t w = 0;
  std::size_t m = 0;
  std::size_t women_kept = 0;
  std::size_t men_kept = 0;
  while (w < women.size() && m < men.size()) {
    const int difference = women[w].day - men[m].day;
    if (std::abs(difference) <= tolerance) {
      state.residents[women[w].resident].partner = model::ResidentId(men[m].resident);
      state.residents[men[m].resident].partner = model::ResidentId(women[w].resident);
      ++couples, ++w, ++m;
    } else if (difference < 0) {
      women[women_kept++] = women[w++];
    } else {
      men[men_kept++] = men[m++];
    }
  }
  while (w < women.size()) women[women_kept++] = women[w++];
  while (m < men.size()) men[men_kept++] = men[m++];
  women.resize(women_kept);
  men.resize(men_kept);
  return couples;
}

/// Every second of a list: spread over all ages.
std::vector<Born> every_second(const std::vector<Born>& list) {
  std::vector<Born> half;
  for (std::size_t i = 0; i < list.size(); i += 2) half.push_back(list[i]);
  return half;
}

}  // namespace

CoupleReport make_couples(const Tables& tables, random::WorldSeed seed, const Roster& roster,
                          model::State& state) {
  Candidates women = sample(tables, seed, roster, model::Sex::female);
  Candidates men = sample(tables, seed, roster, model::Sex::male);
  CoupleReport report;
  report.women_sampled = static_cast<std::uint32_t>(women.sampled.size());
  report.men_sampled = static_cast<std::uint32_t>(men.sampled.size());

  ask_for_men(tables, seed, state, women.sampled);
  for (const int days : tolerances) {
    report.couples += join(women.sampled, men.sampled, days, state);
  }

  // The surplus of each sex, where the other sex has no sampled partner to offer.
  std::vector<Born> asking_women = every_second(women.sampled);
  std::vector<Born> asking_men = every_second(men.sampled);
  if (!asking_men.empty()) ask_for_men(tables, seed, state, women.others);
  std::uint32_t women_helped = 0;
  std::uint32_t men_helped = 0;
  for (const int days : tolerances_outside) {
    women_helped += join(asking_women, men.others, days, state);
    men_helped += join(women.others, asking_men, days, state);
  }
  report.couples += women_helped + men_helped;
  return report;
}

}  // namespace carestair::synth
