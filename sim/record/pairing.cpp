#include "record/pairing.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"

namespace carestair::record {
namespace {

void add(PairedGroup& group, const PersonOutcome& baseline, const PersonOutcome& other) {
  ++group.paired;
  if (baseline.values == other.values) return;  // most lives
  bool touched = false;
  for (std::size_t i = 0; i < outcome_count; ++i) {
    const float a = baseline.values[i];
    const float b = other.values[i];
    const double difference = static_cast<double>(b) - static_cast<double>(a);
    group.sum[i] += difference;
    group.sum_squares[i] += difference * difference;
    if (!differs(a, b)) continue;
    touched = true;
    ++(b > a ? group.more : group.less)[i];
  }
  group.touched += touched ? 1U : 0U;
}

[[maybe_unused]] bool sorted(std::span<const PersonOutcome> persons) {
  return std::is_sorted(persons.begin(), persons.end(),
                        [](const auto& a, const auto& b) { return a.uid < b.uid; });
}

}  // namespace

PairedGroup& PairedGroup::operator+=(const PairedGroup& group) {
  paired += group.paired;
  touched += group.touched;
  only_baseline += group.only_baseline;
  only_other += group.only_other;
  for (std::size_t i = 0; i < outcome_count; ++i) {
    more[i] += group.more[i];
    less[i] += group.less[i];
    sum[i] += group.sum[i];
    sum_squares[i] += group.sum_squares[i];
  }
  return *this;
}

PairedGroup Pairing::all() const {
  PairedGroup total;
  for (const PairedGroup& group : groups) total += group;
  return total;
}

bool differs(float a, float b) {
  return std::abs(a - b) > 1e-3F + 1e-5F * std::max(std::abs(a), std::abs(b));
}

Pairing pair(std::span<const PersonOutcome> baseline, std::span<const PersonOutcome> other) {
  CARE_EXPECTS(sorted(baseline) && sorted(other));
  Pairing result;
  auto a = baseline.begin();
  auto b = other.begin();
  while (a != baseline.end() || b != other.end()) {
    if (b == other.end() || (a != baseline.end() && a->uid < b->uid)) {
      ++result.groups[person_group(*a++)].only_baseline;
    } else if (a == baseline.end() || b->uid < a->uid) {
      ++result.groups[person_group(*b++)].only_other;
    } else {
      add(result.groups[person_group(*a)], *a, *b);
      ++a;
      ++b;
    }
  }
  return result;
}

}  // namespace carestair::record
