#include "processes/language.hpp"

#include <algorithm>

namespace carestair::processes {

bool speaks_another_language(const config::Language& rules, const model::Resident& who,
                             double own) {
  const int age = rules.year - base::to_date(who.birth).year;
  return own < rules.share(static_cast<std::size_t>(std::clamp(age, 0, config::oldest_age)));
}

void apply_language(const config::Language& rules, const model::CareCase& c,
                    model::Ratios& ratios) {
  if (!c.other_language) return;
  const double alone = 1.0 - rules.interpreter_share;
  const auto lowered = [alone](double ratio) {
    return static_cast<float>(1.0 - (1.0 - ratio) * alone);
  };
  ratios[model::index(model::RateName::seeking)] *= lowered(rules.seeking_ratio);
  ratios[model::index(model::RateName::diagnosis)] *= lowered(rules.diagnosis_ratio);
}

}  // namespace carestair::processes
