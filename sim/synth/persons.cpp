#include "synth/persons.hpp"

#include <algorithm>
#include <iterator>

#include "model/identity.hpp"

namespace carestair::synth {
namespace {

/// Day on which somebody aged `age` on `start` was born; u uniform in (0, 1) over the age year.
base::Day birth_day(base::Day start, int age, double u) {
  const int youngest = base::birthday(base::Day{0}, age).number;  // days lived on the birthday
  const int oldest = base::birthday(base::Day{0}, age + 1).number - 1;
  return start - (youngest + static_cast<int>(u * (oldest - youngest + 1)));
}

}  // namespace

Roster make_persons(const Tables& tables, random::WorldSeed seed, base::Day start,
                    model::State& state) {
  Roster roster;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    Roster::OneSex& one = roster.sexes[sex];
    one.first = static_cast<std::uint32_t>(state.residents.size());
    one.first_of_age.reserve(tables.counts[sex].size() + 1);
    for (std::size_t age = 0; age < tables.counts[sex].size(); ++age) {
      one.first_of_age.push_back(static_cast<std::uint32_t>(state.residents.size()));
      for (std::uint32_t k = 0; k < tables.counts[sex][age]; ++k) {
        model::Resident& who = state.residents.emplace_back();
        who.uid = model::founder_uid(static_cast<std::uint32_t>(state.residents.size()) - 1);
        who.sex = static_cast<model::Sex>(sex);
        random::Stream stream(seed, who.uid, random::Purpose::birth_day);
        who.birth = birth_day(start, static_cast<int>(age), stream.uniform());
      }
    }
    one.first_of_age.push_back(static_cast<std::uint32_t>(state.residents.size()));
    one.count = one.first_of_age.back() - one.first;

    // Age years do not overlap, so sorting within each is enough.
    one.by_birth.reserve(one.count);
    for (std::size_t age = tables.counts[sex].size(); age-- > 0;) {
      const auto begin = static_cast<std::ptrdiff_t>(one.by_birth.size());
      for (std::uint32_t i = one.first_of_age[age]; i < one.first_of_age[age + 1]; ++i) {
        one.by_birth.push_back({state.residents[i].birth.number, i});
      }
      std::sort(one.by_birth.begin() + begin, one.by_birth.end(), [](Born a, Born b) {
        return a.day != b.day ? a.day < b.day : a.resident < b.resident;
      });
    }
  }
  return roster;
}

std::vector<Born> by_birth(const Roster& roster, int from, int to) {
  std::array<std::span<const Born>, model::sex_count> parts;
  for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
    const Roster::OneSex& one = roster.sexes[sex];
    const auto ages = static_cast<int>(one.first_of_age.size()) - 1;
    const auto low = static_cast<std::size_t>(std::clamp(from, 0, ages));
    const auto high = static_cast<std::size_t>(std::clamp(to + 1, static_cast<int>(low), ages));
    // Counted from the end: positions rise with falling age in `by_birth`.
    const std::size_t older = one.first_of_age.back() - one.first_of_age[high];
    const std::size_t count = one.first_of_age[high] - one.first_of_age[low];
    parts[sex] = std::span(one.by_birth).subspan(older, count);
  }
  std::vector<Born> merged;
  merged.reserve(parts[0].size() + parts[1].size());
  std::ranges::merge(parts[0], parts[1], std::back_inserter(merged), {}, &Born::day, &Born::day);
  return merged;
}

}  // namespace carestair::synth
