#include "synth/founders.hpp"

#include <array>

#include "synth/family_plan.hpp"
#include "synth/systematic.hpp"

namespace carestair::synth {
namespace {

using model::cognition_count;
using model::need_level_count;
using random::Purpose;
using random::Stream;

/// Systematic sampling from several classes: one yes-or-no sample a class, from the last class
/// down, among those not yet taken. Each class is thus met to within about one person over any
/// stretch of ages.
template <std::size_t N>
class Classes {
 public:
  explicit Classes(Stream& starts) {
    for (Systematic& sample : samples_) sample = Systematic(starts.uniform());
  }

  /// `shares` of the classes, adding up to `sum`.
  std::size_t take(const double* shares, double sum) {
    for (std::size_t k = N; k-- > 1;) {
      // Rounding may leave a little more than all: then this class takes the person.
      const double probability = sum > 0.0 ? shares[k] / sum : 0.0;
      if (samples_[k - 1].take(probability < 1.0 ? probability : 1.0)) return k;
      sum -= shares[k];
    }
    return 0;
  }

 private:
  std::array<Systematic, N - 1> samples_;
};

/// The samples of one sex: need first, then cognition among those with the same need.
class HealthSample {
 public:
  HealthSample(random::WorldSeed seed, std::uint32_t sex)
      : need_starts_(seed, nobody, Purpose::need_at_start, sex),
        cognition_starts_(seed, nobody, Purpose::cognition_at_start, sex),
        diagnosis_starts_(seed, nobody, Purpose::diagnosis_at_start, sex),
        need_(need_starts_),
        cognition_{Classes<cognition_count>(cognition_starts_),
                   Classes<cognition_count>(cognition_starts_),
                   Classes<cognition_count>(cognition_starts_),
                   Classes<cognition_count>(cognition_starts_)} {
    for (Systematic& sample : diagnosed_) sample = Systematic(diagnosis_starts_.uniform());
  }

  void give(const HealthTables& tables, int age, model::Resident& who) {
    const HealthTables::Cells& cells = tables.cells(age, who.sex);
    std::array<double, need_level_count> need{};
    for (std::size_t i = 0; i < health_cell_count; ++i) need[i / cognition_count] += cells[i];
    const std::size_t level = need_.take(need.data(), 1.0);
    const std::size_t stage =
        cognition_[level].take(cells.data() + level * cognition_count, need[level]);
    who.need = static_cast<model::NeedLevel>(level);
    who.cognition = static_cast<model::Cognition>(stage);
    who.diagnosed = diagnosed_[stage].take(tables.diagnosed(who.cognition));
  }

 private:
  Stream need_starts_;
  Stream cognition_starts_;
  Stream diagnosis_starts_;
  Classes<need_level_count> need_;
  std::array<Classes<cognition_count>, need_level_count> cognition_;
  std::array<Systematic, cognition_count> diagnosed_;
};

}  // namespace

void give_health(const Tables& tables, random::WorldSeed seed, base::Day health_day,
                 const Roster& roster, model::State& state) {
  const HealthTables& health = tables.health;
  for (std::uint32_t sex = 0; sex < model::sex_count; ++sex) {
    const Roster::OneSex& one = roster.sexes[sex];
    HealthSample sample(seed, sex);
    // By position, not by birth day: within an age year the order is then independent of the
    // birth day, by which couples and children are matched.
    for (std::uint32_t i = one.first; i < one.first + one.count; ++i) {
      model::Resident& who = state.residents[i];
      const int age = base::age_in_years(who.birth, health_day);
      sample.give(health, age, who);
      Stream illness(seed, who.uid, Purpose::illness_at_start);
      who.illness_count = health.illnesses_at(age, illness.uniform());
      Stream frailty(seed, who.uid, Purpose::frailty);
      who.frailty = static_cast<float>(health.frailty_mean(age, who.need) *
                                       frailty.gamma_mean_one(health.frailty_variance()));
      draw_user_group(health, seed, who, age);
    }
  }
}

void give_circumstances(const Tables& tables, random::WorldSeed seed, base::Day start,
                        model::State& state) {
  const HealthTables& shares = tables.health;
  for (model::Resident& who : state.residents) {
    const int age = base::age_in_years(who.birth, start);
    Stream dwelling(seed, who.uid, Purpose::dwelling_at_start);
    Stream income(seed, who.uid, Purpose::income_at_start);
    Stream preference(seed, who.uid, Purpose::preference_at_start);
    who.dwelling = dwelling.chance(shares.unsuitable_home(age)) ? model::Dwelling::unsuitable_home
                                                                : model::Dwelling::suitable_home;
    who.income = shares.income_at(age, income.uniform());
    who.prefers_institution = preference.chance(shares.prefers_institution(age));
  }
}

void give_loneliness(const Tables& tables, random::WorldSeed seed, base::Day start,
                     model::State& state) {
  for (model::Resident& who : state.residents) {
    if (base::age_in_years(who.birth, start) < youngest_lonely) continue;
    Stream stream(seed, who.uid, Purpose::loneliness_at_start);
    who.lonely = stream.chance(tables.health.lonely(lives_alone(tables.kin, state, who, start)));
  }
}

bool lives_alone(const KinTables& kin, const model::State& state, const model::Resident& who,
                 base::Day start) {
  if (who.partner.valid()) return false;
  if (who.mother.valid() && at_home_age(kin, who.birth, start)) return false;
  for (model::KinId child = who.first_child; child.valid(); child = state.next_child(who, child)) {
    if (state.at(child).distance == model::Distance::same_household) return false;
  }
  return true;
}

}  // namespace carestair::synth
